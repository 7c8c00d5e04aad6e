#include "meteorology/wind/mass_consistent.hpp"

#include "base/error.hpp"
#include "meteorology/wind/adjustment_rows.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace tq {
namespace {

/// L = 0 on the domain's side faces: the halo of row j, and of its neighbour outside, is minus the cells inside.
void fill_halo(View3<double> p, int j, int k) {
  p(-1, j, k) = -p(0, j, k);
  p(p.nx, j, k) = -p(p.nx - 1, j, k);
  for (const int outside : {-1, p.ny}) {
    if (j == std::clamp(outside, 0, p.ny - 1)) {
      for (int i = 0; i < p.nx; ++i) {
        p(i, outside, k) = -p(i, j, k);
      }
    }
  }
}

double dot_columns(View3<const double> a, View3<const double> b, int j) {
  double sum = 0;
  for (int k = 0; k < a.nz; ++k) {
    sum += wind::dot_row(a.nx, a.line(j, k), b.line(j, k));
  }
  return sum;
}

/// What moves through each cell [kg s-1], squared and summed over a row of columns.
double throughput(const FaceFlow& flow, int j) {
  const auto x = flow.x.view3(), y = flow.y.view3(), z = flow.z.view3();
  double sum = 0;
  for (int k = 0; k < y.nz; ++k) {
    for (int i = 0; i < y.nx; ++i) {
      const double all = std::fabs(x(i, j, k)) + std::fabs(x(i + 1, j, k)) + std::fabs(y(i, j, k)) +
                         std::fabs(y(i, j + 1, k)) + std::fabs(z(i, j, k)) + std::fabs(z(i, j, k + 1));
      sum += all * all;
    }
  }
  return sum;
}

} // namespace

std::string AdjustmentReport::worst() const {
  return fmt::format("at most {} iterations each, residual {:.1e}, largest divergence {:.1e} s-1", iterations, residual,
                     divergence);
}

MassConsistentSolver::MassConsistentSolver(const Grid& grid)
    : operator_(grid), residual_(grid.nx(), grid.ny(), grid.nz(), 1, 0),
      preconditioned_(grid.nx(), grid.ny(), grid.nz(), 1, 0), direction_(grid.nx(), grid.ny(), grid.nz(), 1, 1),
      image_(grid.nx(), grid.ny(), grid.nz(), 1, 0), ground_(grid.nx(), grid.ny(), 1, 1, 0),
      row_sum_(std::size_t(grid.ny())), other_row_sum_(std::size_t(grid.ny())) {}

Field<double> MassConsistentSolver::no_potential() const {
  return {metric().nx, metric().ny, metric().nz, 1, 1};
}

template <class Body> std::array<double, 2> MassConsistentSolver::sum_rows(const Body& body) {
#pragma omp parallel
  {
    AdjustmentOperator::Scratch scratch(metric().nx);
#pragma omp for schedule(static)
    for (int j = 0; j < metric().ny; ++j) {
      const std::array<double, 2> sums = body(j, scratch);
      row_sum_[std::size_t(j)] = sums[0];
      other_row_sum_[std::size_t(j)] = sums[1];
    }
  }
  std::array<double, 2> total{};
  for (std::size_t j = 0; j < row_sum_.size(); ++j) {
    total[0] += row_sum_[j];
    total[1] += other_row_sum_[j];
  }
  return total;
}

double MassConsistentSolver::start(FaceFlow& flow, Field<double>& potential) {
  const WindMetric& m = metric();
  const auto r = residual_.view3(), q = image_.view3(), x = potential.view3(), p = direction_.view3();
  const double moved = sum_rows([&](int j, auto&) {
    for (int i = 0; i < m.nx; ++i) { // the density at the ground is that of the lowest cell
      const double density = operator_.yielding_mass()(i, j, 0) / (m.jacobian.view2()(i, j) * m.depth[0]);
      ground_.view2()(i, j) = -flow.z.view3()(i, j, 0) / (density * m.dx * m.dy);
    }
    for (int k = 0; k < m.nz; ++k) {
      std::fill(p.line(j, k), p.line(j, k) + m.nx, 0.0);
      fill_halo(p, j, k);
      fill_halo(x, j, k);
    }
    return std::array{throughput(flow, j), 0.0};
  })[0];
  operator_.add_fluxes(p, ground_.view2(), flow);
  operator_.inflow(flow, r);
  const double first_guess = sum_rows([&](int j, auto&) { return std::array{dot_columns(r, r, j), 0.0}; })[0];
  const double round_off = 8 * std::numeric_limits<double>::epsilon();
  if (first_guess <= round_off * round_off * moved) {
    return 0;
  }
  sum_rows([&](int j, auto& scratch) {
    operator_.apply(j, x, q, scratch);
    for (int k = 0; k < m.nz; ++k) {
      wind::turn_row(m.nx, 1.0, q.line(j, k), r.line(j, k)); // all that flows in
      wind::negate_row(m.nx, r.line(j, k));
    }
    return std::array{0.0, 0.0};
  });
  return std::sqrt(first_guess);
}

AdjustmentReport MassConsistentSolver::adjust(FaceFlow& flow, const AdjustmentWeights& weights,
                                              Field<double>& potential, const AdjustmentLimits& limits) {
  const WindMetric& m = metric();
  if (weights_ != weights) {
    operator_.set_weights(weights);
    weights_ = weights;
  }
  const auto r = residual_.view3(), z = preconditioned_.view3(), p = direction_.view3(), q = image_.view3(),
             x = potential.view3();
  AdjustmentReport report;
  const double first_guess = start(flow, potential);
  if (first_guess == 0) {
    return report;
  }
  double step = 0;                         // along `direction_`
  const auto advance = [&](int j, auto&) { // the step, then a new direction's column solves
    for (int k = 0; k < m.nz; ++k) {
      wind::add_row(m.nx, step, p.line(j, k), x.line(j, k));
      wind::add_row(m.nx, -step, q.line(j, k), r.line(j, k));
    }
    operator_.solve_columns(j, r, z);
    return std::array{dot_columns(r, r, j), 0.0};
  };
  double product = 0, keep = 0; // r z; the share of the old direction that is kept
  for (;; ++report.iterations) {
    const double squares = sum_rows(advance)[0];
    report.residual = std::sqrt(squares) / first_guess;
    if (report.residual <= limits.tolerance) {
      break;
    }
    if (report.iterations == limits.iterations || !std::isfinite(squares)) {
      throw NumericalError(fmt::format("wind adjustment: {:.3g} of the first guess' divergence is left after {} "
                                       "iterations at alpha ratio {:g}; the tolerance is {:g}",
                                       report.residual, report.iterations, weights.ratio, limits.tolerance));
    }
    operator_.solve_coarse(r);
    const double next = sum_rows([&](int j, auto&) {
      operator_.add_coarse(j, z);
      return std::array{dot_columns(r, z, j), 0.0};
    })[0];
    keep = report.iterations > 0 ? next / product : 0.0;
    product = next;
    sum_rows([&](int j, auto&) {
      for (int k = 0; k < m.nz; ++k) {
        wind::turn_row(m.nx, keep, z.line(j, k), p.line(j, k));
        fill_halo(p, j, k);
      }
      return std::array{0.0, 0.0};
    });
    step = product / sum_rows([&](int j, auto& scratch) {
             operator_.apply(j, p, q, scratch);
             return std::array{dot_columns(p, q, j), 0.0};
           })[0];
  }
  finish(flow, potential, first_guess, report);
  return report;
}

void MassConsistentSolver::finish(FaceFlow& flow, Field<double>& potential, double first_guess,
                                  AdjustmentReport& report) {
  const WindMetric& m = metric();
  const auto r = residual_.view3(), x = potential.view3();
  std::fill(ground_.raw(), ground_.raw() + ground_.raw_size(), 0.0); // its part is in the flow already
  sum_rows([&](int j, auto&) {
    for (int k = 0; k < m.nz; ++k) {
      fill_halo(x, j, k);
    }
    return std::array{0.0, 0.0};
  });
  operator_.add_fluxes(x, ground_.view2(), flow);
  operator_.inflow(flow, r);
  std::vector<double> largest(std::size_t(m.ny));
  const double left = sum_rows([&](int j, auto&) {
    for (int k = 0; k < m.nz; ++k) {
      for (int i = 0; i < m.nx; ++i) {
        const double rate = std::fabs(r(i, j, k)) / (m.mass.view3()(i, j, k) * m.dx * m.dy);
        largest[std::size_t(j)] = std::max(largest[std::size_t(j)], rate);
      }
    }
    return std::array{dot_columns(r, r, j), 0.0};
  })[0];
  report.residual = std::sqrt(left) / first_guess;
  report.divergence = *std::max_element(largest.begin(), largest.end());
}

} // namespace tq
