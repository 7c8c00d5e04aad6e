#pragma once
#include <filesystem>

namespace tq::files {

/// True if the program is built with GDAL and netCDF (component GEO).
bool has_geo();

/// Throws InputError: reading `file`, which is `what` ("a GeoTIFF"), takes the component GEO, and this program is
/// built without it.
[[noreturn]] void refuse_without_geo(const std::filesystem::path& file, const char* what);

/// The same of writing; `instead` says what remains.
[[noreturn]] void refuse_to_write_without_geo(const std::filesystem::path& file, const char* what, const char* instead);

} // namespace tq::files
