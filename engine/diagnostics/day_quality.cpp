#include "diagnostics/day_quality.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace tq {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::size_t place_of(const std::string& pollutant) {
  const auto found = std::find(standard_pollutants.begin(), standard_pollutants.end(), pollutant);
  if (found == standard_pollutants.end()) {
    throw std::logic_error("the daily index holds a pollutant that is not of the standard: " + pollutant);
  }
  return std::size_t(found - standard_pollutants.begin());
}

} // namespace

int DayQuality::quality() const {
  constexpr std::array upper = {50, 100, 150, 200, 300};
  return valid() ? 1 + int(std::lower_bound(upper.begin(), upper.end(), index) - upper.begin()) : 0;
}

const char* quality_name(int quality) {
  constexpr std::array names = {"excellent", "good", "light", "moderate", "heavy", "severe"};
  return names.at(std::size_t(quality - 1));
}

DayJudge::DayJudge(const Standards& standards, const StandardEdition& edition, int function_class)
    : standards_(standards), edition_(edition) {
  for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
    const std::string pollutant = standard_pollutants[p];
    const std::string& daily = standards.evaluation(pollutant).daily;
    eight_hours_[p] = daily == "8h";
    limit_[p] = edition.limit(pollutant + "_" + daily, function_class);
    judged_scale_[p] = &edition.scales.at(pollutant + "_" + daily);
  }
  for (const std::string& name : edition.daily) {
    const std::size_t split = name.rfind('_');
    const std::size_t p = place_of(name.substr(0, split));
    const std::string period = name.substr(split + 1);
    indicators_.push_back({p,
                           period == "24h"  ? &DayQuality::mean
                           : period == "8h" ? &DayQuality::judged
                                            : &DayQuality::maximum,
                           &edition.scales.at(name)});
  }
}

DayQuality DayJudge::of_hours(const ByPollutant<std::span<const double>>& hours) const {
  DayQuality day;
  for (std::size_t p = 0; p < hours.size(); ++p) {
    day.mean[p] = daily_mean(standards_, hours[p]).value_or(none);
    day.maximum[p] = daily_maximum(hours[p]).value_or(none);
    day.judged[p] = eight_hours_[p] ? daily_maximum_8h(standards_, hours[p], limit_[p]).value_or(none) : day.mean[p];
  }
  judge(day);
  return day;
}

DayQuality DayJudge::of_stations(std::span<const DayQuality> stations) const {
  DayQuality city;
  for (const auto value : {&DayQuality::mean, &DayQuality::maximum, &DayQuality::judged}) {
    for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
      double sum = 0;
      int count = 0;
      for (const DayQuality& station : stations) {
        if (!std::isnan((station.*value)[p])) {
          sum += (station.*value)[p];
          ++count;
        }
      }
      const bool enough = count > 0 && count >= standards_.share_of_stations() * double(stations.size());
      (city.*value)[p] = enough ? sum / count : none;
    }
  }
  judge(city);
  return city;
}

void DayJudge::judge(DayQuality& day) const {
  constexpr double slack = 1e-9; // limits in kg m-3 are not exact in binary
  day.individual.fill(-1);
  bool complete = true;
  for (const Indicator& indicator : indicators_) {
    const double value = (day.*indicator.value)[indicator.pollutant];
    if (std::isnan(value)) {
      complete = false;
    } else if (const auto index = individual_index(edition_, *indicator.scale, value)) {
      day.individual[indicator.pollutant] = std::max(day.individual[indicator.pollutant], *index);
    }
  }
  day.index = complete ? std::max(0, *std::max_element(day.individual.begin(), day.individual.end())) : -1;
  for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
    if (day.valid() && day.index > 50 && day.individual[p] == day.index) {
      day.primary |= 1U << p;
    }
    if (rounded(*judged_scale_[p], day.judged[p]) > limit_[p] * (1 + slack)) { // false for NaN
      day.exceeded |= 1U << p;
    }
  }
}

} // namespace tq
