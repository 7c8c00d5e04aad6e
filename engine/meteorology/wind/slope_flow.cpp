#include "meteorology/wind/slope_flow.hpp"

#include "meteorology/wind/first_guess.hpp"

#include <algorithm>
#include <cmath>

namespace tq::wind {

SlopeTerrain::SlopeTerrain(const Grid& grid) : grid_(grid), heights_(std::size_t(grid.nx()) * std::size_t(grid.ny())) {
  const int nx = grid.nx(), ny = grid.ny();
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      cell(i, j) = grid.terrain(i, j);
    }
  }
  // diffusion whose variance after all passes is slope_scale^2 along x and y; by differences, so that level stays level
  const double along_x = 0.5 * slope_scale * slope_scale / (grid.dx() * grid.dx());
  const double along_y = 0.5 * slope_scale * slope_scale / (grid.dy() * grid.dy());
  const int passes = int(std::ceil(std::max(along_x, along_y) / 0.2));
  for (int pass = 0; pass < passes; ++pass) {
    const std::vector<double> before = heights_;
    const auto old = [&](int i, int j) {
      return before[std::size_t(std::clamp(j, 0, ny - 1)) * std::size_t(nx) + std::size_t(std::clamp(i, 0, nx - 1))];
    };
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        const double here = old(i, j);
        cell(i, j) += along_x / passes * ((old(i - 1, j) - here) + (old(i + 1, j) - here)) +
                      along_y / passes * ((old(i, j - 1) - here) + (old(i, j + 1) - here));
      }
    }
  }
}

double SlopeTerrain::height(double column, double row) const {
  column = std::clamp(column, 0.0, grid_.nx() - 1.0);
  row = std::clamp(row, 0.0, grid_.ny() - 1.0);
  const int i = int(column), j = int(row), east = std::min(i + 1, grid_.nx() - 1),
            north = std::min(j + 1, grid_.ny() - 1);
  const double part = column - i;
  const double south_side = cell(i, j) + part * (cell(east, j) - cell(i, j));
  const double north_side = cell(i, north) + part * (cell(east, north) - cell(i, north));
  return south_side + (row - j) * (north_side - south_side);
}

SlopeTerrain::Place SlopeTerrain::at(int i, int j, bool below) const {
  const double slope_x = (height(i + 1, j) - height(i - 1, j)) / (2 * grid_.dx());
  const double slope_y = (height(i, j + 1) - height(i, j - 1)) / (2 * grid_.dy());
  const double steepness = std::hypot(slope_x, slope_y);
  Place place;
  if (steepness == 0) {
    return place;
  }
  place.east = slope_x / steepness;
  place.north = slope_y / steepness;
  place.slope.sine = steepness / std::hypot(1.0, steepness);
  const double step = 0.5 * std::min(grid_.dx(), grid_.dy()), sign = below ? -1 : 1;
  const int most = std::max(int(longest_slope / step), 1);
  for (int n = 1; n <= most; ++n) {
    const double away = sign * n * step;
    const double drop =
        sign * (height(i + away * place.east / grid_.dx(), j + away * place.north / grid_.dy()) - cell(i, j));
    if (!(drop > place.slope.drop)) {
      break;
    }
    place.slope.drop = drop;
    place.slope.length = std::hypot(n * step, drop);
  }
  return place;
}

FaceFlow slope_flow(const Grid& grid, const WindMetric& metric, const SlopeTerrain& terrain, bool upslope) {
  const int nx = grid.nx(), ny = grid.ny(), nz = grid.nz();
  Field<double> u(nx, ny, nz, 1, 0), v(nx, ny, nz, 1, 0);
#pragma omp parallel for schedule(static)
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      const SlopeTerrain::Place place = terrain.at(i, j, upslope);
      const double uphill = upslope ? physics::anabatic_shape(place.slope) : -physics::katabatic_shape(place.slope);
      const double depth = upslope ? physics::anabatic_depth : physics::katabatic_depth_share * place.slope.drop;
      for (int k = 0; k < nz; ++k) {
        const double floor = grid.zeta_face(k) * grid.jacobian(i, j);
        const double filled = std::clamp((depth - floor) / grid.thickness(i, j, k), 0.0, 1.0);
        u.view3()(i, j, k) = uphill * filled * place.east;
        v.view3()(i, j, k) = uphill * filled * place.north;
      }
    }
  }
  FaceFlow flow = horizontal_flow(metric, u.view3(), v.view3());
  std::fill(flow.z.raw(), flow.z.raw() + flow.z.raw_size(), 0.0);
  return flow;
}

} // namespace tq::wind
