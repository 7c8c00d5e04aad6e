#include "vector_sample.hpp"

#if TIANQING_GEO

#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdexcept>

namespace tq::test {

void write_vector(const std::filesystem::path& file, const std::string& driver,
                  const std::vector<VectorLayer>& layers) {
  const auto require = [&file](bool good) {
    if (!good) {
      throw std::runtime_error("cannot write " + file.string());
    }
  };
  GDALAllRegister();
  const GDALDatasetH dataset =
      GDALCreate(GDALGetDriverByName(driver.c_str()), file.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
  require(dataset != nullptr);
  for (const VectorLayer& sample : layers) {
    OGRSpatialReferenceH crs = nullptr;
    if (sample.epsg != 0) {
      crs = OSRNewSpatialReference(nullptr);
      require(OSRImportFromEPSG(crs, sample.epsg) == OGRERR_NONE);
      OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER);
    }
    const OGRLayerH layer = GDALDatasetCreateLayer(dataset, sample.name.c_str(), crs, wkbUnknown, nullptr);
    require(layer != nullptr);
    const OGRFieldDefnH field = OGR_Fld_Create("code", OFTString);
    require(OGR_L_CreateField(layer, field, 1) == OGRERR_NONE);
    OGR_Fld_Destroy(field);
    for (const VectorLayer::Feature& made : sample.features) {
      const OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
      if (!made.code.empty()) {
        OGR_F_SetFieldString(feature, 0, made.code.c_str());
      }
      if (!made.wkt.empty()) {
        std::string text = made.wkt;
        char* at = text.data();
        OGRGeometryH geometry = nullptr;
        require(OGR_G_CreateFromWkt(&at, nullptr, &geometry) == OGRERR_NONE);
        OGR_F_SetGeometryDirectly(feature, geometry);
      }
      require(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE);
      OGR_F_Destroy(feature);
    }
    if (crs != nullptr) {
      OSRDestroySpatialReference(crs);
    }
  }
  GDALClose(dataset);
}

} // namespace tq::test

#endif
