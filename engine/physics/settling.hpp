#pragma once
/// Fall of particles through still air.
///
///   mu = 1.458e-6 T^1.5 / (T + 110.4)                           viscosity of air [Pa s]
///   lambda = 2 mu / (p sqrt(8 M / (pi R T)))                    mean free path [m]
///   C = 1 + (2 lambda / d) (1.257 + 0.4 exp(-1.1 d / (2 lambda)))   slip correction [1]
///   v_S = rho g d^2 C / (18 mu)                                 Stokes speed [m s-1]
///   v = v_S / (1 + 0.15 Re^0.687),  Re = rho_air v d / mu       with the drag beyond Stokes
///
/// T temperature [K], p pressure [Pa], d diameter [m], rho particle density [kg m-3], rho_air = p/(R_d T) [kg m-3],
/// M molar mass of air [kg mol-1], R gas constant [J mol-1 K-1], g gravity [m s-2]. With an aerodynamic diameter,
/// rho = 1000 kg m-3 whatever the particle is made of.
///
/// Sources: viscosity: Sutherland's law with the constants of the U.S. Standard Atmosphere 1976 (eq. 51); mean free
/// path, slip and Stokes speed: Seinfeld and Pandis 2006, Atmospheric Chemistry and Physics, eqs. 9.6, 9.34 and 9.42,
/// the slip with the constants of Zhang et al. 2001 (Atmos. Environ. 35, 549, eq. 3); drag: Schiller and Naumann 1933
/// (Z. Ver. Dtsch. Ing. 77, 318). Valid for Re < 800, d > 1 nm; spheres. Below Re 0.1 (d about 40 um) the drag
/// changes next to nothing.
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

TQ_HD inline double air_viscosity(double temperature) {
  return 1.458e-6 * temperature * std::sqrt(temperature) / (temperature + 110.4);
}

TQ_HD inline double mean_free_path(double temperature, double pressure) {
  const double root =
      std::sqrt(8.0 * constants::dry_air_molar_mass / (constants::pi * constants::molar_gas * temperature));
  return 2.0 * air_viscosity(temperature) / (pressure * root);
}

TQ_HD inline double slip_correction(double diameter, double free_path) {
  return 1.0 + 2.0 * free_path / diameter * (1.257 + 0.4 * std::exp(-1.1 * diameter / (2.0 * free_path)));
}

/// v_S [m s-1].
TQ_HD inline double stokes_speed(double diameter, double density, double temperature, double pressure) {
  return density * constants::gravity * diameter * diameter *
         slip_correction(diameter, mean_free_path(temperature, pressure)) / (18.0 * air_viscosity(temperature));
}

/// v [m s-1], by fixed point: each turn shrinks the error by 0.687 at least.
TQ_HD inline double settling_speed(double diameter, double density, double temperature, double pressure) {
  const double stokes = stokes_speed(diameter, density, temperature, pressure);
  const double reynolds_per_speed =
      pressure / (constants::dry_air_gas * temperature) * diameter / air_viscosity(temperature);
  double speed = stokes;
  for (double before = 0; std::abs(speed - before) > 1e-12 * speed;) {
    before = speed;
    speed = stokes / (1.0 + 0.15 * std::pow(reynolds_per_speed * speed, 0.687));
  }
  return speed;
}

} // namespace tq::physics
