#include "grid/land_cover.hpp"

#include "base/text_file.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <map>
#include <numeric>
#include <stdexcept>

namespace tq {

namespace {

using config::Settings;
using config::Type;

constexpr std::size_t seasons = 5;

/// A number of a class: key, where it goes, what it is.
struct Property {
  const char* key;
  double LandCoverClass::*field;
  const char* description;
  const char* unit;
  double minimum, maximum;
};

constexpr Property properties[] = {
    {"roughness_length", &LandCoverClass::roughness_length, "roughness length for wind", "m", 1e-6, 5},
    {"displacement", &LandCoverClass::displacement, "height by which the wind profile is displaced", "m", 0, 50},
    {"albedo", &LandCoverClass::albedo, "share of the sun's radiation that is reflected", "1", 0, 1},
    {"moisture", &LandCoverClass::moisture, "moisture parameter alpha of the surface energy budget", "1", 0, 1},
    {"ground_heat", &LandCoverClass::ground_heat, "coefficient A_G of the heat flux into the ground", "W m-2 K-1", 0,
     100},
    {"anthropogenic_heat", &LandCoverClass::anthropogenic_heat, "heat that people set free", "W m-2", 0, 1000},
    {"bare_soil", &LandCoverClass::bare_soil, "share of the ground that wind can erode", "1", 0, 1},
};

struct Resistance {
  const char* key;
  double physics::CanopyResistances::*field;
  const char* description;
};

constexpr Resistance resistance_table[] = {
    {"stomata", &physics::CanopyResistances::stomata, "resistance of the leaves' stomata, r_i"},
    {"cuticle", &physics::CanopyResistances::cuticle, "resistance of the leaves' surface in the upper canopy, r_lu"},
    {"canopy_air", &physics::CanopyResistances::canopy_air, "resistance of the air in the canopy, r_ac"},
    {"ground_so2", &physics::CanopyResistances::ground_so2, "resistance of the ground to SO2, r_gsS"},
    {"ground_o3", &physics::CanopyResistances::ground_o3, "resistance of the ground to ozone, r_gsO"},
    {"lower_so2", &physics::CanopyResistances::lower_so2, "resistance of the lower canopy to SO2, r_clS"},
    {"lower_o3", &physics::CanopyResistances::lower_o3, "resistance of the lower canopy to ozone, r_clO"},
};

std::array<physics::CanopyResistances, seasons> read_resistances(const Settings& item) {
  std::array<physics::CanopyResistances, seasons> result;
  for (const Resistance& resistance : resistance_table) {
    const std::vector<double> values = item.numbers(resistance.key);
    for (std::size_t season = 0; season < seasons; ++season) {
      result[season].*resistance.field = values[season];
    }
  }
  return result;
}

struct Surface {
  std::array<physics::CanopyResistances, seasons> resistances;
  physics::Collector collector;
};

} // namespace

config::Schema land_cover_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "form of the file",
              .required = true,
              .choices = {"land_cover/1"}});
  schema.add({.key = "class[].id",
              .type = Type::text,
              .description = "name of a class of land cover in all files",
              .required = true});
  schema.add({.key = "class[].name", .type = Type::text, .description = "name for people", .required = true});
  for (const Property& property : properties) {
    schema.add({.key = std::string("class[].") + property.key,
                .description = property.description,
                .required = true,
                .unit = property.unit,
                .minimum = property.minimum,
                .maximum = property.maximum});
  }
  schema.add({.key = "class[].surface",
              .type = Type::text,
              .description = "id of the surface whose resistances it has",
              .required = true});
  schema.add({.key = "surface[].id",
              .type = Type::text,
              .description = "name of a surface as dry deposition of gases tells them apart",
              .required = true});
  schema.add({.key = "surface[].impaction",
              .description = "alpha of the impaction of particles",
              .required = true,
              .unit = "1",
              .minimum = 0.1,
              .maximum = 1000});
  schema.add({.key = "surface[].collector_width",
              .description = "width A of what collects particles; 0 on smooth ground",
              .required = true,
              .unit = "m",
              .minimum = 0,
              .maximum = 1});
  schema.add({.key = "surface[].bounce",
              .type = Type::boolean,
              .description = "particles may bounce off",
              .default_value = true});
  for (const Resistance& resistance : resistance_table) {
    schema.add({.key = std::string("surface[].") + resistance.key,
                .type = Type::numbers,
                .description = std::string(resistance.description) + "; midsummer, autumn, late autumn, winter, spring",
                .required = true,
                .unit = "s m-1",
                .minimum = 0,
                .length = seasons});
  }
  return schema;
}

std::vector<LandCoverClass> LandCover::load_classes() {
  return read_classes(data_directory() / "land_cover.toml");
}

std::vector<LandCoverClass> LandCover::read_classes(const std::filesystem::path& file) {
  ProblemList problems;
  const Settings settings = Settings::check(config::read_toml(file), land_cover_schema(), problems);
  problems.throw_if_any(); // what follows would only repeat them
  std::map<std::string, Surface> surfaces;
  std::vector<std::string> ids;
  for (const Settings& item : settings.each("surface")) {
    ids.push_back(item.text("id"));
    surfaces[ids.back()] = {
        .resistances = read_resistances(item),
        .collector = {item.number("impaction"), item.number("collector_width"), item.boolean("bounce")}};
  }
  std::vector<LandCoverClass> classes;
  for (const Settings& item : settings.each("class")) {
    LandCoverClass& row = classes.emplace_back();
    row.id = item.text("id");
    row.name = item.text("name");
    for (const Property& property : properties) {
      row.*property.field = item.number(property.key);
    }
    const std::string surface = item.text("surface");
    if (const auto found = surfaces.find(surface); found != surfaces.end()) {
      row.resistances = found->second.resistances;
      row.collector = found->second.collector;
    } else {
      item.problem(problems, "surface", "be the id of a surface" + suggestion(surface, ids));
    }
  }
  if (classes.empty()) {
    problems.add({file.string(), 0, 0}, "must have a [[class]]");
  }
  problems.throw_if_any();
  return classes;
}

LandCover::LandCover(std::vector<LandCoverClass> classes, int nx, int ny, int everywhere)
    : classes_(std::move(classes)), nx_(nx), shares_(std::size_t(nx) * std::size_t(ny) * classes_.size(), 0.0) {
  for (std::size_t n = std::size_t(everywhere); n < shares_.size(); n += classes_.size()) {
    shares_[n] = 1;
  }
  sum_domain();
}

LandCover::LandCover(std::vector<LandCoverClass> classes, int nx, int ny, std::vector<double> shares)
    : classes_(std::move(classes)), nx_(nx), shares_(std::move(shares)) {
  if (shares_.size() != std::size_t(nx) * std::size_t(ny) * classes_.size()) {
    throw std::invalid_argument("land cover: must have a share of each class in each cell");
  }
  for (std::size_t cell = 0; cell < shares_.size(); cell += classes_.size()) {
    double* const of_cell = shares_.data() + cell;
    double* const end = of_cell + classes_.size();
    const double sum = std::accumulate(of_cell, end, 0.0);
    if (!(sum > 0) || !std::isfinite(sum) || std::any_of(of_cell, end, [](double share) { return share < 0; })) {
      throw std::invalid_argument("land cover: shares of a cell must not be negative, and their sum must be positive");
    }
    std::transform(of_cell, end, of_cell, [sum](double share) { return share / sum; });
  }
  sum_domain();
}

void LandCover::sum_domain() {
  domain_shares_.assign(classes_.size(), 0.0);
  for (std::size_t n = 0; n < shares_.size(); ++n) {
    domain_shares_[n % classes_.size()] += shares_[n];
  }
  const double cells = double(shares_.size() / classes_.size());
  for (double& share : domain_shares_) {
    share /= cells;
  }
}

int LandCover::find(std::string_view id) const {
  const auto found = std::find_if(classes_.begin(), classes_.end(), [id](const auto& row) { return row.id == id; });
  return found == classes_.end() ? -1 : int(found - classes_.begin());
}

int LandCover::dominant(int i, int j) const {
  const auto begin = shares_.begin() + std::ptrdiff_t(first(i, j));
  return int(std::max_element(begin, begin + std::ptrdiff_t(classes_.size())) - begin);
}

double LandCover::mean(int i, int j, double LandCoverClass::*property) const {
  double sum = 0;
  for (std::size_t c = 0; c < classes_.size(); ++c) {
    sum += share(i, j, int(c)) * (classes_[c].*property);
  }
  return sum;
}

} // namespace tq
