#include "files/geo.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace tq::files {

bool has_geo() { return TIANQING_GEO != 0; }

void refuse_without_geo(const std::filesystem::path& file, const char* what) {
  throw InputError({file.string(), 0, 0},
                   fmt::format("is {}, but this program is built without GDAL and netCDF, which read it: install them "
                               "(./setup does), configure and build again",
                               what));
}

void refuse_to_write_without_geo(const std::filesystem::path& file, const char* what, const char* instead) {
  throw InputError({file.string(), 0, 0},
                   fmt::format("is {}, but this program is built without GDAL, which writes it: {}; or install GDAL "
                               "(./setup does), configure and build again",
                               what, instead));
}

} // namespace tq::files
