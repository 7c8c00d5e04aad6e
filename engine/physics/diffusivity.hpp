#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Vertical turbulent diffusivity of the mixing layer, parabolic in height.
///
///   K = kappa u* z (1 - z/h)^2 / phi_h,  0 for z >= h
///   unstable (1/L < 0): phi_h = (1 - 16 min(z, 0.1 h)/L)^(-1/2)
///   stable:             phi_h = 1 + 5 z/L, and 5 + z/L where z/L > 1;  neutral (1/L = 0): phi_h = 1
///
/// K [m2 s-1], kappa = 0.4, u* friction velocity [m s-1], z height above ground [m], h mixing height [m], L Obukhov
/// length [m]. Source: Troen and Mahrt (1986), Boundary-Layer Meteorol. 37, 129-148, with the profile functions
/// of Dyer (1974) and the form of Byun and Ching (1999), CMAQ science algorithms, section 7.1.
/// Valid for z > 0 inside the mixing layer. Limits: local mixing only; the convective velocity scale enters only through L.
TQ_HD inline double parabolic_diffusivity(double height, double friction_velocity, double mixing_height,
                                          double inverse_obukhov_length = 0) {
  if (height <= 0 || height >= mixing_height) {
    return 0.0;
  }
  const double rest = 1.0 - height / mixing_height;
  const double neutral = constants::von_karman * friction_velocity * height * rest * rest;
  if (inverse_obukhov_length < 0) {
    const double z = height < 0.1 * mixing_height ? height : 0.1 * mixing_height;
    return neutral * std::sqrt(1.0 - 16.0 * z * inverse_obukhov_length);
  }
  const double ratio = height * inverse_obukhov_length;
  return neutral / (ratio > 1 ? 5.0 + ratio : 1.0 + 5.0 * ratio);
}

/// The least diffusivity [m2 s-1]: `near_ground` below 500 m above ground (0.01 over open country, up to 1 in a dense town,
/// because buildings and their heat keep the air stirred at night), 0.01 above. Source: CMAQ, ASX_DATA_MOD (K_min of 0.01
/// to 1 m2 s-1 by urban fraction below 500 m).
TQ_HD inline double least_diffusivity(double height, double near_ground) {
  constexpr double aloft = 0.01;
  return height < 500.0 || near_ground < aloft ? near_ground : aloft;
}

} // namespace tq::physics
