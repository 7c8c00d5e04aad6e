#include "grid/land_cover_file.hpp"

#include "grid/raster_file.hpp"

#include <charconv>
#include <fmt/format.h>
#include <numeric>
#include <optional>

namespace tq {

namespace {

using config::Settings;
using config::Type;

std::vector<std::string> ids_of(const LandCover& cover) {
  std::vector<std::string> ids;
  for (const LandCoverClass& c : cover.classes()) {
    ids.push_back(c.id);
  }
  return ids;
}

/// The class that `key` names, or -1 with a problem.
int class_of(const Settings& settings, const std::string& key, const LandCover& cover, ProblemList& problems) {
  const std::string id = settings.text(key);
  const int found = cover.find(id);
  if (found < 0) {
    settings.problem(problems, key, "be a class of land cover" + suggestion(id, ids_of(cover)));
  }
  return found;
}

/// Classes by code of the raster, from the table land_cover.codes.
std::map<double, int> read_codes(const Settings& settings, const LandCover& cover, ProblemList& problems) {
  std::map<double, int> classes;
  for (const std::string& name : settings.names("land_cover.codes")) {
    const std::string key = "land_cover.codes." + name;
    int code = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), code);
    if (error != std::errc() || end != name.data() + name.size()) {
      settings.problem(problems, key, "stand at a whole number, a code of the raster");
      continue;
    }
    classes[code] = class_of(settings, key, cover, problems);
  }
  return classes;
}

/// Shares of classes [cell * classes + c] of what each cell has data on, and in `covered` how much that is. Nothing,
/// with a problem that names each code without a class and its share of the domain.
std::optional<std::vector<double>> class_shares(const Settings& settings, const std::vector<CodeShares>& cells,
                                                const std::map<double, int>& classes, std::size_t count,
                                                std::vector<double>& covered, ProblemList& problems) {
  std::vector<double> shares(cells.size() * count, 0.0);
  CodeShares unmapped;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    covered.push_back(0);
    for (const auto& [code, share] : cells[cell]) {
      covered[cell] += share;
      if (const auto found = classes.find(code); found == classes.end()) {
        unmapped[code] += share / double(cells.size());
      } else {
        shares[cell * count + std::size_t(found->second)] += share;
      }
    }
    for (std::size_t c = 0; c < count && covered[cell] > 0; ++c) {
      shares[cell * count + c] /= covered[cell];
    }
  }
  if (unmapped.empty()) {
    return shares;
  }
  constexpr std::size_t most_named = 12;
  std::string names;
  for (auto at = unmapped.begin();
       at != unmapped.end() && std::size_t(std::distance(unmapped.begin(), at)) < most_named; ++at) {
    names += fmt::format("{}{} ({:.3g} % of the domain)", names.empty() ? "" : ", ", at->first, 100 * at->second);
  }
  if (unmapped.size() > most_named) {
    names += fmt::format(" and {} more", unmapped.size() - most_named);
  }
  settings.problem(problems, "land_cover.codes", "give the class of every code in the raster, but lacks " + names);
  return std::nullopt;
}

} // namespace

void declare_land_cover(config::Schema& schema) {
  schema.add({.key = "land_cover.class",
              .type = Type::text,
              .description = "class of data/land_cover.toml that covers the whole domain, where no file is given",
              .default_value = "low_town"});
  schema.add({.key = "land_cover.file",
              .type = Type::path,
              .description =
                  "raster of codes of land cover, such as ESA WorldCover; each cell gets the classes' shares of "
                  "its area. Formats as of terrain.file"});
  schema.add({.key = "land_cover.codes.*",
              .type = Type::text,
              .description =
                  "class of data/land_cover.toml for each code in the raster, codes = { 10 = \"forest\", 40 = "
                  "\"crops\" }"});
  declare_raster(schema, "land_cover");
}

LandCover read_land_cover(const Settings& settings, const GridSpecification& grid, ProblemList& problems) {
  const LandCover first_class(LandCover::load_classes(), grid.nx, grid.ny, 0);
  if (!settings.given("land_cover.file")) {
    if (settings.given("land_cover.codes")) {
      settings.problem(problems, "land_cover.file", "be given beside codes");
    }
    const int everywhere = class_of(settings, "land_cover.class", first_class, problems);
    return LandCover(first_class.classes(), grid.nx, grid.ny, std::max(0, everywhere));
  }
  if (settings.given("land_cover.class")) {
    settings.problem(problems, "land_cover.class", "not stand beside file: give one or the other");
  }
  const std::size_t before = problems.problems().size();
  const std::map<double, int> classes = read_codes(settings, first_class, problems);
  const auto file = settings.existing_file("land_cover.file", problems);
  if (!file || problems.problems().size() > before) {
    return first_class;
  }
  try {
    const files::PlacedRaster raster = read_raster_of(settings, "land_cover", *file, grid);
    std::vector<double> covered;
    double filled = 0;
    const std::size_t count = first_class.classes().size();
    auto shares = class_shares(settings, shares_of_cells(raster, grid.nx, grid.ny), classes, count, covered, problems);
    if (shares && fill_gaps(settings, "land_cover", raster, grid, covered, *shares, count, filled, problems)) {
      return LandCover(first_class.classes(), grid.nx, grid.ny, std::move(*shares));
    }
  } catch (const InputError& error) {
    problems.add(error);
  }
  return first_class;
}

} // namespace tq
