#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace tq::test {

/// A vector layer that a test makes; needs the component GEO.
struct VectorLayer {
  std::string name = "sites";
  int epsg = 32650; // 0: none
  struct Feature {
    std::string code; // of the field `code`; "": not set
    std::string wkt;  // "": no geometry
  };
  std::vector<Feature> features;
};

/// `driver` is GDAL's: "GPKG", "ESRI Shapefile", "GeoJSON". Throws std::runtime_error where it cannot be written.
void write_vector(const std::filesystem::path& file, const std::string& driver, const std::vector<VectorLayer>& layers);

} // namespace tq::test
