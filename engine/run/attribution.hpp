#pragma once
#include "config/schema.hpp"
#include "state/species.hpp"
#include "state/tracers.hpp"

#include <vector>

namespace tq {

/// What of the air is followed by tags (which tags: SourceGroups).
struct Attribution {
  std::vector<int> pollutants; // that the result tells by tag
  std::vector<bool> species;   // by species: true if it has tags
};

/// Declares attribution.pollutants.
void declare_attribution(config::Schema& schema);

/// Nothing where the scenario has no [attribution]. Ozone has no tags while it reacts (`photostationary`): what makes it
/// out of what is chemistry, not a share of a source; NO and NO2 then have them together, as they turn into each other.
Attribution read_attribution(const config::Settings& scenario, const SpeciesTable& table, bool photostationary,
                             ProblemList& problems);

/// The tracers of a scenario that make up each pollutant of each tag, [n * tags + tag - 1] with pollutant
/// `attribution.pollutants[n]`.
std::vector<std::vector<int>> tag_members(const Attribution& attribution, const SpeciesTable& table,
                                          const TracerSet& tracers, int tags, int scenario = 0);

} // namespace tq
