#pragma once
#include "files/geojson.hpp"
#include "grid/grid.hpp"

#include <string>
#include <vector>

namespace tq {

/// Part of a geometry that lies in grid cell (i, j).
struct CellShare {
  int i = 0;
  int j = 0;
  double amount = 0; // m2 of a polygon, m of a line, 1 for a point
};

/// A geometry laid over the grid. `total` is planar, in the grid's CRS, and counts parts outside the domain too, which
/// have no share: sum of amounts = total for a geometry inside the domain (to 1e-9 relative).
struct Overlay {
  std::vector<CellShare> shares; // in order of (j, i), each cell once
  double total = 0;
  double inside() const;
};

/// Positions are WGS84 degrees; vertices are projected, edges are straight in the grid's CRS. Exact clipping by GEOS.
/// Throws InputError at `feature.where` for an invalid polygon, with GEOS's reason and place.
Overlay lay_over(const Grid& grid, const files::Feature& feature);

} // namespace tq
