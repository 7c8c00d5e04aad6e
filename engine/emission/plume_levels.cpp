#include "emission/plume_levels.hpp"

#include <algorithm>
#include <limits>

namespace tq {

PlumeLevels::PlumeLevels(const Grid& grid, const std::vector<Source>& sources, const EmissionWeather& weather)
    : column_of_(sources.size(), 0), hours_(weather.begin(), weather.end()) {
  for (std::size_t s = 0; s < sources.size(); ++s) {
    if (!sources[s].stack || sources[s].placement.shares.empty()) {
      continue;
    }
    const PlacedShare& place = sources[s].placement.shares.front();
    const Stack& stack = *sources[s].stack;
    Column& column = columns_.emplace_back();
    column.stack = {stack.height, stack.diameter, stack.velocity, stack.temperature};
    for (int k = 0; k <= grid.nz(); ++k) {
      column.faces.push_back(grid.zeta_face(k) * grid.jacobian(place.i, place.j));
    }
    column_of_[s] = columns_.size() - 1;
  }
  for (const Column& column : columns_) {
    double highest = 0;
    for (const PlumeProfile& hour : hours_) {
      highest = std::max(highest, physics::plume_reach(column.stack, hour.air()).top);
    }
    const auto above = std::lower_bound(column.faces.begin(), column.faces.end(), highest);
    levels_ = std::max(levels_, int(std::min(above, column.faces.end() - 1) - column.faces.begin()));
  }
}

std::vector<double> PlumeLevels::shares(std::size_t source, std::size_t hour) const {
  const Column& column = columns_[column_of_[source]];
  const physics::PlumeReach plume = physics::plume_reach(column.stack, hours_[hour].air());
  std::vector<double> shares(std::size_t(levels_), 0.0);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const bool highest = k + 2 == column.faces.size();
    shares[k] = physics::plume_share(plume, column.faces[k],
                                     highest ? std::numeric_limits<double>::infinity() : column.faces[k + 1]);
  }
  return shares;
}

} // namespace tq
