#pragma once
/// Dry deposition of particles, their fall apart.
///
///   v_d = v_s + 1 / (R_a + R_s),  R_s = 1 / (3 u* (E_b + E_im + E_in) R_1)
///   E_b = 0.2 Sc^(-2/3),  Sc = nu / D,  D = k_B T C / (3 pi mu d)      Brownian motion
///   E_im = 0.4 (St / (alpha + St))^1.7                                 impaction
///   E_in = 2.5 (d / A)^0.8                                             interception; none on smooth ground
///   R_1 = exp(-sqrt(St)); 1 on water                                   what does not bounce off
///   St = v_s u* / (g A), on smooth ground v_s u*^2 / (g nu)
///
/// v_s speed of fall [m s-1], R_a aerodynamic resistance [s m-1] (gas_deposition.hpp), u* friction velocity [m s-1],
/// nu, mu viscosity of air [m2 s-1, Pa s], C slip correction, d diameter [m], A width of what collects [m], alpha of
/// the surface, k_B Boltzmann's constant.
///
/// Source: Emerson et al. 2020, PNAS 117, 26076 (coefficients); Zhang et al. 2001, Atmos. Environ. 35, 549 (form,
/// alpha, A). Limits: no growth by humidity, no bounce told apart by wetness but water's.
#include "physics/settling.hpp"

namespace tq::physics {

/// What a surface is to particles.
struct Collector {
  double impaction = 0; // alpha
  double width = 0;     // A, m; 0: smooth
  bool bounce = true;   // off the surface
};

/// R_s [s m-1] of particles that fall at `fall` [m s-1]; temperature [K], pressure [Pa].
TQ_HD inline double particle_surface_resistance(const Collector& surface, double diameter, double fall,
                                                double friction_velocity, double temperature, double pressure) {
  const double viscosity = air_viscosity(temperature);
  const double kinematic = viscosity * constants::dry_air_gas * temperature / pressure;
  const double diffusivity = constants::molar_gas / constants::avogadro * temperature *
                             slip_correction(diameter, mean_free_path(temperature, pressure)) /
                             (3.0 * constants::pi * viscosity * diameter);
  const bool rough = surface.width > 0;
  const double stokes = rough ? fall * friction_velocity / (constants::gravity * surface.width)
                              : fall * friction_velocity * friction_velocity / (constants::gravity * kinematic);
  const double brownian = 0.2 * std::pow(kinematic / diffusivity, -2.0 / 3.0);
  const double impaction = 0.4 * std::pow(stokes / (surface.impaction + stokes), 1.7);
  const double interception = rough ? 2.5 * std::pow(diameter / surface.width, 0.8) : 0.0;
  const double stays = surface.bounce ? std::exp(-std::sqrt(stokes)) : 1.0;
  return 1.0 / (3.0 * friction_velocity * (brownian + impaction + interception) * stays);
}

} // namespace tq::physics
