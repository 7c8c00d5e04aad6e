#include "geotiff.hpp"

#if TIANQING_GEO

#include <array>
#include <gdal.h>
#include <ogr_srs_api.h>
#include <stdexcept>
#include <vector>

namespace tq::test {

void write_geotiff(const std::filesystem::path& file, const GeoTiff& raster) {
  const auto require = [&file](bool good) {
    if (!good) {
      throw std::runtime_error("cannot write " + file.string());
    }
  };
  GDALAllRegister();
  const GDALDriverH driver = GDALGetDriverByName("GTiff");
  const GDALDatasetH dataset = GDALCreate(driver, file.c_str(), raster.columns, raster.rows, 1, GDT_Float64, nullptr);
  require(dataset != nullptr);
  std::array<double, 6> transform{raster.x_west, raster.pixel_width, 0, raster.y_north, 0, -raster.pixel_height};
  if (raster.placed) {
    require(GDALSetGeoTransform(dataset, transform.data()) == CE_None);
  }
  if (raster.epsg != 0) {
    const OGRSpatialReferenceH crs = OSRNewSpatialReference(nullptr);
    require(OSRImportFromEPSG(crs, raster.epsg) == OGRERR_NONE && GDALSetSpatialRef(dataset, crs) == CE_None);
    OSRDestroySpatialReference(crs);
  }
  std::vector<double> values;
  for (int row = 0; row < raster.rows; ++row) {
    for (int column = 0; column < raster.columns; ++column) {
      values.push_back(raster.value(raster.x_west + (column + 0.5) * raster.pixel_width,
                                    raster.y_north - (row + 0.5) * raster.pixel_height));
    }
  }
  const GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
  require(GDALSetRasterNoDataValue(band, raster.nodata) == CE_None);
  require(raster.unit.empty() || GDALSetRasterUnitType(band, raster.unit.c_str()) == CE_None);
  require(GDALRasterIO(band, GF_Write, 0, 0, raster.columns, raster.rows, values.data(), raster.columns, raster.rows,
                       GDT_Float64, 0, 0) == CE_None);
  GDALClose(dataset);
}

} // namespace tq::test

#endif
