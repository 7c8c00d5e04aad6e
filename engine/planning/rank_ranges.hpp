#pragma once
#include "planning/hours_asked.hpp"
#include "planning/sampling.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq {

/// Reads a file of [[uncertainty]] tables. Throws InputError.
std::vector<Uncertainty> read_uncertainty_file(const std::filesystem::path& file);

/// Gathers what tags bring to the places that are ranked, of one or two results, and makes ranges of its sums.
class TagSums {
 public:
  /// `of`: "cell", "unit" or "district"; `ids`: of the places, in the order of the ranges.
  TagSums(std::string of, std::string pollutant, std::vector<std::string> ids);

  /// Adds `sign` times what the tags of a result bring to each place, mean over its area and the hours. Throws
  /// InputError: no tags, or none of the pollutant.
  void add_level(const ResultFacts& facts, const HourRange& hours, double sign);
  /// Adds what the place's own sources bring to the city's mean.
  void add_own(const ResultFacts& facts, const HourRange& hours);

  /// By place. A tag that two results have is one and the same in every sample. Throws InputError: an uncertainty that
  /// names no tag.
  std::vector<Range> ranges(const std::filesystem::path& file, const SampleOptions& options) const;

 private:
  /// One more tag; returns what it brings to each place, 0 so far.
  double* add_tag(const std::string& id);

  std::string of_, pollutant_;
  std::vector<std::string> ids_, tags_;
  std::vector<double> values_; // kg m-3, [tag * places + place]
};

} // namespace tq
