#pragma once
#include "grid/field.hpp"
#include "grid/grid.hpp"

#include <vector>

namespace tq {

/// What the adjustment of the wind needs of a grid, as arrays: air, slopes and distances of the terrain-following
/// cells. Halos of one cell hold what Grid continues outside.
struct WindMetric {
  explicit WindMetric(const Grid& grid);

  int nx, ny, nz;
  double dx, dy;                   // m
  std::vector<double> zeta_center; // m, per level
  std::vector<double> depth;       // m, per level over flat ground
  std::vector<double> share;       // 1 - zeta/H, per face: the part of the ground's slope that is left there
  std::vector<double> gap;         // m, per face: between the centres on both sides; at the lid to the centre below
  Field<double> mass;              // kg m-2, (i, j, k): air in the cell over its area
  Field<double> jacobian;          // 1, (i, j)
  Field<double> slope_x, slope_y;  // 1, (i, j): dh/dx and dh/dy over the cell, from the heights of its faces
};

} // namespace tq
