#include "files/placed_raster.hpp"

#include "base/text_file.hpp"
#include "files/csv.hpp"
#include "files/raster_gdal.hpp"

#include <algorithm>
#include <sstream>

namespace tq::files {

namespace {

/// True for text whose first line is a word and a number, as the header of an ESRI ASCII grid has them.
bool is_ascii_raster(const std::filesystem::path& file) {
  std::istringstream start(read_text_start(file, 256));
  std::string key, value;
  start >> key >> value;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !key.empty() && std::all_of(key.begin(), key.end(), is_letter) && parse_number(value).has_value();
}

/// An ESRI ASCII grid does not name its CRS; a file of its name with the ending .prj does.
bool has_crs_beside(std::filesystem::path file) {
  if (file.extension() == ".gz") {
    file.replace_extension();
  }
  return std::filesystem::exists(file.replace_extension(".prj"));
}

PlacedRaster place(AsciiRaster raster, const CellLattice& cells) {
  PlacedRaster placed;
  placed.columns = raster.columns;
  placed.rows = raster.rows;
  placed.values = std::move(raster.values);
  placed.corners = corners_of(cells);
  placed.aligned = true;
  placed.extent = {raster.x_west, raster.x_west + raster.columns * raster.cell_size, raster.y_south,
                   raster.y_south + raster.rows * raster.cell_size};
  placed.cells = extent_of(placed.corners);
  for (Position& corner : placed.corners) {
    corner = {(corner.x - raster.x_west) / raster.cell_size, (corner.y - raster.y_south) / raster.cell_size};
  }
  return placed;
}

} // namespace

PlacedRaster read_placed_raster(const std::filesystem::path& file, const CellLattice& cells, int epsg) {
  const bool own_crs = epsg == 0 || epsg == cells.epsg;
  return own_crs && is_ascii_raster(file) && !has_crs_beside(file) ? place(read_ascii_raster(file), cells)
                                                                   : read_gdal_raster(file, cells, epsg);
}

std::vector<Position> corners_of(const CellLattice& cells) {
  std::vector<Position> corners;
  corners.reserve(std::size_t(cells.nx + 1) * std::size_t(cells.ny + 1));
  for (int j = 0; j <= cells.ny; ++j) {
    for (int i = 0; i <= cells.nx; ++i) {
      corners.push_back({cells.x_west + i * cells.dx, cells.y_south + j * cells.dy});
    }
  }
  return corners;
}

Extent extent_of(const std::vector<Position>& positions) {
  const auto [west, east] = std::minmax_element(positions.begin(), positions.end(),
                                                [](const Position& a, const Position& b) { return a.x < b.x; });
  const auto [south, north] = std::minmax_element(positions.begin(), positions.end(),
                                                  [](const Position& a, const Position& b) { return a.y < b.y; });
  return {west->x, east->x, south->y, north->y};
}

} // namespace tq::files
