#pragma once
#include "base/archive.hpp"
#include "base/communicator.hpp"
#include "meteorology/wind/mass_consistent.hpp"

namespace tq {

/// Winds that no library can hold, of a weather model or of many stations: adjusted hour by hour, each search starting
/// from the hour before. The solution depends on where the search began within the tolerance, so a run that goes on
/// needs serialise() for the same bits. On the whole grid, on every rank the same.
class HourlyWind {
 public:
  /// The grid must outlive this.
  HourlyWind(const Grid& grid, AdjustmentLimits limits);

  /// Adjusts the wind u, v [m s-1] of the cells' centres (nx x ny x nz, w = 0) for the alpha ratio; air yields
  /// by the levels' mean speeds (wind/yielding.hpp). Valid until the next call. Throws NumericalError.
  const FaceFlow& solve(View3<const double> u, View3<const double> v, double ratio);
  /// What the latest solve came to.
  const AdjustmentReport& report() const { return report_; }
  /// The worst of all solves, and how many there were.
  const AdjustmentReport& worst() const { return worst_; }
  int solves() const { return solves_; }

  /// Through the root's archive, to all ranks.
  void serialise(Archive& archive, Communicator& communicator);

 private:
  const Grid& grid_;
  double inner_layer_; // m, its depth
  MassConsistentSolver solver_;
  AdjustmentLimits limits_;
  Field<double> potential_;
  FaceFlow flow_;
  AdjustmentReport report_, worst_;
  int solves_ = 0;
};

} // namespace tq
