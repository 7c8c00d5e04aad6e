#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Radiation at the ground from sun, cloud and temperature.
///
///   K = (a1 sin(phi) + a2) (1 - 0.75 N^3.4),  0 where sin(phi) < 0.03
///   Q_i = (1 - albedo) K - sigma T^4 (1 - 9.35e-6 T^2) + 60 N
///
/// K incoming solar radiation [W m-2], phi elevation of the sun, N cloud cover [0..1], Q_i net radiation of a surface
/// as warm as the air ("isothermal") [W m-2], T temperature [K], sigma = 5.6704e-8 W m-2 K-4.
/// Source: Holtslag and van Ulden (1983), J. Climate Appl. Meteor. 22, 517-529, with Kasten and Czeplak (1980) for
/// cloud and Swinbank (1963) for the sky's long waves.
/// Valid for hourly means in the middle latitudes. Limits: a1 = 990, a2 = -30 W m-2 stand for clean air; hazy air gives
/// some 5 to 10 % less. No difference between kinds of cloud; the sky's moisture enters through T alone.
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

/// Cloud cover that makes the clear sky's radiation the measured one [W m-2]. Needs the sun: below `lowest_sun_sine`
/// there is nothing to compare with, and near it the answer is coarse.
TQ_HD inline double cloud_from_radiation(double radiation, double sun_sine, ClearSky sky = {}) {
  return cloud_from_transmission(radiation / clear_sky_radiation(sun_sine, sky));
}

/// Long-wave part of Q_i [W m-2]: what comes from the sky less what a surface at the air's temperature sends up.
TQ_HD inline double isothermal_long_wave(double temperature, double cloud_cover) {
  const double t2 = temperature * temperature;
  return -constants::stefan_boltzmann * t2 * t2 * (1.0 - 9.35e-6 * t2) + 60.0 * cloud_cover;
}

/// Q_i [W m-2].
TQ_HD inline double isothermal_radiation(double solar, double albedo, double temperature, double cloud_cover) {
  return (1.0 - albedo) * solar + isothermal_long_wave(temperature, cloud_cover);
}

} // namespace tq::physics
