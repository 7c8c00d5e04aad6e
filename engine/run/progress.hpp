#pragma once
#include "base/time.hpp"
#include "base/timer.hpp"

#include <string>

namespace tq {

/// What the simulation tells after each hour.
struct Status {
  Instant time = 0; // end of the hour
  double cell_tracer_steps = 0; // since the start
  double courant = 0;           // largest horizontal Courant number of a substep
  double residual = 0;          // of the budget, relative, largest over species
};

/// A bar with rate and time left on a terminal; a plain line per simulated day otherwise.
class Progress {
public:
  /// `before`: what was done earlier, of a run that is resumed. `enabled` false: says nothing.
  Progress(std::string name, Instant start, Instant end, const Status& before, bool enabled);
  ~Progress();
  void show(const Status& status);

private:
  std::string name_;
  Instant start_, end_;
  Status before_;
  bool enabled_, terminal_;
  Timers::Clock::time_point began_, shown_;
};

} // namespace tq
