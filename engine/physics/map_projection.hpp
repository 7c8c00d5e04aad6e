#pragma once
#include "base/constants.hpp"

#include <cmath>

namespace tq::physics {

/// Maps of a weather model on a sphere of radius R = 6370 km.
///
///   Lambert conformal     rho = R F / tan^n(pi/4 + phi/2), x = rho sin(theta), y = -rho cos(theta), theta = n (l -
///   l0),
///                         n = ln(cos phi1 / cos phi2) / ln(tan(pi/4 + phi2/2) / tan(pi/4 + phi1/2)), sin phi1 if
///                         equal, F = cos phi1 tan^n(pi/4 + phi1/2) / n
///   polar stereographic   rho = R cos phi (1 + h sin phi1) / (1 + h sin phi), x = rho sin(l - l0), y = -h rho cos(l -
///   l0),
///                         h = 1 around the north pole, -1 around the south pole (by the sign of phi1)
///   Mercator              x = R cos phi1 (l - l0), y = R cos phi1 ln tan(pi/4 + phi/2)
///   latitude, longitude   x = R (l - l0), y = R phi
///
/// phi latitude, l longitude, phi1 and phi2 true latitudes, l0 standard longitude (in which north is up), x and y [m]
/// from the pole, from the equator for the last two. Source: Snyder (1987), Map projections: a working manual, USGS
/// Prof. Paper 1395, eqs. 15-1 to 15-5, 21-5 to 21-11, 7-1, 7-2. Valid away from the pole opposite to the map's. Limit:
/// latitudes on the sphere are taken for those of WGS84, as weather models' users do.
struct SphereMap {
  enum class Kind { lambert = 1, polar = 2, mercator = 3, degrees = 6 }; // numbers: MAP_PROJ of WRF
  static constexpr double radius = 6370000.0;                            // m
  struct Point {
    double x, y; // m
  };

  Kind kind = Kind::lambert;
  double true_latitude_1 = 0;    // degrees
  double true_latitude_2 = 0;    // degrees; of the Lambert map alone
  double standard_longitude = 0; // degrees

  Point project(double longitude, double latitude) const {
    const double phi = radians(latitude), phi1 = radians(true_latitude_1);
    const double east = radians(from_standard(longitude));
    switch (kind) {
    case Kind::lambert: {
      const double n = cone(), rho = radius * std::cos(phi1) / n * std::pow(tangent(phi1) / tangent(phi), n);
      return {rho * std::sin(n * east), -rho * std::cos(n * east)};
    }
    case Kind::polar: {
      const double h = hemisphere();
      const double rho = radius * std::cos(phi) * (1 + h * std::sin(phi1)) / (1 + h * std::sin(phi));
      return {rho * std::sin(east), -h * rho * std::cos(east)};
    }
    case Kind::mercator:
      return {radius * std::cos(phi1) * east, radius * std::cos(phi1) * std::log(tangent(phi))};
    case Kind::degrees:
      break;
    }
    return {radius * east, radius * phi};
  }

  /// Angle [rad] by which true north lies to the left of the map's y axis.
  double convergence(double longitude) const {
    const double east = radians(from_standard(longitude));
    return kind == Kind::lambert ? cone() * east : kind == Kind::polar ? hemisphere() * east : 0.0;
  }

 private:
  static double radians(double degrees) { return degrees * (constants::pi / 180.0); }
  static double tangent(double phi) { return std::tan(0.25 * constants::pi + 0.5 * phi); }
  double hemisphere() const { return true_latitude_1 < 0 ? -1.0 : 1.0; }
  double from_standard(double longitude) const { return std::remainder(longitude - standard_longitude, 360.0); }
  double cone() const {
    const double phi1 = radians(true_latitude_1), phi2 = radians(true_latitude_2);
    return std::abs(true_latitude_1 - true_latitude_2) < 0.1
               ? std::sin(phi1)
               : std::log(std::cos(phi1) / std::cos(phi2)) / std::log(tangent(phi2) / tangent(phi1));
  }
};

} // namespace tq::physics
