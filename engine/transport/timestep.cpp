#include "transport/timestep.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq {
namespace {

/// Largest share of a cell's air that horizontal divergence may take during an outer step. Below 1, so that
/// the carried mass stays positive.
constexpr double max_divergence = 0.5;
/// Largest share of a cell's air that may leave it in one vertical substep.
constexpr double max_courant_vertical = 0.9;
/// No sweep may empty a cell, whatever the scenario asks for: the mass after it is divided by.
constexpr double max_courant_horizontal = 0.99;
/// Backward Euler errs by 4 to 8 % at 120 s and twice that at 300 s; half steps halve it.
constexpr double max_mixing_step = 120;
/// Any weather on any grid of cells of 1 m or more needs fewer; more are a mistake in the fluxes.
constexpr double max_parts = 1e5;

/// What leaves a cell [s-1]: amounts over its air mass at rest.
struct Rates {
  double horizontal = 0; // through x or y, whichever is more when it comes after the other's divergence
  double vertical = 0;
  double divergence = 0; // horizontal, positive: air is taken

  bool finite() const { return std::isfinite(horizontal + vertical + divergence); }
};

template <class T> Rates rates_of(const Forcing<T>& f, int i, int j, int k) {
  const double mass = f.air_mass(i, j, k);
  const double west = f.flux_x(i, j, k), east = f.flux_x(i + 1, j, k);
  const double south = f.flux_y(i, j, k), north = f.flux_y(i, j + 1, k);
  const double below = f.flux_z(i, j, k), above = f.flux_z(i, j, k + 1);
  const double along_x = mass + 0.5 * (double(f.air_mass(i - 1, j, k)) + f.air_mass(i + 1, j, k));
  const double along_y = mass + 0.5 * (double(f.air_mass(i, j - 1, k)) + f.air_mass(i, j + 1, k));
  const double out_x = std::max(east, 0.0) - std::min(west, 0.0) + f.exchange_rate(k, 0) * along_x;
  const double out_y = std::max(north, 0.0) - std::min(south, 0.0) + f.exchange_rate(k, 1) * along_y;
  return {std::max(out_y + std::max(east - west, 0.0), out_x + std::max(north - south, 0.0)) / mass,
          (std::max(above, 0.0) - std::min(below, 0.0)) / mass, (below - above) / mass};
}

template <class F> void for_each_cell(const Subdomain& subdomain, int nz, F visit) {
  for (int k = 0; k < nz; ++k) {
    for (int j = 0; j < subdomain.ny; ++j) {
      for (int i = 0; i < subdomain.nx; ++i) {
        visit(i, j, k);
      }
    }
  }
}

template <class T>
std::string describe_cell(const Forcing<T>& f, const Subdomain& subdomain, int i, int j, int k) {
  return fmt::format(
      "transport: air mass or fluxes are not usable in cell i = {}, j = {}, k = {}: mass {} kg; fluxes "
      "west {}, east {}, south {}, north {}, below {}, above {} kg s-1",
      subdomain.i0 + i, subdomain.j0 + j, k, f.air_mass(i, j, k), f.flux_x(i, j, k), f.flux_x(i + 1, j, k),
      f.flux_y(i, j, k), f.flux_y(i, j + 1, k), f.flux_z(i, j, k), f.flux_z(i, j, k + 1));
}

/// Largest horizontal divergence over the air mass, of all ranks [s-1].
template <class T>
double largest_divergence(const Forcing<T>& forcing, const Subdomain& subdomain, Communicator& communicator) {
  double divergence = 0;
  std::string bad;
  for_each_cell(subdomain, forcing.air_mass.nz, [&](int i, int j, int k) {
    const Rates rates = rates_of(forcing, i, j, k);
    if (bad.empty() && !(forcing.air_mass(i, j, k) > 0 && rates.finite())) {
      bad = describe_cell(forcing, subdomain, i, j, k);
    }
    divergence = std::max(divergence, rates.divergence);
  });
  if (communicator.any(!bad.empty())) {
    throw NumericalError(bad.empty() ? "transport: air mass or fluxes are not usable on another rank" : bad);
  }
  return communicator.maximum(divergence);
}

/// The least whole number of parts of `whole` that are at most `limit`. `whole` must be the same on all
/// ranks.
int parts(double whole, double limit) {
  const double count = std::ceil(whole / limit);
  if (count > max_parts) {
    throw NumericalError(
        fmt::format("transport: an hour or step would have to be cut into {:g} parts: the air-mass "
                    "fluxes are far too large for the cells",
                    count));
  }
  return std::max(1, int(count));
}

} // namespace

template <class T>
StepPlan plan_steps(const Forcing<T>& forcing, const Subdomain& subdomain, double seconds,
                    const TransportOptions& options, Communicator& communicator) {
  const int nz = forcing.air_mass.nz;

  StepPlan plan;
  const double divergence = largest_divergence(forcing, subdomain, communicator);
  plan.steps = std::max(parts(seconds, options.max_step), parts(seconds * divergence, max_divergence));
  plan.dt = seconds / plan.steps;
  plan.mixing_substeps = parts(plan.dt, max_mixing_step);

  std::vector<double> horizontal(std::size_t(nz), 0.0);
  double vertical = 0;
  for_each_cell(subdomain, nz, [&](int i, int j, int k) {
    const Rates rates = rates_of(forcing, i, j, k);
    // The cell holds at least this share of its air at any moment of the step.
    const double held = std::min(1.0, 1 - plan.dt * rates.divergence);
    double& level = horizontal[std::size_t(k)];
    level = std::max(level, plan.dt * rates.horizontal / held);
    vertical = std::max(vertical, plan.dt * rates.vertical / held);
  });
  for (double& level : horizontal) {
    level = communicator.maximum(level);
    plan.substeps.push_back(parts(level, std::min(options.max_courant, max_courant_horizontal)));
    plan.courant_horizontal = std::max(plan.courant_horizontal, level / plan.substeps.back());
  }
  vertical = communicator.maximum(vertical);
  plan.column_substeps = parts(vertical, max_courant_vertical);
  plan.courant_vertical = vertical / plan.column_substeps;
  return plan;
}

template StepPlan plan_steps(const Forcing<float>&, const Subdomain&, double, const TransportOptions&,
                             Communicator&);
template StepPlan plan_steps(const Forcing<double>&, const Subdomain&, double, const TransportOptions&,
                             Communicator&);

} // namespace tq
