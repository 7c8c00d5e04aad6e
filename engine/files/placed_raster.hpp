#pragma once
#include "files/geojson.hpp"
#include "files/raster.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq::files {

/// Equal cells in a projected CRS, x east and y north.
struct CellLattice {
  int epsg = 0;
  int nx = 0, ny = 0;
  double x_west = 0, y_south = 0; // m, outer corner
  double dx = 0, dy = 0;          // m
};

/// West, east, south and north of something, in the CRS of a raster.
struct Extent {
  double west = 0, east = 0, south = 0, north = 0;
};

/// A raster and where the corners of cells lie in it. A pixel's value holds for its whole area; pixel (column, row)
/// covers [column, column + 1) x [row, row + 1). Rows may run north or south.
struct PlacedRaster {
  int columns = 0, rows = 0;
  std::vector<double> values;    // [row * columns + column], NaN where there is no data
  std::vector<Position> corners; // of the cells, in columns and rows: [j * (nx + 1) + i], (nx + 1) (ny + 1) of them
  bool aligned = false;          // the cells' sides run along columns and rows
  std::string crs;               // name of the raster's CRS, "" for the cells' own
  std::string unit;              // of the values, "" where the file has none
  Extent extent;                 // of the whole raster
  Extent cells;                  // of the cells, in the raster's CRS
};

/// Reads a raster as far as the cells reach, and a little more: an ESRI ASCII grid in the CRS of the cells, gzipped or
/// not, or with the component GEO whatever GDAL reads (its first band), in any CRS. `epsg` is the CRS of a raster
/// that does not name one; 0: none given, and an ESRI ASCII grid lies in the CRS of the cells. Throws InputError that
/// names the file: unreadable, damaged, no CRS, another CRS than `epsg`, no reader for it.
PlacedRaster read_placed_raster(const std::filesystem::path& file, const CellLattice& cells, int epsg);

/// The corners of the cells, [j * (nx + 1) + i], m.
std::vector<Position> corners_of(const CellLattice& cells);

/// Smallest and largest coordinates.
Extent extent_of(const std::vector<Position>& positions);

} // namespace tq::files
