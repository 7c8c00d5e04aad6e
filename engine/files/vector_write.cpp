#include "files/vector_write.hpp"

#include "base/durable.hpp"
#include "base/json.hpp"
#include "files/csv_text.hpp"
#include "files/geo.hpp"
#include "files/vector_write_gdal.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>
#include <stdexcept>

namespace tq::files {

namespace {

/// Six digits, and of large numbers all before the point; "" if there is none.
std::string number(double value) {
  constexpr double large = 1e5, largest = 1e15; // up to which all whole numbers are exact
  if (!std::isfinite(value)) {
    return "";
  }
  const double size = std::abs(value);
  return (value == std::round(value) || size >= large) && size < largest ? fmt::format("{:.0f}", value + 0.0)
                                                                         : fmt::format("{:.6g}", value);
}

std::string csv_field(const FeatureTable::Column& column, std::size_t n) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values)) {
    return csv_text((*texts)[n]);
  }
  if (const auto* truths = std::get_if<std::vector<bool>>(&column.values)) {
    return (*truths)[n] ? "true" : "false";
  }
  return number(std::get<std::vector<double>>(column.values)[n]);
}

std::string json_value(const FeatureTable::Column& column, std::size_t n) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&column.values)) {
    return json_text((*texts)[n]);
  }
  const std::string text = csv_field(column, n);
  return text.empty() ? "null" : text;
}

std::string json_geometry(const std::vector<Polygon>& polygons) {
  if (polygons.empty()) {
    return "null";
  }
  std::string text = "{\"type\":\"MultiPolygon\",\"coordinates\":[";
  const char* between_polygons = "";
  for (const Polygon& polygon : polygons) {
    text += std::exchange(between_polygons, ",");
    const char* between_rings = "[";
    for (const Line& ring : turned(polygon).rings) {
      text += std::exchange(between_rings, ",");
      const char* between_positions = "[";
      for (const Position& position : ring) {
        text += fmt::format("{}[{},{}]", std::exchange(between_positions, ","), position.x, position.y);
      }
      text += "]";
    }
    text += "]";
  }
  return text + "]}";
}

/// Twice the signed area; positive if the ring runs anticlockwise.
double signed_area(const Line& ring) {
  double sum = 0;
  for (std::size_t n = 0; n + 1 < ring.size(); ++n) {
    sum += ring[n].x * ring[n + 1].y - ring[n + 1].x * ring[n].y;
  }
  return sum;
}

void check_shape(const FeatureTable& table) {
  std::set<std::string> names = {"id"};
  const auto fits = [&](std::size_t count) { return count == table.ids.size(); };
  bool good = fits(table.polygons.size());
  for (const FeatureTable::Column& column : table.columns) {
    good = good && std::visit([&](const auto& values) { return fits(values.size()); }, column.values) &&
           names.insert(field_name(column)).second;
  }
  if (!good) {
    throw std::logic_error("write_table: a column of another length, or two fields of one name");
  }
}

} // namespace

Polygon turned(Polygon polygon) {
  for (std::size_t r = 0; r < polygon.rings.size(); ++r) {
    if ((signed_area(polygon.rings[r]) > 0) != (r == 0)) {
      std::reverse(polygon.rings[r].begin(), polygon.rings[r].end());
    }
  }
  return polygon;
}

std::string field_name(const FeatureTable::Column& column) {
  std::string name = column.name;
  if (column.unit.empty() || column.unit == "1") {
    return name;
  }
  name += '_';
  for (const char c : column.unit) {
    name += c == '%' ? "percent" : c == '-' ? "" : std::string(1, c == ' ' ? '_' : c);
  }
  return name;
}

std::string csv_of(const FeatureTable& table) {
  std::string text = "id";
  for (const FeatureTable::Column& column : table.columns) {
    text += ',' + csv_text(column.unit.empty() ? column.name : fmt::format("{} [{}]", column.name, column.unit));
  }
  text += '\n';
  for (std::size_t n = 0; n < table.ids.size(); ++n) {
    text += csv_text(table.ids[n]);
    for (const FeatureTable::Column& column : table.columns) {
      text += ',' + csv_field(column, n);
    }
    text += '\n';
  }
  return text;
}

std::string geojson_of(const FeatureTable& table) {
  std::string text = "{\"type\":\"FeatureCollection\",\n\"name\":" + json_text(table.name) +
                     ",\n\"description\":" + json_text(table.description) + ",\n\"features\":[\n";
  for (std::size_t n = 0; n < table.ids.size(); ++n) {
    const std::string id = json_text(table.ids[n]);
    text += fmt::format("{{\"type\":\"Feature\",\"id\":{},\"properties\":{{\"id\":{}", id, id);
    for (const FeatureTable::Column& column : table.columns) {
      text += fmt::format(",{}:{}", json_text(field_name(column)), json_value(column, n));
    }
    text += "},\n\"geometry\":" + json_geometry(table.polygons[n]) + (n + 1 < table.ids.size() ? "},\n" : "}\n");
  }
  return text + "]}\n";
}

void check_table_format(const std::filesystem::path& file) {
  const std::string ending = file.extension().string();
  if (ending != ".csv" && ending != ".geojson" && ending != ".gpkg") {
    throw InputError({file.string()}, "must end in .csv, .geojson or .gpkg (a GeoPackage)");
  }
  if (ending == ".gpkg" && !has_geo()) {
    refuse_to_write_without_geo(file, "a GeoPackage", ".geojson and .csv hold the same");
  }
}

void write_table(const std::filesystem::path& file, const FeatureTable& table) {
  check_table_format(file);
  check_shape(table);
  if (file.extension() == ".gpkg") {
    write_geopackage(file, table);
  } else {
    write_text(file, file.extension() == ".csv" ? csv_of(table) : geojson_of(table));
  }
}

} // namespace tq::files
