#pragma once
#include "base/error.hpp"

#include <filesystem>
#include <vector>

namespace tq::files {

/// An ESRI ASCII grid: square cells, row 0 is the southernmost here (the file starts in the north).
struct AsciiRaster {
  int columns = 0;
  int rows = 0;
  double x_west = 0;  // m, outer edge
  double y_south = 0; // m, outer edge
  double cell_size = 0;
  std::vector<double> values; // [row * columns + column], NaN where the file says nodata
};

/// Reads ncols, nrows, xllcorner|xllcenter, yllcorner|yllcenter, cellsize, [NODATA_value], then the values;
/// gzipped or not. Throws InputError with line: missing or unknown header keys, wrong number of values, not a
/// number.
AsciiRaster read_ascii_raster(const std::filesystem::path& file);

} // namespace tq::files
