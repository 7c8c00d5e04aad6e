#include "transport/level_sweep.hpp"

#include <omp.h>

namespace tq {
namespace {

/// Tracers that share the coefficients of a row while they are in the first-level cache.
constexpr int tracers_per_task = 8;

} // namespace

template <class T>
void Transport<T>::planes(const Forcing<T>& forcing, const StepPlan& plan, std::int64_t step_index,
                          View4<T> q) {
  Memory& memory = *memory_;
  memory.scratch.resize(std::max(memory.scratch.size(), std::size_t(omp_get_max_threads())));
  const int family = 1 + set_.tags();
  const int block = std::max(1, tracers_per_task / family) * family;
  const int blocks = (set_.count() + block - 1) / block;
  const View3<const T> convergence = memory.convergence.view3();

  // Substeps [from, to) of the levels listed.
  const auto sweep = [&](const std::vector<int>& levels, int from, int to) {
    const int tasks = int(levels.size()) * blocks;
#pragma omp parallel for schedule(dynamic)
    for (int task = 0; task < tasks; ++task) {
      const int k = levels[std::size_t(task / blocks)];
      const int first = task % blocks * block;
      const int last = std::min(first + block, set_.count());
      LevelSweep<T> level(subdomain_, forcing, convergence, k, set_.tags(), q, first, last, memory.edges,
                          memory.scratch[std::size_t(omp_get_thread_num())]);
      const int substeps = plan.substeps[std::size_t(k)];
      const T seconds = T(plan.dt / substeps);
      for (int s = from; s < std::min(to, substeps); ++s) {
        level.run(seconds, T(s) * seconds, (step_index + s) % 2 == 0);
      }
    }
  };

  const int most = *std::max_element(plan.substeps.begin(), plan.substeps.end());
  if (communicator_.size() == 1) { // nobody to wait for between substeps
    sweep(memory.levels_with(plan, 0), 0, most);
    return;
  }
  for (int s = 0; s < most; ++s) {
    const std::vector<int>& active = memory.levels_with(plan, s);
    exchange_halo(communicator_, subdomain_, q, active);
    sweep(active, s, s + 1);
  }
}

template void Transport<float>::planes(const Forcing<float>&, const StepPlan&, std::int64_t, View4<float>);
template void Transport<double>::planes(const Forcing<double>&, const StepPlan&, std::int64_t, View4<double>);

} // namespace tq
