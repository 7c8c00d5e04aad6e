#pragma once
#include "base/error.hpp"

#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace tq::files {

/// One hour of an EnergyPlus weather file; missing values (the format's own codes, and empty fields) are NaN.
struct EpwHour {
  static constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;                       // 1..24: the hour that ends then, local standard time
  double temperature = missing;       // K
  double dew_point = missing;         // K
  double relative_humidity = missing; // 1
  double pressure = missing;          // Pa
  double infrared_radiation = missing; // W m-2, from the sky on level ground, mean over the hour
  double global_radiation = missing;  // W m-2, mean over the hour
  double wind_direction = missing;    // degrees, from
  double wind_speed = missing;        // m s-1
  double cloud_cover = missing;       // 1
  double rain = missing;              // mm in the hour (field 34), where its period (field 35) is one hour
  int line = 0;                       // in the file
};

struct EpwFile {
  std::string city;
  double latitude = 0;   // degrees
  double longitude = 0;  // degrees
  double utc_offset = 0; // hours
  double elevation = 0;  // m
  std::vector<EpwHour> hours;
};

/// Reads an EPW file (gzipped or not): 8 header lines, then 8760 or 8784 hours that follow each other by
/// month, day and hour; the years may differ (typical years join months). Lines have 32 to 35 fields: older
/// files end before albedo and rain. Field numbers and codes for missing values: EnergyPlus Auxiliary
/// Programs, "EnergyPlus Weather File (EPW) Data Dictionary". Throws InputError with all problems.
EpwFile read_epw(const std::filesystem::path& file);

} // namespace tq::files
