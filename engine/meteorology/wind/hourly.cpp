#include "meteorology/wind/hourly.hpp"

#include "meteorology/wind/first_guess.hpp"

#include <span>

namespace tq {

HourlyWind::HourlyWind(const Grid& grid, AdjustmentLimits limits)
    : solver_(grid), limits_(limits), potential_(solver_.no_potential()) {}

const FaceFlow& HourlyWind::solve(View3<const double> u, View3<const double> v, double ratio) {
  flow_ = horizontal_flow(solver_.metric(), u, v);
  report_ = solver_.adjust(flow_, ratio, potential_, limits_);
  worst_.add(report_);
  ++solves_;
  return flow_;
}

void HourlyWind::serialise(Archive& archive, Communicator& communicator) {
  const std::span<double> potential(potential_.raw(), potential_.raw_size());
  if (communicator.is_root()) {
    archive("wind.potential", potential);
  }
  communicator.broadcast(std::as_writable_bytes(potential));
}

} // namespace tq
