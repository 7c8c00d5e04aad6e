#include "diagnostics/period_gathering.hpp"

#include "diagnostics/day_gathering.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <stdexcept>

namespace tq {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t pollutants = standard_pollutants.size();

/// How many of n values a percentile and its neighbour above ask for at most, from the highest down, and one for rounding.
std::size_t values_kept(std::size_t n, double percent) {
  return std::min(n, std::size_t(double(n - 1) * (1 - percent / 100)) + 3);
}

CivilTime next_month(const CivilTime& civil) {
  return civil.month == 12 ? CivilTime{civil.year + 1, 1, 1, 0, 0, 0} : CivilTime{civil.year, civil.month + 1, 1, 0, 0, 0};
}

template <std::size_t n> std::array<int, n> integers(const std::array<std::uint16_t, n>& counts) {
  std::array<int, n> result{};
  std::copy(counts.begin(), counts.end(), result.begin());
  return result;
}

} // namespace

double percentile(std::span<const double> highest, std::size_t n, double percent) {
  if (n == 0) {
    return none;
  }
  const double rank = double(n - 1) * percent / 100; // from 0
  const std::size_t below = std::size_t(rank);
  const auto value = [&](std::size_t place) { return highest[place - (n - highest.size())]; };
  return below + 1 == n ? value(below) : value(below) + (value(below + 1) - value(below)) * (rank - double(below));
}

double composite_index(const Standards& standards, const StandardEdition& edition, const ByPollutant<double>& mean,
                       const ByPollutant<double>& percentile) {
  double sum = 0;
  for (std::size_t p = 0; p < pollutants; ++p) {
    const std::string pollutant = standard_pollutants[p];
    const double annual = edition.limit(pollutant + "_annual", 2);
    const double share = std::isnan(annual)
                             ? percentile[p] / edition.limit(pollutant + "_" + standards.evaluation(pollutant).daily, 2)
                             : mean[p] / annual;
    sum += edition.weights.at(pollutant) * share;
  }
  return sum;
}

PeriodGathering::PeriodGathering(const Standards& standards, const TimeZone& zone, Instant start, Instant end,
                                 std::size_t places, const std::string& edition)
    : standards_(standards), zone_(zone), edition_(edition), places_(places) {
  standards_.choose(edition_, 0);
  start = start_of_day(zone_, start);
  std::vector<Period> years;
  for (Instant at = start; at < end;) {
    const CivilTime civil = zone_.to_civil(at);
    const Instant next = std::min(end, zone_.to_instant(next_month(civil)));
    periods_.push_back({Period::Kind::month, at, next, fmt::format("{:04}-{:02}", civil.year, civil.month)});
    const std::string year = fmt::format("{:04}", civil.year);
    if (years.empty() || years.back().label != year) {
      years.push_back({Period::Kind::year, at, next, year});
    }
    years.back().end = next;
    at = next;
  }
  periods_.insert(periods_.end(), years.begin(), years.end());
  periods_.push_back({Period::Kind::whole, start, end, "all"});
  for (const Period& period : periods_) {
    Gathered& gathered = gathered_.emplace_back();
    // Days may be short where clocks change, so there may be one more than whole days of time.
    const std::size_t most_days = std::size_t((period.end - period.start) / seconds_per_day) + 2;
    for (std::size_t p = 0; p < pollutants; ++p) {
      gathered.kept[p] = values_kept(most_days, standards_.evaluation(standard_pollutants[p]).percentile);
      gathered.width += gathered.kept[p];
    }
  }
}

void PeriodGathering::add(Instant day, std::span<const DayQuality> days) {
  if (days.size() != places_) {
    throw std::logic_error("one day per place is needed");
  }
  bool found = false;
  for (std::size_t at = 0; at < periods_.size(); ++at) {
    if (day >= periods_[at].end || day < periods_[at].start) {
      continue;
    }
    found = true;
    if (gathered_[at].tallies.empty()) {
      gathered_[at].tallies.resize(places_);
      gathered_[at].highest.assign(places_ * gathered_[at].width, none);
    }
    for (std::size_t n = 0; n < places_; ++n) {
      keep(gathered_[at], n, days[n]);
    }
  }
  if (!found) {
    throw std::logic_error("the day lies outside the periods");
  }
}

void PeriodGathering::keep(Gathered& gathered, std::size_t place, const DayQuality& day) const {
  Tally& tally = gathered.tallies[place];
  double* highest = &gathered.highest[place * gathered.width];
  for (std::size_t p = 0; p < pollutants; ++p) {
    const std::size_t kept = gathered.kept[p];
    if (!std::isnan(day.mean[p])) {
      tally.mean_sum[p] += day.mean[p];
      ++tally.mean_days[p];
    }
    if (!std::isnan(day.judged[p])) {
      // A sorted row whose free places lie at its end; when full, the lowest gives way.
      std::size_t used = std::min(kept, std::size_t(tally.judged_days[p]));
      ++tally.judged_days[p];
      if (used == kept && day.judged[p] > highest[0]) {
        std::copy(highest + 1, highest + kept, highest);
        --used;
      }
      if (used < kept) {
        double* place_of = std::upper_bound(highest, highest + used, day.judged[p]);
        std::copy_backward(place_of, highest + used, highest + used + 1);
        *place_of = day.judged[p];
      }
    }
    tally.exceeded_days[p] += Count(day.exceeded >> p & 1U);
    tally.primary_days[p] += Count(day.primary >> p & 1U);
    highest += kept;
  }
  if (day.valid()) {
    ++tally.valid_days;
    tally.good_days += Count(day.good());
    ++tally.quality_days[std::size_t(day.quality() - 1)];
  }
}

bool PeriodGathering::enough(std::size_t period, std::size_t place, std::size_t p,
                             ByPollutant<Count> Tally::*days) const {
  const std::vector<Tally>& tallies = gathered_[period].tallies;
  const int count = tallies.empty() ? 0 : (tallies[place].*days)[p];
  const Period& own = periods_[period];
  switch (own.kind) {
  case Period::Kind::month:
    return count >= standards_.days_in_month(zone_.to_civil(own.start).month);
  case Period::Kind::year: {
    int months = 0;
    for (std::size_t at = 0; periods_[at].kind == Period::Kind::month; ++at) {
      months += periods_[at].label.starts_with(own.label) && enough(at, place, p, days) ? 1 : 0;
    }
    return months == 12 && count >= standards_.days_in_year();
  }
  case Period::Kind::whole:
    break;
  }
  return count > 0;
}

PeriodQuality PeriodGathering::quality(std::size_t period, std::size_t place) const {
  const Gathered& gathered = gathered_[period];
  const Tally tally = gathered.tallies.empty() ? Tally{} : gathered.tallies[place];
  PeriodQuality quality{.mean_days = integers(tally.mean_days),
                        .judged_days = integers(tally.judged_days),
                        .exceeded_days = integers(tally.exceeded_days),
                        .primary_days = integers(tally.primary_days),
                        .valid_days = tally.valid_days,
                        .good_days = tally.good_days,
                        .quality_days = integers(tally.quality_days)};
  std::span<const double> highest;
  if (!gathered.highest.empty()) {
    highest = std::span(gathered.highest).subspan(place * gathered.width, gathered.width);
  }
  std::size_t first = 0;
  for (std::size_t p = 0; p < pollutants; ++p) {
    const std::size_t days = highest.empty() ? 0 : std::size_t(tally.judged_days[p]);
    quality.mean[p] = tally.mean_days[p] > 0 ? tally.mean_sum[p] / tally.mean_days[p] : none;
    quality.percentile[p] = percentile(days == 0 ? highest : highest.subspan(first, std::min(days, gathered.kept[p])), days,
                                       standards_.evaluation(standard_pollutants[p]).percentile);
    quality.mean_enough[p] = enough(period, place, p, &Tally::mean_days);
    quality.percentile_enough[p] = enough(period, place, p, &Tally::judged_days);
    first += gathered.kept[p];
  }
  const StandardEdition& edition = standards_.choose(edition_, periods_[period].end - 1);
  quality.composite = composite_index(standards_, edition, quality.mean, quality.percentile);
  return quality;
}

void PeriodGathering::release(std::size_t period) { std::vector<double>().swap(gathered_[period].highest); }

void PeriodGathering::serialise(Archive& archive) {
  for (Gathered& gathered : gathered_) {
    archive("period_gathering.tallies", gathered.tallies);
    archive("period_gathering.highest", gathered.highest);
  }
}

} // namespace tq
