#pragma once
#include "emission/inventory.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace tq {

/// One row of a table of sources before its names are looked up and its geometry is laid over the grid.
struct SourceRow {
  Source source; // texts, heights and amounts
  std::string profile;
  std::string cell;                     // id of a management cell, or ""
  std::optional<files::Position> stack; // degrees; only where no geometry is named
  bool height_valid = true;
  SourceLocation where_id, where_profile, where_geometry, where_cell, where_top;
};

/// Reads the table of sources of an inventory. Columns, in any order; units stand in the header:
///   id, sector, profile          texts, needed
///   pm2_5, pm10, tsp, so2, nox, co  amounts per time (t yr-1, kg yr-1, kg s-1 ...), needed; 0 or more;
///                                   pm2_5 <= pm10 <= tsp; nox as NO2. A rate counts for 365 days
///   department, enterprise, management_cell, name, note  texts, may be missing or empty
///   geometry                     id of a feature; where empty, lon and lat [degree] of a stack
///   base, top                    m above ground; 0 and 10 where empty
///   no2_share                    mass share of nox that is NO2, 0.1 where empty
/// Throws InputError if the file cannot be read or lacks a needed column; problems of single fields go to
/// `problems`.
std::vector<SourceRow> read_source_table(const std::filesystem::path& file, ProblemList& problems);

} // namespace tq
