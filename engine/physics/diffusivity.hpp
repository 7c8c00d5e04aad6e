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
/// Valid for z > 0 inside the mixing layer. Limits: local mixing only (overturning.hpp is the rest); the convective
/// velocity scale enters only through L.
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

/// Other profiles, for comparison.
///   O'Brien (1970), J. Atmos. Sci. 27, 1213-1215: K = kappa u* z/phi_h up to h_s = 0.04 h; above,
///     K = K_h + ((h - z)/(h - h_s))^2 {K_s - K_h + (z - h_s) [K'_s + 2 (K_s - K_h)/(h - h_s)]},  K_h = 0
///   with phi_h = (1 - 16 z/L)^(-1/2) in unstable air, 1 + 5 z/L in stable air; K'_s is the rise over the metre above
///   h_s, as in uEMEP.
TQ_HD inline double cubic_diffusivity(double height, double friction_velocity, double mixing_height,
                                      double inverse_obukhov_length) {
  if (height <= 0 || height >= mixing_height) {
    return 0.0;
  }
  const double scale = constants::von_karman * friction_velocity;
  const auto surface = [&](double z) {
    const double ratio = z * inverse_obukhov_length;
    return scale * z * (ratio < 0 ? std::sqrt(1.0 - 16.0 * ratio) : 1.0 / (1.0 + 5.0 * ratio));
  };
  const double hs = 0.04 * mixing_height;
  if (height <= hs) {
    return surface(height);
  }
  const double ks = surface(hs), slope = surface(hs + 1.0) - ks;
  const double depth = mixing_height - hs, part = (mixing_height - height) / depth;
  return part * part * (ks + (height - hs) * (slope + 2.0 * ks / depth));
}

/// Stable air, as uEMEP has it: 0.39 u* z/phi_h exp(-0.5 (z/(0.32 h))^2), phi_h = 1 + 5 z/L.
TQ_HD inline double stable_gaussian_diffusivity(double height, double friction_velocity, double mixing_height,
                                                double inverse_obukhov_length) {
  const double x = height / (0.32 * mixing_height);
  return 0.39 * friction_velocity * height / (1.0 + 5.0 * height * inverse_obukhov_length) * std::exp(-0.5 * x * x);
}

/// Above the mixing layer, from shear and layering of the air itself:
///
///   K = l^2 S f(Ri),  l = 0.4 z lambda/(lambda + 0.4 z),  lambda = 80 m,  Ri = (g/theta) dtheta/dz / S^2
///   Ri >= 0: f = 0.0012 + 1/(1 + 10 Ri + 50 Ri^2 + 5000 Ri^4);  Ri < 0: f = sqrt(1 - 25 Ri)
///
/// S shear [s-1], theta potential temperature [K]. At most 1000 m2 s-1. Source: CMAQ eddyx, after Liu and Carroll
/// (1996).
TQ_HD inline double free_mixing_length(double height) { return 0.4 * height * 80.0 / (80.0 + 0.4 * height); }

TQ_HD inline double richardson_function(double ri) {
  return ri >= 0 ? 0.0012 + 1.0 / (1.0 + 10.0 * ri + 50.0 * ri * ri + 5000.0 * ri * ri * ri * ri)
                 : std::sqrt(1.0 - 25.0 * ri);
}

/// `buoyancy`: (g/theta) dtheta/dz [s-2], >= 0.
TQ_HD inline double free_diffusivity(double height, double shear, double buoyancy) {
  if (!(shear > 0)) {
    return 0.0;
  }
  const double length = free_mixing_length(height);
  const double k = length * length * shear * richardson_function(buoyancy / (shear * shear));
  return k < 1000.0 ? k : 1000.0;
}

/// The least diffusivity [m2 s-1]: `near_ground` below 500 m above ground (0.01 over open country, up to 1 in a dense
/// town, because buildings and their heat keep the air stirred at night), 0.01 above. Source: CMAQ, ASX_DATA_MOD
/// (K_min of 0.01 to 1 m2 s-1 by urban fraction below 500 m).
TQ_HD inline double least_diffusivity(double height, double near_ground) {
  constexpr double aloft = 0.01;
  return height < 500.0 || near_ground < aloft ? near_ground : aloft;
}

/// K_min near the ground by the urban share of the land [0..1].
TQ_HD inline double urban_least_diffusivity(double urban_share) { return 0.01 + (1.0 - 0.01) * urban_share; }

/// Horizontal, Smagorinsky (1963), Mon. Wea. Rev. 91, 99-164:
///
///   K_h = (c_s dx)^2 sqrt((u_x - v_y)^2 + (v_x + u_y)^2)
///
/// c_s 0.1 to 0.28 (0.2 for dx of 100 to 1000 m); at least 10 m2 s-1, at most 0.1 dx^2/dt. `deformation` is the root
/// [s-1].
TQ_HD inline double smagorinsky_diffusivity(double dx, double deformation, double c_s = 0.2) {
  return c_s * dx * c_s * dx * deformation;
}

TQ_HD inline double bounded_horizontal_diffusivity(double k, double dx, double dt) {
  const double most = 0.1 * dx * dx / dt, raised = k > 10.0 ? k : 10.0;
  return raised < most ? raised : most;
}

} // namespace tq::physics
