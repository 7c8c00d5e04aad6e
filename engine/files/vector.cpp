#include "files/vector.hpp"

#include "base/text_file.hpp"
#include "files/vector_gdal.hpp"

namespace tq::files {

namespace {

/// RFC 7946 has no member "crs"; writers of the older form put it before the features.
bool is_geojson_in_degrees(const std::filesystem::path& file) {
  const std::string start = read_text_start(file, 65536);
  const std::size_t first = start.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (start[first] != '{' && start[first] != '[')) {
    return false;
  }
  const std::size_t crs = start.find("\"crs\"");
  if (crs == std::string::npos) {
    return true;
  }
  const std::string named = start.substr(crs, 160);
  return named.find("CRS84") != std::string::npos || named.find("EPSG::4326") != std::string::npos ||
         named.find("EPSG:4326") != std::string::npos;
}

} // namespace

std::vector<Feature> read_vector(const std::filesystem::path& file, const VectorChoice& choice) {
  return choice.layer.empty() && is_geojson_in_degrees(file) ? read_geojson_by(file, choice.id)
                                                             : read_gdal_vector(file, choice);
}

} // namespace tq::files
