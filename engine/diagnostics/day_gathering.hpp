#pragma once
#include "base/archive.hpp"
#include "diagnostics/day_quality.hpp"

#include <functional>
#include <string>
#include <vector>

namespace tq {

/// The first instant of the civil day that holds this one.
Instant start_of_day(const TimeZone& zone, Instant instant);
/// The end of the civil day that begins at `day`.
Instant end_of_day(const TimeZone& zone, Instant day);

/// Makes civil days of hours that come one by one, at many places at once, and holds no more than the day's hours:
/// places x 6 pollutants x 25 hours.
class DayGathering {
public:
  /// Takes a finished day: its first instant, and one day per place.
  using Sink = std::function<void(Instant, std::span<const DayQuality>)>;

  /// `function_class`: 1 or 2 by place, whose limits hold there. `edition`: id of one in data/standards.toml, or "" for
  /// that in force on each day; throws InputError if there is none of that id. The standards must outlive this.
  DayGathering(const Standards& standards, const TimeZone& zone, std::vector<int> function_class, Sink sink,
               const std::string& edition = "");

  /// Takes the hour that begins at `hour`; hours must rise, those left out are gaps. `values`: [p * places + place],
  /// kg m-3 in the reference state of the date, p as in standard_pollutants; NaN is a gap. Days that end before this
  /// hour go to the sink. Throws std::logic_error for an hour that is not later than the last.
  void add(Instant hour, std::span<const double> values);
  /// The last day goes to the sink.
  void finish();
  void serialise(Archive& archive);

  std::size_t places() const { return function_class_.size(); }

private:
  const Standards& standards_;
  TimeZone zone_;
  std::vector<int> function_class_;
  Sink sink_;
  std::string edition_;
  Instant day_ = 0, next_day_ = 0; // the day being gathered [day_, next_day_); none if equal
  Instant last_hour_ = 0;
  std::vector<double> hours_; // [(place * pollutants + p) * most_hours_of_day + hour of the day]
  std::vector<DayQuality> days_; // by place, for the sink
};

} // namespace tq
