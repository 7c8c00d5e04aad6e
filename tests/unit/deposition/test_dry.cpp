#include "deposition/dry.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

Grid small_grid() {
  return Grid({.name = "small", .epsg = 32650, .nx = 2, .ny = 1, .dx = 100, .dy = 200, .x_west = 5e5, .y_south = 3.2e6,
               .zeta_faces = {0, 10, 1000}, .terrain = {0, 500}});
}

} // namespace

TEST(DryDeposition, ConductanceIsVelocityTimesDensityTimesArea) {
  const Grid grid = small_grid();
  const TracerSet tracers(1, 2, 0);
  const Subdomain subdomain{.nx = 2, .ny = 1, .nx_global = 2, .ny_global = 1};
  const DryDeposition<double> dry(grid, subdomain, tracers, {0.0, 0.01}, {0.0, 0.0});
  Forcing<double> forcing;
  dry.fill(forcing);
  EXPECT_EQ(forcing.deposition_conductance(0, 0, 0), 0);
  EXPECT_NEAR(forcing.deposition_conductance(0, 0, 1), 0.01 * grid.air_density(0, 0, 0) * 2e4, 1e-12);
  EXPECT_LT(forcing.deposition_conductance(1, 0, 1), forcing.deposition_conductance(0, 0, 1)); // thinner air uphill
}

TEST(DryDeposition, TakesTheFallOffAndNeverTurnsNegative) {
  const Grid grid = small_grid();
  const TracerSet tracers(1, 2, 0);
  const Subdomain subdomain{.nx = 2, .ny = 1, .nx_global = 2, .ny_global = 1};
  const DryDeposition<double> dry(grid, subdomain, tracers, {0.002, 0.01}, {0.003, 0.004});
  Forcing<double> forcing;
  dry.fill(forcing);
  EXPECT_EQ(forcing.deposition_conductance(0, 0, 0), 0);
  EXPECT_NEAR(forcing.deposition_conductance(0, 0, 1), 0.006 * grid.air_density(0, 0, 0) * 2e4, 1e-12);
}
