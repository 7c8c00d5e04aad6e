#pragma once
#include "base/macros.hpp"

#include <algorithm>
#include <cmath>

namespace tq::physics {

/// How much easier air in a mass-consistent adjustment goes around a hill than over it, by the hill's Strouhal number.
///
///   Str = H N / U,  a = sqrt(exp(-1.5 Str^1.5)),  unstable air: the same with the exponent's sign turned
///
/// a ratio of the horizontal to the vertical weight [1], within [0.1, 5]; H height of the terrain [m]; N Brunt-Vaisala
/// frequency [s-1], given with its sign: below 0 where the air is unstable (N = -sqrt(-N2)); U wind speed [m s-1], at
/// least 0.2. Source: as WindNinja has it (Forthofer et al. 2014, Int. J. Wildland Fire 23, 969-981). Limits: one
/// number for the whole domain; the engine's wind library goes by stability class instead.
TQ_HD inline double strouhal_weight_ratio(double height, double frequency, double wind_speed) {
  const double strouhal = height * std::abs(frequency) / std::max(wind_speed, 0.2);
  const double exponent = 0.75 * std::pow(strouhal, 1.5);
  return std::clamp(std::exp(frequency < 0 ? exponent : -exponent), 0.1, 5.0);
}

} // namespace tq::physics
