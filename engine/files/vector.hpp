#pragma once
#include "files/geojson.hpp"

namespace tq::files {

/// Which features of a file are meant.
struct VectorChoice {
  std::string id = "id"; // the field (GeoJSON: property, or member "id") that names a feature
  std::string layer;     // "": the only one
};

/// Features with positions in WGS84 degrees, from any vector file. GeoJSON in WGS84 is read by geojson.hpp, with lines
/// and columns in its messages. All else, such as a GeoPackage, a Shapefile or GeoJSON whose first 64 kB name another
/// CRS, is read by GDAL and takes the component GEO. Files may be gzipped. Throws InputError.
std::vector<Feature> read_vector(const std::filesystem::path& file, const VectorChoice& choice);

} // namespace tq::files
