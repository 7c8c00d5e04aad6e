#pragma once
/// What CF wants to know of the coordinates, in every file that holds fields on the grid or hours.

#include "files/hdf5.hpp"
#include "grid/grid.hpp"

#include <string>

namespace tq {

/// Sets standard_name and units, unless they are empty, and long_name.
void describe(files::Hdf5File& file, const std::string& path, const std::string& standard_name,
              const std::string& long_name, const std::string& units);

/// /crs, /x, /y, /lat, /lon with bounds, /cell_area, /surface_altitude.
void write_grid(files::Hdf5File& file, const Grid& grid);

/// GROUP/y and GROUP/x, the coordinates of the cells' centres; `group` is "" for the root.
void write_axes(files::Hdf5File& file, const std::string& group, const Grid& grid);

/// /lev with its formula terms and bounds; needs the dimension /bound, which create_time() makes, and the grid.
void write_levels(files::Hdf5File& file, const Grid& grid);

/// /time, unlimited, and /time_bnds. Seconds in UTC without an offset: CDO ignores offsets. A time stamps the beginning
/// of its interval.
void create_time(files::Hdf5File& file);

/// What readers must know of a variable of instants, seconds since 1970.
void describe_time(files::Hdf5File& file, const std::string& path, const std::string& long_name);

} // namespace tq
