#include "transport/column_strip.hpp"

#include <algorithm>
#include <omp.h>

namespace tq {
namespace {

/// Tracers that share the coefficients of a strip while they are in cache.
constexpr int tracers_per_pass = 8;

} // namespace

template <class T>
void Transport<T>::columns(const Forcing<T>& forcing, const StepPlan& plan, View4<T> q, AccountViews accounts) {
  Memory& memory = *memory_;
  memory.reserve_threads();
  const int family = 1 + set_.tags();
  const int block = std::min(set_.count(), std::max(1, tracers_per_pass / family) * family);
  const int width = ColumnStrip<T>::columns;
  const int strips = (subdomain_.nx + width - 1) / width;
  const T advection_seconds = T(plan.dt / plan.column_substeps);
  const T mixing_seconds = T(plan.dt / plan.mixing_substeps);

#pragma omp parallel
  {
    ColumnStrip<T> strip(forcing, q, accounts, block, set_.tags(), memory.scratch[std::size_t(omp_get_thread_num())]);
#pragma omp for schedule(static)
    for (int task = 0; task < subdomain_.ny * strips; ++task) {
      const int i = task % strips * width;
      strip.move_to(i, task / strips, std::min(width, subdomain_.nx - i));
      strip.prepare_mixing(mixing_seconds);
      strip.prepare_settling();
      for (int s = 0; s < plan.column_substeps; ++s) {
        strip.prepare_advection(advection_seconds, T(plan.column_substeps - s) * advection_seconds);
        for (int first = 0; first < set_.count(); first += block) {
          strip.choose(first, std::min(first + block, set_.count()));
          if (s == 0) {
            strip.settle(T(plan.dt));
          }
          if (s + 1 < plan.column_substeps) {
            strip.advect();
            continue;
          }
          strip.advect_and_mix();
          for (int substep = 1; substep < plan.mixing_substeps; ++substep) {
            strip.mix();
          }
          strip.wash_out(memory.wet_loss.view3());
          strip.rescale();
        }
      }
    }
  }
}

template void Transport<float>::columns(const Forcing<float>&, const StepPlan&, View4<float>, AccountViews);
template void Transport<double>::columns(const Forcing<double>&, const StepPlan&, View4<double>, AccountViews);

} // namespace tq
