#pragma once
#include "base/time.hpp"

#include <string>
#include <vector>

namespace tq {

/// How the gaps of an hourly series are closed. A gap that is longer than max_hours stays open as a whole.
/// `repeat` takes the values of as many whole days before as the gap is long, or, where the series does not
/// reach back so far, after: so a variable that comes in events, as rain, goes on coming in events.
struct FillPolicy {
  enum class Kind { error, interpolate, hold, repeat, constant };
  Kind kind = Kind::error;
  int max_hours = 0; // of interpolate, hold and repeat
  double value = 0;  // of constant
};

/// "error", "interpolate", "hold", "repeat", "constant".
std::string name(FillPolicy::Kind kind);

/// A run of consecutive hours.
struct HourRun {
  Instant first = 0;
  int hours = 0;
};

/// What was filled in one variable: for the log and the result file.
struct FillReport {
  std::string variable;
  std::string policy; // "interpolate", "hold", "repeat", "constant"; "calm" for the direction of calm hours
  int filled = 0;     // hours
  std::vector<HourRun> runs;

  /// Hours of the longest run.
  int longest() const;
  Instant first() const { return runs.front().first; }
  Instant last() const { return runs.back().first + (runs.back().hours - 1) * seconds_per_hour; }
};

/// The runs of hours whose values are NaN. `first` is the time of values[0].
std::vector<HourRun> gaps(const std::vector<double>& values, Instant first);

/// Closes gaps (NaN) in place as far as the policy allows. `circular`: degrees on the circle; then the unit
/// vectors of the two ends are interpolated (opposite ends keep the earlier direction).
void fill(std::vector<double>& values, const FillPolicy& policy, bool circular);

/// Gives calm hours (speed 0) the direction of the hour before, or, before the first wind, of the first wind;
/// a calm has no direction, and files write 0 (north) or nothing for it. Other hours keep theirs, known or
/// not.
void hold_direction_in_calms(const std::vector<double>& speed, std::vector<double>& direction);

/// Hours of `runs` as text, at most `most` runs: "2017-01-05 03:00 (2 h), 2017-02-01 00:00 (1 h), and 3
/// more".
std::string to_text(const std::vector<HourRun>& runs, const TimeZone& zone, std::size_t most = 10);

} // namespace tq
