#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Height of the sun.
///
///   a = 0.0175 D,  SL = 4.871 + a + 0.033 sin a,  sin(dec) = 0.398 sin SL
///   h = lambda + 0.043 sin(2 SL) - 0.033 sin a + 0.262 t - pi
///   sin(phi) = sin(dec) sin(lat) + cos(dec) cos(lat) cos h
///
/// D day of the year [1 = 1 January], t hour of that day in UTC [h; may be outside 0..24], lambda longitude [rad, east],
/// lat latitude [rad], phi elevation of the sun above the horizon.
/// Source: Holtslag and van Ulden (1983), J. Climate Appl. Meteor. 22, 517-529, appendix (solar elevation).
/// Valid anywhere, any year; error about 0.3 degrees, without refraction. Limit: the year is taken as 360 / 0.0175 rad,
/// so the declination jumps by 0.3 degrees at the turn of the year.
///
/// Returns sin(phi), negative at night. Latitude and longitude in degrees.
TQ_HD inline double solar_elevation_sine(double day_of_year, double hour_utc, double latitude, double longitude) {
  constexpr double radian = constants::pi / 180.0;
  const double a = 0.0175 * day_of_year;
  const double solar_longitude = 4.871 + a + 0.033 * std::sin(a);
  const double sin_declination = 0.398 * std::sin(solar_longitude);
  const double cos_declination = std::sqrt(1.0 - sin_declination * sin_declination);
  const double hour_angle = longitude * radian + 0.043 * std::sin(2.0 * solar_longitude) - 0.033 * std::sin(a) +
                            0.262 * hour_utc - constants::pi;
  return sin_declination * std::sin(latitude * radian) +
         cos_declination * std::cos(latitude * radian) * std::cos(hour_angle);
}

} // namespace tq::physics
