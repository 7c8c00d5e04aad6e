#pragma once
#include "base/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq::validation {

/// One row of samples.csv: what an exact solution has at a place and time. What is not given is NaN.
struct Sample {
  SourceLocation where; // of the value
  std::string name;     // of the case
  std::string params;   // "u=3.0*z^0.2 K=0.1*z^0.8 H=2.0"
  double x = 0, y = 0, z = 0, t = 0;
  double value = 0;
};

/// Reads samples.csv of a folder. Throws InputError with all problems.
std::vector<Sample> read_samples(const std::filesystem::path& folder);

/// The number that follows `key` at the beginning of a word of the parameters, or that follows `key` inside the word
/// which begins with `word` (as "*z^" in the word "u="). Throws InputError where there is none, or where it is below
/// `least`.
double parameter(const Sample& sample, const std::string& key, double least = 0);
double parameter(const Sample& sample, const std::string& word, const std::string& key, double least = 0);

/// The least that is taken for what must be above 0.
inline constexpr double above_zero = 1e-12;

} // namespace tq::validation
