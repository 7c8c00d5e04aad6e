#pragma once
#include <filesystem>
#include <functional>
#include <string>

namespace tq::test {

/// A GeoTIFF that a test makes; needs the component GEO.
struct GeoTiff {
  int epsg = 4326;                // 0: none
  double x_west = 0, y_north = 0; // of the outer corner, in the CRS
  double pixel_width = 0, pixel_height = 0;
  int columns = 0, rows = 0;
  std::function<double(double x, double y)> value = {}; // at the centre of a pixel
  double nodata = -32768;
  std::string unit = {};
  bool placed = true; // says where its pixels lie
};

/// Throws std::runtime_error where it cannot be written.
void write_geotiff(const std::filesystem::path& file, const GeoTiff& raster);

} // namespace tq::test
