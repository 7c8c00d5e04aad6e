#include "planning/compare_ranges.hpp"
#include "planning/rank.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

namespace {

constexpr double micrograms = 1e9; // ug per kg

/// Between the ends of a figure, evenly on either side of what is stated.
double between(const MeasureFacts::Range& range, double draw) {
  return draw < 0.5 ? range.central - (range.central - range.low) * (1 - 2 * draw)
                    : range.central + (range.high - range.central) * (2 * draw - 1);
}

/// Ends of a figure, by rising values.
Range sorted(double central, double one, double other) {
  return {std::min({central, one, other}), central, std::max({central, one, other})};
}

/// A cost per gain. What is gained per cost has a range in any case: where its low end gains nothing, the cost per gain
/// has no upper end.
Range inverse(const Range& gain_per_cost) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {gain_per_cost.high > 0 ? 1 / gain_per_cost.high : infinity, 1 / gain_per_cost.central,
          gain_per_cost.low > 0 ? 1 / gain_per_cost.low : infinity};
}

} // namespace

void add_effects(const RunResult& base, const SampledChanges& sampled, RunResult& run) {
  for (const auto& [currency, total] : run.cost) {
    const auto found = base.cost.find(currency);
    const Cost of_base = found == base.cost.end() ? Cost{} : found->second;
    const MeasureFacts::Range cost{total.period.central - of_base.period.central, total.period.low - of_base.period.low,
                                   total.period.high - of_base.period.high};
    CostEffect& effect = run.effect[currency];
    effect.cost = sorted(cost.central, cost.low, cost.high);
    effect.capital = total.capital - of_base.capital;
    const int days = run.places[0].good_days - base.places[0].good_days;
    effect.per_good_day =
        days > 0 ? Range{effect.cost.low / days, effect.cost.central / days, effect.cost.high / days} : no_range;
    for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
      const double gain = (base.places[0].mean[p] - run.places[0].mean[p]) * micrograms;
      if (!(gain > 0)) {
        effect.per_microgram[p] = no_range;
      } else if (sampled.of_city[p].empty() || !(effect.cost.low > 0)) {
        effect.per_microgram[p] = {effect.cost.low / gain, effect.cost.central / gain, effect.cost.high / gain};
      } else {
        std::vector<double> gains;
        for (std::size_t s = 0; s < sampled.draws.size(); ++s) {
          gains.push_back(-sampled.of_city[p][s] * micrograms / between(cost, sampled.draws[s]));
        }
        effect.per_microgram[p] = inverse(range_of(std::move(gains), gain / cost.central));
      }
    }
  }
}

bool is_rank_kind(const std::string& by) {
  return by == "good_days" ||
         std::find(compared_pollutants.begin(), compared_pollutants.end(), by) != compared_pollutants.end();
}

std::vector<RankedStrategy> rank_strategies(const Comparison& comparison, const std::string& by) {
  const auto p =
      std::size_t(std::find(compared_pollutants.begin(), compared_pollutants.end(), by) - compared_pollutants.begin());
  const bool by_days = p == compared_pollutants.size();
  std::vector<RankedStrategy> all;
  for (std::size_t n = 1; n < comparison.runs.size(); ++n) {
    const auto& effects = comparison.runs[n].effect;
    RankedStrategy strategy{.run = n, .rank = 0, .currency = {}, .cost = no_range, .reason = {}};
    if (effects.size() != 1) {
      strategy.reason = effects.empty() ? "states no cost" : "states costs in several currencies";
    } else {
      const CostEffect& effect = effects.begin()->second;
      strategy.currency = effects.begin()->first;
      strategy.cost = by_days ? effect.per_good_day : effect.per_microgram[p];
      if (std::isnan(strategy.cost.central)) {
        strategy.reason = by_days ? "gains no good day in the city" : "does not lower the city's mean";
      }
    }
    all.push_back(strategy);
  }
  for (RankedStrategy& one : all) {
    std::vector<Range> costs; // NaN where there is nothing to hold against this one
    for (const RankedStrategy& other : all) {
      costs.push_back(other.currency == one.currency ? other.cost : no_range);
    }
    one.rank = ranks(costs)[std::size_t(&one - all.data())];
  }
  std::stable_sort(all.begin(), all.end(), [](const RankedStrategy& a, const RankedStrategy& b) {
    if (a.reason.empty() != b.reason.empty()) {
      return a.reason.empty();
    }
    return a.reason.empty() && std::pair(a.currency, a.cost.central) < std::pair(b.currency, b.cost.central);
  });
  return all;
}

} // namespace tq
