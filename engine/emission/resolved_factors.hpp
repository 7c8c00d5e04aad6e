#pragma once
#include "emission/inventory.hpp"
#include "emission/measure_sets.hpp"

#include <set>
#include <string>
#include <vector>

namespace tq {

/// What measures make of a group of sources: those of a sector on which the same measures act in the same way.
struct ResolvedFactor {
  std::vector<std::string> measures; // ids: of one, or of several that act together
  std::string sector;
  std::string part;           // of a source, where a measure tells parts apart; "" for all of it
  std::string fleet;          // of roads, where a measure changes vehicles; else ""
  std::string variant;        // that a measure turns sources to; "" for sources as they are
  int sources = 0;            // in the group
  std::vector<double> factor; // on what they emit, per emitted species; 1 where it stays
};

/// Each measure alone on all that it selects, and measures together on sources on which more than one of them acts, for
/// each of the combinations `active` (by measure) that occur in the run. What stays as it is without measures (factor
/// 1; 0 of variants and proposed sources) is left out. In order of measures, then by name.
std::vector<ResolvedFactor> resolve_factors(const Inventory& inventory, const std::vector<Measure>& measures,
                                            const MeasureSets& sets, const std::set<std::vector<bool>>& active,
                                            std::size_t species);

} // namespace tq
