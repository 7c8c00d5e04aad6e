#pragma once
#include "base/macros.hpp"

namespace tq::physics {

/// Particles from tyres, brakes and the road's surface.
///
///   TSP = b s(v)                                                          [g km-1 per vehicle]
///   tyre:  s = 1.78 - 0.00974 v within [0.902, 1.39];  heavy vehicle b = 0.5 n (1.41 + 1.38 l) b_car
///   brake: s = 2.75 - 0.0270 v within [0.185, 1.67];   heavy vehicle b = 1.956 (1 + 0.79 l) b_car
///   road:  s = 1
///
/// v speed [km/h], n number of axles, l load as a share of the full one [0..1], b base factor [g km-1] of the kind of
/// vehicle; bases and the shares that are PM10 and PM2.5 stand in data/emission/vehicles.toml. Source: EMEP/EEA air
/// pollutant emission inventory guidebook 2019, 1.A.3.b.vi-vii, Tier 2. There s of tyres is constant below 40 and above
/// 90 km/h and of brakes below 40 and above 95 km/h; its lines miss these constants by 0.0004 and 0.0014 (rounding), so
/// the bounds are put on the value, and nothing jumps. Valid for mean speeds in towns and between them. Limits: nothing
/// for electric vehicles' weight and braking, studded tyres or wet roads.

/// s of tyres; speed [m s-1].
TQ_HD inline double tyre_speed_factor(double speed) {
  const double line = 1.78 - 0.00974 * 3.6 * speed;
  return line > 1.39 ? 1.39 : line < 0.902 ? 0.902 : line;
}

/// s of brakes; speed [m s-1].
TQ_HD inline double brake_speed_factor(double speed) {
  const double line = 2.75 - 0.0270 * 3.6 * speed;
  return line > 1.67 ? 1.67 : line < 0.185 ? 0.185 : line;
}

/// b of a heavy vehicle's tyres per b of a car's.
TQ_HD inline double heavy_tyre_ratio(double axles, double load) {
  return 0.5 * axles * (1.41 + 1.38 * load);
}

/// b of a heavy vehicle's brakes per b of a car's.
TQ_HD inline double heavy_brake_ratio(double load) {
  return 1.956 * (1.0 + 0.79 * load);
}

} // namespace tq::physics
