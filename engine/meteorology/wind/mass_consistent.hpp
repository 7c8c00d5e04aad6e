#pragma once
#include "meteorology/wind/adjustment_operator.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace tq {

/// When a solve may stop, and when it has failed.
struct AdjustmentLimits {
  double tolerance = 1e-8; // norm of the divergence left over that of the first guess
  int iterations = 1000;
};

/// What a solve came to.
struct AdjustmentReport {
  int iterations = 0;
  double residual = 0;   // norm of the net outflows left over that of the first guess; 0 where that was round-off
  double divergence = 0; // s-1, largest net outflow of a cell over its air mass

  /// Becomes the worst of both.
  void add(const AdjustmentReport& other) {
    iterations = std::max(iterations, other.iterations);
    residual = std::max(residual, other.residual);
    divergence = std::max(divergence, other.divergence);
  }
  /// For the log: "at most 40 iterations each, residual 1.0e-08, largest divergence 1.0e-12 s-1".
  std::string worst() const;
};

/// The least adjustment of an air flow that makes it free of divergence on the terrain-following grid (Sherman 1978, J.
/// Appl. Meteor. 17, 312-319; weights and boundaries as in README.md here):
///   minimise  integral of rho/T [(u - u0)^2 + (v - v0)^2 + (w - w0)^2 / a^2] dV  so that no cell has a net outflow,
/// a = alpha_H/alpha_V: large where air rises easily, small where it rather goes around hills; T per level: large where
/// air is moved easily (wind/yielding.hpp). The multiplier L obeys
///   -div rho T (dL/dx, dL/dy, a^2 dL/dz) = div(rho u0),
/// discretised by AdjustmentOperator; nothing through the ground, L = 0 at sides and lid. Conjugate gradients in double
/// with a preconditioner that solves every column exactly, on several levels. Sums in global row order: the same bits
/// for any number of threads. Not thread-safe: one solve at a time.
class MassConsistentSolver {
 public:
  explicit MassConsistentSolver(const Grid& grid);

  /// Adjusts `flow` for the weights (a ratio a alone: T = 1). `potential` [m2 s-1] is what the search starts from
  /// (zero: cold; that of a similar flow: warm) and becomes the solution; its size is nx x ny x nz with a halo of 1.
  /// Throws NumericalError if the tolerance is not reached within the limit.
  AdjustmentReport adjust(FaceFlow& flow, const AdjustmentWeights& weights, Field<double>& potential,
                          const AdjustmentLimits& limits);

  /// A potential to start from: zero.
  Field<double> no_potential() const;
  const WindMetric& metric() const { return operator_.metric(); }

 private:
  /// Calls body(j, scratch) for every row j, each thread with rows of its own, and adds up both results in order.
  template <class Body> std::array<double, 2> sum_rows(const Body& body);
  /// Makes the ground tight, and the residual of `potential`. Returns the norm of the first guess' net outflows
  /// [kg s-1], 0 if they are round-off.
  double start(FaceFlow& flow, Field<double>& potential);
  /// Adds the fluxes of `potential` and measures what is left.
  void finish(FaceFlow& flow, Field<double>& potential, double first_guess, AdjustmentReport& report);

  AdjustmentOperator operator_;
  std::optional<AdjustmentWeights> weights_; // that the operator is made for
  Field<double> residual_, preconditioned_, direction_, image_;
  Field<double> ground_;                        // (i, j): slope wind of the first guess at the ground over T, m s-1
  std::vector<double> row_sum_, other_row_sum_; // by j, so that sums do not depend on threads
};

} // namespace tq
