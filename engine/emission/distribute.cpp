#include "emission/distribute.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <stdexcept>

namespace tq {

namespace {

/// Overlap of [base, top] with each level of column (i, j), from the ground up; lengths in m, or a single 1
/// where base = top.
void vertical_overlap(const Grid& grid, int i, int j, double base, double top, std::vector<double>& overlap) {
  const double jacobian = grid.jacobian(i, j);
  overlap.clear();
  for (int k = 0; k < grid.nz(); ++k) {
    const double low = grid.zeta_face(k) * jacobian;
    const double high = grid.zeta_face(k + 1) * jacobian;
    if (top == base) {
      const bool last = k + 1 == grid.nz();
      overlap.push_back(base >= low && (base < high || last) ? 1.0 : 0.0);
    } else {
      overlap.push_back(std::max(0.0, std::min(top, high) - std::max(base, low)));
    }
  }
}

} // namespace

Placement distribute(const Grid& grid, const Overlay& overlay, double base, double top) {
  Placement placement;
  double amount = 0;
  double lowest_top = grid.top();
  for (const CellShare& share : overlay.shares) {
    amount += share.amount;
    lowest_top = std::min(lowest_top, grid.top() * grid.jacobian(share.i, share.j));
  }
  if (top > lowest_top) {
    throw std::domain_error(fmt::format("{:.6g}", lowest_top));
  }
  if (amount <= 0 || overlay.total <= 0) {
    return placement;
  }
  const double ratio = amount / overlay.total;
  placement.inside = ratio >= 1.0 - 1e-9 ? 1.0 : ratio;
  std::vector<double> overlap;
  for (const CellShare& share : overlay.shares) {
    const double column = share.amount / amount * placement.inside;
    vertical_overlap(grid, share.i, share.j, base, top, overlap);
    double height = 0;
    for (const double length : overlap) {
      height += length;
    }
    for (int k = 0; k < grid.nz(); ++k) {
      const double length = overlap[std::size_t(k)];
      if (length > 0 && column > 0) {
        placement.shares.push_back({share.i, share.j, k, column * (length / height)});
      }
    }
  }
  return placement;
}

int parent_of(const ManagementCells& cells, int cell) {
  const std::string& parent = cells.cells[std::size_t(cell)].parent;
  return parent.empty() ? -1 : cells.find(parent);
}

CellLocator::CellLocator(const Grid& grid, const ManagementCells& cells)
    : nx_(grid.nx()), covers_(std::size_t(grid.nx()) * std::size_t(grid.ny())), leaf_(cells.cells.size(), true) {
  for (std::size_t c = 0; c < cells.cells.size(); ++c) {
    const ManagementCell& cell = cells.cells[c];
    for (const CellShare& share : cell.overlay.shares) {
      covers_[std::size_t(share.j * nx_ + share.i)].emplace_back(int(c), share.amount / grid.cell_area());
    }
    const int parent = parent_of(cells, int(c));
    if (parent >= 0) {
      leaf_[std::size_t(parent)] = false;
    }
  }
}

std::vector<std::pair<int, double>> CellLocator::locate(const Placement& placement) const {
  std::map<int, double> shares;
  for (const PlacedShare& share : placement.shares) {
    for (const auto& [cell, part] : covers_[std::size_t(share.j * nx_ + share.i)]) {
      shares[cell] += share.share * part;
    }
  }
  return {shares.begin(), shares.end()};
}

} // namespace tq
