#pragma once
#include "grid/management_cells.hpp"

#include <span>

namespace tq {

/// Area-weighted means of a two-dimensional field over the management cells, summed in the fixed order of each cell's
/// shares (rows from south to north), always in double.
class CellMeans {
public:
  /// `nx`: length of a row of the global fields.
  CellMeans(const ManagementCells& cells, int nx);

  int count() const { return int(cells_.size()); }
  /// `field`: [j * nx + i] over the whole grid; `means`: one value per management cell, in the field's unit.
  void apply(std::span<const double> field, std::span<double> means) const;

private:
  struct Share {
    std::size_t place = 0; // j * nx + i
    double weight = 0;     // m2
  };
  struct Cell {
    std::vector<Share> shares;
    double area = 0; // m2
  };
  std::vector<Cell> cells_;
};

} // namespace tq
