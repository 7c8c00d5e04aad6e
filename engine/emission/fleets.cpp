#include "emission/fleets.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace tq {

namespace {

using config::Settings;
using config::Type;

config::Schema fleets_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "form of the file",
              .required = true,
              .choices = {"fleets/1"}});
  schema.add({.key = "fleet.*.year",
              .type = Type::integer,
              .description = "the fleet is that of this year's end",
              .required = true,
              .minimum = 1990,
              .maximum = 2100});
  for (const char* fuel : {"gasoline", "diesel", "electric"}) {
    schema.add({.key = fmt::format("fleet.*.fuel.*.{}", fuel),
                .description = "share of the vehicles of a class",
                .default_value = 0.0,
                .unit = "1",
                .minimum = 0,
                .maximum = 1});
  }
  for (const std::string& fuel : fuel_names()) {
    schema.add({.key = "fleet.*.standards.*." + fuel,
                .type = Type::numbers,
                .description = "shares of Pre-I, I, II, III, IV, V, VI among those of a class that burn it",
                .unit = "1",
                .minimum = 0,
                .maximum = 1,
                .length = standard_count});
  }
  schema.add({.key = "fleet.*.roads.*.*",
              .description = "share of a class of vehicles in the traffic of a class of roads",
              .unit = "1",
              .minimum = 0,
              .maximum = 1});
  return schema;
}

bool is_one(double sum) {
  return std::abs(sum - 1) < 1e-6;
}

/// Index of the class that the last part of `key` names, or -1 with a problem.
int class_of(const Settings& item, const std::string& key, const std::string& name, const VehicleTable& vehicles,
             ProblemList& problems) {
  const int found = vehicles.find(name);
  if (found < 0) {
    item.problem(problems, key, "stand at a class of vehicles" + suggestion(name, vehicles.class_ids()));
  }
  return found;
}

/// Fuels and standards of one class.
void read_class(const Settings& item, const std::string& name, const VehicleTable& vehicles, Fleet& fleet,
                ProblemList& problems) {
  const std::string key = "fuel." + name;
  const int found = class_of(item, key, name, vehicles, problems);
  if (found < 0) {
    return;
  }
  FleetClass& vehicle = fleet.classes[std::size_t(found)];
  vehicle.electric = item.number(key + ".electric");
  double sum = vehicle.electric;
  for (std::size_t f = 0; f < fuel_count; ++f) {
    const double share = item.number(key + "." + fuel_names()[f]);
    sum += share;
    if (share == 0) {
      continue;
    }
    const std::string standards = "standards." + name + "." + fuel_names()[f];
    if (vehicles.exhaust(std::size_t(found), Fuel(f)) == nullptr) {
      item.problem(problems, key + "." + fuel_names()[f], "be a fuel for which vehicles.toml has emission factors");
    } else if (!item.has(standards)) {
      item.problem(problems, key + "." + fuel_names()[f], fmt::format("stand beside {}", standards));
    } else {
      const std::vector<double> shares = item.numbers(standards);
      if (!is_one(std::accumulate(shares.begin(), shares.end(), 0.0))) {
        item.problem(problems, standards, "sum to 1");
      }
      std::transform(shares.begin(), shares.end(), vehicle.burning[f].begin(), [&](double s) { return s * share; });
    }
  }
  if (!is_one(sum)) {
    item.problem(problems, key, fmt::format("sum to 1, but its fuels sum to {:.6g}", sum));
  }
}

void read_road(const Settings& item, const std::string& road, const VehicleTable& vehicles, Fleet& fleet,
               ProblemList& problems) {
  const std::string key = "roads." + road;
  std::vector<double> shares(vehicles.classes().size(), 0.0);
  for (const std::string& name : item.names(key)) {
    const int found = class_of(item, key + "." + name, name, vehicles, problems);
    if (found < 0) {
      continue;
    }
    shares[std::size_t(found)] = item.number(key + "." + name);
    if (fleet.classes[std::size_t(found)].total() == 0 && shares[std::size_t(found)] > 0) {
      item.problem(problems, key + "." + name, fmt::format("be 0, as the fleet has no fuel.{}", name));
    }
  }
  if (const double sum = std::accumulate(shares.begin(), shares.end(), 0.0); !is_one(sum)) {
    item.problem(problems, key, fmt::format("sum to 1, but its classes sum to {:.6g}", sum));
  }
  fleet.roads[road] = std::move(shares);
}

} // namespace

double FleetClass::of(Fuel fuel) const {
  const ByStandard& standards = burning[std::size_t(fuel)];
  return std::accumulate(standards.begin(), standards.end(), 0.0);
}

double FleetClass::total() const {
  return of(Fuel::gasoline) + of(Fuel::diesel) + electric;
}

std::vector<Fleet> read_fleets(const std::filesystem::path& file, const VehicleTable& vehicles, ProblemList& problems) {
  std::vector<Fleet> fleets;
  const std::size_t before = problems.problems().size();
  const Settings settings = Settings::check(config::read_toml(file), fleets_schema(), problems);
  if (problems.problems().size() > before) {
    return fleets; // what follows would only repeat them
  }
  for (const std::string& name : settings.names("fleet")) {
    const Settings item = settings.table("fleet." + name);
    Fleet fleet{name, int(item.integer("year")), std::vector<FleetClass>(vehicles.classes().size()), {}};
    for (const std::string& vehicle : item.names("fuel")) {
      read_class(item, vehicle, vehicles, fleet, problems);
    }
    for (const std::string& road : item.names("roads")) {
      read_road(item, road, vehicles, fleet, problems);
    }
    fleets.push_back(std::move(fleet));
  }
  return fleets;
}

} // namespace tq
