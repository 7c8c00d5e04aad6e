#include "meteorology/wind/hourly.hpp"

#include "meteorology/wind/first_guess.hpp"
#include "meteorology/wind/yielding.hpp"

#include <cmath>
#include <span>
#include <vector>

namespace tq {
namespace {

/// Mean speed of each level.
std::vector<double> level_speeds(View3<const double> u, View3<const double> v) {
  std::vector<double> speed(std::size_t(u.nz), 0.0);
#pragma omp parallel for schedule(static)
  for (int k = 0; k < u.nz; ++k) {
    for (int j = 0; j < u.ny; ++j) {
      for (int i = 0; i < u.nx; ++i) {
        speed[std::size_t(k)] += std::hypot(u(i, j, k), v(i, j, k));
      }
    }
    speed[std::size_t(k)] /= double(u.nx) * u.ny;
  }
  return speed;
}

} // namespace

HourlyWind::HourlyWind(const Grid& grid, AdjustmentLimits limits)
    : grid_(grid), inner_layer_(wind::inner_layer_depth(grid)), solver_(grid), limits_(limits),
      potential_(solver_.no_potential()) {}

const FaceFlow& HourlyWind::solve(View3<const double> u, View3<const double> v, double ratio) {
  flow_ = horizontal_flow(solver_.metric(), u, v);
  report_ =
      solver_.adjust(flow_, {ratio, wind::yielding(grid_, inner_layer_, level_speeds(u, v))}, potential_, limits_);
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
