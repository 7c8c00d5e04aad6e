#include "planning/measurements.hpp"

#include "base/error.hpp"
#include "base/units.hpp"
#include "files/csv.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <map>
#include <optional>

namespace tq {

namespace {

using files::CsvTable;

constexpr std::size_t pollutants = standard_pollutants.size();
constexpr std::size_t carbon_monoxide = 2;
constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr Instant longest = 200 * 366 * seconds_per_day; // a slip of the pen in a year must not fill the memory

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
  return out;
}

/// What the header says of where things stand.
class Columns {
public:
  Columns(const CsvTable& table, ProblemList& problems) : table_(table), problems_(problems) {
    for (std::size_t at = 0; at < table.columns().size(); ++at) {
      take(at);
    }
    if (!time) {
      problems_.add(first_line(), "has no column for the time: must be called time, date, or time_..., such as "
                                  "time_local_utc+08");
    }
    if (std::none_of(concentration.begin(), concentration.end(), [](const auto& column) { return column.has_value(); })) {
      problems_.add(first_line(), "has no column of a pollutant: must have one of so2, no2, co, o3, pm10, pm2_5, with its "
                                  "unit, such as \"so2 [ug m-3]\" or so2_ugm3");
    }
  }

  std::optional<std::size_t> time, station;
  std::string zone; // of the time; "" if the header does not say
  ByPollutant<std::optional<std::size_t>> concentration;
  ByPollutant<Unit> unit;

private:
  SourceLocation first_line() const { return {table_.file(), table_.columns().empty() ? 0 : table_.where(0).line, 0}; }

  void take(std::size_t at) {
    std::string name = lower(table_.columns()[at].name);
    if (name == "date" || name.starts_with("time")) {
      claim(time, at, "the time");
      if (const std::size_t utc = name.find("utc"); utc != std::string::npos) {
        zone = "UTC" + name.substr(utc + 3);
      }
    } else if (name == "site" || name == "station" || name == "code") {
      claim(station, at, "the station");
    } else {
      take_pollutant(at, name);
    }
  }

  void take_pollutant(std::size_t at, std::string name) {
    std::string unit_name = table_.columns()[at].unit;
    for (const auto& [ending, meaning] : {std::pair{"_ugm3", "ug m-3"}, std::pair{"_mgm3", "mg m-3"}}) {
      if (name.ends_with(ending) && unit_name.empty()) {
        name.resize(name.size() - std::string_view(ending).size());
        unit_name = meaning;
      }
    }
    if (name == "pm25" || name == "pm2.5") {
      name = "pm2_5";
    }
    const auto found = std::find(standard_pollutants.begin(), standard_pollutants.end(), name);
    if (found == standard_pollutants.end()) {
      return;
    }
    const std::size_t p = std::size_t(found - standard_pollutants.begin());
    claim(concentration[p], at, name);
    if (unit_name.empty()) {
      unit_name = p == carbon_monoxide ? "mg m-3" : "ug m-3";
    }
    const std::string problem = unit_problem(unit_name, "kg m-3");
    if (problem.empty()) {
      unit[p] = *find_unit(unit_name);
    } else {
      problems_.add(table_.where(at), fmt::format("{}: {}", table_.columns()[at].name, problem));
    }
  }

  void claim(std::optional<std::size_t>& column, std::size_t at, const std::string& what) {
    if (column) {
      problems_.add(table_.where(at), fmt::format("{}: a second column for {}, besides column {} ({})",
                                                  table_.columns()[at].name, what, *column + 1,
                                                  table_.columns()[*column].name));
    }
    column = at;
  }

  const CsvTable& table_;
  ProblemList& problems_;
};

/// The hour of a row, or nothing if it is a problem.
std::optional<Instant> hour_of(const CsvTable& table, std::size_t row, std::size_t column, const TimeZone& zone,
                               bool stamped_at_end, ProblemList& problems) {
  const std::string_view text = table.text(row, column);
  const std::string name = table.columns()[column].name;
  const auto instant = parse_instant(text, zone);
  if (!instant) {
    problems.add(table.where(row, column), fmt::format("{} = \"{}\": must be a time such as 2019-01-31T23:00", name, text));
    return {};
  }
  const CivilTime civil = zone.to_civil(*instant);
  if (civil.minute != 0 || civil.second != 0) {
    problems.add(table.where(row, column), fmt::format("{} = \"{}\": must be a whole hour", name, text));
    return {};
  }
  return stamped_at_end ? *instant - seconds_per_hour : *instant;
}

double concentration_of(const CsvTable& table, std::size_t row, const Columns& columns, std::size_t p,
                        ProblemList& problems) {
  const std::size_t column = *columns.concentration[p];
  const std::optional<double> value = table.number(row, column, problems);
  if (!value) {
    return gap;
  }
  const Unit& unit = columns.unit[p];
  const auto [least, most] = p == carbon_monoxide ? std::pair{-1e-6, 5e-4} : std::pair{-10e-9, 20000e-9};
  const double si = unit.to_si(*value);
  if (!(si >= least && si <= most)) {
    problems.add(table.where(row, column), fmt::format("{} = {} {}: must be in [{:g}, {:g}]", table.columns()[column].name,
                                                       *value, unit.name, unit.from_si(least), unit.from_si(most)));
    return gap;
  }
  return si;
}

} // namespace

Measurements read_measurements(const std::filesystem::path& file, const MeasurementOptions& options) {
  const CsvTable table = CsvTable::read(file);
  ProblemList problems;
  const Columns columns(table, problems);
  problems.throw_if_any();
  Measurements measurements{.file = file,
                            .time_zone = !options.time_zone.empty() ? options.time_zone
                                         : columns.zone.empty()     ? "Asia/Shanghai"
                                                                    : columns.zone,
                            .start = 0,
                            .hours = 0,
                            .stations = {},
                            .measured = {}};
  std::optional<TimeZone> zone, zone_of_times;
  try {
    zone.emplace(measurements.time_zone);
    zone_of_times.emplace(columns.zone.empty() ? measurements.time_zone : columns.zone);
  } catch (const std::invalid_argument& error) {
    throw InputError(table.where(*columns.time), fmt::format("time zone: {}", error.what()));
  }

  std::map<std::string, std::map<Instant, std::size_t>> rows; // by station and hour
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto hour = hour_of(table, row, *columns.time, *zone_of_times, options.stamped_at_end, problems);
    const std::string id = columns.station ? std::string(table.text(row, *columns.station)) : file.stem().string();
    if (id.empty()) {
      problems.add(table.where(row, *columns.station),
                   fmt::format("{}: must be the id of a station", table.columns()[*columns.station].name));
    } else if (hour) {
      const auto [earlier, is_new] = rows[id].emplace(*hour, row);
      if (!is_new) {
        problems.add(table.where(row, *columns.time),
                     fmt::format("time {} of station {} is there twice: also in line {}", table.text(row, *columns.time),
                                 id, table.where(earlier->second, *columns.time).line));
      }
    }
  }
  if (table.rows() == 0) {
    problems.add({table.file()}, "has no hours");
  }
  problems.throw_if_any();

  Instant first = std::numeric_limits<Instant>::max(), last = std::numeric_limits<Instant>::min();
  for (const auto& [id, hours] : rows) {
    first = std::min(first, hours.begin()->first);
    last = std::max(last, hours.rbegin()->first);
  }
  if (last - first > longest) {
    throw InputError({table.file()}, fmt::format("covers {} to {}: must be at most 200 years", format_utc(first),
                                                 format_utc(last)));
  }
  measurements.start = first;
  measurements.hours = std::size_t((last - first) / seconds_per_hour) + 1;
  for (std::size_t p = 0; p < pollutants; ++p) {
    measurements.measured[p] = columns.concentration[p].has_value();
  }
  for (const auto& [id, hours] : rows) {
    Measurements::Station& station = measurements.stations.emplace_back();
    station.id = id;
    station.values.fill(std::vector<double>(measurements.hours, gap));
    for (const auto& [hour, row] : hours) {
      for (std::size_t p = 0; p < pollutants; ++p) {
        if (measurements.measured[p]) {
          station.values[p][std::size_t((hour - first) / seconds_per_hour)] =
              concentration_of(table, row, columns, p, problems);
        }
      }
    }
  }
  problems.throw_if_any();
  return measurements;
}

} // namespace tq
