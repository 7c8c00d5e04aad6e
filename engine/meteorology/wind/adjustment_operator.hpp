#pragma once
#include "grid/field.hpp"
#include "meteorology/wind/coarse_columns.hpp"
#include "meteorology/wind/face_flow.hpp"
#include "meteorology/wind/metric.hpp"

#include <utility>
#include <vector>

namespace tq {

/// How the air of a first guess may be moved.
struct AdjustmentWeights {
  AdjustmentWeights(double alpha_ratio, std::vector<double> yield = {})
      : ratio(alpha_ratio), yielding(std::move(yield)) {}
  bool operator==(const AdjustmentWeights&) const = default;

  double ratio;                 // a = alpha_H/alpha_V > 0: how easily air rises
  std::vector<double> yielding; // T > 0 per level: how easily air there is moved at all; empty: 1
};

/// The discrete form of rho T (dL/dx, dL/dy, a^2 dL/dz) on terrain-following cells, and the net inflow that it makes.
///
/// Below rho stands for rho T, T being the cell's own. With J = 1 - h/H, z_x = h_x (1 - zeta/H), kappa = a^2 + z_x^2 +
/// z_y^2 the mass fluxes through faces are
///   F_x = dy dzeta rho (J L_x - z_x L_zeta),  F_y alike,  F_zeta = dx dy rho (kappa/J L_zeta - z_x L_x - z_y L_y).
/// They are derivatives of one energy: each cell has eight corners, at each of which the gradient is made of the three
/// differences across the faces that meet there, and
///   E = 1/16 sum over cells and corners of rho V |(L_x - (z_x/J) L_zeta, L_y - (z_y/J) L_zeta, (a/J) L_zeta)|^2.
/// So the operator is symmetric and positive, with the cross terms, and second order on unequal layers. Summed up:
///   F_x = dy { (m_w + m_e)/2 dL/dx - (h_x G)_w/2 - (h_x G)_e/2 },  m = rho J dzeta,
///   G = rho dzeta (mean over both halves of the cell of (1 - zeta/H) dL/dzeta),
///   F_zeta = dx dy { (rho kappa/J) dL/dzeta - (1 - zeta/H) (mean over both cells, by depth, of rho S) },
///   S = h_x dL/dx + h_y dL/dy over the cell.
/// Ground: dL/dzeta at the ground's face follows from what must flow through it (nothing, after the first guess'
/// share); this unknown is eliminated. Sides and lid: L = 0 at the face, so its neighbour there is -L of the cell
/// inside. L is a velocity potential [m2 s-1].
class AdjustmentOperator {
 public:
  explicit AdjustmentOperator(const Grid& grid);

  const WindMetric& metric() const { return metric_; }
  /// Before anything else.
  void set_weights(const AdjustmentWeights& weights);
  /// kg m-2, (i, j, k): air in the cell over its area, times T.
  View3<const double> yielding_mass() const { return mass_.view3(); }

  /// Adds the fluxes of `potential` [m2 s-1] (halo 1, filled) to `flow`. `ground` (i, j) is the slope wind h_x u + h_y
  /// v [m s-1] of the first guess at the ground, which must not go through, over the lowest level's T.
  void add_fluxes(View3<const double> potential, View2<const double> ground, FaceFlow& flow) const;
  /// Net inflow [kg s-1] that `flow` brings to each cell, without what goes through the ground.
  void inflow(const FaceFlow& flow, View3<double> result) const;

  /// Rows of one thread.
  struct Scratch {
    explicit Scratch(int nx);
    double* row(int n) { return memory.view2().line(n); }
    Field<double> memory;
  };
  /// The net inflow [kg s-1] that `potential` makes, with nothing through the ground: one row of columns.
  void apply(int j, View3<const double> potential, View3<double> result, Scratch& scratch) const;
  /// Solves the operator's vertical part, with its whole diagonal, in one row of columns.
  void solve_columns(int j, View3<const double> right, View3<double> result) const;
  /// What coarser columns make of the same right side; then add_coarse() adds a row of it.
  void solve_coarse(View3<const double> right);
  void add_coarse(int j, View3<double> result) const;

 private:
  template <class Sink>
  void walk(int j, View3<const double> potential, View2<const double> ground, Scratch& scratch, const Sink& sink) const;
  void tilt(int j, int k, View3<const double> potential, View2<const double> ground, double* lean, double* out) const;
  void lean(int j, int k, View3<const double> potential, double* out) const;

  WindMetric metric_;
  Field<double> mass_;              // yielding_mass()
  Field<double> inverse_jacobian_;  // (i, j)
  Field<double> inverse_stiffness_; // (i, j): 1/kappa at the ground
  Field<double> no_ground_;         // (i, j): 0
  Field<double> coupling_;          // kg m-2, of faces (i, j, k): dx dy rho T kappa/J over the distance of the centres
  Field<double> pivot_;             // of the columns' elimination, inverted
  CoarseColumns coarse_;
};

} // namespace tq
