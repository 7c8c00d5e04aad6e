#include "diagnostics/cell_means.hpp"

#include <stdexcept>

namespace tq {

CellMeans::CellMeans(const ManagementCells& cells, int nx) {
  for (const ManagementCell& cell : cells.cells) {
    Cell& own = cells_.emplace_back();
    for (const CellShare& share : cell.overlay.shares) {
      own.shares.push_back({std::size_t(share.j) * std::size_t(nx) + std::size_t(share.i), share.amount});
      own.area += share.amount;
    }
  }
}

void CellMeans::apply(std::span<const double> field, std::span<double> means) const {
  if (means.size() != cells_.size()) {
    throw std::logic_error("one mean per management cell is needed");
  }
  for (std::size_t n = 0; n < cells_.size(); ++n) {
    double sum = 0;
    for (const Share& share : cells_[n].shares) {
      sum += field[share.place] * share.weight;
    }
    means[n] = cells_[n].area > 0 ? sum / cells_[n].area : 0.0;
  }
}

} // namespace tq
