#pragma once
// Area of a cell between two meridians and two parallels on the ellipsoid WGS84.
//
// A = dl b^2 / 2 [ s / (1 - e^2 s^2) + ln((1 + e s) / (1 - e s)) / (2 e) ] between both parallels, s = sin(latitude)
//   A   m2      area
//   dl  rad     difference of longitude
//   b   m       polar semi-axis, b^2 = a^2 (1 - e^2)
//   e   1       first eccentricity
// Source: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, eq. 3-12 (authalic
// latitude). Valid everywhere, exact.
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// m2; latitudes and the difference of longitudes in degrees, `north` >= `south`, `width` >= 0.
TQ_HD inline double ellipsoid_cell_area(double south, double north, double width) {
  constexpr double a = 6378137.0, flattening = 1 / 298.257223563;
  constexpr double e2 = flattening * (2 - flattening);
  const double e = std::sqrt(e2);
  const auto integral = [&](double latitude) {
    const double s = std::sin(latitude * constants::pi / 180);
    return s / (1 - e2 * s * s) + std::log((1 + e * s) / (1 - e * s)) / (2 * e);
  };
  return width * constants::pi / 180 * a * a * (1 - e2) / 2 * (integral(north) - integral(south));
}

} // namespace tq::physics
