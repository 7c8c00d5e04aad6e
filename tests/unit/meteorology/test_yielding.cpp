#include "meteorology/wind/yielding.hpp"

#include "base/constants.hpp"
#include "meteorology/wind/first_guess.hpp"
#include "meteorology/wind/mass_consistent.hpp"
#include "physics/similarity.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr physics::WindProfile meadow = {.roughness_length = 0.03};

/// Ridges along y, `wave` apart and `amplitude` high and deep.
Grid ridges(double wave, double amplitude) {
  GridSpecification s;
  s.name = "ridges";
  s.epsg = 32650;
  s.nx = 120;
  s.ny = 1;
  s.dx = wave / 40;
  s.dy = 1e9; // nothing across
  double top = 0, depth = 2;
  while (top < 2 * wave) {
    s.zeta_faces.push_back(top);
    top += depth;
    depth *= 1.15;
  }
  for (int n = 0; n < s.nx * s.ny; ++n) {
    s.terrain.push_back(amplitude * (1 - std::cos(2 * constants::pi * (n % s.nx + 0.5) / 40)));
  }
  return Grid(s);
}

std::vector<double> profile_of(const Grid& grid) {
  std::vector<double> speed;
  for (int k = 0; k < grid.nz(); ++k) {
    speed.push_back(meadow(grid.zeta_center(k)));
  }
  return speed;
}

/// Largest wind of a level over the middle ridge, less the first guess', over it.
std::vector<double> speed_up(const Grid& grid, const std::vector<double>& yielding) {
  MassConsistentSolver solver(grid);
  Field<double> u(grid.nx(), grid.ny(), grid.nz(), 1, 0), v(grid.nx(), grid.ny(), grid.nz(), 1, 0);
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < grid.ny(); ++j) {
      std::fill(u.view3().line(j, k), u.view3().line(j, k) + grid.nx(), meadow(grid.zeta_center(k)));
    }
  }
  const FaceFlow before = horizontal_flow(solver.metric(), u.view3(), v.view3());
  FaceFlow flow = horizontal_flow(solver.metric(), u.view3(), v.view3());
  Field<double> potential = solver.no_potential();
  solver.adjust(flow, {1.0, yielding}, potential, {});
  std::vector<double> result;
  for (int k = 0; k < grid.nz(); ++k) {
    double most = 0;
    for (int i = 40; i <= 80; ++i) {
      most = std::max(most, flow.x.view3()(i, 0, k) / before.x.view3()(i, 0, k) - 1);
    }
    result.push_back(most);
  }
  return result;
}

} // namespace

TEST(Yielding, InnerLayerIsAShareOfTheHillsHalfWidth) {
  // half-width at half of the height of a cosine: a quarter of the wave; central differences: sin(2 pi/40)/(2 pi/40)
  const double slope_seen = std::sin(constants::pi / 20) / (constants::pi / 20);
  EXPECT_NEAR(wind::inner_layer_depth(ridges(800, 20)), 0.06 * 200 / slope_seen, 0.06);
  EXPECT_NEAR(wind::inner_layer_depth(ridges(800, 5)), 0.06 * 200 / slope_seen, 0.06);
  EXPECT_EQ(wind::inner_layer_depth(ridges(800, 0)), 0.0);
}

TEST(Yielding, IsTheInverseOfTheWindDownToTheInnerLayer) {
  const Grid grid = ridges(800, 20);
  const double inner = wind::inner_layer_depth(grid);
  const std::vector<double> speed = profile_of(grid), yielding = wind::yielding(grid, inner, speed);
  int below = 0;
  for (int k = 0; k < grid.nz(); ++k) {
    const double felt = meadow(std::max(grid.zeta_center(k), inner)); // logarithmic between levels too
    EXPECT_NEAR(yielding[std::size_t(k)], speed.back() / felt, 1e-12) << k;
    below += grid.zeta_center(k) < inner;
  }
  EXPECT_GE(below, 3);
}

TEST(Yielding, UniformWindNoWindAndCalmLevels) {
  const Grid grid = ridges(800, 20);
  const double inner = wind::inner_layer_depth(grid);
  const std::size_t levels = std::size_t(grid.nz());
  EXPECT_EQ(wind::yielding(grid, inner, std::vector<double>(levels, 3.3)), std::vector<double>(levels, 1.0));
  EXPECT_TRUE(wind::yielding(grid, inner, std::vector<double>(levels, 0.0)).empty());
  std::vector<double> calm(levels, 4.0);
  std::fill(calm.begin(), calm.begin() + 10, 0.0);
  EXPECT_EQ(wind::yielding(grid, inner, calm).front(), 5.0);
}

// Jackson and Hunt (1975): above the inner layer, where the pressure is nearly the same, speed-up grows downwards as
// 1/U^2 does; with even weights only as 1/U. The pressures of both fade with height, not quite alike: a quarter of the
// effect.
TEST(Yielding, SlowAirNearTheGroundIsSpedUpMore) {
  const Grid grid = ridges(800, 8); // slope 0.06
  const double inner = wind::inner_layer_depth(grid);
  const std::vector<double> sheared = speed_up(grid, wind::yielding(grid, inner, profile_of(grid)));
  const std::vector<double> even = speed_up(grid, {});
  int low = 0, high = 0;
  while (grid.zeta_center(low) < inner) {
    ++low;
  }
  while (grid.zeta_center(high) < 35) {
    ++high;
  }
  const auto rise = [&](const std::vector<double>& s) { return s[std::size_t(low)] / s[std::size_t(high)]; };
  const double ratio = meadow(grid.zeta_center(high)) / meadow(grid.zeta_center(low));
  EXPECT_NEAR(rise(sheared) / rise(even), ratio, 0.25 * (ratio - 1));
  EXPECT_GT(sheared[0], 1.15 * even[0]);
}
