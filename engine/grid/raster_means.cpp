#include "grid/raster_means.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tq {

namespace {

using files::PlacedRaster;
using files::Position;

/// A column (or row) of pixels under a cell, with the share of the cell's side.
struct Piece {
  int pixel;
  double share;
};

std::vector<Piece> pieces(double from, double to, int count) {
  const double low = std::min(from, to), high = std::max(from, to);
  std::vector<Piece> result;
  for (int n = int(std::clamp(std::floor(low), 0.0, double(count))); n < count && n < high; ++n) {
    const double common = std::min(high, n + 1.0) - std::max(low, double(n));
    if (common > 0) {
      result.push_back({n, common / (high - low)});
    }
  }
  return result;
}

const Position& corner(const PlacedRaster& raster, int nx, int i, int j) {
  return raster.corners[std::size_t(j) * std::size_t(nx + 1) + std::size_t(i)];
}

double pixel(const PlacedRaster& raster, int column, int row) {
  return raster.values[std::size_t(row) * std::size_t(raster.columns) + std::size_t(column)];
}

/// Body gets the value (NaN: no data) and the share of the cell, for each pixel under cell (i, j).
template <class Body> void for_each_pixel(const PlacedRaster& raster, int nx, int i, int j, Body body) {
  const std::vector<Piece> columns = pieces(corner(raster, nx, i, 0).x, corner(raster, nx, i + 1, 0).x, raster.columns);
  for (const Piece& row : pieces(corner(raster, nx, 0, j).y, corner(raster, nx, 0, j + 1).y, raster.rows)) {
    for (const Piece& column : columns) {
      body(pixel(raster, column.pixel, row.pixel), column.share * row.share);
    }
  }
}

/// The same for points spread evenly over the cell, each with an equal share; `value_at` takes a point in columns and
/// rows inside the raster.
template <class ValueAt, class Body>
void for_each_point(const PlacedRaster& raster, int nx, int i, int j, ValueAt value_at, Body body) {
  const Position& a = corner(raster, nx, i, j);
  const Position& b = corner(raster, nx, i + 1, j);
  const Position& c = corner(raster, nx, i, j + 1);
  const Position& d = corner(raster, nx, i + 1, j + 1);
  const auto points = [](double pixels) { return int(std::ceil(std::max(4.0, 2 * pixels))); };
  const int across = points(std::hypot(b.x - a.x, b.y - a.y)), along = points(std::hypot(c.x - a.x, c.y - a.y));
  const double share = 1.0 / (double(across) * along);
  for (int n = 0; n < along; ++n) {
    const double t = (n + 0.5) / along;
    for (int m = 0; m < across; ++m) {
      const double s = (m + 0.5) / across;
      const auto between = [s, t](double at_a, double at_b, double at_c, double at_d) {
        return (1 - t) * ((1 - s) * at_a + s * at_b) + t * ((1 - s) * at_c + s * at_d);
      };
      const Position at{between(a.x, b.x, c.x, d.x), between(a.y, b.y, c.y, d.y)};
      if (at.x >= 0 && at.x < raster.columns && at.y >= 0 && at.y < raster.rows) {
        body(value_at(at), share);
      }
    }
  }
}

double nearest_value(const PlacedRaster& raster, Position at) {
  return pixel(raster, int(at.x), int(at.y));
}

/// Linear between the centres of pixels, by what has data; NaN where the pixel itself has none.
double interpolated(const PlacedRaster& raster, Position at) {
  if (std::isnan(nearest_value(raster, at))) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const double x = at.x - 0.5, y = at.y - 0.5;
  const int column = int(std::floor(x)), row = int(std::floor(y));
  double sum = 0, weights = 0;
  for (int r = 0; r < 2; ++r) {
    for (int c = 0; c < 2; ++c) {
      const double value =
          pixel(raster, std::clamp(column + c, 0, raster.columns - 1), std::clamp(row + r, 0, raster.rows - 1));
      const double weight = (c == 0 ? column + 1 - x : x - column) * (r == 0 ? row + 1 - y : y - row);
      if (!std::isnan(value)) {
        sum += weight * value;
        weights += weight;
      }
    }
  }
  return sum / weights;
}

} // namespace

files::CellLattice cell_lattice(const GridSpecification& grid) {
  return {grid.epsg, grid.nx, grid.ny, grid.x_west, grid.y_south, grid.dx, grid.dy};
}

RasterMeans mean_over_cells(const PlacedRaster& raster, int nx, int ny) {
  RasterMeans result;
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      double sum = 0, covered = 0;
      const auto add = [&](double value, double share) {
        if (!std::isnan(value)) {
          sum += share * value;
          covered += share;
        }
      };
      if (raster.aligned) {
        for_each_pixel(raster, nx, i, j, add);
      } else {
        for_each_point(
            raster, nx, i, j, [&raster](Position at) { return interpolated(raster, at); }, add);
      }
      result.means.push_back(covered > 0 ? sum / covered : std::numeric_limits<double>::quiet_NaN());
      result.covered.push_back(covered);
    }
  }
  return result;
}

std::vector<CodeShares> shares_of_cells(const PlacedRaster& raster, int nx, int ny) {
  std::vector<CodeShares> result;
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      CodeShares& shares = result.emplace_back();
      const auto add = [&shares](double value, double share) {
        if (!std::isnan(value)) {
          shares[value] += share;
        }
      };
      if (raster.aligned) {
        for_each_pixel(raster, nx, i, j, add);
      } else {
        for_each_point(
            raster, nx, i, j, [&raster](Position at) { return nearest_value(raster, at); }, add);
      }
    }
  }
  return result;
}

} // namespace tq
