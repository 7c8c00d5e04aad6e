// THE ordered list of what happens to the tracers in one outer step.
#include "base/floating_point.hpp"
#include "run/simulation.hpp"

namespace tq {

template <class T> void Simulation<T>::step() {
  const FloatingPointTraps traps;
  const View4<T> q = tracers_.view();
  const AccountViews accounts = accounts_.views();
  { // 1. horizontal advection and diffusion, each level with its own substeps
    const Timers::Scope timed(timers_, "planes");
    transport_.planes(forcing_, plan_, step_index_, q);
  }
  { // 2. fall of particles; vertical advection; mixing with emission and dry deposition; rain-out
    const Timers::Scope timed(timers_, "columns");
    transport_.columns(forcing_, plan_, q, accounts);
  }
  { // 3. NO, NO2, O3
    const Timers::Scope timed(timers_, "chemistry");
    if (case_.photostationary) {
      photostationary_.relax(plan_.dt, forcing_.air_mass, q, accounts);
    }
  }
  { // 4. the hour's means
    const Timers::Scope timed(timers_, "diagnostics");
    averages_.add(std::as_const(tracers_).view(), plan_.dt);
  }
  ++step_index_;
}

template void Simulation<float>::step();
template void Simulation<double>::step();

} // namespace tq
