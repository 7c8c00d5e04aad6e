#pragma once
#include "emission/drivers.hpp"
#include "emission/measure_schedule.hpp"
#include "emission/measure_sets.hpp"

#include <algorithm>
#include <set>
#include <span>

namespace tq {

/// What one measure does over the run.
struct MeasureActivity {
  std::vector<Instant> hours;      // in which it is active, rising; each by its begin
  std::vector<std::size_t> starts; // of each local day with an active hour: the first, index into hours

  std::size_t days() const { return starts.size(); }
  /// The day, counted from 0 over those with an active hour, of an index into hours.
  std::size_t day_of(std::size_t hour) const {
    return std::size_t(std::upper_bound(starts.begin(), starts.end(), hour) - starts.begin()) - 1;
  }
};

/// Factors of streams summed over the hours of a run. Streams with the same driver, measures and dates share a sum,
/// so that the hours need not go through all sources.
class StreamSums {
 public:
  /// Over the hours in [from, to). The parts of a model, as in an hour's emission, whose drivers count hours from
  /// `start`. Without `air`, measures triggered by the modelled air count as not active.
  StreamSums(const std::vector<Source>& sources, const std::vector<Measure>& measures, const MeasureSchedule& schedule,
             const MeasureSets& sets, const Drivers& drivers, const ProfileClock& clock, const TimeZone& zone,
             Instant start, Instant from, Instant to, std::size_t species, const AirTriggers* air);

  /// Emission of a source over the run, whole geometry, kg per emitted species.
  std::vector<double> without(const Source& source) const { return add(source, Kind::without, 0); }
  std::vector<double> with(const Source& source) const { return add(source, Kind::with, 0); }
  /// True if a measure's efficiency has a range. Then there is emission with all at their low ends, and at their high
  /// ends, too.
  bool ranged() const { return ranged_; }
  std::vector<double> with_low(const Source& source) const { return add(source, Kind::low, 0); }
  std::vector<double> with_high(const Source& source) const { return add(source, Kind::high, 0); }
  /// What measure `m` would avoid if it were the only one; below 0 where it adds.
  std::vector<double> avoided_by(const Source& source, std::size_t m) const { return add(source, Kind::avoided, m); }
  const std::vector<MeasureActivity>& activity() const { return activity_; }
  /// Which measures, by index, are active at one time: all that occurs in the run.
  const std::set<std::vector<bool>>& active_together() const { return active_together_; }

 private:
  enum class Kind { without, with, low, high, avoided };
  using Key = std::tuple<std::size_t, std::size_t, Instant, Instant>; // driver, set, from, to
  struct Sum {
    std::vector<double> without, with;        // s, weighted with factors, per species
    std::vector<double> low, high;            // as `with`, at the ends of the efficiencies; only if ranged_
    std::vector<std::vector<double>> avoided; // by member of the set
  };

  static Key key(const Stream& stream);
  std::vector<double> add(const Source& source, Kind kind, std::size_t measure) const;

  const MeasureSets& sets_;
  std::size_t species_;
  bool ranged_;
  std::map<Key, Sum> sums_;
  std::vector<MeasureActivity> activity_;
  std::set<std::vector<bool>> active_together_;
};

} // namespace tq
