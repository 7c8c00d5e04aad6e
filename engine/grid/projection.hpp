#pragma once
#include "files/geojson.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tq {

/// A projected CRS by EPSG code, by PROJ; x is always east and y north, in metres. Not thread-safe (one per thread).
/// PROJ works without network access, so results do not depend on what can be downloaded.
class Projection {
public:
  /// Throws std::invalid_argument if the code is unknown, not a projected CRS, or its axes are not east and north in
  /// metres; the text begins with what it must be ("must be the EPSG code of a projected CRS ...").
  explicit Projection(int epsg);
  ~Projection();
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;

  int epsg() const { return epsg_; }
  /// Both are infinite where the projection is not defined.
  files::Position project(files::Position longitude_latitude) const; // degrees (WGS84) -> m
  files::Position unproject(files::Position easting_northing) const; // m -> degrees (WGS84)
  /// How far a metre on the map is from one on the ground, in the worse of the directions east and north: 0.01 is 1 %.
  /// Infinite where the projection is not defined.
  double scale_error(files::Position longitude_latitude) const;
  /// WKT2 of the CRS, for the result's `crs_wkt`.
  std::string wkt() const;
  /// Attributes of the CF grid mapping variable (CF-1.8, appendix F): texts such as grid_mapping_name =
  /// transverse_mercator, names of datum and ellipsoid. Mapped are transverse Mercator, Lambert conformal conic, Mercator,
  /// Albers equal area and Lambert azimuthal equal area; for all else grid_mapping_name is missing, and `crs_wkt`
  /// alone says what the CRS is.
  std::vector<std::pair<std::string, std::string>> cf_texts() const;
  /// Numbers such as longitude_of_central_meridian, semi_major_axis, false_easting. A name that comes twice
  /// (standard_parallel of a cone with two) is one attribute with two values.
  std::vector<std::pair<std::string, double>> cf_numbers() const;

private:
  struct State;
  int epsg_ = 0;
  std::unique_ptr<State> state_;
};

} // namespace tq
