#pragma once
#include <cpl_conv.h>
#include <cpl_error.h>
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

} // namespace tq::files
