#pragma once
#include "grid/field.hpp"
#include "grid/grid.hpp"

namespace tq {

/// Air-mass fluxes [kg s-1] through all faces of the whole grid, positive eastward, northward and upward.
struct FaceFlow {
  FaceFlow() = default;
  explicit FaceFlow(const Grid& grid)
      : x(grid.nx() + 1, grid.ny(), grid.nz(), 1, 0), y(grid.nx(), grid.ny() + 1, grid.nz(), 1, 0),
        z(grid.nx(), grid.ny(), grid.nz() + 1, 1, 0) {}

  Field<double> x; // (i, j, k), i in [0, nx]: the west face of cell i
  Field<double> y; // j in [0, ny]: the south face of cell j
  Field<double> z; // k in [0, nz]: the lower face of cell k
};

} // namespace tq
