#pragma once
#include "base/error.hpp"

#include <array>
#include <filesystem>
#include <string>

namespace tq {

/// Statistics of one place's weather: what the generator needs. All SI; hours are local standard time.
struct Climate {
  static constexpr int months = 12, sectors = 8, rows = 4;
  using Monthly = std::array<double, months>;
  /// Shares that sum to 1: of calms, and of winds from N, NE, ... NW (sectors of 45 degrees centred there).
  struct Rose {
    double calm = 0;
    std::array<double, sectors> sector{};
  };

  std::string name;
  double latitude = 0, longitude = 0; // degrees
  double elevation = 0;               // m
  double utc_offset = 0;              // h

  Monthly temperature{};       // K
  Monthly daily_range{};       // K, warmest less coldest hour of a day
  Monthly relative_humidity{}; // 1
  Monthly global_radiation{};  // W m-2, mean over day and night
  Monthly wind_speed{};        // m s-1, calms included
  Monthly calm{};              // share of hours
  Monthly rain{};              // kg m-2 in the month
  Monthly wet_days{};          // days with 0.1 mm or more
  Monthly pressure{};          // Pa

  Rose all;                               // the year's
  std::array<double, rows> hours{};       // of the next two, rising within a day
  std::array<Rose, rows> by_hour;
  std::array<double, rows> speed_by_hour{}; // m s-1, the year's mean at those hours
  std::array<Rose, rows> by_season;       // December-February, March-May, June-August, September-November

  double temperature_deviation_winter = 0; // K
  double temperature_deviation_summer = 0; // K
  double rain_hours = 0;                   // h, on a wet day
  double rain_deviation = 0;               // of one month's rain from year to year, over its mean

  /// Reads a table in the form of data/climate_jingdezhen.toml. Throws InputError with all problems.
  static Climate read(const std::filesystem::path& file);
  /// The table that comes with the program.
  static Climate jingdezhen();
};

} // namespace tq
