#pragma once
#include "files/vector.hpp"

namespace tq::files {

/// As read_vector, by GDAL alone: geometries are transformed to WGS84, curves become lines, heights are dropped.
/// Features have no line in the file; messages name their number in the layer. Throws InputError: no vector file, no
/// such layer or field, no CRS, no features, and with all problems of features: no id or one that is there twice, no
/// geometry or one that is no point, line or polygon, positions that WGS84 cannot take.
std::vector<Feature> read_gdal_vector(const std::filesystem::path& file, const VectorChoice& choice);

} // namespace tq::files
