#pragma once
#include "base/macros.hpp"

namespace tq::physics {

/// What burning fuel gives off, and what replaces it.
///
///   SO2 = 2 S (1 - s_r),  PM_x = A (1 - a_r) f_x                    per mass of coal
///   eta = 1 - (1 - eta_1) (1 - eta_2)                                 two controls, one behind the other
///   gas per coal = H_c eta_c / (eta_g H_g)                            for the same useful heat
///   c_ref = c (21 - O_ref) / (21 - O)                                 the same flue gas, less diluted
///   D = max(0, T_b - T)                                               need of heat
///
/// S, A sulfur and ash of coal as received [mass share], s_r, a_r their shares that stay in the bottom ash, f_x share
/// of the flue gas' particles below the size x, H heating values [J per kg or m3], eta efficiencies of boilers and of
/// controls [1], c concentration [any unit], O oxygen [% by volume of dry gas], T_b base temperature and T that of the
/// air [K or degC].
/// Sources: mass balance of sulfur and ash: T/CSES 144-2024, eqs. 3 and 4 (2 stands for 64/32); oxygen reference: GB
/// 13271-2014, eq. 1 (from memory). Valid for hourly and annual means alike. Limits: efficiencies multiply only where
/// nothing better is measured (combined controls of NOx are tabulated, data/emission/combustion.toml); sulfur that
/// sorbents bind in the furnace counts as a control.

/// Energy of a tonne of standard coal [J t-1]: 7000 kcal kg-1, GB/T 2589-2020.
inline constexpr double standard_coal_heat = 29.307e9;

/// kg SO2 per kg of coal.
TQ_HD inline double coal_sulfur_dioxide(double sulfur, double retained) {
  return 2.0 * sulfur * (1.0 - retained);
}

/// kg of particles in the flue gas per kg of coal, of all sizes.
TQ_HD inline double coal_particles(double ash, double bottom_share) {
  return ash * (1.0 - bottom_share);
}

TQ_HD inline double combined_efficiency(double first, double second) {
  return 1.0 - (1.0 - first) * (1.0 - second);
}

/// m3 of gas, or kg of another fuel, that give the useful heat of 1 kg of the fuel replaced.
TQ_HD inline double replacing_fuel(double heat, double efficiency, double new_heat, double new_efficiency) {
  return heat * efficiency / (new_efficiency * new_heat);
}

/// A concentration at `oxygen` [%] referred to `reference` [%]; both below 21.
TQ_HD inline double at_reference_oxygen(double concentration, double oxygen, double reference) {
  return concentration * (21.0 - reference) / (21.0 - oxygen);
}

/// K; its sum over hours is the heating degree hours.
TQ_HD inline double heating_degrees(double temperature, double base) {
  return temperature < base ? base - temperature : 0.0;
}

} // namespace tq::physics
