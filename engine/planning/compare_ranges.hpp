#pragma once
#include "planning/compare.hpp"

namespace tq {

/// Changes of the city's mean in every sample, beside those of the cost; empty where ranges are not known.
struct SampledChanges {
  std::vector<double> draws;               // in (0, 1): where between their ends the efficiencies lie, by sample
  ByCompared<std::vector<double>> of_city; // kg m-3
};

/// Sets the ranges of `run`'s means and changes where both results have tags of a pollutant and something is uncertain:
/// `uncertainties`, or the efficiencies of measures. Adds notes that say of what no range is known, and why.
/// `city_weight`: shares of management cells in the city's mean.
SampledChanges add_ranges(const ResultFacts& base_facts, const ResultFacts& run_facts, const RunResult& base,
                          const std::vector<double>& city_weight, const Standards& standards,
                          const CompareOptions& options, RunResult& run);

/// Sets what `run` costs above the base and, by that, its gains.
void add_effects(const RunResult& base, const SampledChanges& sampled, RunResult& run);

} // namespace tq
