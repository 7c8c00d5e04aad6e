#pragma once
#include "grid/grid_file.hpp"

#include <string>
#include <vector>

namespace tq {

/// What measures of kind surface make of the ground: where they have a table `ground`, the grid's land cover changes, and
/// with it heat, roughness and what the ground takes up. A class's part of a grid cell is taken to lie evenly in it, and
/// coverage x compliance of it to change. Returns a line for each, for people. Problems: a class that there is not, no
/// ground that changes, a measure that does not hold all through [start, end).
std::vector<std::string> change_ground(const config::Settings& scenario, const TimeZone& zone, Instant start, Instant end,
                                       GridFile& city, ProblemList& problems);

} // namespace tq
