// THE ordered list of what happens to the tracers in one outer step.
#include "base/floating_point.hpp"
#include "run/simulation.hpp"

#include <cmath>

namespace tq {

namespace {

/// Longest turn of mixing and chemistry [s]: 60 ug m-3 of ozone turn NO into NO2 in 75 s, which is as long as air takes
/// to mix out of the lowest layers. NO that waits for its reaction longer mixes up unharmed.
constexpr double max_turn = 60;

} // namespace

template <class T> void Simulation<T>::step() {
  const FloatingPointTraps traps;
  const View4<T> q = tracers_.view();
  const AccountViews accounts = accounts_.views();
  { // 1. horizontal advection and diffusion, each level with its own substeps
    const Timers::Scope timed(timers_, "planes");
    transport_.planes(forcing_, plan_, step_index_, q);
  }
  sample(0.5 * plan_.dt, false); // the hour's means, in halves before and after emission: the middle of the step
  { // 2. fall of particles; vertical advection; mixing with emission and dry deposition; rain-out; decay
    const Timers::Scope timed(timers_, "columns");
    transport_.columns(forcing_, plan_, q, accounts, reacting_);
  }
  sample(0.5 * plan_.dt, false);
  if (!reacting_.empty()) { // 3. NO, NO2, O3
    mix_and_react();
  }
  ++step_index_;
}

template <class T> void Simulation<T>::sample(double seconds, bool reacting) {
  const Timers::Scope timed(timers_, "diagnostics");
  const View4<const T> q = std::as_const(tracers_).view();
  for (ScenarioPart& part : parts_) {
    part.sample(q, seconds, reacting);
  }
}

template <class T> void Simulation<T>::mix_and_react() {
  const View4<T> q = tracers_.view();
  const AccountViews accounts = accounts_.views();
  const int turns = int(std::ceil(plan_.dt / max_turn));
  const double seconds = plan_.dt / turns;
  const auto mix = [&](double part) {
    const Timers::Scope timed(timers_, "columns");
    transport_.mix(forcing_, part, reacting_, q, accounts);
  };
  const auto react = [&](double part, bool emitting) { // where fresh NO is; above, one step of chemistry is enough
    const Timers::Scope timed(timers_, "chemistry");
    for (int scenario = 0; scenario < scenarios(); ++scenario) {
      const int levels = cases_[std::size_t(scenario)]->emission->levels();
      photostationary_.relax(part, scenario, emitting ? 0 : levels, emitting ? levels : q.nz, forcing_.air_mass, q,
                             accounts);
    }
  };
  react(plan_.dt, false);
  for (int turn = 0; turn < turns; ++turn) {
    mix(turn == 0 ? 0.5 * seconds : seconds);
    sample(0.5 * seconds, true); // around each reaction, and so in the middle of each turn
    react(seconds, true);
    sample(0.5 * seconds, true);
  }
  mix(0.5 * seconds);
}

template void Simulation<float>::step();
template void Simulation<double>::step();

} // namespace tq
