#pragma once
#include "files/hdf5.hpp"
#include "grid/grid.hpp"

#include <string>

/// What every file of the program says of the grid that it lies on, after CF-1.8.
namespace tq {

/// Names a variable; an empty standard name or unit is left out.
void describe_variable(files::Hdf5File& file, const std::string& path, const std::string& standard_name,
                       const std::string& long_name, const std::string& units);

/// Writes /crs, /x, /y, /lat, /lon with their bounds, /cell_area and /surface_altitude.
void write_grid_variables(files::Hdf5File& file, const Grid& grid);

/// Writes /lev with its bounds and terms; the dimension /bound must be there.
void write_level_variables(files::Hdf5File& file, const Grid& grid);

} // namespace tq
