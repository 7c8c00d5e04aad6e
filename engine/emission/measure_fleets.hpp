#pragma once
#include "emission/measures.hpp"

#include <vector>

namespace tq {

/// Declares measure[].fleet: what becomes of the fleets of the selected roads (FleetChange, by classes of vehicles).
void declare_measure_fleets(config::Schema& schema);

/// Factors of a measure on the sources that it selects, where the fleet of each lives on as `fleet` of its item says,
/// which has a year: a facet for each fleet and part of streams that the measure concerns (fleet_factors). All problems
/// go to `problems`.
std::vector<Measure::Facet> fleet_facets(const config::Settings& item, const Measure& measure,
                                         const std::vector<Source>& sources, const EmittedSpecies& species,
                                         ProblemList& problems);

} // namespace tq
