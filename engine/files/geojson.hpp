#pragma once
#include "base/error.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace tq::files {

/// Longitude and latitude in degrees (WGS84) as read; x and y in metres once projected.
struct Position {
  double x = 0;
  double y = 0;
};

using Line = std::vector<Position>;

/// Rings are closed (first = last position); the first is the outer one, the others are holes.
struct Polygon {
  std::vector<Line> rings;
};

/// A GeoJSON feature; Multi geometries are taken apart, so exactly one of the lists is filled.
struct Feature {
  using Value = std::variant<std::monostate, bool, double, std::string>;

  std::string id;                          // the member "id", or the property "id"
  std::map<std::string, Value> properties; // nested objects and arrays are left out
  std::vector<Polygon> polygons;
  std::vector<Line> lines;
  std::vector<Position> points;
  SourceLocation where; // line and column where the feature's object begins

  /// Property as text, or "" where absent; numbers print without trailing zeros.
  std::string text(const std::string& name) const;
};

/// Reads a FeatureCollection (RFC 7946), gzipped or not. Throws InputError: syntax error with line and
/// column; otherwise all problems: no FeatureCollection, unknown geometry, open rings, fewer than 4 (ring) or
/// 2 (line) positions, coordinates outside [-180, 180] x [-90, 90] or not finite, missing or repeated ids.
std::vector<Feature> read_geojson(const std::filesystem::path& file);

/// The same, where the property `id` names the features; that of "id" may stand in the member "id".
std::vector<Feature> read_geojson_by(const std::filesystem::path& file, const std::string& id);

} // namespace tq::files
