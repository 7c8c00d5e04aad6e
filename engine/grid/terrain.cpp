#include "grid/terrain.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tq {

namespace {

/// The raster's columns (or rows) that a cell covers, with the lengths in common [m].
struct Span {
  int first = 0;
  std::vector<double> lengths; // empty: the raster does not cover the whole cell
};

std::vector<Span> spans(double grid_start, double step, int cells, double raster_start, double raster_step,
                        int count) {
  const double tolerance = 1e-6 * raster_step; // headers with few digits must not lose the outermost cells
  std::vector<Span> result(static_cast<std::size_t>(cells));
  for (int cell = 0; cell < cells; ++cell) {
    const double low = grid_start + cell * step - raster_start;
    const double high = low + step;
    if (low < -tolerance || high > count * raster_step + tolerance) {
      continue;
    }
    Span& span = result[std::size_t(cell)];
    span.first = std::clamp(int(std::floor(low / raster_step)), 0, count - 1);
    for (int n = span.first; n < count && n * raster_step < high; ++n) {
      span.lengths.push_back(
          std::max(0.0, std::min(high, (n + 1) * raster_step) - std::max(low, n * raster_step)));
    }
  }
  return result;
}

} // namespace

std::vector<double> average_over_cells(const files::AsciiRaster& raster, const GridSpecification& grid) {
  const auto columns = spans(grid.x_west, grid.dx, grid.nx, raster.x_west, raster.cell_size, raster.columns);
  const auto rows = spans(grid.y_south, grid.dy, grid.ny, raster.y_south, raster.cell_size, raster.rows);
  std::vector<double> means;
  means.reserve(columns.size() * rows.size());
  for (const Span& row : rows) {
    for (const Span& column : columns) {
      double sum = 0, area = 0;
      for (std::size_t r = 0; r < row.lengths.size(); ++r) {
        const double* values =
            raster.values.data() + (std::size_t(row.first) + r) * std::size_t(raster.columns);
        for (std::size_t c = 0; c < column.lengths.size(); ++c) {
          const double weight = row.lengths[r] * column.lengths[c];
          if (weight > 0) { // missing data beside the cell must not spoil it
            sum += weight * values[std::size_t(column.first) + c];
            area += weight;
          }
        }
      }
      means.push_back(area > 0 ? sum / area : std::numeric_limits<double>::quiet_NaN());
    }
  }
  return means;
}

} // namespace tq
