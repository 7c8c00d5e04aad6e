#pragma once
/// Physical constants, SI. Source: CODATA 2018 where exact; the others are the values used throughout the
/// formulas that the engine cites, so that their check values hold to all digits.

namespace tq::constants {

inline constexpr double von_karman = 0.4;                      // 1
inline constexpr double gravity = 9.81;                        // m s-2
inline constexpr double molar_gas = 8.314462618;               // J mol-1 K-1 (CODATA)
inline constexpr double dry_air_gas = 287.05;                  // J kg-1 K-1
inline constexpr double dry_air_heat_capacity = 1005.0;        // J kg-1 K-1, constant pressure
inline constexpr double dry_air_molar_mass = 0.0289644;        // kg mol-1
inline constexpr double stefan_boltzmann = 5.670374419e-8;     // W m-2 K-4 (CODATA)
inline constexpr double vaporisation_heat = 2.5e6;             // J kg-1, of water at 0 degC
inline constexpr double avogadro = 6.02214076e23;              // mol-1 (CODATA)
inline constexpr double standard_pressure = 101325.0;          // Pa
inline constexpr double zero_celsius = 273.15;                 // K
inline constexpr double pi = 3.14159265358979323846;

} // namespace tq::constants
