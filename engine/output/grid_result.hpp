#pragma once
#include "grid/grid_file.hpp"

#include <filesystem>

namespace tq {

/// Version of the layout, attribute `tianqing_schema` of the root.
inline constexpr const char* grid_schema_version = "grid_result/1";

/// Writes a grid alone, HDF5 that is also netCDF-4 with CF-1.8 metadata, as results are: heights and slopes, shares of
/// land cover and the class that covers most, the management cell that covers most of each cell, air mass in all
/// layers. An existing file is replaced. Throws FileError; what is half written is removed.
void write_grid_result(const std::filesystem::path& file, const GridFile& grid);

/// Slope of the terrain in each cell, [j * nx + i]: length of the gradient from central differences over the
/// neighbours; on the edge of the domain, where there is only one, from that.
std::vector<double> terrain_slopes(const Grid& grid);

/// Index of the management cell with the largest part of each cell, [j * nx + i], of those that are nobody's parent; -1
/// where there is none.
std::vector<int> largest_management_cell(const GridFile& grid);

} // namespace tq
