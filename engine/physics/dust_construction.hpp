#pragma once
#include "base/macros.hpp"

namespace tq::physics {

/// Dust of construction sites.
///
///   W = E A T,   E = 1.2 short tons per acre and month = 2.69e-4 t m-2 per month of activity (total suspended)
///
/// A area under construction [m2], T months of activity [month of 30 days]; shares of PM10 and PM2.5, and how
/// demolition, earthworks, building and finishing differ from the mean, in data/emission/dust.toml. Sources: U.S. EPA,
/// AP-42, 13.2.3 (January 1995); China's guideline of 2014 (announcement 92) has the same number, not seen at the
/// source. Valid for a whole site over its time, medium activity, silt near 30 %, semi-arid climate. Limits: one number
/// for all that moves on a site; no wind, no rain: hours follow ground_wetness.hpp.

inline constexpr double construction_month = 30.0 * 86400.0; // s

/// kg m-2 s-1 from E [kg m-2 per month of activity].
TQ_HD inline double construction_dust(double per_month) {
  return per_month / construction_month;
}

} // namespace tq::physics
