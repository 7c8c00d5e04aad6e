#pragma once
#include "grid/grid.hpp"

#include <vector>

namespace tq::wind {

/// How easily the air of a sheared wind is moved, per level, for the least adjustment (AdjustmentWeights).
///
/// What a hill does to the wind at a height is, after Bernoulli, du = -p/(rho U): the pressure p, which falls over a
/// crest, reaches through the slow air near the ground as it is, and moves it the more. The adjustment has du = T dL/dx
/// with L smooth, so T = 1/U up to a factor. So the hill's speed-up near the ground is that of the wind aloft, (U
/// aloft/U)^2 of its relative one, down to the inner layer, where stress holds the air back and T stays what it is at
/// the layer's top l (Jackson and Hunt 1975, Quart. J. Roy. Meteor. Soc. 101, 929-955; Hunt, Leibovich and Richards
/// 1988, ibid. 114, 1435-1470). Uniform wind: T = 1 everywhere. Valid for attached flow over slopes below about 0.3.
/// Limits: one profile for the whole level; the inner layer's own profile is not made.

inline constexpr double inner_layer_share = 0.06;
inline constexpr double most_yielding = 5; // a choice: a guard for levels without wind

/// l [m] = 0.06 L: from l ln(l/z0) = 2 kappa^2 L with ln(l/z0) = 5.3; l is 0.05 to 0.07 L for roughnesses from grass to
/// towns. L, the hills' half-width at half of their height, is a quarter of the wave that has the terrain's own
/// deviation of height and of slope. 0 over flat ground.
double inner_layer_depth(const Grid& grid);

/// T of the levels for their wind `speed` [m s-1, one per level]: the largest over each, at most `most_yielding`; below
/// l (`inner` [m], the grid's inner_layer_depth), which lies between levels, that of l. Empty, which means 1, if there
/// is no wind.
std::vector<double> yielding(const Grid& grid, double inner, const std::vector<double>& speed);

} // namespace tq::wind
