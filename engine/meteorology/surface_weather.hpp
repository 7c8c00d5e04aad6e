#pragma once
#include "base/time.hpp"

#include <cmath>
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
  // What only some sources know (else NaN): a weather model, in the mean over the domain or in a column.
  double mixing_height = std::numeric_limits<double>::quiet_NaN();     // m above ground
  double friction_velocity = std::numeric_limits<double>::quiet_NaN(); // m s-1; with it comes
  double sensible_heat = std::numeric_limits<double>::quiet_NaN();     // W m-2, upward

  /// Whether u* and heat are known.
  bool knows_surface_layer() const { return !std::isnan(friction_velocity); }
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
