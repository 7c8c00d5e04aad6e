#include "transport/column_strip.hpp"

#include <algorithm>
#include <omp.h>

namespace tq {

template <class T>
void Transport<T>::columns(const Forcing<T>& forcing, const StepPlan& plan, View4<T> q,
                           AccountViews accounts) {
  Memory& memory = *memory_;
  memory.scratch.resize(std::max(memory.scratch.size(), std::size_t(omp_get_max_threads())));
  const View3<const T> wet_loss = memory.wet_loss.view3();
  const int strips = (subdomain_.nx + ColumnStrip<T>::columns - 1) / ColumnStrip<T>::columns;
  const int family = 1 + set_.tags();
  const T advection_seconds = T(plan.dt / plan.column_substeps);
  const T mixing_seconds = T(plan.dt / plan.mixing_substeps);

#pragma omp parallel
  {
    ColumnStrip<T> strip(nz_, set_.tags(), memory.scratch[std::size_t(omp_get_thread_num())]);
#pragma omp for schedule(static)
    for (int task = 0; task < subdomain_.ny * strips; ++task) {
      const int j = task / strips;
      const int i = task % strips * ColumnStrip<T>::columns;
      strip.move_to(forcing, i, j, std::min(ColumnStrip<T>::columns, subdomain_.nx - i));
      strip.prepare_mixing(mixing_seconds);
      strip.prepare_settling();
      for (int s = 0; s < plan.column_substeps; ++s) {
        strip.prepare_advection(advection_seconds, T(plan.column_substeps - s) * advection_seconds);
        for (int total = 0; total < set_.count(); total += family) {
          strip.load(q, total);
          strip.advect(total, accounts);
          if (s + 1 == plan.column_substeps) {
            strip.settle(total, T(plan.dt), accounts);
            for (int v = 0; v < family; ++v) {
              for (int half = 0; half < plan.mixing_substeps; ++half) {
                strip.mix(total + v, v, accounts);
              }
              strip.wash_out(total + v, v, wet_loss.line(j, total + v) + i, accounts);
            }
            strip.rescale();
          }
          strip.store(q, total);
        }
      }
    }
  }
}

template void Transport<float>::columns(const Forcing<float>&, const StepPlan&, View4<float>, AccountViews);
template void Transport<double>::columns(const Forcing<double>&, const StepPlan&, View4<double>,
                                         AccountViews);

} // namespace tq
