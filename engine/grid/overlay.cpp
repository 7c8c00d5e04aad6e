/// Exact shares without clipping polygons: every edge is cut where it crosses grid lines, so each piece lies
/// in one cell. By Green's theorem the area of a polygon inside a cell is the sum, over the pieces in this
/// cell, of the area between piece and the cell's east side, plus the full width times the rise of all pieces
/// further west in the same row. The cost is one pass over the edges, whatever the number of cells; there is
/// no geometry that clipping could get wrong. (The tests hold it against GEOS's intersections.)
#include "grid/overlay.hpp"

#include "grid/geos.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tq {

namespace {

using files::Position;

/// A block of grid cells; positions inside it are counted from its south-west corner, which keeps them short
/// and differences of small shapes exact.
struct Window {
  int i0 = 0, j0 = 0, nx = 0, ny = 0;
  double dx = 0, dy = 0;
  Position origin;

  Position local(Position p) const { return {p.x - origin.x, p.y - origin.y}; }
};

Window make_window(const Grid& grid, int i0, int j0, int i1, int j1) {
  const GridSpecification& s = grid.specification();
  return {i0, j0, i1 - i0, j1 - j0, s.dx, s.dy, {s.x_west + i0 * s.dx, s.y_south + j0 * s.dy}};
}

/// The part of the domain that the polygon's bounding box touches.
Window window_around(const Grid& grid, const files::Polygon& polygon) {
  const GridSpecification& s = grid.specification();
  const auto& outer = polygon.rings.front();
  const auto [west, east] =
      std::minmax_element(outer.begin(), outer.end(), [](auto a, auto b) { return a.x < b.x; });
  const auto [south, north] =
      std::minmax_element(outer.begin(), outer.end(), [](auto a, auto b) { return a.y < b.y; });
  const auto first = [](double low, double step, int n) {
    return int(std::clamp(std::floor(low / step), 0.0, double(n)));
  };
  const auto last = [](double high, double step, int n) {
    return int(std::clamp(std::floor(high / step) + 1, 0.0, double(n)));
  };
  return make_window(grid, first(west->x - s.x_west, s.dx, s.nx), first(south->y - s.y_south, s.dy, s.ny),
                     last(east->x - s.x_west, s.dx, s.nx), last(north->y - s.y_south, s.dy, s.ny));
}

/// Cuts edges at the window's grid lines.
class EdgeCutter {
 public:
  explicit EdgeCutter(const Window& window) : window_(window) {}

  /// Calls body(i, j, from, to) for each piece, in order; i and j are cells of the window, or -1 or nx (ny)
  /// beyond it. A piece that lies on a grid line belongs to the cell in the east or north.
  template <class Body> void cut(Position a, Position b, Body body) {
    cuts_.clear();
    for_each_line(a.x, b.x, window_.dx, window_.nx, [&](double x) {
      const double t = (x - a.x) / (b.x - a.x);
      cuts_.push_back({t, {x, a.y + t * (b.y - a.y)}});
    });
    for_each_line(a.y, b.y, window_.dy, window_.ny, [&](double y) {
      const double t = (y - a.y) / (b.y - a.y);
      cuts_.push_back({t, {a.x + t * (b.x - a.x), y}});
    });
    std::stable_sort(cuts_.begin(), cuts_.end(),
                     [](const Cut& one, const Cut& other) { return one.t < other.t; });
    cuts_.push_back({1, b});
    Position from = a;
    for (const Cut& cut : cuts_) {
      body(cell_of(0.5 * (from.x + cut.at.x), window_.dx, window_.nx),
           cell_of(0.5 * (from.y + cut.at.y), window_.dy, window_.ny), from, cut.at);
      from = cut.at;
    }
  }

 private:
  struct Cut {
    double t;
    Position at;
  };

  /// Grid lines strictly between two coordinates.
  template <class Body> static void for_each_line(double a, double b, double step, int n, Body body) {
    const auto [low, high] = std::minmax(a, b);
    const int first = int(std::clamp(std::floor(low / step), -1.0, double(n)));
    for (int line = first; line <= n && line * step < high; ++line) {
      if (line >= 0 && line * step > low) {
        body(line * step);
      }
    }
  }

  static int cell_of(double middle, double step, int n) {
    return int(std::clamp(std::floor(middle / step), -1.0, double(n)));
  }

  Window window_;
  std::vector<Cut> cuts_;
};

/// Signed area of a closed ring, positive if it runs counter-clockwise; from the first vertex, to keep terms
/// short.
double signed_area(const files::Line& ring) {
  double twice = 0;
  for (std::size_t n = 1; n + 1 < ring.size(); ++n) {
    const double ax = ring[n].x - ring[0].x, ay = ring[n].y - ring[0].y;
    const double bx = ring[n + 1].x - ring[0].x, by = ring[n + 1].y - ring[0].y;
    twice += ax * by - bx * ay;
  }
  return 0.5 * twice;
}

void add_polygon(const Grid& grid, const files::Polygon& polygon, Overlay& overlay) {
  const Window window = window_around(grid, polygon);
  std::vector<double> area(std::size_t(window.nx) * std::size_t(window.ny),
                           0.0);   // between pieces and the east side
  std::vector<double> rise = area; // of the pieces in the cell: fills the row from the next cell on
  std::vector<double> rise_west(std::size_t(window.ny), 0.0);
  EdgeCutter cutter(window);
  for (std::size_t n = 0; n < polygon.rings.size(); ++n) {
    const files::Line& ring = polygon.rings[n];
    const double ring_area = signed_area(ring);
    const bool counts = n == 0;
    overlay.total += counts ? std::abs(ring_area) : -std::abs(ring_area);
    const double sign = (ring_area > 0) == counts ? 1.0 : -1.0;
    for (std::size_t m = 0; m + 1 < ring.size(); ++m) {
      cutter.cut(window.local(ring[m]), window.local(ring[m + 1]),
                 [&](int i, int j, Position from, Position to) {
                   if (j < 0 || j >= window.ny || i >= window.nx) {
                     return;
                   }
                   // Counter-clockwise, the west side of a polygon runs south: what lies east of it is
                   // inside.
                   const double fall = sign * (from.y - to.y);
                   if (i < 0) {
                     rise_west[std::size_t(j)] += fall;
                     return;
                   }
                   const std::size_t cell = std::size_t(j) * std::size_t(window.nx) + std::size_t(i);
                   area[cell] += fall * ((i + 1) * window.dx - 0.5 * (from.x + to.x));
                   rise[cell] += fall;
                 });
    }
  }
  // Cells that the polygon does not touch get sums of rounding errors, some units in the last place of the
  // window's size times its width: not shares.
  const double noise = 0x1p-48 * (window.nx * window.dx) * (window.ny * window.dy);
  for (int j = 0; j < window.ny; ++j) {
    double filled = rise_west[std::size_t(j)];
    for (int i = 0; i < window.nx; ++i) {
      const std::size_t cell = std::size_t(j) * std::size_t(window.nx) + std::size_t(i);
      const double amount = area[cell] + filled * window.dx;
      filled += rise[cell];
      if (amount > noise) {
        overlay.shares.push_back({window.i0 + i, window.j0 + j, amount});
      }
    }
  }
}

/// The cell of a point or piece of line: the outer edge in the east and north belongs to the domain.
int closed_cell(int cell, double coordinate, double step, int n) {
  return cell == n && coordinate == n * step ? n - 1 : cell;
}

void add_share(const Window& domain, Position middle, double amount, Overlay& overlay) {
  const int i = closed_cell(int(std::clamp(std::floor(middle.x / domain.dx), -1.0, double(domain.nx))),
                            middle.x, domain.dx, domain.nx);
  const int j = closed_cell(int(std::clamp(std::floor(middle.y / domain.dy), -1.0, double(domain.ny))),
                            middle.y, domain.dy, domain.ny);
  overlay.total += amount;
  if (i >= 0 && i < domain.nx && j >= 0 && j < domain.ny) {
    overlay.shares.push_back({i, j, amount});
  }
}

/// Puts shares in the order of (j, i) and adds up those of one cell.
void merge(std::vector<CellShare>& shares) {
  std::stable_sort(shares.begin(), shares.end(), [](const CellShare& one, const CellShare& other) {
    return one.j != other.j ? one.j < other.j : one.i < other.i;
  });
  std::size_t kept = 0;
  for (std::size_t n = 0; n < shares.size(); ++n) {
    if (kept > 0 && shares[kept - 1].i == shares[n].i && shares[kept - 1].j == shares[n].j) {
      shares[kept - 1].amount += shares[n].amount;
    } else {
      shares[kept++] = shares[n];
    }
  }
  shares.resize(kept);
}

} // namespace

double Overlay::inside() const {
  double sum = 0;
  for (const CellShare& share : shares) {
    sum += share.amount;
  }
  return sum;
}

files::Feature projected(const Grid& grid, files::Feature feature) {
  const auto project = [&](Position& p) {
    const Position metres = grid.projection().project(p);
    if (!std::isfinite(metres.x) || !std::isfinite(metres.y)) {
      throw InputError(feature.where,
                       fmt::format("feature \"{}\": position {} {}: must lie where EPSG:{} is defined",
                                   feature.id, p.x, p.y, grid.projection().epsg()));
    }
    p = metres;
  };
  for (files::Polygon& polygon : feature.polygons) {
    for (files::Line& ring : polygon.rings) {
      std::for_each(ring.begin(), ring.end(), project);
    }
  }
  for (files::Line& line : feature.lines) {
    std::for_each(line.begin(), line.end(), project);
  }
  std::for_each(feature.points.begin(), feature.points.end(), project);
  if (!feature.polygons.empty()) {
    const PlanarArea::Fault fault = PlanarArea(feature.polygons).fault();
    if (!fault.reason.empty()) {
      const Position place = grid.projection().unproject(fault.place);
      throw InputError(feature.where,
                       fmt::format("feature \"{}\": must be a valid polygon: {} at {:.5f} {:.5f}", feature.id,
                                   fault.reason, place.x, place.y));
    }
  }
  return feature;
}

Overlay lay_over_projected(const Grid& grid, const files::Feature& feature) {
  Overlay overlay;
  for (const files::Polygon& polygon : feature.polygons) {
    add_polygon(grid, polygon, overlay);
  }
  const Window domain = make_window(grid, 0, 0, grid.nx(), grid.ny());
  EdgeCutter cutter(domain);
  for (const files::Line& line : feature.lines) {
    for (std::size_t n = 0; n + 1 < line.size(); ++n) {
      cutter.cut(domain.local(line[n]), domain.local(line[n + 1]), [&](int, int, Position from, Position to) {
        add_share(domain, {0.5 * (from.x + to.x), 0.5 * (from.y + to.y)},
                  std::hypot(to.x - from.x, to.y - from.y), overlay);
      });
    }
  }
  for (const Position& point : feature.points) {
    add_share(domain, domain.local(point), 1, overlay);
  }
  merge(overlay.shares);
  return overlay;
}

Overlay lay_over(const Grid& grid, const files::Feature& feature) {
  return lay_over_projected(grid, projected(grid, feature));
}

} // namespace tq
