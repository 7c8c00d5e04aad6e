#include "emission/plume_levels.hpp"

#include <algorithm>

namespace tq {

PlumeLevels::PlumeLevels(const Grid& grid, const std::vector<Source>& sources, EmissionWeather weather)
    : column_of_(sources.size(), 0), weather_(std::move(weather)) {
  for (std::size_t s = 0; s < sources.size(); ++s) {
    if (!sources[s].stack || sources[s].placement.shares.empty()) {
      continue;
    }
    const PlacedShare& place = sources[s].placement.shares.front();
    Column& column = columns_.emplace_back();
    column.stack = *sources[s].stack;
    for (int k = 0; k <= grid.nz(); ++k) {
      column.faces.push_back(grid.zeta_face(k) * grid.jacobian(place.i, place.j));
    }
    column_of_[s] = columns_.size() - 1;
  }
  for (const Column& column : columns_) {
    for (const EmissionHour& hour : weather_) {
      const std::vector<double> shares = column_shares(column, hour);
      const auto last = std::find_if(shares.rbegin(), shares.rend(), [](double share) { return share > 0; });
      levels_ = std::max(levels_, int(shares.rend() - last));
    }
  }
}

std::vector<double> PlumeLevels::shares(std::size_t source, std::size_t hour) const {
  std::vector<double> shares = column_shares(columns_[column_of_[source]], weather_[hour]);
  shares.resize(std::size_t(levels_));
  return shares;
}

std::vector<double> PlumeLevels::column_shares(const Column& column, const EmissionHour&) const {
  std::vector<double> shares(column.faces.size() - 1, 0.0);
  const auto above = std::upper_bound(column.faces.begin(), column.faces.end(), column.stack.height);
  const std::size_t level = std::size_t(above - column.faces.begin()) - 1;
  shares[std::min(level, shares.size() - 1)] = 1.0;
  return shares;
}

} // namespace tq
