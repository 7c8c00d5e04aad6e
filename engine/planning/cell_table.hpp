#pragma once
#include "files/vector_write.hpp"
#include "planning/read_result.hpp"

namespace tq {

/// The management cells of a result as a table to which columns may be added, in the result's order of cells: name, unit
/// that answers for the cell, parent, district, class of GB 3095, area; and their polygons. Its name is that of the
/// scenario. Throws InputError if the file's polygons do not fit its cells.
files::FeatureTable cell_table(const ResultFacts& result);

} // namespace tq
