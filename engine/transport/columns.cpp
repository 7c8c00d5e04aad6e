#include "transport/column_strip.hpp"

#include <algorithm>
#include <omp.h>

namespace tq {
namespace {

/// Tracers that share the coefficients of a strip while they are in cache.
constexpr int tracers_per_pass = 8;

} // namespace

template <class T>
template <class Body>
void Transport<T>::for_each_strip(const Forcing<T>& forcing, View4<T> q, AccountViews accounts, int tracers,
                                  Body body) {
  Memory& memory = *memory_;
  memory.reserve_threads();
  const int width = ColumnStrip<T>::columns;
  const int strips = (subdomain_.nx + width - 1) / width;
#pragma omp parallel
  {
    ColumnStrip<T> strip(forcing, q, accounts, tracers, set_.most_tags(), memory.scratch[std::size_t(omp_get_thread_num())]);
#pragma omp for schedule(guided)
    for (int task = 0; task < subdomain_.ny * strips; ++task) {
      const int i = task % strips * width;
      strip.move_to(i, task / strips, std::min(width, subdomain_.nx - i));
      body(strip);
    }
  }
}

template <class T>
void Transport<T>::columns(const Forcing<T>& forcing, const StepPlan& plan, View4<T> q, AccountViews accounts,
                           std::span<const int> unmixed) {
  std::vector<TracerBlock>& blocks = memory_->blocks;
  blocks.clear();
  int most = 0;
  for (const TracerSet::Family& family : set_.families()) {
    const bool mixes = std::find(unmixed.begin(), unmixed.end(), family.first) == unmixed.end();
    add_to_blocks(blocks, family, mixes, tracers_per_pass);
    most = std::max(most, blocks.back().tracers());
  }
  const T advection_seconds = T(plan.dt / plan.column_substeps);
  const T mixing_seconds = T(plan.dt / plan.mixing_substeps);
  const View3<const T> wet_loss = memory_->wet_loss.view3();

  for_each_strip(forcing, q, accounts, most, [&](ColumnStrip<T>& strip) {
    strip.prepare_mixing(mixing_seconds);
    strip.prepare_settling();
    for (int s = 0; s < plan.column_substeps; ++s) {
      strip.prepare_advection(advection_seconds, T(plan.column_substeps - s) * advection_seconds, !unmixed.empty());
      for (const TracerBlock& block : blocks) {
        strip.choose(block);
        if (s == 0) {
          strip.settle(T(plan.dt));
        }
        const bool ends = s + 1 == plan.column_substeps;
        if (ends && block.mixes) {
          strip.advect_and_mix();
          for (int substep = 1; substep < plan.mixing_substeps; ++substep) {
            strip.mix();
          }
        } else {
          strip.advect();
        }
        if (ends) {
          strip.remove(wet_loss, memory_->decay_loss);
          strip.rescale();
        }
      }
    }
  });
}

template <class T>
void Transport<T>::mix(const Forcing<T>& forcing, double seconds, std::span<const int> totals, View4<T> q,
                       AccountViews accounts) {
  for_each_strip(forcing, q, accounts, 1 + set_.most_tags(), [&](ColumnStrip<T>& strip) {
    strip.prepare_mixing(T(seconds));
    for (const int total : totals) {
      const int tags = set_.tags(set_.id(total).scenario, set_.id(total).species);
      strip.choose({total, total + 1 + tags, tags});
      strip.begin_mixing();
      strip.mix();
      strip.rescale();
    }
  });
}

template void Transport<float>::columns(const Forcing<float>&, const StepPlan&, View4<float>, AccountViews,
                                        std::span<const int>);
template void Transport<double>::columns(const Forcing<double>&, const StepPlan&, View4<double>, AccountViews,
                                         std::span<const int>);
template void Transport<float>::mix(const Forcing<float>&, double, std::span<const int>, View4<float>, AccountViews);
template void Transport<double>::mix(const Forcing<double>&, double, std::span<const int>, View4<double>, AccountViews);

} // namespace tq
