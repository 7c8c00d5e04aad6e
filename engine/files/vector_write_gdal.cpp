#include "files/vector_write_gdal.hpp"

#include "files/geo.hpp"

#if !TIANQING_GEO

namespace tq::files {

void write_geopackage(const std::filesystem::path& file, const FeatureTable&) {
  refuse_to_write_without_geo(file, "a GeoPackage", ".geojson and .csv hold the same");
}

} // namespace tq::files

#else

#include "base/durable.hpp"
#include "files/gdal_handles.hpp"

#include <cmath>
#include <ogr_api.h>

namespace tq::files {

namespace {

using OgrFeature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, GdalDelete<OGR_F_Destroy>>;
using OgrField = std::unique_ptr<std::remove_pointer_t<OGRFieldDefnH>, GdalDelete<OGR_Fld_Destroy>>;

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw FileError(fmt::format("cannot write {}: {}", file.string(),
                              CPLGetLastErrorMsg()[0] != '\0' ? CPLGetLastErrorMsg() : "the disk may be full"));
}

/// Writes a GeoPackage under a name for the time being.
class PackageWriter {
 public:
  PackageWriter(const std::filesystem::path& file, const std::filesystem::path& part) : file_(file) {
    GDALAllRegister();
    const GDALDriverH driver = GDALGetDriverByName("GPKG");
    require(driver != nullptr);
    dataset_.reset(GDALCreate(driver, part.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    require(dataset_ != nullptr);
  }

  void write(const FeatureTable& table) {
    require(GDALDatasetStartTransaction(dataset_.get(), 0) == OGRERR_NONE);
    create_layer(table);
    for (std::size_t n = 0; n < table.ids.size(); ++n) {
      write_feature(table, n);
    }
    require(GDALDatasetCommitTransaction(dataset_.get()) == OGRERR_NONE);
    CPLErrorReset();
    dataset_.reset(); // whose failure shows in the last error alone
    require(CPLGetLastErrorType() < CE_Failure);
  }

 private:
  void require(bool good) const {
    if (!good) {
      fail(file_);
    }
  }

  void create_layer(const FeatureTable& table) {
    const GdalCrs crs(OSRNewSpatialReference(nullptr));
    require(OSRImportFromEPSG(crs.get(), 4326) == OGRERR_NONE);
    OSRSetAxisMappingStrategy(crs.get(), OAMS_TRADITIONAL_GIS_ORDER); // x is always east
    const std::string description = "DESCRIPTION=" + table.description;
    const std::array<const char*, 2> options = {description.c_str(), nullptr};
    layer_ = GDALDatasetCreateLayer(dataset_.get(), table.name.c_str(), crs.get(), wkbMultiPolygon,
                                    const_cast<char**>(options.data()));
    require(layer_ != nullptr);
    create_field("id", OFTString, OFSTNone);
    for (const FeatureTable::Column& column : table.columns) {
      const OGRFieldType type = std::holds_alternative<std::vector<double>>(column.values)        ? OFTReal
                                : std::holds_alternative<std::vector<std::string>>(column.values) ? OFTString
                                                                                                  : OFTInteger;
      create_field(field_name(column), type, type == OFTInteger ? OFSTBoolean : OFSTNone);
    }
  }

  void create_field(const std::string& name, OGRFieldType type, OGRFieldSubType kind) {
    const OgrField field(OGR_Fld_Create(name.c_str(), type));
    OGR_Fld_SetSubType(field.get(), kind);
    require(OGR_L_CreateField(layer_, field.get(), 0) == OGRERR_NONE);
  }

  void write_feature(const FeatureTable& table, std::size_t n) {
    const OgrFeature feature(OGR_F_Create(OGR_L_GetLayerDefn(layer_)));
    OGR_F_SetFieldString(feature.get(), 0, table.ids[n].c_str());
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const auto& values = table.columns[c].values;
      const int field = int(c) + 1;
      if (const auto* texts = std::get_if<std::vector<std::string>>(&values)) {
        OGR_F_SetFieldString(feature.get(), field, (*texts)[n].c_str());
      } else if (const auto* truths = std::get_if<std::vector<bool>>(&values)) {
        OGR_F_SetFieldInteger(feature.get(), field, (*truths)[n] ? 1 : 0);
      } else if (const double value = std::get<std::vector<double>>(values)[n]; std::isfinite(value)) {
        OGR_F_SetFieldDouble(feature.get(), field, value);
      }
    }
    if (!table.polygons[n].empty()) {
      const OGRGeometryH all = OGR_G_CreateGeometry(wkbMultiPolygon);
      for (const Polygon& polygon : table.polygons[n]) {
        OGR_G_AddGeometryDirectly(all, made(turned(polygon)));
      }
      OGR_F_SetGeometryDirectly(feature.get(), all);
    }
    require(OGR_L_CreateFeature(layer_, feature.get()) == OGRERR_NONE);
  }

  static OGRGeometryH made(const Polygon& polygon) {
    const OGRGeometryH geometry = OGR_G_CreateGeometry(wkbPolygon);
    for (const Line& ring : polygon.rings) {
      const OGRGeometryH line = OGR_G_CreateGeometry(wkbLinearRing);
      for (const Position& position : ring) {
        OGR_G_AddPoint_2D(line, position.x, position.y);
      }
      OGR_G_AddGeometryDirectly(geometry, line);
    }
    return geometry;
  }

  std::filesystem::path file_;
  GdalDataset dataset_;
  OGRLayerH layer_ = nullptr;
};

} // namespace

void write_geopackage(const std::filesystem::path& file, const FeatureTable& table) {
  const GdalQuiet quiet;
  std::error_code ignored; // writing fails then, and says so
  std::filesystem::create_directories(file.parent_path(), ignored);
  const std::string part = file.string() + ".part";
  const auto remove = [&] {
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) {
      std::filesystem::remove(part + ending, ignored);
    }
  };
  remove();
  CPLErrorReset();
  try {
    PackageWriter(file, part).write(table);
  } catch (...) {
    remove();
    throw;
  }
  replace_file(part, file);
}

} // namespace tq::files

#endif
