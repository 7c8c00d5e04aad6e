#include "transport/transport.hpp"

#include "transport/memory.hpp"

#include <cmath>
#include <numeric>

namespace tq {

template <class T>
Transport<T>::Transport(const Subdomain& subdomain, Communicator& communicator, const TracerSet& set, int nz,
                        TransportOptions options)
    : subdomain_(subdomain), communicator_(communicator), set_(set), nz_(nz), options_(options),
      memory_(std::make_unique<Memory>(subdomain, nz, set.count())) {}

template <class T> Transport<T>::~Transport() = default;
template <class T> Transport<T>::Transport(Transport&&) noexcept = default;

template <class T> StepPlan Transport<T>::plan(const Forcing<T>& forcing, double seconds) {
  const StepPlan plan = plan_steps(forcing, subdomain_, seconds, options_, communicator_);

  const View4<T> convergence = memory_->convergence.view();
  for (int k = 0; k < nz_; ++k) {
    for (int j = 0; j < subdomain_.ny; ++j) {
      T* out = convergence[0].line(j, k);
      const T* below = forcing.flux_z.line(j, k);
      const T* above = forcing.flux_z.line(j, k + 1);
      for (int i = 0; i < subdomain_.nx; ++i) {
        out[i] = above[i] - below[i]; // what the columns give back after the planes
      }
    }
  }
  if (communicator_.size() > 1) {
    std::vector<int> levels(std::size_t(nz_), 0);
    std::iota(levels.begin(), levels.end(), 0);
    exchange_halo(communicator_, subdomain_, convergence, std::span<const int>(levels));
  }

  const View3<T> wet_loss = memory_->wet_loss.view3();
  for (int n = 0; n < set_.count(); ++n) {
    for (int j = 0; j < subdomain_.ny; ++j) {
      for (int i = 0; i < subdomain_.nx; ++i) {
        wet_loss(i, j, n) = T(-std::expm1(-double(forcing.wet_rate(i, j, n)) * plan.dt));
      }
    }
  }
  memory_->decay_loss.clear();
  for (const T rate : forcing.decay_rate) {
    memory_->decay_loss.push_back(T(-std::expm1(-double(rate) * plan.dt)));
  }
  return plan;
}

template <class T> void Transport<T>::collect(AccountViews accounts) {
  EdgeAmounts& edges = memory_->edges;
  const auto add = [&](int n, int face, int i, int j) {
    for (int k = 0; k < nz_; ++k) {
      const double* amounts = edges.at(k, n, face);
      accounts.inflow(i, j, n) += amounts[0];
      accounts.outflow(i, j, n) += amounts[1];
    }
  };
  for (int n = 0; n < set_.count(); ++n) {
    for (int j = 0; j < subdomain_.ny; ++j) {
      add(n, edges.west(j), 0, j);
      add(n, edges.east(j), subdomain_.nx - 1, j);
    }
    for (int i = 0; i < subdomain_.nx; ++i) {
      add(n, edges.south(i), i, 0);
      add(n, edges.north(i), i, subdomain_.ny - 1);
    }
  }
  edges.reset();
}

template class Transport<float>;
template class Transport<double>;

} // namespace tq
