#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Height of the layer that the ground stirs.
///
/// Night and neutral air (Nieuwstadt 1981, Boundary-Layer Meteorol. 20, 3-17):
///   h = (L/3.8) (-1 + sqrt(1 + 2.28 u*/(f L))), in neutral air 0.3 u*/f
/// L of a calm clear night is guarded by the analytic form of Holtslag (1984), Boundary-Layer Meteorol. 29, 225-250:
///   theta* = 0.09 (1 - 0.5 N^2), L0 = 5 z/ln(z/z0), Ln = kappa u^2 T/(2 g theta* ln^2(z/z0))
///   L = (Ln - L0) + sqrt(Ln^2 - 2 L0 Ln) if Ln >= 2 L0, else sqrt(L0 Ln/2); L >= L0
/// Day, encroachment (Tennekes 1973, J. Atmos. Sci. 30, 558-567, without entrainment):
///   h^2 = h0^2 + 2 integral(w'theta') / gamma
///
/// h [m], L Obukhov length [m, > 0], u* friction velocity [m s-1], f = 2 Omega sin(latitude) [s-1], N cloud cover [0..1],
/// u wind [m s-1] at z [m], z0 roughness length [m], T temperature [K], w'theta' kinematic heat flux [K m s-1], gamma
/// lapse of potential temperature above h [K m-1].
/// Valid from about 10 degrees latitude; nearer the equator f is bounded by its value there. Limits: no advection of
/// heat, no subsidence, no entrainment (which would add some 20 %).

/// |f| [s-1], not less than at 10 degrees.
TQ_HD inline double coriolis_parameter(double latitude) {
  constexpr double twice_omega = 2.0 * 7.2921159e-5;
  const double f = twice_omega * std::fabs(std::sin(latitude * constants::pi / 180.0));
  constexpr double at_ten_degrees = twice_omega * 0.17364817766693033;
  return f > at_ten_degrees ? f : at_ten_degrees;
}

/// L [m] of a stable night.
TQ_HD inline double stable_obukhov_length(double wind_speed, double height, double roughness_length, double temperature,
                                          double cloud_cover) {
  const double profile = std::log(height / roughness_length);
  const double temperature_scale = 0.09 * (1.0 - 0.5 * cloud_cover * cloud_cover);
  const double least = 5.0 * height / profile;
  const double neutral = constants::von_karman * wind_speed * wind_speed * temperature /
                         (2.0 * constants::gravity * temperature_scale * profile * profile);
  const double length = neutral >= 2.0 * least
                            ? neutral - least + std::sqrt(neutral * neutral - 2.0 * least * neutral)
                            : std::sqrt(0.5 * least * neutral);
  return length > least ? length : least;
}

/// Nieuwstadt's h [m]; 1/L = 0 is neutral air.
TQ_HD inline double stable_mixing_height(double friction_velocity, double inverse_obukhov_length, double coriolis) {
  const double scale = friction_velocity / coriolis;
  return 0.6 * scale / (1.0 + std::sqrt(1.0 + 2.28 * scale * inverse_obukhov_length));
}

/// h [m] after the heat `kinematic_heat` [K m], the time integral of w'theta', has come in since h was h0.
TQ_HD inline double encroachment_height(double h0, double kinematic_heat, double lapse) {
  return std::sqrt(h0 * h0 + 2.0 * kinematic_heat / lapse);
}

} // namespace tq::physics
