#pragma once
#include "base/error.hpp"

#include <array>
#include <cpl_conv.h>
#include <cpl_error.h>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gdal.h>
#include <memory>
#include <ogr_srs_api.h>
#include <type_traits>

/// What the readers by GDAL share; only built with the component GEO. GDAL is called by one thread at a time: files are
/// read before the run.
namespace tq::files {

template <auto destroy> struct GdalDelete {
  template <class Handle> void operator()(Handle* handle) const { destroy(handle); }
};
using GdalDataset = std::unique_ptr<void, GdalDelete<GDALClose>>;
using GdalCrs = std::unique_ptr<std::remove_pointer_t<OGRSpatialReferenceH>, GdalDelete<OSRDestroySpatialReference>>;
using GdalTransformation = std::unique_ptr<std::remove_pointer_t<OGRCoordinateTransformationH>,
                                           GdalDelete<OCTDestroyCoordinateTransformation>>;

/// GDAL's messages are thrown, not printed.
class GdalQuiet {
 public:
  GdalQuiet() { CPLPushErrorHandler(CPLQuietErrorHandler); }
  ~GdalQuiet() { CPLPopErrorHandler(); }
  GdalQuiet(const GdalQuiet&) = delete;
  GdalQuiet& operator=(const GdalQuiet&) = delete;
};

/// Opens a file, also a gzipped one, to read its `what` ("raster", GDAL_OF_RASTER). Throws InputError if GDAL cannot.
inline GdalDataset open_gdal(const std::filesystem::path& file, const char* what, unsigned kind) {
  GDALAllRegister();
  std::array<unsigned char, 2> start{};
  std::ifstream(file, std::ios::binary).read(reinterpret_cast<char*>(start.data()), 2);
  const bool gzipped = start[0] == 0x1f && start[1] == 0x8b;
  const std::string name = (gzipped ? "/vsigzip/" : "") + file.string();
  GdalDataset dataset(GDALOpenEx(name.c_str(), kind | GDAL_OF_READONLY, nullptr, nullptr, nullptr));
  if (!dataset) {
    throw InputError({file.string()},
                     fmt::format("is not a {} that GDAL {} can read", what, GDALVersionInfo("RELEASE_NAME")));
  }
  return dataset;
}

} // namespace tq::files
