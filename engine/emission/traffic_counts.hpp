#pragma once
#include "emission/vehicles.hpp"

#include <map>

namespace tq {

/// Vehicles per second by local hour, on a day of the mean week.
using HourlyCounts = std::array<double, 24>;

/// Counts of one road, or of all roads of a class: by class of vehicles, as VehicleTable::classes.
using RoadCounts = std::vector<HourlyCounts>;

/// Reads a table of counts: columns `road` (the id of a row of the inventory, or a class of roads), `hour` (0 to 23)
/// and vehicles per time of any classes, with units in the header, "car [h-1]"; classes without a column are not there.
/// Each road needs all 24 hours once. Throws InputError if the file cannot be read or its header is wrong; problems of
/// single fields go to `problems`.
std::map<std::string, RoadCounts> read_counts(const std::filesystem::path& file, const VehicleTable& vehicles,
                                              ProblemList& problems);

} // namespace tq
