#pragma once
#include "config/schema.hpp"
#include "state/species.hpp"

#include <vector>

namespace tq {

/// Declares `background.*`.
void declare_background(config::Schema& schema);

/// Mixing ratio [kg kg-1] of each species in the air outside, the same at all heights. Backgrounds are stated per
/// pollutant in ug m-3: gases at 298.15 K and 1013.25 hPa, particles in the reference air of `surface_density`
/// [kg m-3]. PM is cumulative and differenced into bins; pm2_5 <= pm10 <= tsp is checked of those that are given,
/// and one that is not adds nothing to what it includes.
std::vector<double> read_background(const config::Settings& scenario, const SpeciesTable& species,
                                    double surface_density, ProblemList& problems);

} // namespace tq
