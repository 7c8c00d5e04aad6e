#include "diagnostics/day_gathering.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace tq {

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t pollutants = standard_pollutants.size();

} // namespace

Instant start_of_day(const TimeZone& zone, Instant instant) {
  CivilTime civil = zone.to_civil(instant);
  civil.hour = civil.minute = civil.second = 0;
  return zone.to_instant(civil);
}

Instant end_of_day(const TimeZone& zone, Instant day) {
  return start_of_day(zone, day + (most_hours_of_day + 1) * seconds_per_hour);
}

DayGathering::DayGathering(const Standards& standards, const TimeZone& zone, std::vector<int> function_class, Sink sink,
                           const std::string& edition)
    : standards_(standards), zone_(zone), function_class_(std::move(function_class)), sink_(std::move(sink)),
      edition_(edition), hours_(function_class_.size() * pollutants * most_hours_of_day, gap),
      days_(function_class_.size()) {
  standards_.choose(edition_, 0);
}

void DayGathering::add(Instant hour, std::span<const double> values) {
  if (values.size() != places() * pollutants) {
    throw std::logic_error("one value per pollutant and place is needed");
  }
  if (day_ != next_day_ && hour <= last_hour_) {
    throw std::logic_error("hours must rise");
  }
  if (hour >= next_day_ || day_ == next_day_) {
    finish();
    day_ = start_of_day(zone_, hour);
    next_day_ = end_of_day(zone_, day_);
  }
  last_hour_ = hour;
  const std::size_t at = std::size_t((hour - day_) / seconds_per_hour);
  for (std::size_t p = 0; p < pollutants; ++p) {
    for (std::size_t n = 0; n < places(); ++n) {
      hours_[(n * pollutants + p) * most_hours_of_day + at] = values[p * places() + n];
    }
  }
}

void DayGathering::finish() {
  if (day_ == next_day_) {
    return;
  }
  const StandardEdition& edition = standards_.choose(edition_, day_);
  const std::array judges = {DayJudge(standards_, edition, 1), DayJudge(standards_, edition, 2)};
  const std::size_t length = std::size_t((next_day_ - day_) / seconds_per_hour);
  for (std::size_t n = 0; n < places(); ++n) {
    ByPollutant<std::span<const double>> hours;
    for (std::size_t p = 0; p < pollutants; ++p) {
      hours[p] = {&hours_[(n * pollutants + p) * most_hours_of_day], length};
    }
    days_[n] = judges[function_class_[n] == 1 ? 0 : 1].of_hours(hours);
  }
  std::fill(hours_.begin(), hours_.end(), gap);
  const Instant day = std::exchange(day_, next_day_);
  sink_(day, days_);
}

void DayGathering::serialise(Archive& archive) {
  archive("day_gathering.day", day_);
  archive("day_gathering.next_day", next_day_);
  archive("day_gathering.last_hour", last_hour_);
  if (day_ != next_day_) { // else they are all gaps
    archive("day_gathering.hours", std::span(hours_));
  }
}

} // namespace tq
