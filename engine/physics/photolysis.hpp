#pragma once
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Photolysis rates by zenith angle.
///
///   J = l cos(Z)^m exp(-n / cos(Z)),  0 where the sun is down
///
/// J rate [s-1], Z zenith angle, l [s-1], m, n constants of the reaction.
/// Source: Saunders et al. (2003), Atmos. Chem. Phys. 3, 161-180 (Master Chemical Mechanism v3), section on
/// photolysis. Valid for a clear sky near the ground, Z up to about 85 degrees; nothing for haze, ozone column or height.
struct PhotolysisConstants {
  double l = 0; // s-1
  double m = 0;
  double n = 0;
};

inline constexpr PhotolysisConstants photolysis_no2 = {1.165e-2, 0.244, 0.267};

/// J [s-1] under a clear sky; `sun_sine` is the sine of the sun's elevation, which is cos(Z).
TQ_HD inline double clear_sky_photolysis(PhotolysisConstants reaction, double sun_sine) {
  return sun_sine <= 0 ? 0.0 : reaction.l * std::pow(sun_sine, reaction.m) * std::exp(-reaction.n / sun_sine);
}

/// What cloud leaves of it: 1 - 0.7 N^3.4, after the form of Kasten and Czeplak (1980) with a smaller share because
/// the ultraviolet is dimmed less; the 0.7 is an unverified choice.
TQ_HD inline double photolysis_cloud_factor(double cloud_cover) { return 1.0 - 0.7 * std::pow(cloud_cover, 3.4); }

/// J(NO2) [s-1] from the sun's elevation and cloud cover [0..1].
TQ_HD inline double photolysis_rate_no2(double sun_sine, double cloud_cover) {
  return clear_sky_photolysis(photolysis_no2, sun_sine) * photolysis_cloud_factor(cloud_cover);
}

} // namespace tq::physics
