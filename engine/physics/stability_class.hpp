#pragma once
#include "base/macros.hpp"

namespace tq::physics {

/// Pasquill's class from radiation and wind.
///
///   Q > 600 W m-2: u < 2 A, < 3 AB, < 5 B, else C;   350 to 600: AB, B, BC, and CD below 6, else D
///   0 to 350: u < 2 B, < 5 C, else D;   night, N > 0.5: u < 3 E, else D;   clear: u < 3 F, < 5 E, else D
///
/// Q incoming solar radiation [W m-2], u wind at 10 m [m s-1], N cloud cover [0..1].
/// Source: Pasquill (1961), Meteorol. Mag. 90, 33-49, with the limits of radiation that WindNinja uses.
/// Valid for hourly means over open country. Limit: classes for tables; the engine's own mixing uses the Obukhov
/// length.
enum class StabilityClass { a, ab, b, bc, c, cd, d, e, f };

TQ_HD inline StabilityClass stability_class(double solar, double wind_speed, double cloud_cover) {
  using enum StabilityClass;
  if (solar > 600) {
    return wind_speed < 2 ? a : wind_speed < 3 ? ab : wind_speed < 5 ? b : c;
  }
  if (solar >= 350) {
    return wind_speed < 2 ? ab : wind_speed < 3 ? b : wind_speed < 5 ? bc : wind_speed < 6 ? cd : d;
  }
  if (solar > 0) {
    return wind_speed < 2 ? b : wind_speed < 5 ? c : d;
  }
  if (cloud_cover > 0.5) {
    return wind_speed < 3 ? e : d;
  }
  return wind_speed < 3 ? f : wind_speed < 5 ? e : d;
}

} // namespace tq::physics
