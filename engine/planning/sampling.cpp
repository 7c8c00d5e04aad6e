#include "planning/sampling.hpp"

#include "base/random.hpp"
#include "diagnostics/period_gathering.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

namespace {

enum Purpose : std::uint64_t { order_of_parts = 0x1a71, place_in_part = 0x1a72 };

constexpr double lowest_percent = 10, highest_percent = 90;

} // namespace

Range range_of(std::vector<double> values, double central) {
  std::sort(values.begin(), values.end());
  return {percentile(values, values.size(), lowest_percent), central,
          percentile(values, values.size(), highest_percent)};
}

LatinHypercube::LatinHypercube(const SampleOptions& options, std::size_t inputs) : samples_(options.samples) {
  std::vector<std::size_t> part(samples_);
  for (std::size_t input = 0; input < inputs; ++input) {
    RandomStream order(options.seed, Purpose::order_of_parts, std::int64_t(input));
    RandomStream place(options.seed, Purpose::place_in_part, std::int64_t(input));
    fill_shuffled(part, order);
    for (std::size_t sample = 0; sample < samples_; ++sample) {
      const double within = std::max(place.uniform(), 0x1.0p-53); // 0 has no quantile
      draws_.push_back((double(part[sample]) + within) / double(samples_));
    }
  }
}

double split_log_uniform(double u, double low, double high) {
  return u < 0.5 ? std::pow(low, 1 - 2 * u) : std::pow(high, 2 * u - 1);
}

double split_uniform(double u, double low, double high) {
  return u < 0.5 ? 1 - (1 - low) * (1 - 2 * u) : 1 + (high - 1) * (2 * u - 1);
}

SampledTags sample_tags(const std::vector<Uncertainty>& uncertainties, const std::vector<std::string>& tags,
                        const std::string& pollutant, const SampleOptions& options) {
  const LatinHypercube draws(options, uncertainties.size());
  SampledTags sampled{options.samples, tags.size(), std::vector<double>(options.samples * tags.size(), 1.0)};
  for (std::size_t input = 0; input < uncertainties.size(); ++input) {
    const Uncertainty& one = uncertainties[input];
    for (std::size_t tag = 0; tag < tags.size(); ++tag) {
      for (std::size_t sample = 0; one.names(tags[tag], pollutant) && sample < sampled.samples; ++sample) {
        sampled.multiple[sample * sampled.tags + tag] *= split_log_uniform(draws.at(sample, input), one.low, one.high);
      }
    }
  }
  return sampled;
}

std::vector<Range> ranges_of_sums(const SampledTags& sampled, std::span<const double> values, std::size_t places) {
  std::vector<Range> ranges;
  for (std::size_t place = 0; place < places; ++place) {
    double central = 0;
    for (std::size_t tag = 0; tag < sampled.tags; ++tag) {
      central += values[tag * places + place];
    }
    std::vector<double> sums(sampled.samples, 0.0);
    for (std::size_t sample = 0; sample < sampled.samples; ++sample) {
      for (std::size_t tag = 0; tag < sampled.tags; ++tag) {
        sums[sample] += sampled.multiple[sample * sampled.tags + tag] * values[tag * places + place];
      }
    }
    ranges.push_back(range_of(std::move(sums), central));
  }
  return ranges;
}

} // namespace tq
