#include "base/constants.hpp"
#include "base/random.hpp"
#include "grid/grid.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;

namespace {

/// A grid with stretched levels to 2500 m; terrain between 0 and `relief` m, or `relief` everywhere if
/// uniform.
Grid random_grid(int seed, double relief, bool uniform) {
  GridSpecification s;
  s.name = "random";
  s.epsg = 32650;
  s.nx = 9;
  s.ny = 7;
  s.dx = 500;
  s.dy = 400;
  s.x_west = 500000;
  s.y_south = 3240000;
  const int nz = 24;
  for (int k = 0; k <= nz; ++k) {
    s.zeta_faces.push_back(2500.0 * std::pow(double(k) / nz, 1.8));
  }
  RandomStream random(std::uint64_t(seed), 1, 0);
  for (int cell = 0; cell < s.nx * s.ny; ++cell) {
    s.terrain.push_back(uniform ? relief : relief * random.uniform());
  }
  return Grid(s);
}

template <class Body> void for_each_column(const Grid& grid, Body body) {
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      body(i, j);
    }
  }
}

} // namespace

TEST(GridMetrics, VolumesOfAColumnFillTheSpaceBetweenGroundAndTop) {
  for (int seed = 0; seed < 8; ++seed) {
    const Grid grid = random_grid(seed, seed * 240.0, seed % 2 == 0);
    for_each_column(grid, [&](int i, int j) {
      double volume = 0;
      for (int k = 0; k < grid.nz(); ++k) {
        EXPECT_GT(grid.thickness(i, j, k), 0);
        volume += grid.volume(i, j, k);
      }
      const double exact = (grid.top() - grid.terrain(i, j)) * grid.cell_area();
      EXPECT_NEAR(volume / exact, 1, 1e-14); // rounding of 24 terms
    });
  }
}

TEST(GridMetrics, LevelsMeetGroundAndTopAndLieBetweenTheirFaces) {
  const Grid grid = random_grid(3, 1500, false);
  for_each_column(grid, [&](int i, int j) {
    double below = 0; // height of the lower face above ground
    for (int k = 0; k < grid.nz(); ++k) {
      EXPECT_NEAR(grid.height_above_ground(i, j, k), below + 0.5 * grid.thickness(i, j, k), 1e-10);
      below += grid.thickness(i, j, k);
    }
    EXPECT_NEAR(grid.terrain(i, j) + below, grid.top(), 1e-9);
  });
}

TEST(GridMetrics, WeightOfAColumnIsItsPressureDifference) {
  for (int seed = 0; seed < 8; ++seed) {
    const Grid grid = random_grid(seed, seed * 240.0, seed % 2 == 0);
    for_each_column(grid, [&](int i, int j) {
      double mass = 0;
      for (int k = 0; k < grid.nz(); ++k) {
        mass += grid.air_mass(i, j, k);
      }
      const double weight = mass * constants::gravity / grid.cell_area();
      const double difference =
          grid.reference_pressure(grid.terrain(i, j)) - grid.reference_pressure(grid.top());
      // Midpoint rule: (dz/scale height)^2/24 per layer, at most 184 m thick: 1.5e-5 in the thickest, less in
      // the mean.
      EXPECT_NEAR(weight / difference, 1, 1.5e-5);
    });
  }
}

TEST(GridMetrics, MidpointErrorOfTheColumnMassFallsWithTheSquareOfTheThickness) {
  const auto error = [](int nz) {
    GridSpecification s;
    s.epsg = 32650;
    s.nx = s.ny = 1;
    s.dx = s.dy = 1;
    s.terrain = {700};
    for (int k = 0; k <= nz; ++k) {
      s.zeta_faces.push_back(3000.0 * k / nz);
    }
    const Grid grid(s);
    double mass = 0;
    for (int k = 0; k < nz; ++k) {
      mass += grid.air_mass(0, 0, k);
    }
    return mass * constants::gravity - (grid.reference_pressure(700) - grid.reference_pressure(3000));
  };
  EXPECT_NEAR(error(8) / error(16), 4, 0.02);
}

TEST(GridMetrics, FaceJacobiansAreMeansOfTheirCells) {
  const Grid rough = random_grid(5, 1900, false);
  const Grid flat = random_grid(5, 640, true);
  for_each_column(rough, [&](int i, int j) {
    EXPECT_DOUBLE_EQ(rough.jacobian_xface(i, j), 0.5 * (rough.jacobian(i - 1, j) + rough.jacobian(i, j)));
    EXPECT_DOUBLE_EQ(rough.jacobian_yface(i, j), 0.5 * (rough.jacobian(i, j - 1) + rough.jacobian(i, j)));
    EXPECT_DOUBLE_EQ(flat.jacobian_xface(i, j), 1 - 640.0 / 2500);
    EXPECT_DOUBLE_EQ(flat.jacobian_yface(i, j), flat.jacobian(i, j));
  });
}
