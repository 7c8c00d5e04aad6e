#pragma once
#include "files/geojson.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tq {

/// A projected CRS by EPSG code, by PROJ; x is always east and y north, in metres. Not thread-safe (one per thread).
class Projection {
public:
  /// Throws std::invalid_argument if the code is unknown or not a projected CRS in metres.
  explicit Projection(int epsg);
  ~Projection();
  Projection(Projection&&) noexcept;
  Projection& operator=(Projection&&) noexcept;

  int epsg() const { return epsg_; }
  files::Position project(files::Position longitude_latitude) const;   // degrees (WGS84) -> m
  files::Position unproject(files::Position easting_northing) const;   // m -> degrees (WGS84)
  /// WKT2 of the CRS, for the result's `crs_wkt`.
  std::string wkt() const;
  /// Attributes of the CF grid mapping variable: texts such as grid_mapping_name = transverse_mercator ...
  std::vector<std::pair<std::string, std::string>> cf_texts() const;
  /// ... and numbers such as longitude_of_central_meridian, semi_major_axis, false_easting.
  std::vector<std::pair<std::string, double>> cf_numbers() const;

private:
  struct State;
  int epsg_ = 0;
  std::unique_ptr<State> state_;
};

} // namespace tq
