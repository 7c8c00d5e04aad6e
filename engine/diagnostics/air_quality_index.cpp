#include "diagnostics/air_quality_index.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

std::optional<int> individual_index(const StandardEdition& edition, const std::string& indicator, double concentration) {
  const StandardEdition::Scale& scale = edition.scales.at(indicator);
  const std::vector<double>& b = scale.breakpoints;
  double c = std::max(concentration, 0.0);
  if (scale.rounding > 0) {
    c = std::nearbyint(c / scale.rounding) * scale.rounding; // half to even: the default rounding mode
  }
  // Breakpoints in kg m-3 are not exact in binary: what lies within 1e-9 of a whole index counts as whole.
  constexpr double slack = 1e-9;
  if (c > b.back() * (1 + slack)) {
    return scale.open ? std::nullopt : std::optional<int>(int(edition.index[b.size() - 1]));
  }
  std::size_t upper = 1;
  while (upper + 1 < b.size() && c > b[upper]) {
    ++upper;
  }
  const double low = edition.index[upper - 1], high = edition.index[upper];
  return int(std::ceil((high - low) * (c - b[upper - 1]) / (b[upper] - b[upper - 1]) + low - slack));
}

namespace {

struct Mean {
  double sum = 0;
  int count = 0;
};

Mean mean_of(std::span<const double> values) {
  Mean mean;
  for (const double value : values) {
    if (!std::isnan(value)) {
      mean.sum += value;
      ++mean.count;
    }
  }
  return mean;
}

} // namespace

std::optional<double> daily_mean(const Standards& standards, std::span<const double> hours) {
  const Mean mean = mean_of(hours);
  return mean.count < standards.hours_in_24() ? std::nullopt : std::optional(mean.sum / mean.count);
}

std::optional<double> daily_maximum(std::span<const double> hours) {
  std::optional<double> largest;
  for (const double value : hours) {
    if (!std::isnan(value) && !(largest && *largest >= value)) {
      largest = value;
    }
  }
  return largest;
}

std::optional<double> daily_maximum_8h(const Standards& standards, std::span<const double> hours, double limit) {
  std::vector<double> means;
  for (std::size_t end = 8; end <= hours.size(); ++end) {
    const Mean mean = mean_of(hours.subspan(end - 8, 8));
    if (mean.count >= standards.hours_in_8()) {
      means.push_back(mean.sum / mean.count);
    }
  }
  const std::optional<double> largest = daily_maximum(means);
  return int(means.size()) >= standards.means_of_8() || (largest && *largest > limit) ? largest : std::nullopt;
}

std::optional<DailyIndex> daily_index(const Standards& standards, const StandardEdition& edition,
                                      const std::map<std::string, std::vector<double>>& hours) {
  DailyIndex day;
  std::vector<std::pair<std::string, int>> indices;
  for (const std::string& indicator : edition.daily) {
    const std::size_t split = indicator.rfind('_');
    const std::string pollutant = indicator.substr(0, split), period = indicator.substr(split + 1);
    const auto found = hours.find(pollutant);
    if (found == hours.end()) {
      return std::nullopt;
    }
    const std::optional<double> value =
        period == "24h"  ? daily_mean(standards, found->second)
        : period == "8h" ? daily_maximum_8h(standards, found->second, edition.limits.at(indicator).class_2)
                         : daily_maximum(found->second);
    if (!value) {
      return std::nullopt;
    }
    if (const auto index = individual_index(edition, indicator, *value)) {
      indices.emplace_back(pollutant, *index);
      day.index = std::max(day.index, *index);
    }
  }
  for (const auto& [pollutant, index] : indices) {
    if (index == day.index && index > 50 &&
        std::find(day.primary.begin(), day.primary.end(), pollutant) == day.primary.end()) {
      day.primary.push_back(pollutant);
    }
  }
  return day;
}

} // namespace tq
