#pragma once
/// Hourly measurements of air quality at stations, from a CSV file.

#include "base/time.hpp"
#include "diagnostics/day_quality.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq {

struct MeasurementOptions {
  std::string time_zone;       // of times and days; "": as the header says, else Asia/Shanghai
  bool stamped_at_end = false; // a time is the end of its hour, not the beginning
};

struct Measurements {
  std::filesystem::path file;
  std::string time_zone;
  Instant start = 0;     // of the first hour of any station
  std::size_t hours = 0; // from it to the last
  struct Station {
    std::string id;
    ByPollutant<std::vector<double>> values; // kg m-3 as reported, by hour; NaN is a gap
  };
  std::vector<Station> stations; // by id
  ByPollutant<bool> measured{};  // has a column

  Instant end() const { return start + Instant(hours) * seconds_per_hour; }
};

/// Columns are told by their header, in any case and order; others are left alone:
/// - `time`, `date`, or a name that begins with `time`: civil time, "2019-01-31T23:00". "utc+08" in the name is its zone.
/// - `site`, `station` or `code`: id of the station; without it all rows are of one station, named as the file.
/// - so2, no2, co, o3, pm10, and pm2_5, pm25 or pm2.5: concentrations as reported. The unit is in brackets ("so2 [ug m-3]")
///   or ends the name ("so2_ugm3", "co_mgm3"); without one it is that of the standard: ug m-3, CO mg m-3.
/// Rows in any order; empty fields, NA and absent hours are gaps. Throws InputError with all problems: no column for the time
/// or for any pollutant, two columns for one thing, what is not a time, not a whole hour, not a number; an hour of a
/// station twice; values outside -10 ... 20 000 ug m-3, of CO -1 ... 500 mg m-3 (small negative ones are noise of instruments).
Measurements read_measurements(const std::filesystem::path& file, const MeasurementOptions& options);

} // namespace tq
