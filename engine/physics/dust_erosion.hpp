#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace tq::physics {

/// Dust that wind raises from bare soil: annual amounts, and hours.
///
/// Annual:
///   E = a k I f L V C [t hm-2 a-1]                                                                   (1)
///   C = 3.86 u^3/PE^2,  PE = 3.16 sum over months of (P_m/(1.8 T_m + 22))^(10/9)                      (2)
///   C = 0.504 u^3/PE^2, PE = 1.099 P/(0.5949 + 0.1189 T)                                              (3)
/// Hours:
///   F = alpha c (rho/g) u*^3 (1 + u*t/u*) (1 - (u*t/u*)^2) for u* > u*t, else 0                       (4)
///   alpha = 100 x 10^(0.134 clay - 6)                                                                 (5)
///   u*t(wet)/u*t = sqrt(1 + 1.21 (w - w')^0.68) for w > w', else 1;  w' = 0.0014 clay^2 + 0.17 clay   (6)
///
/// a suspended share of what erodes, k share of a size in what is suspended, I erodibility by soil class [t hm-2 a-1],
/// f roughness, L sheltering, V bare share of the ground, C climate factor [1], u annual mean wind at 10 m [m s-1],
/// P_m, P rain of a month and a year [mm], at least 12.7 mm a month, T_m, T temperature [degC], at least -1.7 in a
/// month; F vertical flux [kg m-2 s-1], alpha vertical over horizontal flux [m-1], c = 2.61, rho air density [kg m-3],
/// u* friction velocity, u*t its threshold [m s-1], clay of the soil [%, below 20 in (5)], w water of the soil [% of
/// mass]. Sources: (1) China's guideline of 2014 (announcement 92) as remembered, not seen at the source, with the
/// suspended share of AP-42's wind erosion of fields (0.025): without it PM2.5 is 40 times the 0.0018 t hm-2 a-1 found
/// for Beijing 2017 (Huanjing Kexue 41, 2609). (2) Thornthwaite 1931 and Chepil et al. 1962 in metric units: gives the
/// 0.02 to 0.034 of that study; (3), the guideline's, gives 1e-4 there, so it is an option alone. (4) White 1979, J.
/// Geophys. Res. 84, 4643; (5) Marticorena and Bergametti 1995, J. Geophys. Res. 100, 16415, eq. 47; (6) Fecan et al.
/// 1999, Ann. Geophys. 17, 149. None was read at the source. Limits: (1) to (3) know no hours; (4) supposes endless
/// loose soil, and no crust.

/// The index of (2) from the months' rain [mm] and temperature [degC].
TQ_HD inline double precipitation_effectiveness(const std::array<double, 12>& rain,
                                                const std::array<double, 12>& temperature) {
  double sum = 0;
  for (std::size_t month = 0; month < 12; ++month) {
    sum += std::pow(std::fmax(rain[month], 12.7) / (1.8 * std::fmax(temperature[month], -1.7) + 22.0), 10.0 / 9.0);
  }
  return 3.16 * sum;
}

/// C of (2); wind [m s-1].
TQ_HD inline double erosion_climate(double wind_speed, double effectiveness) {
  return 3.86 * wind_speed * wind_speed * wind_speed / (effectiveness * effectiveness);
}

/// The index of (3) from annual rain [mm] and mean temperature [degC].
TQ_HD inline double guideline_effectiveness(double rain, double temperature) {
  return 1.099 * rain / (0.5949 + 0.1189 * temperature);
}

/// C of (3); wind [m s-1].
TQ_HD inline double guideline_erosion_climate(double wind_speed, double effectiveness) {
  return 0.504 * wind_speed * wind_speed * wind_speed / (effectiveness * effectiveness);
}

/// Bare ground as (1) sees it.
struct ErodibleGround {
  double suspended = 0.025; // a, 1
  double erodibility = 0;   // I, t hm-2 a-1
  double roughness = 0.5;   // f, 1
  double sheltering = 0.85; // L, 1
  double bare = 1;          // V, 1
};

/// (1), kg m-2 in a year, of the size with the share `k`.
TQ_HD inline double annual_soil_erosion(double k, const ErodibleGround& ground, double climate) {
  constexpr double tonne_per_hectare = 0.1; // kg m-2
  return ground.suspended * k * ground.erodibility * ground.roughness * ground.sheltering * ground.bare * climate *
         tonne_per_hectare;
}

inline constexpr double saltation_constant = 2.61; // c

/// Horizontal flux of (4) [kg m-1 s-1]: F/alpha.
TQ_HD inline double saltation_flux(double friction_velocity, double threshold, double air_density) {
  if (!(friction_velocity > threshold)) {
    return 0.0;
  }
  const double ratio = threshold / friction_velocity;
  const double cube = friction_velocity * friction_velocity * friction_velocity;
  return saltation_constant * air_density / constants::gravity * cube * (1.0 + ratio) * (1.0 - ratio * ratio);
}

/// (5), m-1, of a soil with `clay` [1].
TQ_HD inline double sandblasting(double clay) {
  return 100.0 * std::pow(10.0, 13.4 * std::fmin(clay, 0.2) - 6.0);
}

/// (6): factor of the dry threshold at `water` [kg per kg of soil], `clay` [1].
TQ_HD inline double moist_threshold_factor(double water, double clay) {
  const double percent = clay * 100.0;
  const double bound = 0.0014 * percent * percent + 0.17 * percent;
  const double free = std::fmax(water * 100.0 - bound, 0.0);
  return std::sqrt(1.0 + 1.21 * std::pow(free, 0.68));
}

} // namespace tq::physics
