#pragma once
#include "files/geojson.hpp"

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

namespace tq::files {

/// Places with what is known of them, to be written as a map or a table.
struct FeatureTable {
  struct Column {
    std::string name;
    std::string unit; // "ug m-3", "CNY", "1" of counts and ratios, "" of texts
    /// One value per place. A number that is not finite is missing.
    std::variant<std::vector<double>, std::vector<std::string>, std::vector<bool>> values;
  };

  std::string name;        // of the layer
  std::string description; // in a sentence, "" for none
  std::vector<std::string> ids;
  std::vector<std::vector<Polygon>> polygons; // by place, in degrees (WGS84); without any: a place without geometry
  std::vector<Column> columns;                // in order; "id" comes first and is not among them
};

/// A polygon whose outer ring runs anticlockwise and whose holes run clockwise (RFC 7946, section 3.1.6; CF-1.8, 7.5).
Polygon turned(Polygon polygon);

/// "pm10_ug_m3": the name with the unit behind it, as properties and fields of databases are called.
std::string field_name(const FeatureTable::Column& column);

/// A line per place, header with units: `id,name,pm10 [ug m-3]`. Six digits, whole numbers and what stands
/// before the point exactly; missing is empty.
std::string csv_of(const FeatureTable& table);

/// A FeatureCollection (RFC 7946) with the members `name` and `description`; numbers as in CSV, missing is null.
std::string geojson_of(const FeatureTable& table);

/// For before the work: throws InputError unless `file` ends in .csv, .geojson or .gpkg, or where it ends in .gpkg and
/// the program is built without GDAL.
void check_table_format(const std::filesystem::path& file);

/// Writes the whole table, or nothing, in the format that the file's name ends in; its folder is made, an older file
/// replaced. A GeoPackage takes the component GEO: one layer of multipolygons in WGS84 (EPSG:4326), numbers in full.
/// Throws InputError as check_table_format, FileError, and std::logic_error for columns of another length or two fields
/// of one name.
void write_table(const std::filesystem::path& file, const FeatureTable& table);

} // namespace tq::files
