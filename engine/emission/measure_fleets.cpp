#include "emission/measure_fleets.hpp"

#include "emission/traffic.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>

namespace tq {

namespace {

using config::Type;

FleetChange read_change(const config::Settings& item, const VehicleTable& vehicles, ProblemList& problems) {
  const std::vector<std::string> known = vehicles.class_ids();
  FleetChange change{int(item.integer("fleet.year")), std::vector<double>(known.size(), 0.0),
                     std::vector<std::optional<double>>(known.size()), std::vector<std::size_t>(known.size(), 0)};
  const auto each = [&](const std::string& table, const auto& take) {
    for (const std::string& name : item.names(table)) {
      const std::string key = table + "." + name;
      if (const int found = vehicles.find(name); found >= 0) {
        take(std::size_t(found), key);
      } else {
        item.problem(problems, key,
                     fmt::format("stand at one of {}{}", fmt::join(known, ", "), suggestion(name, known)));
      }
    }
  };
  each("fleet.growth", [&](std::size_t c, const std::string& key) { change.growth[c] = item.number(key); });
  each("fleet.electric", [&](std::size_t c, const std::string& key) { change.electric[c] = item.number(key); });
  each("fleet.minimum_standard", [&](std::size_t c, const std::string& key) {
    const auto found = std::find(standard_names().begin(), standard_names().end(), item.text(key));
    change.minimum_standard[c] = std::size_t(found - standard_names().begin()); // choices are declared
  });
  return change;
}

} // namespace

void declare_measure_fleets(config::Schema& schema) {
  const std::string fleet = "measure[].fleet.";
  schema.add({.key = fleet + "year",
              .type = Type::integer,
              .description = "Kind activity, on sources of kind roads: their vehicles are those of this year's end, as "
                             "their fleet grows, is scrapped and meets the standards of each year",
              .required = true,
              .minimum = 1990,
              .maximum = 2100});
  schema.add({.key = fleet + "growth.*",
              .description = "Growth per year of the number of vehicles of that class; 0.1 is ten per cent",
              .minimum = -1,
              .minimum_open = true});
  schema.add({.key = fleet + "electric.*",
              .description =
                  "Electric share of the vehicles of that class registered after the fleet's own year, which "
                  "make wear and dust alone; that of the class in the fleet if absent",
              .minimum = 0,
              .maximum = 1});
  schema.add({.key = fleet + "minimum_standard.*",
              .type = Type::text,
              .description = "Vehicles of that class below this standard are not let in: the others drive instead",
              .choices = {standard_names().begin(), standard_names().end()}});
}

std::vector<Measure::Facet> fleet_facets(const config::Settings& item, const Measure& measure,
                                         const std::vector<Source>& sources, const EmittedSpecies& species,
                                         ProblemList& problems) {
  const VehicleTable& vehicles = VehicleTable::installed();
  const FleetChange change = read_change(item, vehicles, problems);
  std::vector<Measure::Facet> facets;
  std::map<const Fleet*, Fleet> later;
  std::set<std::pair<const Fleet*, std::string>> known;
  for (const std::size_t s : measure.sources) {
    const Source& source = sources[s];
    if (source.fleet == nullptr) {
      continue; // no road, or its row has problems
    }
    const Fleet& fleet = *source.fleet;
    if (change.year < fleet.year) {
      item.problem(problems, "fleet.year", fmt::format("be at least {}, the year of \"{}\"", fleet.year, fleet.id));
      return {};
    }
    if (!later.contains(&fleet)) {
      later.emplace(&fleet, aged(fleet, vehicles, change));
    }
    for (const Stream& stream : source.streams) {
      if (measure.facet(source, stream.part) && known.emplace(&fleet, stream.part).second) {
        facets.push_back(
            {{stream.part}, fleet_factors(stream.part, vehicles, fleet, later.at(&fleet), species), source.fleet});
      }
    }
  }
  return facets;
}

} // namespace tq
