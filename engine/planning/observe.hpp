#pragma once
/// Measured air by the standards: days, months, years at each station and for the city.

#include "diagnostics/period_gathering.hpp"
#include "planning/measurements.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq {

struct ObserveOptions {
  MeasurementOptions reading;
  std::string edition;               // id; "": that in force on each day
  int function_class = 2;            // whose limits hold
  std::vector<std::string> left_out; // stations that do not count for the city, such as a control point
};

struct Observed {
  struct Day {
    Instant start = 0;
    std::vector<DayQuality> places;
  };
  std::filesystem::path file;
  std::string time_zone;
  std::string edition;             // at the start
  std::string reference_state;     // in words, that reported values of the start refer to
  int function_class = 2;
  std::vector<std::string> places; // ids of stations; last "city", if two or more stations count for it
  std::size_t city_stations = 0;   // that count for the city
  ByPollutant<bool> measured{};
  ByPollutant<double> percentile{}; // which one, %
  std::vector<Day> days;
  std::vector<Period> periods;                      // as PeriodGathering::periods()
  std::vector<std::vector<PeriodQuality>> quality;  // [period][place]
};

/// A city's daily value is the mean of its stations' (DayJudge::of_stations). Throws InputError: read_measurements(), an
/// edition or a station that there is not.
Observed observe(const std::filesystem::path& file, const ObserveOptions& options);

/// For the terminal, place by place, ug m-3 (CO mg m-3) as reported.
std::string observed_table(const Observed& observed);

/// A line per place and day, or per place and period; headers with units. Empty fields where the standard asks for more
/// hours or days than there are.
std::string observed_days_csv(const Observed& observed);
std::string observed_periods_csv(const Observed& observed);

} // namespace tq
