#include "meteorology/wind/first_guess.hpp"

#include <algorithm>
#include <stdexcept>

namespace tq {

FaceFlow horizontal_flow(const WindMetric& m, View3<const double> u, View3<const double> v) {
  FaceFlow flow;
  flow.x = Field<double>(m.nx + 1, m.ny, m.nz, 1, 0);
  flow.y = Field<double>(m.nx, m.ny + 1, m.nz, 1, 0);
  flow.z = Field<double>(m.nx, m.ny, m.nz + 1, 1, 0);
  const auto mass = m.mass.view3();
  const auto jacobian = m.jacobian.view2(), slope_x = m.slope_x.view2(), slope_y = m.slope_y.view2();
  const auto x = flow.x.view3(), y = flow.y.view3(), z = flow.z.view3();
#pragma omp parallel for schedule(static)
  for (int k = 0; k < m.nz; ++k) {
    for (int j = 0; j < m.ny; ++j) {
      for (int i = 0; i <= m.nx; ++i) {
        const int west = std::max(i - 1, 0), east = std::min(i, m.nx - 1);
        x(i, j, k) = m.dy * 0.5 * (mass(i - 1, j, k) + mass(i, j, k)) * 0.5 * (u(west, j, k) + u(east, j, k));
      }
    }
    for (int j = 0; j <= m.ny; ++j) {
      const int south = std::max(j - 1, 0), north = std::min(j, m.ny - 1);
      for (int i = 0; i < m.nx; ++i) {
        y(i, j, k) = m.dx * 0.5 * (mass(i, j - 1, k) + mass(i, j, k)) * 0.5 * (v(i, south, k) + v(i, north, k));
      }
    }
    const std::size_t face = std::size_t(k);
    const double below = k > 0 ? m.depth[face - 1] : 0.0;
    const double weight = m.dx * m.dy * m.share[face] / (below + m.depth[face]);
    for (int j = 0; j < m.ny; ++j) {
      for (int i = 0; i < m.nx; ++i) {
        const auto sinking = [&](int level) { // rho dzeta (h_x u + h_y v)
          return mass(i, j, level) / jacobian(i, j) * (slope_x(i, j) * u(i, j, level) + slope_y(i, j) * v(i, j, level));
        };
        z(i, j, k) = -weight * (sinking(k) + (k > 0 ? sinking(k - 1) : 0.0));
      }
    }
  }
  return flow; // nothing through the lid, where levels are flat
}

void blend_stations(const Grid& grid, std::span<const WindStation> stations, View3<double> u, View3<double> v) {
  if (stations.empty()) {
    throw std::invalid_argument("blend_stations: must have a station");
  }
#pragma omp parallel for schedule(static)
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      double total = 0;
      for (int k = 0; k < grid.nz(); ++k) {
        u(i, j, k) = v(i, j, k) = 0;
      }
      for (const WindStation& station : stations) {
        const double away_x = grid.x_center(i) - station.x, away_y = grid.y_center(j) - station.y;
        const double away_z = height_weight * (grid.terrain(i, j) - station.height);
        const double squared = away_x * away_x + away_y * away_y + away_z * away_z;
        const double weight = 1.0 / std::max(squared, grid.cell_area());
        total += weight;
        for (int k = 0; k < grid.nz(); ++k) {
          const wind::Components there = wind::wind_at(station.wind, grid.height_above_ground(i, j, k));
          u(i, j, k) += weight * there.u;
          v(i, j, k) += weight * there.v;
        }
      }
      for (int k = 0; k < grid.nz(); ++k) {
        u(i, j, k) /= total;
        v(i, j, k) /= total;
      }
    }
  }
}

} // namespace tq
