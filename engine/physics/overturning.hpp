#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Non-local mixing of the convective boundary layer (ACM2): plumes lift air from the lowest layer straight into each
/// layer above, and it sinks back layer by layer.
///
///   f = 1/(1 + kappa^(-2/3)/(0.1 a) (-h/L)^(-1/3)),  a = 7.2;  0 in stable and neutral air
///   local:     K -> (1 - f) K
///   non-local: M2u = f K(z_1)/(dz_1 (h - z_1)),  M2d(k) = M2u (h - z_k)/dz_k
///
/// f the share of mixing that is convection, h mixing height [m], L Obukhov length [m], z_1 top of the lowest layer
/// [m], K(z_1) diffusivity there [m2 s-1], dz_1 distance of the lowest two centres [m], M2u upward mixing rate [s-1]
/// into each layer, M2d downward mixing rate [s-1] of layer k through its floor z_k.
/// Source: Pleim (2007), J. Appl. Meteor. Climatol. 46, 1383-1395, eqs. 4 to 11. As air-mass flux through the floor of
/// layer k, D(k) = rho A (h - z_k) M2u, so D(1) = f times the exchange rho K A/dz_1 that K alone would make there;
/// rho (h - z_k) is taken as the mass of air between z_k and h, so that a uniform mixing ratio stays uniform.
/// Valid in convective layers of many levels. Limit: plumes start in the lowest layer alone, however thin it is.
TQ_HD inline double convective_share(double mixing_height, double inverse_obukhov_length) {
  if (!(inverse_obukhov_length < 0)) {
    return 0.0;
  }
  constexpr double factor = 1.8420157493201932 / 0.72; // kappa^(-2/3)/(0.1 a)
  return 1.0 / (1.0 + factor / std::cbrt(-mixing_height * inverse_obukhov_length));
}

/// Convective velocity w* [m s-1] = (g w'theta' h/T)^(1/3), 0 unless heat rises. Source: Deardorff (1970), J. Atmos.
/// Sci. 27, 1211-1213. `heat` is w'theta' [K m s-1].
TQ_HD inline double convective_velocity(double heat, double mixing_height, double temperature) {
  return heat > 0 ? std::cbrt(constants::gravity / temperature * heat * mixing_height) : 0.0;
}

} // namespace tq::physics
