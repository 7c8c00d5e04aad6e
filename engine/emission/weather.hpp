#pragma once
#include "base/time.hpp"

#include <functional>
#include <vector>

namespace tq {

/// The hour's weather as emission sees it, the same over the whole domain: that of the station.
struct EmissionHour {
  Instant time = 0;                  // begin of the hour
  double temperature = 288.15;       // K
  double relative_humidity = 0.7;    // 1
  double pressure = 101325;          // Pa
  double wind_speed = 2;             // m s-1, at 10 m above ground
  double friction_velocity = 0.2;    // m s-1
  double inverse_obukhov_length = 0; // m-1
  double sensible_heat = 0;          // W m-2, upward
  double mixing_height = 500;        // m above ground
  double rain = 0;                   // mm in the hour
  double radiation = 0;              // W m-2, global, mean over the hour
  double cloud_cover = 0;            // 1
  double sun_sine = 0;               // sine of the sun's elevation at the middle of the hour
};

/// The hours of a run without gaps, the first at its start.
using EmissionWeather = std::vector<EmissionHour>;

/// Makes the weather of a run's hours when it is first asked for; only what depends on weather asks.
using EmissionWeatherSource = std::function<EmissionWeather()>;

} // namespace tq
