#include "emission/traffic_counts.hpp"

#include "base/units.hpp"
#include "files/csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

/// Columns of the classes, by index of VehicleTable::classes.
std::map<std::size_t, std::size_t> class_columns(const files::CsvTable& table, const VehicleTable& vehicles,
                                                 ProblemList& problems) {
  std::map<std::size_t, std::size_t> columns;
  for (std::size_t c = 0; c < table.columns().size(); ++c) {
    const auto& [name, unit] = table.columns()[c];
    if (name == "road" || name == "hour") {
      continue;
    }
    const int vehicle = vehicles.find(name);
    if (vehicle < 0) {
      problems.add(table.where(c),
                   fmt::format("unknown column \"{}\": must be road, hour or one of {}{}", name,
                               fmt::join(vehicles.class_ids(), ", "), suggestion(name, vehicles.class_ids())));
    } else if (unit.empty()) {
      problems.add(table.where(c), fmt::format("{}: no unit in the header: must be one of \"{}\"", name,
                                               fmt::join(units_of("s-1"), "\", \"")));
    } else {
      table.check_unit(c, "s-1", problems);
    }
    columns[std::size_t(std::max(vehicle, 0))] = c;
  }
  return columns;
}

} // namespace

std::map<std::string, RoadCounts> read_counts(const std::filesystem::path& file, const VehicleTable& vehicles,
                                              ProblemList& problems) {
  const files::CsvTable table = files::CsvTable::read(file);
  ProblemList of_header;
  const auto road_column = table.require("road", of_header), hour_column = table.require("hour", of_header);
  const std::map<std::size_t, std::size_t> columns = class_columns(table, vehicles, of_header);
  of_header.throw_if_any();
  std::map<std::string, RoadCounts> counts;
  std::map<std::string, std::array<bool, 24>> seen;
  std::map<std::string, SourceLocation> places;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string road(table.text(row, *road_column));
    const std::string hour_text(table.text(row, *hour_column));
    const auto hour = files::parse_number(hour_text);
    if (!hour || *hour < 0 || *hour > 23 || *hour != double(int(*hour))) {
      problems.add(table.where(row, *hour_column),
                   fmt::format("hour = {}: must be a whole number from 0 to 23", hour_text));
      continue;
    }
    places.emplace(road, table.where(row, *road_column));
    bool& hour_seen = seen[road][std::size_t(*hour)];
    if (hour_seen) {
      problems.add(table.where(row, *hour_column),
                   fmt::format("hour = {}: must stand once for road \"{}\"", hour_text, road));
    }
    hour_seen = true;
    RoadCounts& of_road = counts[road];
    of_road.resize(vehicles.classes().size());
    for (const auto& [vehicle, column] : columns) {
      const double count = table.si(row, column, problems).value_or(0.0);
      if (count < 0) {
        problems.add(table.where(row, column),
                     fmt::format("{} = {}: must be 0 or more", table.columns()[column].name, table.text(row, column)));
      }
      of_road[vehicle][std::size_t(*hour)] = count;
    }
  }
  for (const auto& [road, hours] : seen) {
    std::vector<int> missing;
    for (int h = 0; h < 24; ++h) {
      if (!hours[std::size_t(h)]) {
        missing.push_back(h);
      }
    }
    if (!missing.empty()) {
      problems.add(places.at(road), fmt::format("road = {}: must have all hours from 0 to 23, but lacks {}", road,
                                                fmt::join(missing, ", ")));
    }
  }
  return counts;
}

} // namespace tq
