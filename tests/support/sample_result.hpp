#pragma once
#include "output/result_file.hpp"

#include <filesystem>

namespace tq::test {

/// A small valley east of Jingdezhen's middle, 12 x 10 cells of 500 m in UTM zone 50 N, south-west corner at
/// (517500, 3242500).
Grid sample_grid();

/// Two management cells: "ZS-1" covers whole grid cells, "CJ-1" parts of some.
ManagementCells sample_cells(const Grid& grid);

ResultHeader sample_header();

/// kg m-3 of pollutant p in hour h in the lowest layer; every place has its own value. In layer k: that / (1 + k).
double sample_value(int p, int h, int j, int i);

ResultHour sample_hour(const Grid& grid, const ResultHeader& header, int h);
ResultSummary sample_summary(const ResultHeader& header, int cells);

/// Writes a result of `hours` hours.
void write_sample_result(const std::filesystem::path& file, int hours, const ResultOptions& options = {});

} // namespace tq::test
