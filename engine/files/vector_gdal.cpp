#include "files/vector_gdal.hpp"

#include "files/geo.hpp"

#if !TIANQING_GEO

namespace tq::files {

std::vector<Feature> read_gdal_vector(const std::filesystem::path& file, const VectorChoice&) {
  refuse_without_geo(file, "no GeoJSON in WGS84");
}

} // namespace tq::files

#else

#include "files/gdal_handles.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <ogr_api.h>

namespace tq::files {

namespace {

using OgrFeature = std::unique_ptr<std::remove_pointer_t<OGRFeatureH>, GdalDelete<OGR_F_Destroy>>;
using OgrGeometry = std::unique_ptr<std::remove_pointer_t<OGRGeometryH>, GdalDelete<OGR_G_DestroyGeometry>>;

class VectorReader {
 public:
  VectorReader(const std::filesystem::path& file, const VectorChoice& choice)
      : file_(file), choice_(choice), dataset_(open_gdal(file, "vector file", GDAL_OF_VECTOR)) {}

  std::vector<Feature> read() {
    choose_layer();
    choose_id();
    choose_transformation();
    std::vector<Feature> features;
    std::map<std::string, std::int64_t> numbers;
    CPLErrorReset();
    OGR_L_ResetReading(layer_);
    while (const OgrFeature from{OGR_L_GetNextFeature(layer_)}) {
      features.push_back(read_feature(from.get()));
      const std::string& id = features.back().id;
      const auto [earlier, fresh] = numbers.emplace(id, OGR_F_GetFID(from.get()));
      if (!fresh && !id.empty()) {
        problem(fmt::format("id is there twice: also feature {}", earlier->second));
      }
    }
    if (CPLGetLastErrorType() == CE_Failure) {
      refuse(fmt::format("is damaged: {}", CPLGetLastErrorMsg()));
    }
    if (features.empty()) {
      refuse(fmt::format("layer \"{}\" has no features", name_));
    }
    problems_.throw_if_any();
    return features;
  }

 private:
  [[noreturn]] void refuse(const std::string& text) const { throw InputError({file_.string(), 0, 0}, text); }
  void problem(const std::string& text) {
    problems_.add({file_.string(), 0, 0}, fmt::format("layer \"{}\", feature {}: {}", name_, label_, text));
  }

  void choose_layer() {
    std::vector<std::string> names;
    for (int n = 0; n < GDALDatasetGetLayerCount(dataset_.get()); ++n) {
      const OGRLayerH layer = GDALDatasetGetLayer(dataset_.get(), n);
      if (OGR_L_GetGeomType(layer) == wkbNone) {
        continue;
      }
      names.emplace_back(OGR_L_GetName(layer));
      if (choice_.layer.empty() || names.back() == choice_.layer) {
        layer_ = layer;
      }
    }
    if (names.empty()) {
      refuse("has no layer of geometries");
    }
    if (layer_ == nullptr) {
      refuse(fmt::format("has no layer \"{}\": there are {}{}", choice_.layer, fmt::join(names, ", "),
                         suggestion(choice_.layer, names)));
    }
    if (choice_.layer.empty() && names.size() > 1) {
      refuse(fmt::format("has the layers {}: name one of them as `geometry_layer`", fmt::join(names, ", ")));
    }
    name_ = OGR_L_GetName(layer_);
  }

  void choose_id() {
    if (choice_.id == OGR_L_GetFIDColumn(layer_)) {
      return; // GDAL does not list the key of a table as a field
    }
    const OGRFeatureDefnH form = OGR_L_GetLayerDefn(layer_);
    std::vector<std::string> names;
    for (int n = 0; n < OGR_FD_GetFieldCount(form); ++n) {
      names.emplace_back(OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(form, n)));
      if (names.back() == choice_.id) {
        id_field_ = n;
      }
    }
    if (id_field_ < 0) {
      refuse(fmt::format("layer \"{}\" has no field \"{}\": name one of {} as `geometry_id`", name_, choice_.id,
                         fmt::join(names, ", ")));
    }
  }

  void choose_transformation() {
    const OGRSpatialReferenceH own = OGR_L_GetSpatialRef(layer_);
    if (own == nullptr) {
      refuse(fmt::format("layer \"{}\" does not name its CRS: must have one (of a Shapefile: in the .prj beside it)",
                         name_));
    }
    const GdalCrs from(OSRClone(own)), to(OSRNewSpatialReference(nullptr));
    OSRImportFromEPSG(to.get(), 4326);
    for (const OGRSpatialReferenceH crs : {from.get(), to.get()}) {
      OSRSetAxisMappingStrategy(crs, OAMS_TRADITIONAL_GIS_ORDER); // x is always east
    }
    transformation_.reset(OCTNewCoordinateTransformation(from.get(), to.get()));
    if (!transformation_) {
      refuse(fmt::format("layer \"{}\" lies in {}, which cannot be turned into WGS84", name_, OSRGetName(from.get())));
    }
  }

  Feature read_feature(OGRFeatureH from) {
    Feature feature;
    feature.where = {file_.string(), 0, 0};
    const std::string number = std::to_string(OGR_F_GetFID(from));
    if (id_field_ < 0) {
      feature.id = number;
    } else if (OGR_F_IsFieldSetAndNotNull(from, id_field_) != 0) {
      feature.id = OGR_F_GetFieldAsString(from, id_field_);
    }
    label_ = feature.id.empty() ? number : '"' + feature.id + '"';
    if (feature.id.empty()) {
      problem(fmt::format("field \"{}\" is empty: must be the feature's id", choice_.id));
    }
    take_properties(from, feature);
    const OGRGeometryH geometry = OGR_F_GetGeometryRef(from);
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
      problem("has no geometry: must have points, lines or polygons");
      return feature;
    }
    const OgrGeometry plain(OGR_G_GetLinearGeometry(geometry, 0, nullptr)); // a copy where there is no curve
    if (OGR_G_Transform(plain.get(), transformation_.get()) != OGRERR_NONE) {
      problem("has positions that cannot be turned into WGS84");
      CPLErrorReset();
      return feature;
    }
    take_geometry(plain.get(), feature);
    return feature;
  }

  static void take_properties(OGRFeatureH from, Feature& feature) {
    for (int n = 0; n < OGR_F_GetFieldCount(from); ++n) {
      const OGRFieldDefnH field = OGR_F_GetFieldDefnRef(from, n);
      const OGRFieldType type = OGR_Fld_GetType(field);
      Feature::Value& value = feature.properties[OGR_Fld_GetNameRef(field)];
      if (OGR_F_IsFieldSetAndNotNull(from, n) == 0) {
        continue;
      }
      if (type == OFTInteger || type == OFTInteger64 || type == OFTReal) {
        value = OGR_F_GetFieldAsDouble(from, n);
      } else {
        value = std::string(OGR_F_GetFieldAsString(from, n));
      }
    }
  }

  void take_geometry(OGRGeometryH geometry, Feature& feature) {
    switch (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))) {
    case wkbPoint:
      for (const Position position : positions(geometry)) {
        feature.points.push_back(position);
      }
      break;
    case wkbLineString:
      feature.lines.push_back(positions(geometry));
      break;
    case wkbPolygon: {
      Polygon polygon;
      for (int n = 0; n < OGR_G_GetGeometryCount(geometry); ++n) {
        Line ring = positions(OGR_G_GetGeometryRef(geometry, n));
        if (!ring.empty() && (ring.size() < 4 || ring.front().x != ring.back().x || ring.front().y != ring.back().y)) {
          problem(fmt::format("ring of {} positions: must have at least 4 and end where it begins", ring.size()));
        }
        polygon.rings.push_back(std::move(ring));
      }
      feature.polygons.push_back(std::move(polygon));
      break;
    }
    case wkbMultiPoint:
    case wkbMultiLineString:
    case wkbMultiPolygon:
      for (int n = 0; n < OGR_G_GetGeometryCount(geometry); ++n) {
        take_geometry(OGR_G_GetGeometryRef(geometry, n), feature);
      }
      break;
    default:
      problem(fmt::format("geometry type {}: must be Point, LineString, Polygon or one of their Multi forms",
                          OGR_G_GetGeometryName(geometry)));
    }
  }

  Line positions(OGRGeometryH geometry) {
    Line line;
    for (int n = 0; n < OGR_G_GetPointCount(geometry); ++n) {
      const Position& position = line.emplace_back(Position{OGR_G_GetX(geometry, n), OGR_G_GetY(geometry, n)});
      if (!(std::abs(position.x) <= 180 && std::abs(position.y) <= 90)) {
        problem(fmt::format("position [{}, {}]: must be in [-180, 180] x [-90, 90] degrees of WGS84", position.x,
                            position.y));
        return {}; // the others would repeat it
      }
    }
    return line;
  }

  std::filesystem::path file_;
  VectorChoice choice_;
  GdalDataset dataset_;
  OGRLayerH layer_ = nullptr;
  std::string name_;  // of the layer
  std::string label_; // of the feature that is read
  int id_field_ = -1; // -1: the key of the table
  GdalTransformation transformation_;
  ProblemList problems_;
};

} // namespace

std::vector<Feature> read_gdal_vector(const std::filesystem::path& file, const VectorChoice& choice) {
  const GdalQuiet quiet;
  return VectorReader(file, choice).read();
}

} // namespace tq::files

#endif
