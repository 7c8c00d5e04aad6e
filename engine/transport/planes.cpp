#include "transport/level_sweep.hpp"

#include <algorithm>
#include <omp.h>

namespace tq {
namespace {

/// Tracers that share the coefficients of a row while they are in the first-level cache.
constexpr int tracers_per_task = 8;

void cut_into_blocks(const TracerSet& set, int most, std::vector<TracerBlock>& blocks) {
  blocks.clear();
  for (const TracerSet::Family& family : set.families()) {
    add_to_blocks(blocks, family, true, most);
  }
}

} // namespace

template <class T>
template <Advection scheme, bool stored>
void Transport<T>::sweep_levels(const Forcing<T>& forcing, const StepPlan& plan, std::int64_t step_index, View4<T> q,
                                int from, int to) {
  Memory& memory = *memory_;
  const std::vector<int>& levels = memory.levels_with(plan, from);
  const std::vector<TracerBlock>& blocks = memory.level_blocks;
  const int count = int(blocks.size());
  const View3<const T> convergence = memory.convergence.view3();
#pragma omp parallel for schedule(dynamic)
  for (int task = 0; task < int(levels.size()) * count; ++task) {
    const int k = levels[std::size_t(task / count)];
    const TracerBlock& block = blocks[std::size_t(task % count)];
    const Range<T>* ranges = memory.ranges.data() + std::size_t(k) * std::size_t(set_.count());
    LevelSweep<scheme, T, stored> level(subdomain_, forcing, convergence, k, block, q, ranges, memory.edges,
                                        memory.scratch[std::size_t(omp_get_thread_num())]);
    const int substeps = plan.substeps[std::size_t(k)];
    const T seconds = T(plan.dt / substeps);
    for (int s = from; s < std::min(to, substeps); ++s) {
      level.run(seconds, T(s) * seconds, (step_index + s) % 2 == 0);
    }
  }
}

template <class T>
template <Advection scheme>
void Transport<T>::sweep_planes(const Forcing<T>& forcing, const StepPlan& plan, std::int64_t step_index, View4<T> q) {
  const auto sweep = [&](int from, int to) {
    set_.count() == 1 ? sweep_levels<scheme, false>(forcing, plan, step_index, q, from, to)
                      : sweep_levels<scheme, true>(forcing, plan, step_index, q, from, to);
  };
  const int most = *std::max_element(plan.substeps.begin(), plan.substeps.end());
  if (communicator_.size() == 1) { // nobody to wait for between substeps
    sweep(0, most);
    return;
  }
  for (int s = 0; s < most; ++s) {
    exchange_halo(communicator_, subdomain_, q, memory_->levels_with(plan, s));
    sweep(s, s + 1);
  }
}

template <class T>
void Transport<T>::planes(const Forcing<T>& forcing, const StepPlan& plan, std::int64_t step_index, View4<T> q) {
  memory_->reserve_threads();
  cut_into_blocks(set_, tracers_per_task, memory_->level_blocks);
  switch (options_.advection) {
  case Advection::u5_universal:
    return sweep_planes<Advection::u5_universal>(forcing, plan, step_index, q);
  case Advection::u5_relaxed:
    find_ranges(forcing, q);
    return sweep_planes<Advection::u5_relaxed>(forcing, plan, step_index, q);
  case Advection::ppm:
    return sweep_planes<Advection::ppm>(forcing, plan, step_index, q);
  case Advection::upwind:
    return sweep_planes<Advection::upwind>(forcing, plan, step_index, q);
  }
}

/// Sweeps keep within the range of a level, so that one search serves all substeps.
template <class T> void Transport<T>::find_ranges(const Forcing<T>& forcing, View4<T> q) {
  const int tracers = set_.count(), count = nz_ * tracers;
  std::vector<double>& extremes = memory_->extremes; // most, then -least, so that both are maxima
  extremes.resize(2 * std::size_t(count));
#pragma omp parallel for schedule(static)
  for (int task = 0; task < count; ++task) {
    const int k = task / tracers, n = task % tracers;
    T least = forcing.inflow(k, n), most = least;
    for (int j = 0; j < subdomain_.ny; ++j) {
      const T* row = q[n].line(j, k);
#pragma omp simd reduction(min : least) reduction(max : most)
      for (int i = 0; i < subdomain_.nx; ++i) {
        least = smaller(least, row[i]);
        most = larger(most, row[i]);
      }
    }
    extremes[std::size_t(task)] = double(most);
    extremes[std::size_t(count + task)] = -double(least);
  }
  communicator_.maximum(extremes);
  memory_->ranges.resize(std::size_t(count));
  for (std::size_t task = 0; task < std::size_t(count); ++task) {
    memory_->ranges[task] = {T(-extremes[std::size_t(count) + task]), T(extremes[task])};
  }
}

template void Transport<float>::planes(const Forcing<float>&, const StepPlan&, std::int64_t, View4<float>);
template void Transport<double>::planes(const Forcing<double>&, const StepPlan&, std::int64_t, View4<double>);

} // namespace tq
