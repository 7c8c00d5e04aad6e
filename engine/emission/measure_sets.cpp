#include "emission/measure_sets.hpp"

#include <algorithm>

namespace tq {

void MeasureSets::build(std::vector<Source>& sources, const std::vector<Measure>& measures) {
  std::vector<std::vector<std::size_t>> of_source(sources.size());
  for (std::size_t m = 0; m < measures.size(); ++m) {
    for (const std::size_t s : measures[m].sources) {
      of_source[s].push_back(m);
    }
  }
  std::map<std::tuple<std::vector<std::size_t>, std::string, bool>, std::size_t> known;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    for (Stream& stream : sources[s].streams) {
      Set set{{}, stream.variant, sources[s].proposed};
      std::copy_if(of_source[s].begin(), of_source[s].end(), std::back_inserter(set.members),
                   [&](std::size_t m) { return measures[m].selects_part(stream.part); });
      const auto [found, fresh] = known.emplace(std::tuple(set.members, set.variant, set.proposed), sets_.size());
      if (fresh) {
        sets_.push_back(std::move(set));
      }
      stream.measures = found->second;
    }
  }
}

void MeasureSets::factors_of(std::size_t index, const std::vector<Measure>& measures, const std::vector<bool>& active,
                             std::size_t species, double* result) const {
  const Set& set = sets_[index];
  std::fill_n(result, species, 1.0);
  double kept = 1; // of things as they are, beside what is replaced by this set's variant
  bool added = !set.proposed;
  for (const std::size_t m : set.members) {
    if (!active[m]) {
      continue;
    }
    const Measure& measure = measures[m];
    added = added || measure.kind == "add";
    if (!set.variant.empty() && measure.kind == "replace") {
      kept *= measure.variant == set.variant ? 1.0 - measure.coverage * measure.compliance : 1.0;
      continue;
    }
    for (std::size_t n = 0; n < species; ++n) {
      result[n] *= measure.factor[n];
    }
  }
  const double weight = (added ? 1.0 : 0.0) * (set.variant.empty() ? 1.0 : 1.0 - kept);
  if (weight != 1.0) {
    for (std::size_t n = 0; n < species; ++n) {
      result[n] *= weight;
    }
  }
}

void MeasureSets::factors(const std::vector<Measure>& measures, const std::vector<bool>& active, std::size_t species,
                          std::vector<double>& result) const {
  result.resize(sets_.size() * species);
  for (std::size_t set = 0; set < sets_.size(); ++set) {
    factors_of(set, measures, active, species, result.data() + set * species);
  }
}

} // namespace tq
