#include "run/quality_record.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <limits>
#include <numeric>
#include <utility>

namespace tq {

namespace {

/// What holds on the run's days: each text, with the civil date from which it holds if another was before it.
template <class TextAt> std::string in_force(const Case& c, TextAt text_at) {
  std::string all, last;
  for (Instant day = start_of_day(c.zone, c.start); day < c.end; day = end_of_day(c.zone, day)) {
    const std::string text = text_at(day);
    if (text != last) {
      const CivilTime civil = c.zone.to_civil(day);
      all +=
          last.empty() ? text : fmt::format("; from {:04}-{:02}-{:02}: {}", civil.year, civil.month, civil.day, text);
      last = text;
    }
  }
  return all;
}

} // namespace

QualityRecord::QualityRecord(const Case& c)
    : case_(c), standards_(Standards::load()), pollutants_(result_pollutants(c.species)),
      places_(c.grid->management, c.receptors, c.grid->grid),
      days_(standards_, c.zone, places_.function_classes(),
            [this](Instant day, std::span<const DayQuality> places) { take_day(day, places); }),
      periods_(standards_, c.zone, c.start, c.end, places_.count()), order_(periods_.periods().size()),
      values_(standard_pollutants.size() * places_.count(), std::numeric_limits<double>::quiet_NaN()) {
  std::iota(order_.begin(), order_.end(), 0);
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::size_t a, std::size_t b) { return periods_.periods()[a].end < periods_.periods()[b].end; });
  for (const char* id : standard_pollutants) {
    pollutant_.push_back(c.species.find_pollutant(id));
  }
}

ResultQualityHeader QualityRecord::header() const {
  ResultQualityHeader header;
  header.places = places_.named();
  for (const std::size_t at : order_) {
    header.periods.push_back(periods_.periods()[at]);
  }
  header.editions = in_force(case_, [&](Instant day) { return standards_.edition(day).id; });
  header.reference_state = in_force(case_, [&](Instant day) { return standards_.reference_state(day).text(); });
  for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
    header.percentile[p] = standards_.evaluation(standard_pollutants[p]).percentile;
  }
  return header;
}

ResultQuality QualityRecord::add(const ResultHour& hour) {
  const ReferenceState& state = standards_.reference_state(hour.start);
  const Grid& grid = case_.grid->grid;
  const std::size_t plane = std::size_t(grid.nx()) * std::size_t(grid.ny());
  for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
    if (pollutant_[p] >= 0) {
      const std::size_t of_run = std::size_t(pollutant_[p]);
      places_.apply(std::span(hour.concentration).subspan(of_run * plane, plane), pollutants_[of_run].particle, state,
                    std::span(values_).subspan(p * places_.count(), places_.count()));
    }
  }
  days_.add(hour.start, values_);
  if (start_of_day(case_.zone, hour.end) == hour.end) {
    days_.finish();
    while (ended_ < order_.size() && periods_.periods()[order_[ended_]].end <= hour.end) {
      end_period();
    }
  }
  return std::exchange(ready_, {});
}

ResultQuality QualityRecord::finish() {
  days_.finish();
  while (ended_ < order_.size()) {
    end_period();
  }
  return std::exchange(ready_, {});
}

void QualityRecord::take_day(Instant day, std::span<const DayQuality> places) {
  periods_.add(day, places);
  const CivilTime civil = case_.zone.to_civil(day);
  const auto named = places.first(places_.named().size());
  ready_.days.push_back({.start = day,
                         .end = end_of_day(case_.zone, day),
                         .date = civil.year * 10000 + civil.month * 100 + civil.day,
                         .places = {named.begin(), named.end()}});
  if (places_.city() < places_.count() && places[places_.city()].index > largest_index_) {
    largest_index_ = places[places_.city()].index;
    largest_day_ = day;
  }
}

void QualityRecord::end_period() {
  const std::size_t at = order_[ended_++];
  ResultPeriod& period = ready_.periods.emplace_back();
  for (std::size_t n = 0; n < places_.count(); ++n) {
    (n < places_.named().size() ? period.places : period.grid).push_back(periods_.quality(at, n));
  }
  if (periods_.periods()[at].kind != Period::Kind::whole) {
    periods_.release(at);
  }
}

void QualityRecord::serialise(Archive& archive) {
  days_.serialise(archive);
  periods_.serialise(archive);
  archive("quality.ended", ended_);
  archive("quality.largest_index", largest_index_);
  archive("quality.largest_day", largest_day_);
}

std::string QualityRecord::describe() const {
  if (places_.city() == places_.count()) {
    return "";
  }
  const PeriodQuality city = periods_.quality(periods_.periods().size() - 1, places_.city());
  std::string text = fmt::format("{} good days of {} with an index", city.good_days, city.valid_days);
  const auto out = std::back_inserter(text);
  for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
    if (city.exceeded_days[p] > 0) {
      fmt::format_to(out, ", {} above its limit on {}", pollutants_[std::size_t(pollutant_[p])].name,
                     city.exceeded_days[p]);
    }
  }
  if (largest_index_ >= 0) {
    const CivilTime civil = case_.zone.to_civil(largest_day_);
    fmt::format_to(out, "; largest AQI {}, on {:04}-{:02}-{:02}", largest_index_, civil.year, civil.month, civil.day);
  }
  return text;
}

} // namespace tq
