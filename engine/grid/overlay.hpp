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

/// A geometry laid over the grid. `total` is planar, in the grid's CRS, and counts parts outside the domain
/// too, which have no share: sum of amounts = total for a geometry inside the domain (to 1e-9 relative).
struct Overlay {
  std::vector<CellShare> shares; // in order of (j, i), each cell once
  double total = 0;
  double inside() const;
};

/// Positions are WGS84 degrees; vertices are projected, edges are straight in the grid's CRS. Geometries of
/// one feature add up (lines that coincide count twice); what lies on the line between two cells belongs to
/// the cell in the east or north, on the domain's outer edge to the cell inside. Throws InputError at
/// `feature.where` for an invalid polygon, with GEOS's reason and its place in degrees, and for positions
/// that the grid's projection cannot take.
Overlay lay_over(const Grid& grid, const files::Feature& feature);

/// The feature with all positions in metres of the grid's CRS; errors as above.
files::Feature projected(const Grid& grid, files::Feature feature);

/// As lay_over, for a feature that is projected already and whose polygons are valid.
Overlay lay_over_projected(const Grid& grid, const files::Feature& feature);

} // namespace tq
