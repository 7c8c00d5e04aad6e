#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Humidity by the Magnus form.
///
///   e_s(t) = 610.94 Pa exp(17.625 t / (243.04 + t)),   e = RH e_s(t) = e_s(t_d)
///
/// t temperature [degC], t_d dew point [degC], e_s saturation vapour pressure over water [Pa], RH relative
/// humidity [1]. Source: Alduchov and Eskridge (1996), J. Appl. Meteor. 35, 601-609, eq. 21. Valid from -40
/// to 50 degC, within 0.4 %. Limits: over water also below freezing, as hygrometers are calibrated; no
/// correction for the pressure of the air (0.5 %).

inline constexpr double magnus_pressure = 610.94; // Pa
inline constexpr double magnus_slope = 17.625;    // 1
inline constexpr double magnus_offset = 243.04;   // K

/// Saturation vapour pressure [Pa] over water at `temperature` [K].
TQ_HD inline double saturation_pressure(double temperature) {
  const double t = temperature - constants::zero_celsius;
  return magnus_pressure * std::exp(magnus_slope * t / (magnus_offset + t));
}

/// Dew point [K] of air at `temperature` [K] with a relative humidity (0, 1].
TQ_HD inline double dew_point(double temperature, double relative_humidity) {
  const double t = temperature - constants::zero_celsius;
  const double exponent = std::log(relative_humidity) + magnus_slope * t / (magnus_offset + t);
  return magnus_offset * exponent / (magnus_slope - exponent) + constants::zero_celsius;
}

} // namespace tq::physics
