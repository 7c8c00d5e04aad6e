#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// What the ground does with its radiation: how much of it warms the air.
///
///   s/gamma = (Lv/cp) dq_s/dT,  b = (1 - alpha) s/gamma + 1
///   Day (Q >= 0): C_H = 0.38 b/(s/gamma + 1),  C_G = A_G C_H/(4 sigma T^3),  Q* - G = (1 - C_G) Q/(1 + C_H)
///     theta* = -b (Q* - G)/((s/gamma + 1) rho cp u*) + alpha theta_d
///   Night (Q < 0): u_d = sqrt(5 g z_r),  v = u*/u_d,  S_e = (s/gamma + 1)/b - 1
///     d1 = ln(z_r/z_0h)/(2 kappa),  d2 = (1 + S_e) rho cp u_d/(2 (4 sigma T^3 + A_G))
///     d3 = -Q/(4 sigma T^4 + A_G T) + Gamma_d z_r/T,  d4 = 2 d2 alpha theta_d/T
///     theta* = T [sqrt((d1 v^2 + d2 v^3)^2 + d3 v^2 + d4 v^3) - d1 v^2 - d2 v^3]
///   H = -rho cp u* theta*
///
/// Q isothermal net radiation (radiation.hpp) and the heat of people [W m-2], H sensible heat into the air [W m-2], G
/// heat into the ground, theta* temperature scale [K], u* friction velocity [m s-1], alpha moisture of the surface (1
/// wet grass, 0.5 dry grass, 0 to 0.3 town), theta_d = 0.033 K, A_G conductance of the ground [W m-2 K-1] (5 grass, 8
/// to 10 town), z_r = 2 m height of T, z_0h roughness length of heat [m], Gamma_d = 0.01 K m-1, q_s saturation humidity,
/// T temperature [K], rho, cp density and heat capacity of the air. Latent heat is the rest.
/// Source: van Ulden and Holtslag (1985), J. Climate Appl. Meteor. 24, 1196-1207 (night: their section 4); Holtslag and
/// van Ulden (1983) for C_G; heat of people added to Q after Grimmond and Oke (2002), J. Appl. Meteor. 41, 792-810.
/// Valid for hourly means over flat ground. Limits: no heat kept from one hour to the next, so no evening lag of town
/// walls; alpha stands for soil moisture and rain, which it does not follow.

inline constexpr double thermometer_height = 2.0; // m, z_r: of the air temperature in the night's formula

/// s/gamma [1] of air at `temperature` [K] and `pressure` [Pa]; e_s after Bolton (1980), Mon. Wea. Rev. 108, 1046-1053.
TQ_HD inline double evaporation_slope(double temperature, double pressure) {
  const double t = temperature - constants::zero_celsius;
  const double slope = 611.2 * std::exp(17.67 * t / (t + 243.5)) * 17.67 * 243.5 / ((t + 243.5) * (t + 243.5));
  return slope * 0.622 * constants::vaporisation_heat / (constants::dry_air_heat_capacity * pressure);
}

/// The ground of one class of land cover, as the budget sees it.
struct SurfaceProperties {
  double roughness_length = 0.6;  // m
  double displacement = 0.0;      // m
  double albedo = 0.18;           // 1
  double moisture = 0.5;          // alpha
  double ground_heat = 5.0;       // A_G, W m-2 K-1
  double anthropogenic_heat = 0.0; // W m-2
};

/// Air next to the ground, for the budget.
struct SurfaceAir {
  double temperature = 288.15; // K
  double pressure = 101325.0;  // Pa

  TQ_HD double heat_capacity() const { // rho cp, J m-3 K-1
    return pressure / (constants::dry_air_gas * temperature) * constants::dry_air_heat_capacity;
  }
};

/// C_H, C_G and Q* - G of a day.
struct DayShares {
  double heat = 0;      // C_H
  double ground = 0;    // C_G
  double available = 0; // Q* - G, W m-2
};

TQ_HD inline DayShares day_shares(double radiation, const SurfaceProperties& surface, const SurfaceAir& air) {
  const double s = evaporation_slope(air.temperature, air.pressure);
  DayShares shares;
  shares.heat = 0.38 * ((1.0 - surface.moisture) * s + 1.0) / (s + 1.0);
  shares.ground = surface.ground_heat * shares.heat /
                  (4.0 * constants::stefan_boltzmann * air.temperature * air.temperature * air.temperature);
  shares.available = (1.0 - shares.ground) * radiation / (1.0 + shares.heat);
  return shares;
}

/// theta* [K] for Q = `radiation` >= 0.
TQ_HD inline double day_temperature_scale(double radiation, double friction_velocity, const SurfaceProperties& surface,
                                          const SurfaceAir& air) {
  const double s = evaporation_slope(air.temperature, air.pressure);
  const double b = (1.0 - surface.moisture) * s + 1.0;
  return -b * day_shares(radiation, surface, air).available / ((s + 1.0) * air.heat_capacity() * friction_velocity) +
         surface.moisture * 0.033;
}

/// d1 to d4 of the night.
struct NightTerms {
  double d1 = 0, d2 = 0, d3 = 0, d4 = 0;
};

TQ_HD inline NightTerms night_terms(double radiation, const SurfaceProperties& surface, const SurfaceAir& air) {
  const double t = air.temperature, s = evaporation_slope(t, air.pressure);
  const double emission = 4.0 * constants::stefan_boltzmann * t * t * t + surface.ground_heat;
  const double speed = std::sqrt(5.0 * constants::gravity * thermometer_height);
  const double heat_roughness = 0.1 * surface.roughness_length;
  NightTerms d;
  d.d1 = std::log(thermometer_height / heat_roughness) / (2.0 * constants::von_karman);
  d.d2 = 0.5 * (s + 1.0) / ((1.0 - surface.moisture) * s + 1.0) * air.heat_capacity() * speed / emission;
  d.d3 = -radiation / (emission * t) + 0.01 * thermometer_height / t;
  d.d4 = 2.0 * d.d2 * surface.moisture * 0.033 / t;
  return d;
}

/// theta* [K] for Q = `radiation` < 0.
TQ_HD inline double night_temperature_scale(double radiation, double friction_velocity,
                                            const SurfaceProperties& surface, const SurfaceAir& air) {
  const NightTerms d = night_terms(radiation, surface, air);
  const double v = friction_velocity / std::sqrt(5.0 * constants::gravity * thermometer_height);
  const double loss = d.d1 * v * v + d.d2 * v * v * v;
  return air.temperature * (std::sqrt(loss * loss + d.d3 * v * v + d.d4 * v * v * v) - loss);
}

/// theta* [K] of any hour.
TQ_HD inline double temperature_scale(double radiation, double friction_velocity, const SurfaceProperties& surface,
                                      const SurfaceAir& air) {
  return radiation >= 0 ? day_temperature_scale(radiation, friction_velocity, surface, air)
                        : night_temperature_scale(radiation, friction_velocity, surface, air);
}

} // namespace tq::physics
