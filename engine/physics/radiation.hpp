#pragma once
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Radiation at the ground from sun and cloud.
///
///   K = (a1 sin(phi) + a2) (1 - 0.75 N^3.4),  0 where sin(phi) < 0.03
///
/// K incoming solar radiation [W m-2], phi elevation of the sun, N cloud cover [0..1].
/// Source: Holtslag and van Ulden (1983), J. Climate Appl. Meteor. 22, 517-529, with Kasten and Czeplak
/// (1980) for cloud.
/// Valid for hourly means in the middle latitudes. Limits: a1 = 990, a2 = -30 W m-2 stand for clean air; hazy air gives
/// some 5 to 10 % less. No difference between kinds of cloud.
struct ClearSky {
  double a1 = 990.0; // W m-2
  double a2 = -30.0; // W m-2
};

inline constexpr double lowest_sun_sine = 0.03; // below it the formula's radiation is nil

/// Share of the clear sky's radiation that a cover of N lets through.
TQ_HD inline double cloud_transmission(double cloud_cover) { return 1.0 - 0.75 * std::pow(cloud_cover, 3.4); }

/// Cloud cover that lets `transmission` through; the inverse of cloud_transmission, bounded to 0..1.
TQ_HD inline double cloud_from_transmission(double transmission) {
  const double share = (1.0 - transmission) / 0.75;
  return share <= 0 ? 0.0 : share >= 1 ? 1.0 : std::pow(share, 1.0 / 3.4);
}

/// Incoming solar radiation [W m-2] under a clear sky.
TQ_HD inline double clear_sky_radiation(double sun_sine, ClearSky sky = {}) {
  const double radiation = sky.a1 * sun_sine + sky.a2;
  return sun_sine < lowest_sun_sine || radiation < 0 ? 0.0 : radiation;
}

/// Incoming solar radiation [W m-2].
TQ_HD inline double solar_radiation(double sun_sine, double cloud_cover, ClearSky sky = {}) {
  return clear_sky_radiation(sun_sine, sky) * cloud_transmission(cloud_cover);
}

} // namespace tq::physics
