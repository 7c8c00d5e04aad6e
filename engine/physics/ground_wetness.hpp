#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"
#include "physics/humidity.hpp"
#include "physics/radiation.hpp"
#include "physics/surface_energy.hpp"

#include <algorithm>
#include <cmath>

namespace tq::physics {

/// Water on roads and bare ground, and how it keeps dust down.
///
///   E = [s Q + k_E (1 + 0.536 u_2) (e_s - e)] / (L (s + 1)), at least 0,   k_E = 6.43 MJ m-2 d-1 kPa-1        (1)
///   dh/dt = P - E, held within 0 and h_max (what is more drains within the hour)                              (2)
///   f = 1 for h <= h_dry, 0 for h >= h_wet, linear between; 0 in an hour of more than h_dry of rain           (3)
///   watered:  c = 1 - 2 (0.8/100) integral p d dt / i since the last pass, at least 0                         (4)
///
/// E potential evaporation [kg m-2 s-1], s slope of saturation over the psychrometric constant [1], Q isothermal net
/// radiation [W m-2], u_2 wind at 2 m [m s-1], e_s, e saturation and vapour pressure [kPa], L heat of vaporisation; h
/// water on the ground [kg m-2 = mm], P rain, f factor of what dry ground emits; c share of dust that watering holds,
/// p potential evaporation [mm h-1], d vehicles per hour, i water applied [mm].
/// Sources: (1) Penman 1948 in the units of Shuttleworth 1993 (Handbook of Hydrology, eq. 4.2.30); 0.75 takes the wind
/// from 10 to 2 m. (2), (3) choices, in the manner of NORTRIP (Denby et al. 2013, Atmos. Environ. 77, 283): h_max 0.5,
/// h_dry 0.02, h_wet 0.2 mm for pavement. (4) Cowherd et al. 1988 (EPA-450/3-88-008) give the mean over the time t
/// between passes, C = 100 - 0.8 p d t/i [%]; the line whose mean that is falls twice as fast. None was read at the
/// source. Valid for hours of constant weather; (4) for C of 0.5 to 1, unpaved ground with traffic. Limits: no dew,
/// snow or spray of vehicles; h_max, h_dry and h_wet stand for pores that nobody has measured here.

inline constexpr double penman_conductance = 6.43e6 / 86400.0 / 1000.0; // k_E, W m-2 Pa-1
inline constexpr double penman_wind = 0.536;                            // s m-1
inline constexpr double low_wind_share = 0.75;                          // u_2 over u_10 above short grass

/// The hour's weather as evaporation sees it.
struct EvaporationWeather {
  double temperature = 288.15;    // K
  double relative_humidity = 0.7; // 1
  double pressure = 101325;       // Pa
  double wind_speed = 0;          // m s-1, at 10 m
  double global_radiation = 0;    // W m-2
  double cloud_cover = 0;         // 1
};

/// (1), kg m-2 s-1.
TQ_HD inline double potential_evaporation(const EvaporationWeather& weather, double albedo) {
  const double slope = evaporation_slope(weather.temperature, weather.pressure);
  const double radiation =
      isothermal_radiation(weather.global_radiation, albedo, weather.temperature, weather.cloud_cover);
  const double deficit = saturation_pressure(weather.temperature) * std::fmax(1.0 - weather.relative_humidity, 0.0);
  const double drying = penman_conductance * (1.0 + penman_wind * low_wind_share * weather.wind_speed) * deficit;
  return std::fmax((slope * radiation + drying) / (constants::vaporisation_heat * (slope + 1.0)), 0.0);
}

/// How much water a ground holds, and between which amounts it stops to emit; kg m-2, 0 <= dry < wet <= capacity.
struct GroundWater {
  double capacity = 0.5; // h_max
  double dry = 0.02;     // h_dry
  double wet = 0.2;      // h_wet
};

/// (3) without rain.
TQ_HD inline double dryness(double water, const GroundWater& ground) {
  return std::clamp((ground.wet - water) / (ground.wet - ground.dry), 0.0, 1.0);
}

/// Integral of dryness() over water from 0 on [kg m-2].
TQ_HD inline double dryness_integral(double water, const GroundWater& ground) {
  const double flat = std::fmin(water, ground.dry);
  const double span = ground.wet - ground.dry;
  const double part = std::clamp(water - ground.dry, 0.0, span);
  return flat + part - 0.5 * part * part / span;
}

/// Water at the end of an hour, and the mean of (3) over it.
struct GroundHour {
  double water = 0;   // kg m-2
  double dryness = 1; // 1
};

/// (2) and (3) over an hour that begins with `water` on the ground and has `rain` and `evaporation` [kg m-2 in the
/// hour]. The mean of f is exact: f is piecewise linear in h, and h in time.
TQ_HD inline GroundHour ground_after_hour(double water, const GroundWater& ground, double rain, double evaporation) {
  const double change = rain - evaporation;
  const double end = std::clamp(water + change, 0.0, ground.capacity);
  if (rain > ground.dry) {
    return {end, 0.0};
  }
  if (std::fabs(change) < 1e-9 * ground.capacity) { // the difference of integrals would be noise
    return {end, dryness(water, ground)};
  }
  const double moving = (end - water) / change; // share of the hour until the water reaches a bound
  const double integral = dryness_integral(end, ground) - dryness_integral(water, ground);
  return {end, integral / change + (1.0 - moving) * dryness(end, ground)};
}

inline constexpr double watering_loss = 2.0 * 0.8e-2; // (4), per (mm h-1) (vehicle per hour) h / mm

/// (4): share of the dust that is held back on ground where `traffic` vehicles drive per hour, as the mean while the
/// potential evaporation since a pass of `application` [kg m-2] grows from `before` to `after` [kg m-2]. Over all of it
/// between two passes it is Cowherd's C.
TQ_HD inline double watering_efficiency(double before, double after, double traffic, double application) {
  const double loss = watering_loss * traffic / application;
  const double begin = std::fmin(loss * before, 1.0), end = std::fmin(loss * after, 1.0);
  const double share = loss * (after - before) > 0 ? (end - begin) / (loss * (after - before)) : 1.0; // not yet at 0
  return share * (1.0 - 0.5 * (begin + end)) + (1.0 - share) * (1.0 - end);
}

} // namespace tq::physics
