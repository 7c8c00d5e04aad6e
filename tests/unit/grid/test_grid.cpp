#include "grid/grid.hpp"

#include <gtest/gtest.h>
#include <limits>

using namespace tq;

namespace {

GridSpecification small_grid() {
  GridSpecification s;
  s.name = "small";
  s.epsg = 32650;
  s.nx = 3;
  s.ny = 2;
  s.dx = 500;
  s.dy = 250;
  s.x_west = 519000;
  s.y_south = 3240000;
  s.zeta_faces = {0, 10, 50, 200, 1000};
  s.terrain = {0, 100, 200, 300, 400, 500};
  return s;
}

} // namespace

TEST(Grid, HasItsGeometry) {
  const Grid grid(small_grid());
  EXPECT_EQ(grid.nx(), 3);
  EXPECT_EQ(grid.ny(), 2);
  EXPECT_EQ(grid.nz(), 4);
  EXPECT_EQ(grid.top(), 1000);
  EXPECT_EQ(grid.cell_area(), 125000);
  EXPECT_EQ(grid.x_center(2), 520250);
  EXPECT_EQ(grid.y_center(1), 3240375);
  EXPECT_EQ(grid.zeta_center(1), 30);
  EXPECT_EQ(grid.terrain(1, 1), 400);
  EXPECT_DOUBLE_EQ(grid.jacobian(1, 1), 0.6);
  EXPECT_DOUBLE_EQ(grid.thickness(1, 1, 2), 90);
  EXPECT_DOUBLE_EQ(grid.volume(1, 1, 2), 90 * 125000.0);
  EXPECT_DOUBLE_EQ(grid.height_above_ground(1, 1, 1), 18);
}

TEST(Grid, ContinuesItsTerrainBeyondTheEdgesAndAveragesItAtFaces) {
  const Grid grid(small_grid());
  EXPECT_EQ(grid.terrain(-3, 0), 0);
  EXPECT_EQ(grid.terrain(5, 0), 200);
  EXPECT_EQ(grid.terrain(1, -1), 100);
  EXPECT_EQ(grid.terrain(-1, 4), 300);
  EXPECT_DOUBLE_EQ(grid.jacobian_xface(1, 0), 1 - 0.05);
  EXPECT_DOUBLE_EQ(grid.jacobian_yface(1, 1), 1 - 0.25);
  EXPECT_DOUBLE_EQ(grid.jacobian_xface(0, 1), grid.jacobian(0, 1));
  EXPECT_DOUBLE_EQ(grid.jacobian_xface(3, 1), grid.jacobian(2, 1));
  EXPECT_DOUBLE_EQ(grid.jacobian_yface(2, 2), grid.jacobian(2, 1));
}

TEST(Grid, TakesItsReferenceAirFromTheStandardAtmosphere) {
  GridSpecification s = small_grid();
  const Grid grid(s);
  // ICAO standard atmosphere at geopotential heights of 0, 1000, 2000 m; the engine's g and R are rounded
  // (9.81, 287.05).
  EXPECT_NEAR(grid.reference_density(0), 1.2250, 1e-4);
  EXPECT_NEAR(grid.reference_density(1000), 1.1117, 1e-4);
  EXPECT_NEAR(grid.reference_density(2000), 1.0065, 1e-4);
  EXPECT_NEAR(grid.reference_pressure(1000), 89876, 10);
  EXPECT_DOUBLE_EQ(grid.air_density(1, 1, 2), grid.reference_density(400 + 125 * 0.6));
  EXPECT_DOUBLE_EQ(grid.air_mass(1, 1, 2), grid.air_density(1, 1, 2) * grid.volume(1, 1, 2));

  s.lapse_rate = 1e-9; // tends to the isothermal law
  const Grid nearly(s);
  s.lapse_rate = 0;
  const Grid isothermal(s);
  EXPECT_NEAR(nearly.reference_density(1500) / isothermal.reference_density(1500), 1, 1e-6);
}

TEST(Grid, IsFlatAtZeroWithoutTerrain) {
  GridSpecification s = small_grid();
  s.terrain.clear();
  const Grid grid(s);
  EXPECT_EQ(grid.terrain(2, 1), 0);
  EXPECT_EQ(grid.specification().terrain.size(), 6U);
}

TEST(Grid, RefusesSpecificationsThatMakeNoGrid) {
  const auto refused = [](auto change) {
    GridSpecification s = small_grid();
    change(s);
    EXPECT_THROW(Grid{s}, std::invalid_argument);
  };
  refused([](GridSpecification& s) { s.nx = 0; });
  refused([](GridSpecification& s) { s.dy = -1; });
  refused([](GridSpecification& s) { s.zeta_faces = {0}; });
  refused([](GridSpecification& s) { s.zeta_faces = {1, 10, 1000}; });
  refused([](GridSpecification& s) { s.zeta_faces = {0, 10, 10, 1000}; });
  refused([](GridSpecification& s) { s.terrain.pop_back(); });
  refused([](GridSpecification& s) { s.terrain[3] = 800; });
  refused([](GridSpecification& s) { s.terrain[3] = std::numeric_limits<double>::quiet_NaN(); });
  refused([](GridSpecification& s) { s.epsg = 4326; });
  refused([](GridSpecification& s) { s.lapse_rate = 0.3; });
}
