#pragma once
#include "emission/activity.hpp"

#include <filesystem>

namespace tq {

/// A row of an inventory's table before its names are looked up and its geometry is laid over the grid.
struct TableRow {
  Source source; // texts, heights and stack
  std::string profile;
  std::string cell;                      // id of a management cell, or ""
  std::optional<files::Position> place;  // degrees; only where no geometry is named
  std::optional<files::Feature> feature; // of kinds that read their files: where no geometry is named
  bool good = true;                      // no field was a problem
  bool height_valid = true;
  SourceLocation where_id, where_profile, where_geometry, where_cell, where_top;
  /// Of kinds that read their files: for each stream, the month (1 to 12) in which alone it emits, or 0 where the
  /// profile tells its months; empty: 0 for all.
  std::vector<int> months;
  std::unique_ptr<ActivityRow> activity; // what the kind's own columns say; null for kinds that read their files
};

/// A table of an inventory and its rows, which refer to it.
struct ActivityTable {
  std::unique_ptr<files::CsvTable> table;
  std::vector<TableRow> rows;
};

/// Reads the table of an inventory of a kind, whose columns are common_columns() and those of the kind, in any order,
/// with units in the header. Throws InputError if the file cannot be read or lacks a needed column; problems of single
/// fields go to `problems`.
ActivityTable read_activity_table(const std::filesystem::path& file, const ActivityKind& kind, const TimeZone& zone,
                                  ProblemList& problems);

} // namespace tq
