#include "meteorology/wind/adjustment_operator.hpp"

#include "meteorology/wind/adjustment_rows.hpp"

#include <algorithm>
#include <utility>

namespace tq {
namespace {

/// Rows of Scratch.
enum {
  west_row,
  south_row,
  north_row,
  below_row,
  above_row,
  tilt_row,
  tilt_south_row,
  tilt_north_row,
  lean_row,
  lean_above_row,
  other_lean_row,
  sloped_row,
  scratch_rows
};

} // namespace

AdjustmentOperator::Scratch::Scratch(int nx) : memory(nx + 1, scratch_rows, 1, 1, 1) {}

AdjustmentOperator::AdjustmentOperator(const Grid& grid)
    : metric_(grid), mass_(metric_.nx, metric_.ny, metric_.nz, 1, 1),
      inverse_jacobian_(metric_.nx, metric_.ny, 1, 1, 0), inverse_stiffness_(metric_.nx, metric_.ny, 1, 1, 0),
      no_ground_(metric_.nx, metric_.ny, 1, 1, 0), coupling_(metric_.nx, metric_.ny, metric_.nz + 1, 1, 0),
      pivot_(metric_.nx, metric_.ny, metric_.nz, 1, 0) {
  for (int j = 0; j < metric_.ny; ++j) {
    for (int i = 0; i < metric_.nx; ++i) {
      inverse_jacobian_.view2()(i, j) = 1.0 / metric_.jacobian.view2()(i, j);
    }
  }
}

void AdjustmentOperator::set_weights(const AdjustmentWeights& weights) {
  const WindMetric& m = metric_;
  const double ratio = weights.ratio;
#pragma omp parallel for schedule(static)
  for (int k = 0; k < m.nz; ++k) {
    const double yielding = weights.yielding.empty() ? 1.0 : weights.yielding[std::size_t(k)];
    for (int j = -1; j < m.ny + 1; ++j) {
      for (int i = -1; i < m.nx + 1; ++i) {
        mass_.view3()(i, j, k) = yielding * m.mass.view3()(i, j, k);
      }
    }
  }
  const auto mass = std::as_const(mass_).view3();
  const auto slope_x = m.slope_x.view2(), slope_y = m.slope_y.view2(),
             inverse_jacobian = std::as_const(inverse_jacobian_).view2();
  const auto coupling = coupling_.view3();
  const double area = m.dx * m.dy, along_x = 0.5 * m.dy / m.dx, along_y = 0.5 * m.dx / m.dy;
#pragma omp parallel for schedule(static)
  for (int j = 0; j < m.ny; ++j) {
    for (int i = 0; i < m.nx; ++i) {
      const double steep = slope_x(i, j) * slope_x(i, j) + slope_y(i, j) * slope_y(i, j);
      inverse_stiffness_.view2()(i, j) = 1.0 / (ratio * ratio + steep);
    }
    for (int k = 1; k <= m.nz; ++k) {
      const double share = m.share[std::size_t(k)], gap = m.gap[std::size_t(k)];
      const double* below = mass.line(j, k - 1);
      const double* above = mass.line(j, std::min(k, m.nz - 1));
      const double per = 0.5 * area / (gap * gap);
      for (int i = 0; i < m.nx; ++i) {
        const double steep = slope_x(i, j) * slope_x(i, j) + slope_y(i, j) * slope_y(i, j);
        const double both = k < m.nz ? below[i] + above[i] : below[i];
        coupling(i, j, k) =
            per * both * (ratio * ratio + share * share * steep) * inverse_jacobian(i, j) * inverse_jacobian(i, j);
      }
    }
  }
  Field<double> sides_x(m.nx + 1, m.ny, m.nz, 1, 0), sides_y(m.nx, m.ny + 1, m.nz, 1, 0);
#pragma omp parallel for schedule(static)
  for (int k = 0; k < m.nz; ++k) {
    for (int j = 0; j < m.ny; ++j) {
      for (int i = 0; i <= m.nx; ++i) {
        const double half = i == 0 || i == m.nx ? 2 : 1; // of the distance, at the domain's edge
        sides_x.view3()(i, j, k) = half * along_x * (mass(i - 1, j, k) + mass(i, j, k));
      }
    }
    for (int j = 0; j <= m.ny; ++j) {
      const double half = j == 0 || j == m.ny ? 2 : 1;
      for (int i = 0; i < m.nx; ++i) {
        sides_y.view3()(i, j, k) = half * along_y * (mass(i, j - 1, k) + mass(i, j, k));
      }
    }
  }
  factor_columns(coupling, sides_x.view3(), sides_y.view3(), pivot_.view3());
  coarse_.build(coupling_, sides_x, sides_y);
}

void AdjustmentOperator::lean(int j, int k, View3<const double> p, double* out) const {
  wind::lean_row(metric_.nx, 0.5 / metric_.dx, 0.5 / metric_.dy, metric_.slope_x.view2().line(j),
                 metric_.slope_y.view2().line(j), p.line(j, k), p.line(j - 1, k), p.line(j + 1, k), out);
}

void AdjustmentOperator::tilt(int j, int k, View3<const double> p, View2<const double> ground, double* lean_there,
                              double* out) const {
  const WindMetric& m = metric_;
  const std::size_t face = std::size_t(k);
  const double upper = 0.5 * m.share[face + 1] / m.gap[face + 1]; // 0 at the lid
  const double* above = p.line(j, std::min(k + 1, m.nz - 1));
  if (k == 0) {
    lean(j, 0, p, lean_there);
    wind::ground_tilt_row(m.nx, upper, mass_.view3().line(j, 0), inverse_jacobian_.view2().line(j),
                          inverse_stiffness_.view2().line(j), lean_there, ground.line(j), p.line(j, 0), above, out);
  } else {
    wind::tilt_row(m.nx, 0.5 * m.share[face] / m.gap[face], upper, mass_.view3().line(j, k),
                   inverse_jacobian_.view2().line(j), p.line(j, k - 1), p.line(j, k), above, out);
  }
}

/// Calls sink(k) for the levels upwards, the row's fluxes being in the scratch.
template <class Sink>
void AdjustmentOperator::walk(int j, View3<const double> p, View2<const double> ground, Scratch& s,
                              const Sink& sink) const {
  const WindMetric& m = metric_;
  const int nx = m.nx;
  const auto mass = mass_.view3();
  const auto slope_x = m.slope_x.view2(), slope_y = m.slope_y.view2();
  double *below = s.row(below_row), *above = s.row(above_row), *lean_here = s.row(lean_row),
         *lean_above = s.row(lean_above_row);
  std::fill(below, below + nx, 0.0);
  lean(j, 0, p, lean_here);
  for (int k = 0; k < m.nz; ++k) {
    double *here = s.row(tilt_row), *south = s.row(tilt_south_row), *north = s.row(tilt_north_row);
    tilt(j, k, p, ground, s.row(other_lean_row), here);
    double* sloped = s.row(sloped_row);
    const double* slope = slope_x.line(j);
    for (int i = 0; i < nx; ++i) {
      sloped[i] = slope[i] * here[i];
    }
    sloped[-1] = sloped[0];
    sloped[nx] = sloped[nx - 1];
    wind::x_flux_row(nx, m.dy, 1.0 / m.dx, mass.line(j, k), sloped, p.line(j, k), s.row(west_row));
    const bool inside_south = j > 0, inside_north = j < m.ny - 1; // outside, the sloping part is the cell's own
    if (inside_south) {
      tilt(j - 1, k, p, ground, s.row(other_lean_row), south);
    }
    if (inside_north) {
      tilt(j + 1, k, p, ground, s.row(other_lean_row), north);
    }
    wind::y_flux_row(nx, m.dx, 1.0 / m.dy, mass.line(j - 1, k), mass.line(j, k), slope_y.line(inside_south ? j - 1 : j),
                     slope_y.line(j), inside_south ? south : here, here, p.line(j - 1, k), p.line(j, k),
                     s.row(south_row));
    wind::y_flux_row(nx, m.dx, 1.0 / m.dy, mass.line(j, k), mass.line(j + 1, k), slope_y.line(j),
                     slope_y.line(inside_north ? j + 1 : j), here, inside_north ? north : here, p.line(j, k),
                     p.line(j + 1, k), s.row(north_row));
    if (k + 1 < m.nz) {
      lean(j, k + 1, p, lean_above);
      const std::size_t face = std::size_t(k) + 1;
      wind::z_flux_row(nx, 0.5 * m.dx * m.dy * m.share[face] / m.gap[face], coupling_.view3().line(j, k + 1),
                       mass.line(j, k), mass.line(j, k + 1), inverse_jacobian_.view2().line(j), lean_here, lean_above,
                       p.line(j, k), p.line(j, k + 1), above);
    } else {
      wind::lid_flux_row(nx, coupling_.view3().line(j, m.nz), p.line(j, k), above);
    }
    sink(k, below, above);
    std::swap(below, above);
    std::swap(lean_here, lean_above);
  }
}

void AdjustmentOperator::apply(int j, View3<const double> potential, View3<double> result, Scratch& s) const {
  walk(j, potential, no_ground_.view2(), s, [&](int k, const double* below, const double* above) {
    wind::inflow_row(metric_.nx, s.row(west_row), s.row(south_row), s.row(north_row), below, above, result.line(j, k));
  });
}

void AdjustmentOperator::add_fluxes(View3<const double> potential, View2<const double> ground, FaceFlow& flow) const {
  const auto x = flow.x.view3(), y = flow.y.view3(), z = flow.z.view3();
  const auto add = [](int count, const double* more, double* sum) {
    for (int i = 0; i < count; ++i) {
      sum[i] += more[i];
    }
  };
#pragma omp parallel
  {
    Scratch s(metric_.nx);
#pragma omp for schedule(static)
    for (int j = 0; j < metric_.ny; ++j) {
      std::fill(z.line(j, 0), z.line(j, 0) + metric_.nx, 0.0);
      walk(j, potential, ground, s, [&](int k, const double*, const double* above) {
        add(metric_.nx + 1, s.row(west_row), x.line(j, k));
        add(metric_.nx, s.row(south_row), y.line(j, k));
        if (j == metric_.ny - 1) {
          add(metric_.nx, s.row(north_row), y.line(j + 1, k));
        }
        add(metric_.nx, above, z.line(j, k + 1));
      });
    }
  }
}

void AdjustmentOperator::inflow(const FaceFlow& flow, View3<double> result) const {
  const auto x = flow.x.view3(), y = flow.y.view3(), z = flow.z.view3();
  const std::vector<double> none(std::size_t(metric_.nx), 0.0);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < metric_.ny; ++j) {
    for (int k = 0; k < metric_.nz; ++k) {
      wind::inflow_row(metric_.nx, x.line(j, k), y.line(j, k), y.line(j + 1, k), k > 0 ? z.line(j, k) : none.data(),
                       z.line(j, k + 1), result.line(j, k));
    }
  }
}

void AdjustmentOperator::solve_columns(int j, View3<const double> right, View3<double> result) const {
  solve_column_row(j, coupling_.view3(), pivot_.view3(), right, result);
}

void AdjustmentOperator::solve_coarse(View3<const double> right) {
  coarse_.solve(right);
}

void AdjustmentOperator::add_coarse(int j, View3<double> result) const {
  coarse_.add_row(j, result);
}

} // namespace tq
