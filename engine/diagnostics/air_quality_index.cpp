#include "diagnostics/air_quality_index.hpp"

#include "diagnostics/day_quality.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

double rounded(const StandardEdition::Scale& scale, double concentration) {
  // Half to even: the default rounding mode.
  return scale.rounding > 0 ? std::nearbyint(concentration / scale.rounding) * scale.rounding : concentration;
}

std::optional<int> individual_index(const StandardEdition& edition, const std::string& indicator, double concentration) {
  return individual_index(edition, edition.scales.at(indicator), concentration);
}

std::optional<int> individual_index(const StandardEdition& edition, const StandardEdition::Scale& scale,
                                    double concentration) {
  const std::vector<double>& b = scale.breakpoints;
  const double c = rounded(scale, std::max(concentration, 0.0));
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
  ByPollutant<std::span<const double>> of_standard;
  for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
    if (const auto found = hours.find(standard_pollutants[p]); found != hours.end()) {
      of_standard[p] = found->second;
    }
  }
  const DayQuality day = DayJudge(standards, edition, 2).of_hours(of_standard);
  if (!day.valid()) {
    return std::nullopt;
  }
  DailyIndex index{.index = day.index, .primary = {}};
  for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
    if ((day.primary >> p & 1U) != 0) {
      index.primary.emplace_back(standard_pollutants[p]);
    }
  }
  return index;
}

} // namespace tq
