#include "emission/measure_sets.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace tq {

void MeasureSets::build(std::vector<Source>& sources, const std::vector<Measure>& measures,
                        const EmittedSpecies& species) {
  species_ = std::size_t(species.count());
  if (std::any_of(measures.begin(), measures.end(), [](const Measure& m) { return !m.control.empty(); })) {
    combinations_ = combined_efficiencies(species);
  }
  std::vector<std::vector<std::size_t>> of_source(sources.size());
  for (std::size_t m = 0; m < measures.size(); ++m) {
    for (const std::size_t s : measures[m].sources) {
      of_source[s].push_back(m);
    }
  }
  std::map<std::tuple<std::vector<Member>, std::string, bool>, std::size_t> known;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    for (Stream& stream : sources[s].streams) {
      Set set{{}, stream.variant, sources[s].proposed};
      for (const std::size_t m : of_source[s]) {
        if (const std::optional<std::size_t> facet = measures[m].facet(sources[s], stream.part)) {
          set.members.push_back({m, *facet});
        }
      }
      const auto [found, fresh] = known.emplace(std::tuple(set.members, set.variant, set.proposed), sets_.size());
      if (fresh) {
        sets_.push_back(std::move(set));
      }
      stream.measures = found->second;
    }
  }
}

void MeasureSets::factors_of(std::size_t index, const std::vector<Measure>& measures, const std::vector<bool>& active,
                             double* result) const {
  const Set& set = sets_[index];
  std::fill_n(result, species_, 1.0);
  double kept = 1, turned = 0; // shares left as things are, and turned to this set's variant, by replacements in order
  bool added = !set.proposed;
  for (const Member& member : set.members) {
    const Measure& measure = measures[member.measure];
    if (!active[member.measure]) {
      continue;
    }
    added = added || measure.kind == "add";
    if (!set.variant.empty() && measure.kind == "replace") {
      const double share = measure.coverage * measure.compliance;
      turned += measure.variant == set.variant ? kept * share : 0.0;
      kept *= 1.0 - share;
      continue;
    }
    const std::vector<double>& factor = measure.facets[member.facet].factor;
    for (std::size_t n = 0; n < species_; ++n) {
      result[n] *= factor[n];
    }
  }
  combine(set, measures, active, result);
  const double weight = (added ? 1.0 : 0.0) * (set.variant.empty() ? 1.0 : turned);
  if (weight != 1.0) {
    for (std::size_t n = 0; n < species_; ++n) {
      result[n] *= weight;
    }
  }
}

void MeasureSets::combine(const Set& set, const std::vector<Measure>& measures, const std::vector<bool>& active,
                          double* result) const {
  std::vector<std::string> counted; // each control is counted in one combination
  for (const CombinedEfficiency& combination : combinations_) {
    const auto with = [&](const std::string& control) -> const Measure* {
      for (const Member& member : set.members) {
        if (active[member.measure] && measures[member.measure].control == control &&
            std::find(counted.begin(), counted.end(), control) == counted.end()) {
          return &measures[member.measure];
        }
      }
      return nullptr;
    };
    const Measure* first = with(combination.first);
    const Measure* second = with(combination.second);
    if (first == nullptr || second == nullptr) {
      continue;
    }
    counted.insert(counted.end(), {combination.first, combination.second});
    const double share_1 = first->coverage * first->compliance, share_2 = second->coverage * second->compliance;
    for (std::size_t n = 0; n < species_; ++n) {
      if (combination.efficiency[n] < 0) {
        continue; // not in the table
      }
      const double one = first->efficiency[n], other = second->efficiency[n];
      if (one == 0 || other == 0) {
        continue; // one of them leaves this species alone
      }
      const double product = (1.0 - one * share_1) * (1.0 - other * share_2);
      const double both = share_1 * share_2 * ((1.0 - combination.efficiency[n]) - (1.0 - one) * (1.0 - other));
      result[n] *= product > 0 ? (product + both) / product : 1.0;
    }
  }
}

void MeasureSets::factors(const std::vector<Measure>& measures, const std::vector<bool>& active,
                          std::vector<double>& result) const {
  result.resize(sets_.size() * species_);
  for (std::size_t set = 0; set < sets_.size(); ++set) {
    factors_of(set, measures, active, result.data() + set * species_);
  }
}

} // namespace tq
