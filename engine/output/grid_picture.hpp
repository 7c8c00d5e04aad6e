#pragma once
#include "grid/grid_file.hpp"

#include <string>

namespace tq {

/// What gnuplot needs to draw a grid: terrain, shaded and with contours, beside land cover, both with the outlines of
/// management cells; km from the domain's south-west corner.
std::string grid_picture(const GridFile& grid);

/// The outlines of the management cells as gnuplot's data block $outlines, km from the domain's south-west corner.
std::string outlines_block(const GridFile& grid);

} // namespace tq
