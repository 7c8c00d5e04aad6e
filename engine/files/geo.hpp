#pragma once
#include <filesystem>

namespace tq::files {

/// True if the program is built with GDAL and netCDF (component GEO).
bool has_geo();

/// Throws InputError: reading `file`, which is `what` ("a GeoTIFF"), takes the component GEO, and this program is
/// built without it.
[[noreturn]] void refuse_without_geo(const std::filesystem::path& file, const char* what);

} // namespace tq::files
