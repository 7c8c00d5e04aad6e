#include "emission/activity_factors.hpp"

#include "base/text_file.hpp"
#include "config/schema.hpp"
#include "emission/inventory.hpp"

#include <fmt/format.h>
#include <map>

namespace tq {

namespace {

using config::Type;

const std::vector<std::string> groups = {"kiln",        "households", "cooking", "solvents",
                                         "agriculture", "machines",   "burning"};

config::Schema factors_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "Version of the file's form",
              .required = true,
              .choices = {"factors/1"}});
  for (const std::string& group : groups) {
    const std::string prefix = group + "[].";
    schema.add({.key = prefix + "id", .type = Type::text, .description = "Name of the activity", .required = true});
    schema.add({.key = prefix + "per",
                .type = Type::text,
                .description = "Unit of the activity",
                .required = true,
                .choices = {"kg", "m3", "head", "person", "stove_hour"}});
    for (const std::string& pollutant : inventory_pollutants()) {
      schema.add({.key = prefix + pollutant, .description = "g per unit of the activity", .minimum = 0});
    }
    schema.add(
        {.key = prefix + "heat", .description = "Heating value, MJ per unit", .default_value = 0.0, .minimum = 0});
    schema.add({.key = prefix + "gas", .description = "Natural gas, m3 per unit", .default_value = 0.0, .minimum = 0});
  }
  schema.add({.key = "vegetation[].id", .type = Type::text, .description = "Name of the vegetation", .required = true});
  for (const char* compound : {"isoprene", "monoterpenes"}) {
    schema.add({.key = std::string("vegetation[].") + compound,
                .description = "ug m-2 h-1 at the standard of leaves",
                .required = true,
                .minimum = 0});
  }
  schema.add({.key = "vegetation[].leaves",
              .type = Type::numbers,
              .description = "Share of leaves by month, January first",
              .required = true,
              .minimum = 0,
              .maximum = 1,
              .length = 12});
  return schema;
}

config::Settings read_file(const std::filesystem::path& file, ProblemList& problems) {
  return config::Settings::check(config::read_toml(file), factors_schema(), problems);
}

/// SI units of the activity per unit: a head counts for a year, a stove for an hour.
double per_si(const std::string& per) {
  return per == "stove_hour" ? double(seconds_per_hour) : per == "head" || per == "person" ? common_year : 1.0;
}

ActivityFactor read_factor(const config::Settings& item, ProblemList& problems) {
  ActivityFactor factor;
  factor.id = item.text("id");
  factor.per = item.text("per");
  factor.heat = 1e6 * item.number("heat");
  factor.gas = item.number("gas");
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    const std::string& name = inventory_pollutants()[p];
    const bool larger = p == std::size_t(InventoryPollutant::pm10) || p == std::size_t(InventoryPollutant::tsp);
    if (item.has(name)) {
      factor.amounts[p] = 1e-3 * item.number(name) / per_si(factor.per);
      if (larger && factor.amounts[p] < factor.amounts[p - 1]) {
        item.problem(problems, name,
                     fmt::format("be at least {}: particles are counted cumulatively", inventory_pollutants()[p - 1]));
      }
    } else if (larger) {
      factor.amounts[p] = factor.amounts[p - 1];
    }
  }
  return factor;
}

} // namespace

std::vector<ActivityFactor> read_activity_factors(const std::filesystem::path& file, const std::string& group,
                                                  ProblemList& problems) {
  std::vector<ActivityFactor> factors;
  const std::size_t before = problems.problems().size();
  const config::Settings settings = read_file(file, problems);
  if (problems.problems().size() == before) {
    for (const config::Settings& item : settings.each(group)) {
      factors.push_back(read_factor(item, problems));
    }
  }
  return factors;
}

std::vector<Vegetation> read_vegetation(const std::filesystem::path& file, ProblemList& problems) {
  std::vector<Vegetation> rows;
  const std::size_t before = problems.problems().size();
  const config::Settings settings = read_file(file, problems);
  if (problems.problems().size() == before) {
    for (const config::Settings& item : settings.each("vegetation")) {
      constexpr double si = 1e-9 / double(seconds_per_hour); // of ug m-2 h-1
      rows.push_back(
          {item.text("id"), si * item.number("isoprene"), si * item.number("monoterpenes"), item.numbers("leaves")});
    }
  }
  return rows;
}

Stream activity_stream(const ActivityFactor& factor, double amount, const EmittedSpecies& species, std::size_t driver,
                       const std::string& part) {
  InventoryAmounts rates = factor.amounts;
  for (double& rate : rates) {
    rate *= amount;
  }
  Stream stream;
  stream.part = part;
  stream.driver = driver;
  stream.rate = species.split(rates, activity_no2_share);
  return stream;
}

const std::vector<ActivityFactor>& activity_factors(const std::string& group) {
  static const auto known = [] {
    ProblemList problems;
    std::map<std::string, std::vector<ActivityFactor>> read;
    for (const std::string& name : groups) {
      const auto file = data_directory() / "emission" / (name == "kiln" ? "kilns.toml" : "other.toml");
      read[name] = read_activity_factors(file, name, problems);
    }
    problems.throw_if_any();
    return read;
  }();
  return known.at(group);
}

const std::vector<Vegetation>& vegetation() {
  static const std::vector<Vegetation> rows = [] {
    ProblemList problems;
    std::vector<Vegetation> read = read_vegetation(data_directory() / "emission" / "other.toml", problems);
    problems.throw_if_any();
    return read;
  }();
  return rows;
}

} // namespace tq
