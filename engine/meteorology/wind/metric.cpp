#include "meteorology/wind/metric.hpp"

namespace tq {

WindMetric::WindMetric(const Grid& grid)
    : nx(grid.nx()), ny(grid.ny()), nz(grid.nz()), dx(grid.dx()), dy(grid.dy()), mass(nx, ny, nz, 1, 1),
      jacobian(nx, ny, 1, 1, 1), slope_x(nx, ny, 1, 1, 1), slope_y(nx, ny, 1, 1, 1) {
  for (int k = 0; k < nz; ++k) {
    zeta_center.push_back(grid.zeta_center(k));
    depth.push_back(grid.zeta_face(k + 1) - grid.zeta_face(k));
  }
  for (int k = 0; k <= nz; ++k) {
    share.push_back(1.0 - grid.zeta_face(k) / grid.top());
    const double below = k > 0 ? 0.5 * depth[std::size_t(k) - 1] : 0.0;
    gap.push_back(below + (k < nz ? 0.5 * depth[std::size_t(k)] : 0.0));
  }
  for (int j = -1; j < ny + 1; ++j) {
    for (int i = -1; i < nx + 1; ++i) {
      jacobian.view2()(i, j) = grid.jacobian(i, j);
      slope_x.view2()(i, j) = (grid.terrain(i + 1, j) - grid.terrain(i - 1, j)) / (2 * dx);
      slope_y.view2()(i, j) = (grid.terrain(i, j + 1) - grid.terrain(i, j - 1)) / (2 * dy);
    }
  }
#pragma omp parallel for schedule(static)
  for (int k = 0; k < nz; ++k) {
    for (int j = -1; j < ny + 1; ++j) {
      for (int i = -1; i < nx + 1; ++i) {
        mass.view3()(i, j, k) = grid.air_mass(i, j, k) / grid.cell_area();
      }
    }
  }
}

} // namespace tq
