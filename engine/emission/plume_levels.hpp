#pragma once
#include "emission/plume_air.hpp"
#include "emission/source.hpp"
#include "grid/grid.hpp"

#include <vector>

namespace tq {

/// Over which levels the plumes of chimneys are laid, hour by hour.
class PlumeLevels {
 public:
  PlumeLevels() = default;
  /// Of the sources that have a stack. `weather` are the hours of the run; empty if there is no stack.
  PlumeLevels(const Grid& grid, const std::vector<Source>& sources, const EmissionWeather& weather);

  /// Number of lowest levels that any plume reaches in the run; 0 without stacks.
  int levels() const { return levels_; }
  /// Shares of the plume of a source (index) in the levels of its column in that hour of the run, levels() of them,
  /// which sum to 1: those of the plume's reach (physics/plume_rise.hpp); what is above the grid goes to its highest
  /// level. Only of sources with a stack.
  std::vector<double> shares(std::size_t source, std::size_t hour) const;

 private:
  struct Column {
    physics::Chimney stack;
    std::vector<double> faces; // m above ground, nz + 1
  };

  std::vector<Column> columns_;
  std::vector<std::size_t> column_of_; // by source; columns_.size() for those without a stack
  std::vector<PlumeProfile> hours_;    // air of each hour of the run
  int levels_ = 0;
};

} // namespace tq
