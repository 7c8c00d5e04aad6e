#include "emission/stream_sums.hpp"

#include <algorithm>

namespace tq {

StreamSums::Key StreamSums::key(const Stream& stream) {
  return {stream.driver, stream.measures, stream.from, stream.to};
}

StreamSums::StreamSums(const std::vector<Source>& sources, const std::vector<Measure>& measures,
                       const MeasureSchedule& schedule, const MeasureSets& sets, const Drivers& drivers,
                       const ProfileClock& clock, const TimeZone& zone, Instant start, Instant from, Instant to,
                       std::size_t species, const AirTriggers* air)
    : sets_(sets), species_(species),
      ranged_(std::any_of(measures.begin(), measures.end(), [](const Measure& m) { return m.low != m.high; })),
      activity_(measures.size()) {
  for (const Source& source : sources) {
    for (const Stream& stream : source.streams) {
      Sum& sum = sums_[key(stream)];
      if (sum.without.empty()) {
        sum.without.assign(species, 0.0);
        sum.with.assign(species, 0.0);
        sum.low.assign(ranged_ ? species : 0, 0.0);
        sum.high.assign(ranged_ ? species : 0, 0.0);
        sum.avoided.assign(sets.members(stream.measures).size(), std::vector<double>(species, 0.0));
      }
    }
  }
  const std::vector<bool> none(measures.size(), false);
  std::vector<double> driven, unmeasured, measured, measured_low, measured_high;
  std::vector<Measure> low, high;
  for (std::size_t m = 0; ranged_ && m < measures.size(); ++m) {
    low.push_back(with_efficiency(measures[m], measures[m].low));
    high.push_back(with_efficiency(measures[m], measures[m].high));
  }
  sets.factors(measures, none, unmeasured);
  // The factors of measures change only when one begins or ends; those of a measure alone are kept per set.
  std::vector<bool> active(measures.size()), before;
  std::vector<std::vector<std::vector<double>>> alone(sets.count());
  for (std::size_t set = 0; set < sets.count(); ++set) {
    for (const MeasureSets::Member& member : sets.members(set)) {
      std::vector<bool> one = none;
      one[member.measure] = true;
      sets.factors_of(set, measures, one, alone[set].emplace_back(species).data());
    }
  }
  std::vector<std::int64_t> last_day(measures.size(), -1);
  for (Instant hour = from; hour < to; hour += seconds_per_hour) {
    const CivilTime civil = zone.to_civil(hour);
    const std::int64_t day = day_number(civil);
    active = schedule.active(measures, hour, air);
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (active[m]) {
        if (day != last_day[m]) {
          activity_[m].starts.push_back(activity_[m].hours.size());
        }
        activity_[m].hours.push_back(hour);
        last_day[m] = day;
      }
    }
    if (active != before || hour == from) {
      sets.factors(measures, active, measured);
      if (ranged_) {
        sets.factors(low, active, measured_low);
        sets.factors(high, active, measured_high);
      }
      active_together_.insert(active);
      before = active;
    }
    drivers.factors(std::size_t((hour - start) / seconds_per_hour), civil, clock, driven);
    for (auto& [key, sum] : sums_) {
      const auto& [driver, set, begin, end] = key;
      if (hour < begin || hour >= end) {
        continue;
      }
      const double* factor = driven.data() + driver * species;
      for (std::size_t n = 0; n < species; ++n) {
        const double seconds = factor[n] * double(seconds_per_hour);
        sum.without[n] += seconds * unmeasured[set * species + n];
        sum.with[n] += seconds * measured[set * species + n];
        if (ranged_) {
          sum.low[n] += seconds * measured_low[set * species + n];
          sum.high[n] += seconds * measured_high[set * species + n];
        }
        for (std::size_t a = 0; a < sum.avoided.size(); ++a) {
          if (active[sets.members(set)[a].measure]) {
            sum.avoided[a][n] += seconds * (unmeasured[set * species + n] - alone[set][a][n]);
          }
        }
      }
    }
  }
}

std::vector<double> StreamSums::add(const Source& source, Kind kind, std::size_t measure) const {
  std::vector<double> amounts(species_, 0.0);
  for (const Stream& stream : source.streams) {
    const Sum& sum = sums_.at(key(stream));
    const std::vector<double>* seconds = kind == Kind::without ? &sum.without
                                         : kind == Kind::low   ? &sum.low
                                         : kind == Kind::high  ? &sum.high
                                                               : &sum.with;
    if (kind == Kind::avoided) {
      const std::vector<MeasureSets::Member>& members = sets_.members(stream.measures);
      const auto found = std::find_if(members.begin(), members.end(),
                                      [&](const MeasureSets::Member& member) { return member.measure == measure; });
      if (found == members.end()) {
        continue;
      }
      seconds = &sum.avoided[std::size_t(found - members.begin())];
    }
    for (std::size_t n = 0; n < species_; ++n) {
      amounts[n] += stream.rate[n] * (*seconds)[n];
    }
  }
  return amounts;
}

} // namespace tq
