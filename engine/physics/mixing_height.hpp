#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Height of the layer that the ground stirs.
///
/// Stable and neutral air, Nieuwstadt (1981), Boundary-Layer Meteorol. 20, 3-17:
///   h = (L/3.8) (-1 + sqrt(1 + 2.28 u*/(f L))), in neutral air 0.3 u*/f
/// or, with less memory of the day, Zilitinkevich (1972), Boundary-Layer Meteorol. 3, 141-145: h = 0.4 sqrt(u* L/f),
/// and 0.25 u*/f in neutral air.
/// Day, Batchvarova and Gryning (1991), Boundary-Layer Meteorol. 56, 261-274:
///   dh/dt [h^2/((1 + 2A) h - 2 B kappa L) + C u*^2 T/(gamma g ((1 + A) h - B kappa L))] = w'theta'/gamma + w_s
///   A = 0.2, B = 2.5, C = 8; A = B = C = 0 is encroachment (Tennekes 1973): h^2 = h0^2 + 2 w'theta' t/gamma
/// A town by night, AERMOD (Cimorelli et al. 2005, J. Appl. Meteor. 44, 682-693, eqs. 3 and 104), P inhabitants:
///   z_iu = 400 m (P/2e6)^(1/4),  H_u = 0.03 rho cp dT u*,  dT = 12 K (0.1 ln(P/2e6) + 1)
///
/// h [m], L Obukhov length [m], u* friction velocity [m s-1], f = 2 Omega sin(latitude) [s-1], w'theta' kinematic heat
/// flux [K m s-1], gamma lapse of potential temperature above h [K m-1], T temperature [K], w_s rise of the air above
/// [m s-1]. Valid from about 10 degrees latitude; nearer the equator f is bounded by its value there. Limits: no
/// advection of heat; one lapse aloft for all hours.

/// |f| [s-1], not less than at 10 degrees.
TQ_HD inline double coriolis_parameter(double latitude) {
  constexpr double twice_omega = 2.0 * 7.2921159e-5;
  const double f = twice_omega * std::fabs(std::sin(latitude * constants::pi / 180.0));
  constexpr double at_ten_degrees = twice_omega * 0.17364817766693033;
  return f > at_ten_degrees ? f : at_ten_degrees;
}

/// Nieuwstadt's h [m]; 1/L = 0 is neutral air.
TQ_HD inline double stable_mixing_height(double friction_velocity, double inverse_obukhov_length, double coriolis) {
  const double scale = friction_velocity / coriolis;
  return 0.6 * scale / (1.0 + std::sqrt(1.0 + 2.28 * scale * inverse_obukhov_length));
}

/// Zilitinkevich's h [m], not above that of neutral air.
TQ_HD inline double zilitinkevich_height(double friction_velocity, double inverse_obukhov_length, double coriolis) {
  const double neutral = 0.25 * friction_velocity / coriolis;
  const double stable = 0.4 * std::sqrt(friction_velocity / (inverse_obukhov_length * coriolis));
  return inverse_obukhov_length > 0 && stable < neutral ? stable : neutral;
}

/// What makes the mixing layer grow during an hour.
struct ConvectiveDrive {
  double heat = 0;              // w'theta' [K m s-1], > 0
  double friction_velocity = 0; // m s-1
  double temperature = 288.15;  // K
  double lapse = 0.005;         // gamma [K m-1], > 0
  double rise = 0;              // w_s [m s-1]
};

/// A, B and C of the growth.
struct GrowthConstants {
  double a = 0.2, b = 2.5, c = 8.0;
};

inline constexpr GrowthConstants encroachment{0.0, 0.0, 0.0};

/// dh/dt [m s-1].
TQ_HD inline double convective_growth(double h, const ConvectiveDrive& drive, GrowthConstants constants = {}) {
  const double u2 = drive.friction_velocity * drive.friction_velocity;
  // kappa L = -u*^3 T/(g w'theta'), negative
  const double kappa_length =
      -u2 * drive.friction_velocity * drive.temperature / (constants::gravity * drive.heat);
  const double warming = h * h / ((1.0 + 2.0 * constants.a) * h - 2.0 * constants.b * kappa_length);
  const double stirring = constants.c * u2 * drive.temperature /
                          (drive.lapse * constants::gravity * ((1.0 + constants.a) * h - constants.b * kappa_length));
  return (drive.heat / drive.lapse + drive.rise) / (warming + stirring);
}

/// h [m] after `seconds` of that drive, by Heun's method in `steps` steps.
TQ_HD inline double grown_height(double h, const ConvectiveDrive& drive, double seconds, int steps,
                                 GrowthConstants constants = {}) {
  const double dt = seconds / steps;
  for (int n = 0; n < steps; ++n) {
    const double first = convective_growth(h, drive, constants);
    h += 0.5 * dt * (first + convective_growth(h + dt * first, drive, constants));
  }
  return h;
}

/// h [m] after the heat `kinematic_heat` [K m], the time integral of w'theta', has come in since h was h0.
TQ_HD inline double encroachment_height(double h0, double kinematic_heat, double lapse) {
  return std::sqrt(h0 * h0 + 2.0 * kinematic_heat / lapse);
}

/// h [m] `seconds` after the heat ended, on its way from `before` to the night's height.
TQ_HD inline double collapsed_height(double before, double night, double seconds, double folding_time) {
  return before > night ? night + (before - night) * std::exp(-seconds / folding_time) : night;
}

/// z_iu [m] above a town of that many inhabitants.
TQ_HD inline double urban_night_height(double population) { return 400.0 * std::pow(population / 2e6, 0.25); }

/// dT [K] by which such a town is warmer than the country at night, not negative.
TQ_HD inline double urban_warmth(double population) {
  const double warmth = 12.0 * (0.1 * std::log(population / 2e6) + 1.0);
  return warmth > 0 ? warmth : 0.0;
}

/// H_u [W m-2].
TQ_HD inline double urban_night_heat(double population, double heat_capacity, double friction_velocity) {
  return 0.03 * heat_capacity * urban_warmth(population) * friction_velocity;
}

/// h [m] from the wind at 10 m and the stability class alone, GB/T 3840-91 for region III (Jiangxi): a u/f by day and
/// in neutral air (classes A to D, 0 to 3), b sqrt(u/f) in stable air (E, F: 4, 5).
TQ_HD inline double standard_mixing_height(int stability_class, double wind_at_10_m, double coriolis) {
  constexpr double a[] = {0.056, 0.029, 0.020, 0.012, 1.66, 0.70};
  const double scale = wind_at_10_m / coriolis;
  return a[stability_class] * (stability_class < 4 ? scale : std::sqrt(scale));
}

} // namespace tq::physics
