#pragma once
#include "files/placed_raster.hpp"

namespace tq::files {

/// As read_placed_raster, by GDAL alone. The corners of the cells are transformed one by one; between them positions
/// are interpolated, which is exact to about the square of the cell's size over the earth's radius (0.04 m at 500 m).
PlacedRaster read_gdal_raster(const std::filesystem::path& file, const CellLattice& cells, int epsg);

} // namespace tq::files
