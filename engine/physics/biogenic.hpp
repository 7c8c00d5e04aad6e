#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Emission of isoprene and monoterpenes by leaves, in units of that at standard light and temperature.
///
///   isoprene: C_L C_T,  C_L = alpha c_L1 L / sqrt(1 + alpha^2 L^2)
///             C_T = exp(c_T1 (T - T_S)/(R T_S T)) / (c_T3 + exp(c_T2 (T - T_M)/(R T_S T)))
///   monoterpenes: exp(beta (T - T_S))
///
/// L photosynthetically active radiation [umol m-2 s-1], T temperature of the leaf [K], T_S = 303 K and L_S = 1000
/// umol m-2 s-1 the standard, T_M = 314 K near the optimum, R gas constant; alpha = 0.0027, c_L1 = 1.066, c_T1 = 95
/// kJ mol-1, c_T2 = 230 kJ mol-1, c_T3 = 0.961, beta = 0.09 K-1.
/// Sources: Guenther et al. (1993), J. Geophys. Res. 98, 12609-12617, eqs. 2 to 5; kept by Guenther et al. (1995), J.
/// Geophys. Res. 100, 8873-8892 (1993 has c_T3 = 1, which makes C_T 0.965 at the standard; 0.961 makes it 1.003,
/// Guenther et al. 1999, Atmos. Environ. 33). Constants from memory, agreeing with several public codes. Valid for
/// single leaves between 0 and 45 degC. Limits: the whole canopy is taken as one leaf in full light at the air's
/// temperature; no memory of past days, no drought, no age of leaves. Monoterpenes from stores alone, no light.

inline constexpr double leaf_standard_temperature = 303.0; // K

/// Light [umol m-2 s-1] of global radiation [W m-2]: 45 % of its energy, 4.6 umol J-1 (as in the EMEP model, Simpson et
/// al. 2012, Atmos. Chem. Phys. 12, 7825-7865).
TQ_HD inline double photosynthetic_light(double global_radiation) {
  return 0.45 * 4.6 * global_radiation;
}

/// C_L, 0 in the dark.
TQ_HD inline double isoprene_light_factor(double light) {
  const double reach = 0.0027 * light;
  return 1.066 * reach / std::sqrt(1.0 + reach * reach);
}

/// C_T.
TQ_HD inline double isoprene_temperature_factor(double temperature) {
  const double energy = constants::molar_gas * leaf_standard_temperature * temperature; // J mol-1 K
  return std::exp(95000.0 * (temperature - leaf_standard_temperature) / energy) /
         (0.961 + std::exp(230000.0 * (temperature - 314.0) / energy));
}

TQ_HD inline double monoterpene_factor(double temperature) {
  return std::exp(0.09 * (temperature - leaf_standard_temperature));
}

} // namespace tq::physics
