#pragma once
#include "files/vector_write.hpp"

namespace tq::files {

/// As write_table, by GDAL, whatever the file's name ends in.
void write_geopackage(const std::filesystem::path& file, const FeatureTable& table);

} // namespace tq::files
