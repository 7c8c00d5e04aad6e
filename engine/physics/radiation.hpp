#pragma once
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Radiation at the ground from sun and cloud.
///
///   K = (a1 sin(phi) + a2) (1 - 0.75 N^3.4),  0 where sin(phi) < 0.03
///   Q = (1 - r) K - sigma T^4 (1 - 9.35e-6 T^2) + 60 N
///
/// K incoming solar radiation [W m-2], phi elevation of the sun, N cloud cover [0..1], Q isothermal net radiation
/// [W m-2], r albedo [1], T air temperature [K], sigma = 5.670374e-8 W m-2 K-4.
/// Source: Holtslag and van Ulden (1983), J. Climate Appl. Meteor. 22, 517-529, with Kasten and Czeplak
/// (1980) for cloud; Swinbank (1963) for the long waves.
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

/// Net long-wave radiation [W m-2] of a surface as warm as the air, negative upward.
TQ_HD inline double net_longwave(double temperature, double cloud_cover) {
  const double t2 = temperature * temperature;
  return -5.670374e-8 * t2 * t2 * (1.0 - 9.35e-6 * t2) + 60.0 * cloud_cover;
}

/// Isothermal net radiation [W m-2].
TQ_HD inline double isothermal_net_radiation(double albedo, double radiation, double temperature, double cloud_cover) {
  return (1.0 - albedo) * radiation + net_longwave(temperature, cloud_cover);
}

} // namespace tq::physics
