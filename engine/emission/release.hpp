#pragma once
#include "config/schema.hpp"
#include "emission/drivers.hpp"
#include "emission/source.hpp"
#include "grid/grid.hpp"

#include <vector>

namespace tq {

/// The sector of releases, by which measures can select them.
inline constexpr const char* release_sector = "release";

/// Declares [[release]].
void declare_releases(config::Schema& schema);

/// Every [[release]] of a scenario, a point that emits one species for a time: a source with its place in the grid. An
/// hour emits amount x overlap of the hour and the release / duration, evenly through the hour: the hours' sum is the
/// amount. The run is [start, end); warnings (log) tell of a release that is not wholly inside. Problems: a tracer that
/// nobody carries, a place outside the domain, a height above the grid, an end before the start. A release with
/// problems stays in the list without streams.
std::vector<Source> read_releases(const Grid& grid, const EmittedSpecies& species, const config::Settings& scenario,
                                  const TimeZone& zone, Instant start, Instant end, Drivers& drivers,
                                  ProblemList& problems);

} // namespace tq
