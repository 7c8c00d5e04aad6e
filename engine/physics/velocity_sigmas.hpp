#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Standard deviations of the turbulent wind, upward (w) and across (v).
///
///   unstable: sigma_w = u* sqrt(1.5 (z/(-kappa L))^(2/3) exp(-2 z/h) + 1.7 - z/h)
///             sigma_v = u* sqrt(0.35 (-h/(kappa L))^(2/3) + 2 - z/h)
///   stable:   sigma_w = u* sqrt(1.7 (1 - z/h)^1.5),  sigma_v = u* sqrt(2 (1 - z/h))
///
/// u* friction velocity [m s-1], z height [m], L Obukhov length [m], h mixing height [m], kappa = 0.4.
/// Source: Gryning, Holtslag, Irwin and Sivertsen (1987), Atmos. Environ. 21, 79-89.
/// Valid for 0 < z < h. Limit: neutral air is the limit of neither; it takes the stable form.
struct VelocitySigmas {
  double vertical = 0; // m s-1
  double lateral = 0;  // m s-1
};

TQ_HD inline VelocitySigmas velocity_sigmas(double height, double friction_velocity, double mixing_height,
                                            double inverse_obukhov_length) {
  const double part = height / mixing_height, rest = 1.0 - part;
  VelocitySigmas sigma;
  if (inverse_obukhov_length < 0) {
    const double x = std::cbrt(-height * inverse_obukhov_length / constants::von_karman);
    const double y = std::cbrt(-mixing_height * inverse_obukhov_length / constants::von_karman);
    sigma.vertical = friction_velocity * std::sqrt(1.5 * x * x * std::exp(-2.0 * part) + 1.7 - part);
    sigma.lateral = friction_velocity * std::sqrt(0.35 * y * y + 2.0 - part);
  } else {
    sigma.vertical = friction_velocity * std::sqrt(1.7 * rest * std::sqrt(rest));
    sigma.lateral = friction_velocity * std::sqrt(2.0 * rest);
  }
  return sigma;
}

} // namespace tq::physics
