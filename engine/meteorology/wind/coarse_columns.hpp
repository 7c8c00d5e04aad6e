#pragma once
#include "grid/field.hpp"

#include <vector>

namespace tq {

/// Corrections of a residual on coarser and coarser columns, for the preconditioner: solving columns one by one spreads
/// nothing sideways, so smooth errors would take as many iterations as there are columns across the depth over a.
/// Additive levels after Bramble, Pasciak and Xu (1990), Math. Comp. 55, 1-22: cells of level n + 1 are 2 x 2 of level
/// n with all layers kept, residuals come down by the transpose of bilinear interpolation (0 on the domain's sides),
/// each level solves its columns, corrections go up and add. Symmetric and positive.
class CoarseColumns {
 public:
  CoarseColumns() = default;

  /// Builds the levels for an operator whose conductances [kg m-2] are: `coupling` of z-faces (nz + 1 levels), and `x`
  /// (nx + 1) and `y` (ny + 1) of the sides, those at the domain's edge for half the distance.
  void build(const Field<double>& coupling, const Field<double>& x, const Field<double>& y);
  /// Everything below the finest level for this residual.
  void solve(View3<const double> residual);
  /// Adds row j of the correction to the finest level's `sum`.
  void add_row(int j, View3<double> sum) const;

 private:
  struct Level {
    Field<double> coupling, pivot, right, result;
  };
  std::vector<Level> levels_;
};

/// Inverted pivots of the columns' elimination: diagonal = side conductances of the cell plus both couplings.
void factor_columns(View3<const double> coupling, View3<const double> x, View3<const double> y, View3<double> pivot);
/// Solves one row of columns.
void solve_column_row(int j, View3<const double> coupling, View3<const double> pivot, View3<const double> right,
                      View3<double> result);

} // namespace tq
