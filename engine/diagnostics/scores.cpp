#include "diagnostics/scores.hpp"

#include "base/random.hpp"
#include "diagnostics/period_gathering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

namespace tq {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

double square(double x) { return x * x; }

} // namespace

std::optional<MeasurementUncertainty> measurement_uncertainty(const std::string& pollutant) {
  static const std::map<std::string, MeasurementUncertainty> known = {{"no2", {0.24, 0.20, 200e-9}},
                                                                      {"o3", {0.18, 0.79, 120e-9}},
                                                                      {"pm10", {0.28, 0.13, 50e-9}},
                                                                      {"pm2_5", {0.36, 0.30, 25e-9}}};
  const auto found = known.find(pollutant);
  return found == known.end() ? std::nullopt : std::optional(found->second);
}

namespace {

/// What one pair brings, with its logarithm taken once for all draws.
struct Pair {
  double observed = 0, modelled = 0;
  double log_ratio = 0; // ln O - ln P
};

Pair make_pair(double observed, double modelled, double threshold) {
  return {observed, modelled, std::log(std::max(observed, threshold)) - std::log(std::max(modelled, threshold))};
}

bool counts(double observed, double modelled) { return !std::isnan(observed) && !std::isnan(modelled); }

Scores score_pairs(std::span<const Pair> pairs, const std::optional<MeasurementUncertainty>& uncertainty) {
  Scores scores;
  scores.fill(none);
  if (pairs.empty()) {
    return scores;
  }
  const double n = double(pairs.size());
  double sum_o = 0, sum_p = 0, near = 0, logarithm = 0, logarithm_squared = 0, uncertain = 0;
  for (const Pair& pair : pairs) {
    sum_o += pair.observed;
    sum_p += pair.modelled;
    near += pair.modelled >= 0.5 * pair.observed && pair.modelled <= 2 * pair.observed ? 1 : 0;
    logarithm += pair.log_ratio;
    logarithm_squared += square(pair.log_ratio);
    if (uncertainty) {
      uncertain += square(uncertainty->relative) * ((1 - square(uncertainty->alpha)) * square(pair.observed) +
                                                    square(uncertainty->alpha * uncertainty->reference));
    }
  }
  const double mean_o = sum_o / n, mean_p = sum_p / n;
  double error = 0, spread = 0, vary_o = 0, vary_p = 0, together = 0;
  for (const Pair& pair : pairs) {
    const double o = pair.observed - mean_o, p = pair.modelled - mean_p;
    error += square(pair.modelled - pair.observed);
    spread += square(std::abs(pair.modelled - mean_o) + std::abs(o));
    vary_o += o * o;
    vary_p += p * p;
    together += o * p;
  }
  const auto ratio = [](double above, double below) { return below > 0 ? above / below : none; };
  scores[fb] = ratio(2 * (mean_o - mean_p), mean_o + mean_p);
  scores[nmse] = ratio(error / n, mean_o * mean_p);
  scores[mg] = std::exp(logarithm / n);
  scores[vg] = std::exp(logarithm_squared / n);
  scores[fac2] = near / n;
  scores[correlation] = ratio(together, std::sqrt(vary_o * vary_p));
  scores[ioa] = spread > 0 ? 1 - error / spread : none;
  scores[rmse] = std::sqrt(error / n);
  scores[mean_bias] = mean_p - mean_o;
  scores[mqi] = uncertainty ? ratio(scores[rmse], 2 * std::sqrt(uncertain / n)) : none;
  return scores;
}

} // namespace

Scores scores(std::span<const double> observed, std::span<const double> modelled, double threshold,
              const std::optional<MeasurementUncertainty>& uncertainty) {
  std::vector<Pair> pairs;
  for (std::size_t at = 0; at < observed.size(); ++at) {
    if (counts(observed[at], modelled[at])) {
      pairs.push_back(make_pair(observed[at], modelled[at], threshold));
    }
  }
  return score_pairs(pairs, uncertainty);
}

ScoreRange score_range(std::span<const double> observed, std::span<const double> modelled, std::span<const int> block,
                       double threshold, const std::optional<MeasurementUncertainty>& uncertainty, std::uint64_t seed,
                       int draws) {
  std::vector<Pair> pairs;
  std::vector<std::size_t> begins; // of each block
  int last = 0;
  for (std::size_t at = 0; at < block.size(); ++at) {
    if (counts(observed[at], modelled[at])) {
      if (pairs.empty() || block[at] != last) {
        begins.push_back(pairs.size());
      }
      last = block[at];
      pairs.push_back(make_pair(observed[at], modelled[at], threshold));
    }
  }
  const std::size_t blocks = begins.size();
  begins.push_back(pairs.size());
  std::vector<Scores> drawn(blocks > 0 ? std::size_t(draws) : 0);
#pragma omp parallel for schedule(static)
  for (std::size_t draw = 0; draw < drawn.size(); ++draw) { // each from its own counter: any number of threads
    RandomStream random(seed, 0, std::int64_t(draw));
    std::vector<Pair> sample;
    sample.reserve(pairs.size() + pairs.size() / 4);
    for (std::size_t n = 0; n < blocks; ++n) {
      const std::size_t chosen = std::size_t(random.uniform() * double(blocks));
      sample.insert(sample.end(), pairs.begin() + std::ptrdiff_t(begins[chosen]),
                    pairs.begin() + std::ptrdiff_t(begins[chosen + 1]));
    }
    drawn[draw] = score_pairs(sample, uncertainty);
  }
  std::array<std::vector<double>, score_count> seen;
  for (const Scores& scores : drawn) {
    for (std::size_t s = 0; s < score_count; ++s) {
      if (!std::isnan(scores[s])) {
        seen[s].push_back(scores[s]);
      }
    }
  }
  ScoreRange range;
  for (std::size_t s = 0; s < score_count; ++s) {
    std::sort(seen[s].begin(), seen[s].end());
    range.low[s] = percentile(seen[s], seen[s].size(), 2.5);
    range.high[s] = percentile(seen[s], seen[s].size(), 97.5);
  }
  return range;
}

} // namespace tq
