#pragma once
#include "files/raster.hpp"
#include "grid/grid.hpp"

namespace tq {

/// Means of a raster over the cells of a grid, [j * nx + i], weighted by the common area; both lie in the
/// same CRS. NaN where the raster has no data on any part of the cell, or does not reach.
std::vector<double> average_over_cells(const files::AsciiRaster& raster, const GridSpecification& grid);

} // namespace tq
