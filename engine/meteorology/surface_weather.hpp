#pragma once
#include "base/time.hpp"

#include <limits>
#include <string>

namespace tq {

/// The weather at the station for the hour that begins at `time`. Wind, temperature, dew point, pressure and cloud cover
/// are those at `time`; rain and radiation are those of the hour [time, time + 1 h).
struct SurfaceWeather {
  Instant time = 0;
  double wind_speed = 0;       // m s-1, at the height of the anemometer
  double wind_direction = 0;   // degrees clockwise from north, [0, 360): where the wind comes from
  double temperature = 0;      // K
  double dew_point = 0;        // K
  double pressure = 0;         // Pa, at the station
  double cloud_cover = 0;      // 1, 0..1
  double rain = 0;             // kg m-2 in the hour (= mm)
  double global_radiation = 0; // W m-2, mean over the hour, on a level surface
  double mixing_height = std::numeric_limits<double>::quiet_NaN(); // m above ground, where the source knows it
};

/// Where the run's hourly weather comes from: observations or a generator.
class WeatherSource {
public:
  virtual ~WeatherSource() = default;
  /// The weather of the hour that begins at `hour` (a whole hour of UTC, inside the run).
  virtual SurfaceWeather at(Instant hour) const = 0;
  /// One line for the log and the result file: what it is and where it comes from.
  virtual std::string description() const = 0;
};

} // namespace tq
