#pragma once
#include "base/constants.hpp"
#include "base/macros.hpp"

#include <cmath>

namespace tq::physics {

/// Corrections of a vehicle's exhaust for speed, weather, load and altitude.
///
///   EF = BEF phi_T phi_RH phi_hot phi_h gamma_v gamma_load                [g km-1 per vehicle]
///
/// BEF factor at the base state: 15 degrees Celsius, 50 % relative humidity, 30 km/h, half load, at most 1500 m above
/// sea level; each phi and gamma is 1 there.
///   gamma_v    one figure per class of speed: below 20, 20 to 30, 30 to 40, 40 to 80, above 80 km/h
///   phi_T      one figure below 10 and one above 25 degrees Celsius, 1 between
///   phi_RH     one figure below and one above 50 %
///   phi_hot    a further pair below and above 50 %, above 24 degrees Celsius
///   phi_h      one figure above 1500 m
///   gamma_load figures at 0, 50, 60, 75 and 100 % of load (diesel trucks)
///
/// Source: Ministry of Environmental Protection of China, technical guideline on emission inventories of on-road
/// vehicles (trial), announcement 2014 no. 92; figures in data/emission/vehicles.toml. The guideline steps from one
/// figure to the next, and hourly weather would jump with it. Here gamma_v is linear in ln v between the middles of the
/// classes (10, 25, 35, 60, 100 km/h, where it is the guideline's) and through 1 at 30 km/h; phi_T goes over linearly
/// within 2 K of its limits, phi_hot likewise, phi_RH within 5 % of its own; load is linear between its figures. Valid
/// for 10 to 100 km/h; constant beyond. Limits: averages over trips of that mean speed: no cold start, no gradient, no
/// queue.

/// gamma_v at the middles of the five classes, slow first.
struct SpeedFactors {
  double at[5] = {1, 1, 1, 1, 1};
};

/// gamma_v; speed [m s-1].
TQ_HD inline double speed_correction(const SpeedFactors& factors, double speed) {
  constexpr double knots[6] = {10, 25, 30, 35, 60, 100}; // km/h
  const double values[6] = {factors.at[0], factors.at[1], 1.0, factors.at[2], factors.at[3], factors.at[4]};
  const double v = 3.6 * speed;
  if (v <= knots[0]) {
    return values[0];
  }
  for (int i = 1; i < 6; ++i) {
    if (v <= knots[i]) {
      const double way = std::log(v / knots[i - 1]) / std::log(knots[i] / knots[i - 1]);
      return values[i - 1] * (1.0 - way) + values[i] * way;
    }
  }
  return values[5];
}

/// How far x has come from `from` to `to`, 0 before and 1 beyond.
TQ_HD inline double ramp(double x, double from, double to) {
  return x <= from ? 0.0 : x >= to ? 1.0 : (x - from) / (to - from);
}

/// Figures of phi_T and of phi_RH or phi_hot: on the low side and on the high side of their limits.
struct SideFactors {
  double low = 1;
  double high = 1;
};

/// phi_T; temperature [K].
TQ_HD inline double temperature_correction(SideFactors factors, double temperature) {
  const double celsius = temperature - constants::zero_celsius;
  const double cold = 1.0 - ramp(celsius, 8, 12), hot = ramp(celsius, 23, 27);
  return 1.0 + cold * (factors.low - 1.0) + hot * (factors.high - 1.0);
}

/// phi_RH; relative humidity [0..1].
TQ_HD inline double humidity_correction(SideFactors factors, double relative_humidity) {
  const double dry = 1.0 - ramp(relative_humidity, 0.45, 0.50), moist = ramp(relative_humidity, 0.50, 0.55);
  return 1.0 + dry * (factors.low - 1.0) + moist * (factors.high - 1.0);
}

/// phi_hot; temperature [K], relative humidity [0..1].
TQ_HD inline double hot_humidity_correction(SideFactors factors, double temperature, double relative_humidity) {
  const double hot = ramp(temperature - constants::zero_celsius, 22, 26);
  return 1.0 + hot * (humidity_correction(factors, relative_humidity) - 1.0);
}

/// phi_h; altitude [m] above sea level. A place does not change its altitude, so this one steps.
TQ_HD inline double altitude_correction(double factor_above, double altitude) {
  return altitude > 1500 ? factor_above : 1.0;
}

/// gamma_load at 0, 50, 60, 75 and 100 % of load.
struct LoadFactors {
  double at[5] = {1, 1, 1, 1, 1};
};

/// gamma_load; load as a share of the full one [0..1].
TQ_HD inline double load_correction(const LoadFactors& factors, double load) {
  constexpr double knots[5] = {0, 0.5, 0.6, 0.75, 1};
  double result = factors.at[0];
  for (int i = 1; i < 5; ++i) {
    const double way = ramp(load, knots[i - 1], knots[i]);
    result += way * (factors.at[i] - factors.at[i - 1]);
  }
  return result;
}

/// SO2 [kg km-1] of fuel [kg km-1] that holds `sulfur` [kg kg-1]: all of it burns, M(SO2) / M(S) = 1.998.
TQ_HD inline double sulfur_dioxide_of_fuel(double fuel, double sulfur) {
  return 64.058 / 32.06 * fuel * sulfur;
}

} // namespace tq::physics
