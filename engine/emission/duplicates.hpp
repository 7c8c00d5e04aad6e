#pragma once
#include "emission/source.hpp"
#include "grid/overlay.hpp"

#include <memory>
#include <vector>

namespace tq {

/// Finds what two inventories may both have counted: sources of one sector at one place. At one place are, within a
/// grid cell that both share,
/// - geometries of the same id,
/// - points at most 100 m apart,
/// - lines that share a piece between two vertices (to 1 m),
/// - polygons that overlap by more than 1 % of the smaller; neighbours drawn by different hands overlap by less,
/// - a polygon and a point or a vertex of a line inside it: totals of an area beside what lies in it.
/// Proposed sources do not count: they may replace what is there.
class DuplicateFinder {
 public:
  explicit DuplicateFinder(const Grid& grid) : grid_(grid) {}

  /// `feature` is kept by reference, in WGS84; `overlay` is the same laid over the grid.
  void add(const Source& source, const files::Feature& feature, const Overlay& overlay);
  /// One warning for each sector and pair of inventories.
  void warn() const;

 private:
  struct Entry {
    std::string id, inventory, sector, geometry;
    const files::Feature* feature;
    std::vector<int> cells; // j * nx + i
  };

  void warn(const std::vector<const Entry*>& sector) const;

  const Grid& grid_;
  std::vector<Entry> entries_;
};

} // namespace tq
