#pragma once
#include "files/placed_raster.hpp"
#include "grid/grid.hpp"

#include <map>
#include <vector>

namespace tq {

/// The cells of a grid as readers of rasters see them.
files::CellLattice cell_lattice(const GridSpecification& grid);

/// Means of a raster over cells, [j * nx + i].
struct RasterMeans {
  std::vector<double> means;   // over the part with data; NaN where there is none
  std::vector<double> covered; // share of the cell's area that has data
};

/// Where cells are aligned with the pixels, the exact mean by common area. Elsewhere the raster is interpolated
/// linearly between the centres of pixels, at no less than 4 x 4 points of each cell and two per pixel.
RasterMeans mean_over_cells(const files::PlacedRaster& raster, int nx, int ny);

/// What a raster of codes has in a cell: share of the cell's area by code. The sum is less than 1 where data lack.
using CodeShares = std::map<double, double>;

/// By cell, [j * nx + i]. Exact where cells are aligned with the pixels; elsewhere by the same points as
/// mean_over_cells, without interpolation.
std::vector<CodeShares> shares_of_cells(const files::PlacedRaster& raster, int nx, int ny);

} // namespace tq
