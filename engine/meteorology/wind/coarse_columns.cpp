#include "meteorology/wind/coarse_columns.hpp"

#include <algorithm>
#include <utility>

namespace tq {
namespace {

/// Bilinear interpolation along one direction: fine cell i takes `own` of coarse cell i/2 and a quarter of the one
/// beyond its outer side; where that is outside, minus the own one stands for it.
struct Weights {
  int other;
  double own, outer;
};

Weights weights_of(int i, int coarse) {
  const int other = i / 2 + (i % 2 == 0 ? -1 : 1);
  return other < 0 || other >= coarse ? Weights{i / 2, 0.5, 0.0} : Weights{other, 0.75, 0.25};
}

/// right(J) = sum of what the fine rows around it give.
void restrict_row(int row, View3<const double> fine, View3<double> coarse, std::vector<double>& sum) {
  for (int k = 0; k < fine.nz; ++k) {
    std::fill(sum.begin(), sum.end(), 0.0);
    for (int j = std::max(2 * row - 1, 0); j < std::min(2 * row + 3, fine.ny); ++j) {
      const Weights w = weights_of(j, coarse.ny);
      const double weight = j / 2 == row ? w.own : w.other == row ? w.outer : 0.0;
      const double* line = fine.line(j, k);
      for (int i = 0; i < fine.nx; ++i) {
        sum[std::size_t(i)] += weight * line[i];
      }
    }
    double* result = coarse.line(row, k);
    const auto at = [&](int i, int column) {
      const Weights w = weights_of(i, coarse.nx);
      return (i / 2 == column ? w.own : w.other == column ? w.outer : 0.0) * sum[std::size_t(i)];
    };
    for (int column = 0; column < coarse.nx; ++column) {
      if (column > 0 && column + 1 < coarse.nx) {
        const double* s = sum.data() + 2 * column;
        result[column] = 0.75 * (s[0] + s[1]) + 0.25 * (s[-1] + (2 * column + 2 < fine.nx ? s[2] : 0.0));
        continue;
      }
      result[column] = 0;
      for (int i = std::max(2 * column - 1, 0); i < std::min(2 * column + 3, fine.nx); ++i) {
        result[column] += at(i, column);
      }
    }
  }
}

/// Adds the interpolated coarse field to row j of the fine one.
void interpolate_row(int j, View3<const double> coarse, View3<double> fine) {
  const Weights w = weights_of(j, coarse.ny);
  for (int k = 0; k < fine.nz; ++k) {
    const double* own = coarse.line(j / 2, k);
    const double* outer = coarse.line(w.other, k);
    double* line = fine.line(j, k);
    const auto mean = [&](int column) { return w.own * own[column] + w.outer * outer[column]; };
    double before = 0, here = mean(0);
    for (int column = 0; column < coarse.nx; ++column) {
      const double after = column + 1 < coarse.nx ? mean(column + 1) : 0.0;
      line[2 * column] += column > 0 ? 0.75 * here + 0.25 * before : 0.5 * here;
      if (2 * column + 1 < fine.nx) {
        line[2 * column + 1] += column + 1 < coarse.nx ? 0.75 * here + 0.25 * after : 0.5 * here;
      }
      before = here;
      here = after;
    }
  }
}

/// Conductances between cells of twice the width: those of both halves side by side, over twice the distance.
Field<double> coarsen_sides(const Field<double>& fine, bool along_x) {
  const int nx = along_x ? (fine.nx() - 1 + 1) / 2 + 1 : (fine.nx() + 1) / 2;
  const int ny = along_x ? (fine.ny() + 1) / 2 : (fine.ny() - 1 + 1) / 2 + 1;
  Field<double> coarse(nx, ny, fine.nz(), 1, 0);
  const auto from = fine.view3();
  for (int k = 0; k < fine.nz(); ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        const int i1 = std::min(2 * i, fine.nx() - 1), j1 = std::min(2 * j, fine.ny() - 1);
        const bool second = along_x ? 2 * j + 1 < fine.ny() : 2 * i + 1 < fine.nx();
        const double more = !second ? 0.0 : along_x ? from(i1, j1 + 1, k) : from(i1 + 1, j1, k);
        coarse.view3()(i, j, k) = 0.5 * (from(i1, j1, k) + more);
      }
    }
  }
  return coarse;
}

Field<double> coarsen_coupling(const Field<double>& fine) {
  Field<double> coarse((fine.nx() + 1) / 2, (fine.ny() + 1) / 2, fine.nz(), 1, 0);
  for (int k = 0; k < fine.nz(); ++k) {
    for (int j = 0; j < fine.ny(); ++j) {
      for (int i = 0; i < fine.nx(); ++i) {
        coarse.view3()(i / 2, j / 2, k) += fine.view3()(i, j, k);
      }
    }
  }
  return coarse;
}

} // namespace

void factor_columns(View3<const double> coupling, View3<const double> x, View3<const double> y, View3<double> pivot) {
#pragma omp parallel for schedule(static)
  for (int j = 0; j < pivot.ny; ++j) {
    for (int k = 0; k < pivot.nz; ++k) {
      for (int i = 0; i < pivot.nx; ++i) {
        const double sides = x(i, j, k) + x(i + 1, j, k) + y(i, j, k) + y(i, j + 1, k);
        const double eliminated = k > 0 ? coupling(i, j, k) * coupling(i, j, k) * pivot(i, j, k - 1) : 0.0;
        pivot(i, j, k) = 1.0 / (sides + coupling(i, j, k) + coupling(i, j, k + 1) - eliminated);
      }
    }
  }
}

void solve_column_row(int j, View3<const double> coupling, View3<const double> pivot, View3<const double> right,
                      View3<double> result) {
  const int nx = right.nx, nz = right.nz;
  for (int k = 0; k < nz; ++k) {
    const double* TQ_RESTRICT r = right.line(j, k);
    const double* TQ_RESTRICT inverse = pivot.line(j, k);
    double* TQ_RESTRICT z = result.line(j, k);
    if (k == 0) { // nothing couples through the ground
      for (int i = 0; i < nx; ++i) {
        z[i] = r[i] * inverse[i];
      }
    } else {
      const double* TQ_RESTRICT link = coupling.line(j, k);
      const double* TQ_RESTRICT before = result.line(j, k - 1);
      for (int i = 0; i < nx; ++i) {
        z[i] = (r[i] + link[i] * before[i]) * inverse[i];
      }
    }
  }
  for (int k = nz - 2; k >= 0; --k) {
    const double* TQ_RESTRICT link = coupling.line(j, k + 1);
    const double* TQ_RESTRICT inverse = pivot.line(j, k);
    const double* TQ_RESTRICT after = result.line(j, k + 1);
    double* TQ_RESTRICT z = result.line(j, k);
    for (int i = 0; i < nx; ++i) {
      z[i] += inverse[i] * link[i] * after[i];
    }
  }
}

void CoarseColumns::build(const Field<double>& coupling, const Field<double>& x, const Field<double>& y) {
  levels_.clear();
  const Field<double>*fine = &coupling, *fine_x = &x, *fine_y = &y;
  Field<double> sides_x, sides_y;
  while (std::min(fine->nx(), fine->ny()) >= 4) {
    Level level;
    level.coupling = coarsen_coupling(*fine);
    sides_x = coarsen_sides(*fine_x, true);
    sides_y = coarsen_sides(*fine_y, false);
    const int nx = level.coupling.nx(), ny = level.coupling.ny(), nz = level.coupling.nz() - 1;
    for (Field<double>* field : {&level.pivot, &level.right, &level.result}) {
      *field = Field<double>(nx, ny, nz, 1, 0);
    }
    factor_columns(level.coupling.view3(), sides_x.view3(), sides_y.view3(), level.pivot.view3());
    levels_.push_back(std::move(level));
    fine = &levels_.back().coupling;
    fine_x = &sides_x;
    fine_y = &sides_y;
  }
}

void CoarseColumns::solve(View3<const double> residual) {
  View3<const double> fine = residual;
  for (Level& level : levels_) {
    const auto right = level.right.view3(), result = level.result.view3();
    const auto coupling = level.coupling.view3(), pivot = level.pivot.view3();
#pragma omp parallel
    {
      std::vector<double> sum(std::size_t(fine.nx));
#pragma omp for schedule(static)
      for (int j = 0; j < right.ny; ++j) {
        restrict_row(j, fine, right, sum);
        solve_column_row(j, coupling, pivot, right, result);
      }
    }
    fine = right;
  }
  for (std::size_t n = levels_.size(); n-- > 1;) {
    const auto coarse = levels_[n].result.view3(), up = levels_[n - 1].result.view3();
#pragma omp parallel for schedule(static)
    for (int j = 0; j < up.ny; ++j) {
      interpolate_row(j, coarse, up);
    }
  }
}

void CoarseColumns::add_row(int j, View3<double> sum) const {
  if (!levels_.empty()) {
    interpolate_row(j, levels_.front().result.view3(), sum);
  }
}

} // namespace tq
