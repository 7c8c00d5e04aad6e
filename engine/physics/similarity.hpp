#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Monin-Obukhov similarity: the profiles of the surface layer.
///
///   u(z) = (u*/kappa) [ln(z'/z0) - psi_m(z'/L) + psi_m(z0/L)],  z' = z - d
///   kappa z' / u* du/dz = phi_m(z'/L),  kappa z' / theta* dtheta/dz = phi_h(z'/L),  phi = 1 - zeta dpsi/dzeta
///   unstable: x = (1 - 16 zeta)^(1/4), phi_m = 1/x, phi_h = 1/x^2,
///             psi_m = 2 ln((1 + x)/2) + ln((1 + x^2)/2) - 2 atan x + pi/2,  psi_h = 2 ln((1 + x^2)/2)
///   stable:   psi_m = -[zeta + e(zeta)],  psi_h = -[(1 + 2/3 zeta)^(3/2) - 1 + e(zeta)],
///             e = (0.667 zeta - 9.529) exp(-0.35 zeta) + 9.529
///
/// u wind [m s-1] at z [m] above ground, u* friction velocity [m s-1], kappa = 0.4, z0 roughness length [m], d
/// displacement [m], L Obukhov length [m; < 0 unstable], zeta = z'/L.
/// Source: Dyer (1974), Boundary-Layer Meteorol. 7, 363-372 (unstable); Beljaars and Holtslag (1991), J. Appl. Meteor.
/// 30, 327-341, eqs. 28 and 32 (stable; b c/d = 9.5286 is rounded to 9.529 as is customary).
/// Valid in the surface layer, zeta from -2 on, z' >> z0. Rules outside: in stable air nothing changes above zeta = 1,
/// and in any air nothing above the mixing height. Among roughness elements (d > 0, below their height d + 3 z0) the
/// wind decays exponentially, u = u(top) exp(-2 (1 - z/top)), after Cionco (1965), J. Appl. Meteor. 4, 517-522; on
/// open ground (d = 0) air below 1.1 z0 moves as there. Limits: no roughness sublayer, no turning with height.

/// The stable functions' common part e, and its slope.
TQ_HD inline double stable_bend(double zeta) {
  return (0.667 * zeta - 9.529) * std::exp(-0.35 * zeta) + 9.529;
}
TQ_HD inline double stable_bend_slope(double zeta) {
  return (0.667 - 0.35 * (0.667 * zeta - 9.529)) * std::exp(-0.35 * zeta);
}

TQ_HD inline double phi_m(double zeta) {
  return zeta < 0 ? 1.0 / std::sqrt(std::sqrt(1.0 - 16.0 * zeta)) : 1.0 + zeta * (1.0 + stable_bend_slope(zeta));
}

TQ_HD inline double phi_h(double zeta) {
  return zeta < 0 ? 1.0 / std::sqrt(1.0 - 16.0 * zeta)
                  : 1.0 + zeta * (std::sqrt(1.0 + zeta / 1.5) + stable_bend_slope(zeta));
}

TQ_HD inline double psi_m(double zeta) {
  if (zeta < 0) {
    const double x = std::sqrt(std::sqrt(1.0 - 16.0 * zeta));
    return 2.0 * std::log(0.5 * (1.0 + x)) + std::log(0.5 * (1.0 + x * x)) - 2.0 * std::atan(x) + 0.5 * constants::pi;
  }
  return -(zeta + stable_bend(zeta));
}

TQ_HD inline double psi_h(double zeta) {
  if (zeta < 0) {
    return 2.0 * std::log(0.5 * (1.0 + std::sqrt(1.0 - 16.0 * zeta)));
  }
  const double root = std::sqrt(1.0 + zeta / 1.5);
  return -(root * root * root - 1.0 + stable_bend(zeta));
}

/// What shapes the wind above one place.
struct WindProfile {
  double roughness_length = 0.6;     // m
  double displacement = 0;           // m
  double inverse_obukhov_length = 0; // m-1; 0 is neutral
  double top = 1e9;                  // m above ground: the mixing height; above, the wind is constant

  /// Wind at `height` [m above ground] in units of u*/kappa; positive at every height.
  TQ_HD double operator()(double height) const {
    const double canopy = displacement > 0 ? displacement + 3.0 * roughness_length : 0.0;
    const double decay = height < canopy ? std::exp(-2.0 * (1.0 - height / canopy)) : 1.0;
    double z = (height < canopy ? canopy : height < top ? height : top) - displacement;
    z = z * inverse_obukhov_length > 1.0 ? 1.0 / inverse_obukhov_length : z;
    z = z > 1.1 * roughness_length ? z : 1.1 * roughness_length;
    return decay * (std::log(z / roughness_length) - psi_m(z * inverse_obukhov_length) +
                    psi_m(roughness_length * inverse_obukhov_length));
  }
};

/// u [m s-1] at `height` [m above ground].
TQ_HD inline double similarity_wind(double friction_velocity, double height, const WindProfile& profile) {
  return friction_velocity / constants::von_karman * profile(height);
}

/// u* [m s-1] of the wind `speed` [m s-1] seen at `height` [m above ground].
TQ_HD inline double similarity_friction_velocity(double speed, double height, const WindProfile& profile) {
  return constants::von_karman * speed / profile(height);
}

/// Resistance [s m-1] of the air between the roughness length and `height` [m above displacement] to heat and gases.
///
///   R_a = (ln(z/z0) - psi_h(z/L) + psi_h(z0/L)) / (kappa u*)
///
/// The integral of dz/K, K = kappa u* z/phi_h. Source: Wesely and Hicks (1977), J. Air Pollut. Control Assoc. 27, 1110-1116.
/// Valid for z >= z0 in the surface layer; below z0 it is 0.
TQ_HD inline double aerodynamic_resistance(double height, double friction_velocity, double roughness_length,
                                           double inverse_obukhov_length = 0) {
  if (height <= roughness_length) {
    return 0.0;
  }
  return (std::log(height / roughness_length) - psi_h(height * inverse_obukhov_length) +
          psi_h(roughness_length * inverse_obukhov_length)) /
         (constants::von_karman * friction_velocity);
}

/// Power law u(z) = u_10 (z/10 m)^p, an alternative where no stability is known.
TQ_HD inline double power_law_wind(double wind_at_10_m, double height, double exponent) {
  return wind_at_10_m * std::pow(0.1 * height, exponent);
}

} // namespace tq::physics
