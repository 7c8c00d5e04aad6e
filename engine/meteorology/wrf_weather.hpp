#pragma once
#include "base/error.hpp"
#include "config/schema.hpp"
#include "meteorology/gridded_weather.hpp"

#include <memory>

namespace tq {

/// Declares weather.files.
void declare_wrf(config::Schema& schema);

/// Opens what WRF wrote (wrfout, netCDF classic or netCDF-4) for the hours [start, end) by `weather.files`;
/// wrf_fields.hpp says how a record comes onto the grid. Returns nothing if there were problems; all of them are in
/// `problems`.
///
/// Times. Each time that several files hold is taken from the last of them in the list. Of outputs more often than
/// hourly those on whole hours are used, if there are any. The shortest distance between two outputs is taken for that
/// of all; longer ones leave gaps, which are problems within [start, end], as are distances above 6 h. Between outputs
/// all fields are linear in time; those that belong to an hour are the mean of both its ends.
///
/// Rain of an hour is what the accumulated rain grew by, evenly within a longer distance. If its mean over the grid
/// falls by more than half the model was started anew, and what it has accumulated since then counts.
std::unique_ptr<GriddedWeatherSource> read_wrf(const config::Settings& scenario, const Grid& grid,
                                               double roughness_length, Instant start, Instant end,
                                               ProblemList& problems);

} // namespace tq
