#pragma once
#include "grid/management_cells.hpp"
#include "grid/overlay.hpp"

#include <utility>
#include <vector>

namespace tq {

/// Part of a source that is emitted into grid cell (i, j, k); share of the whole source's amount.
struct PlacedShare {
  int i = 0, j = 0, k = 0;
  double share = 0;
};

struct Placement {
  double inside = 0;               // share of the geometry inside the domain, 0..1
  std::vector<PlacedShare> shares; // in order of (j, i, k); they sum to `inside` to rounding (1e-12)
};

/// Spreads a geometry's overlay over levels. In each column the amount is shared by the overlap of [base,
/// top] (m above ground) with that column's own cells, whose faces stand zeta_face * jacobian above its
/// ground; base = top puts all into the cell that holds that height. An inside share within 1e-9 of 1, the
/// overlay's accuracy, counts as 1, so the mass on the grid is exact. Throws std::domain_error, with the
/// lowest top of the grid over the geometry in its text, if `top` reaches above the grid.
Placement distribute(const Grid& grid, const Overlay& overlay, double base, double top);

/// Index of the cell above a management cell, or -1 at the top. The reader of the cells refuses rings.
int parent_of(const ManagementCells& cells, int cell);

/// Which management cells share which grid cell. A source's share in a management cell is taken through the
/// grid: its share of each grid cell times the part of that cell's area which the management cell covers.
/// That treats emission as even within a grid cell, as the transport does.
class CellLocator {
 public:
  CellLocator(const Grid& grid, const ManagementCells& cells);

  /// Management cells with their share of the placed amount, by index; zero shares are left out.
  std::vector<std::pair<int, double>> locate(const Placement& placement) const;
  /// True if no other management cell names this one as parent.
  bool is_leaf(int cell) const { return leaf_[std::size_t(cell)]; }

 private:
  int nx_ = 0;
  std::vector<std::vector<std::pair<int, double>>> covers_; // per grid cell (j * nx + i): (cell, part of the area)
  std::vector<bool> leaf_;
};

} // namespace tq
