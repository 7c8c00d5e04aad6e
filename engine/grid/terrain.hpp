#pragma once
#include "config/schema.hpp"
#include "grid/grid.hpp"

#include <vector>

namespace tq {

/// What was done to heights after averaging.
struct TerrainReport {
  double filled = 0;         // share of the domain without data, filled from cells around
  double raw_slope = 0;      // largest slope between neighbouring cells before smoothing, 1
  double slope = 0;          // and after it
  int passes = 0;            // of smoothing
  double largest_change = 0; // m, by smoothing
};

/// Declares [terrain].
void declare_terrain(config::Schema& schema);

/// The terrain that [terrain] names, [j * nx + i], m above sea; empty where there is none, and empty, with problems,
/// where it does not suit the grid. Says on the log what was filled and smoothed.
std::vector<double> read_terrain(const config::Settings& settings, const GridSpecification& grid, TerrainReport& report,
                                 ProblemList& problems);

/// The largest slope between the heights of cells that share a side.
double largest_slope(const std::vector<double>& heights, const GridSpecification& grid);

/// Smooths heights until no slope between cells that share a side is larger than `slope`. A pass looks at all sides at
/// once; over each that is steeper than 0.999 of the limit, a quarter of the excess in height moves from the higher
/// cell to the lower. So the mean height stays, no height leaves the range of its neighbours', gentle ground is not
/// touched, and the result does not depend on an order of cells. Gives up after `most_passes`. Returns the passes.
int smooth_terrain(std::vector<double>& heights, const GridSpecification& grid, double slope, int most_passes);

} // namespace tq
