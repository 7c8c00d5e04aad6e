#pragma once
#include "physics/similarity.hpp"
#include "physics/surface_energy.hpp"

namespace tq::physics {

/// Friction velocity and Obukhov length of an hour, by iteration between the wind profile and the surface energy
/// budget.
///
///   u* = kappa u/[ln(z'/z0) - psi_m(z'/L) + psi_m(z0/L)],  theta* = theta*(u*),  L = u*^2 T/(kappa g theta*)
///
/// from neutral air until u* changes by less than 1e-10 of itself. Symbols and sources: similarity.hpp,
/// surface_energy.hpp. Rules at the ends, where the pair has no solution or none that the profiles were measured in:
/// - stable: L >= `least_length`. Without it u* of a calm clear night falls to nothing within the iteration, since less
///   wind makes more stability and that less wind. At the bound u* follows from the profile with that L, and
///   theta* and H from the budget with that u*.
///   The guard of Holtslag (1984), Boundary-Layer Meteorol. 29, 225-250, as a least length:
///     theta* = 0.09 (1 - 0.5 N^2), L0 = 5 z/ln(z/z0), Ln = kappa u^2 T/(2 g theta* ln^2(z/z0))
///     L = (Ln - L0) + sqrt(Ln^2 - 2 L0 Ln) if Ln >= 2 L0, else sqrt(L0 Ln/2); L >= L0
///   and the least lengths of towns (10 m small, 25 to 30 m city, 100 m megacity; practice of ADMS).
/// - unstable: |L| >= z0; eddies are not smaller than what roughens the ground.
/// N cloud cover [0..1], u wind [m s-1] at z [m].
/// Valid for hourly means. Limit: each hour is in balance; no memory.

/// L [m] of a stable night after Holtslag.
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

struct SurfaceLayer {
  double friction_velocity = 0;      // m s-1
  double temperature_scale = 0;      // K, theta*; < 0 heats the air
  double inverse_obukhov_length = 0; // m-1
  double sensible_heat = 0;          // W m-2, upward
};

/// `radiation`: Q_i with the heat of people [W m-2]. `wind_speed` > 0 [m s-1] at `height` [m above ground].
TQ_HD inline SurfaceLayer solve_surface_layer(double wind_speed, double height, double radiation,
                                              const SurfaceProperties& surface, const SurfaceAir& air,
                                              double least_length) {
  WindProfile profile{surface.roughness_length, surface.displacement};
  SurfaceLayer layer;
  layer.friction_velocity = similarity_friction_velocity(wind_speed, height, profile);
  for (int n = 0; n < 200; ++n) {
    const double u = layer.friction_velocity;
    layer.temperature_scale = temperature_scale(radiation, u, surface, air);
    const double inverse =
        constants::von_karman * constants::gravity * layer.temperature_scale / (u * u * air.temperature);
    const double most = inverse > 0 ? 1.0 / least_length : -1.0 / surface.roughness_length;
    profile.inverse_obukhov_length = inverse / most > 1.0 ? most : inverse;
    layer.friction_velocity = similarity_friction_velocity(wind_speed, height, profile);
    if (std::fabs(layer.friction_velocity - u) <= 1e-10 * u) {
      break;
    }
  }
  layer.inverse_obukhov_length = profile.inverse_obukhov_length;
  layer.temperature_scale = temperature_scale(radiation, layer.friction_velocity, surface, air);
  layer.sensible_heat = -air.heat_capacity() * layer.friction_velocity * layer.temperature_scale;
  return layer;
}

/// The layer of a u* [m s-1] and a sensible heat [W m-2, upward] that are known, as of a weather model:
///   theta* = -H/(rho cp u*),  L = -rho cp u*^3 T/(kappa g H)
/// within the same bounds of L; u* and H stay.
TQ_HD inline SurfaceLayer known_surface_layer(double friction_velocity, double heat, double roughness_length,
                                              const SurfaceAir& air, double least_length) {
  SurfaceLayer layer;
  layer.friction_velocity = friction_velocity;
  layer.sensible_heat = heat;
  layer.temperature_scale = -heat / (air.heat_capacity() * friction_velocity);
  const double inverse = constants::von_karman * constants::gravity * layer.temperature_scale /
                         (friction_velocity * friction_velocity * air.temperature);
  const double most = inverse > 0 ? 1.0 / least_length : -1.0 / roughness_length;
  layer.inverse_obukhov_length = inverse / most > 1.0 ? most : inverse;
  return layer;
}

} // namespace tq::physics
