#pragma once
#include "config/schema.hpp"
#include "emission/activity.hpp"
#include "emission/profiles.hpp"
#include "emission/source.hpp"
#include "grid/management_cells.hpp"

#include <string>
#include <vector>

namespace tq {

/// A year of the inventories, in s: a common year, as in the table of units.
inline constexpr double common_year = 365.0 * double(seconds_per_day);

struct Inventory {
  std::vector<Source> sources;   // of all files, in order; then releases
  std::vector<Profile> profiles; // of all files
  Drivers drivers;               // of all streams
  bool complete = true;          // false if a file could not be read at all, so sources may be missing
};

/// Reads every [[inventory]] and [[release]] of a scenario: the table (CSV with units in its header) of its kind, the
/// geometries (GeoJSON) and the profiles (TOML), and lays the sources over the grid. All problems at once,
/// each with file and line; a row with problems stays in the list as far as it could be read, so that
/// measures can be checked against it. `start` and `end` bound the run.
///
/// A geometry partly outside the domain emits only the part inside: its share of the area or length; one
/// warning per inventory tells how many there are and the first shares (all of them:
/// Source::placement.inside). A geometry wholly outside is an error, so no source is lost in silence.
Inventory read_inventories(const Grid& grid, const ManagementCells& cells, const EmittedSpecies& species,
                           const config::Settings& scenario, const TimeZone& zone, Instant start, Instant end,
                           ProblemList& problems);

} // namespace tq
