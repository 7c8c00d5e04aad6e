#pragma once
/// What uncertain inputs make of results: drawn many times over, as multiples of what tags bring.

#include "diagnostics/uncertainty.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tq {

/// A figure and what its uncertain inputs leave open.
struct Range {
  double low = 0;     // 10 % of the samples lie below
  double central = 0; // with all inputs as they are stated
  double high = 0;    // 10 % of the samples lie above
};

/// Two that overlap cannot be told apart.
inline bool overlap(const Range& a, const Range& b) {
  return a.low <= b.high && b.low <= a.high;
}

/// `central` stands as it is. NaN ends without values.
Range range_of(std::vector<double> values, double central);

/// How often and with which random numbers uncertain inputs are drawn.
struct SampleOptions {
  std::size_t samples = 200;
  std::uint64_t seed = 1;
};

inline constexpr std::size_t fewest_samples = 10, most_samples = 100000;

/// Latin hypercube: of each input every one of the `samples` equal parts of [0, 1) is drawn once, in an order of its
/// own; the place within the part is random. McKay, Beckman and Conover (1979), Technometrics 21, 239-245. A pure
/// function of the seed; an input's draws do not depend on how many inputs there are.
class LatinHypercube {
 public:
  LatinHypercube(const SampleOptions& options, std::size_t inputs);

  std::size_t samples() const { return samples_; }
  /// In (0, 1).
  double at(std::size_t sample, std::size_t input) const { return draws_[input * samples_ + sample]; }

 private:
  std::size_t samples_;
  std::vector<double> draws_; // [input * samples + sample]
};

/// The multiple below which the share `u` of all lies: as often below 1 as above, on either side evenly in its
/// logarithm between 1 and the end, so 0 < low <= 1 <= high. What is stated stays the median, and half and twice are as
/// likely.
double split_log_uniform(double u, double low, double high);

/// The same, evenly in the multiple itself, so 0 <= low: of efficiencies, which act on emission linearly.
double split_uniform(double u, double low, double high);

/// Multiples of what each tag brings of one pollutant.
struct SampledTags {
  std::size_t samples = 0, tags = 0;
  std::vector<double> multiple; // [sample * tags + tag]
};

/// `tags`: ids, as /attribution/tag_id of a result. An uncertainty is one draw for all tags and pollutants that it
/// names, and the same in every call with these options, so runs that differ in their measures can be held against each
/// other. Where several name a tag, their multiples multiply. Without uncertainties: all 1.
SampledTags sample_tags(const std::vector<Uncertainty>& uncertainties, const std::vector<std::string>& tags,
                        const std::string& pollutant, const SampleOptions& options);

/// Ranges of sums over the tags of multiple x value, by place. `values`: [tag * places + place], any unit; differences
/// of two runs give the range of their difference.
std::vector<Range> ranges_of_sums(const SampledTags& sampled, std::span<const double> values, std::size_t places);

} // namespace tq
