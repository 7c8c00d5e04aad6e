#include "meteorology/wind/slope_flow.hpp"

#include "meteorology/air_flow.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr int nx = 48, ny = 6, crest = 24; // the ridge runs north along the face west of cell `crest`

/// Sides of that slope down to a plain at 40 m.
GridSpecification ridge(double slope, double height) {
  GridSpecification s{
      .name = "ridge",
      .epsg = 32650,
      .nx = nx,
      .ny = ny,
      .dx = 250,
      .dy = 250,
      .zeta_faces = {0, 12, 28, 50, 80, 120, 175, 245, 335, 450, 600, 790, 1030, 1330, 1680, 2080, 2500}};
  for (int n = 0; n < nx * ny; ++n) {
    s.terrain.push_back(40 + std::max(height - slope * s.dx * std::fabs(n % nx + 0.5 - crest), 0.0));
  }
  return s;
}

/// The least wind, along the ridge.
BoundaryLayer still(double heat, double inverse_obukhov_length) {
  BoundaryLayer layer;
  layer.friction_velocity = 0.06; // 0.4 m s-1 at 10 m in neutral air
  layer.inverse_obukhov_length = inverse_obukhov_length;
  layer.mixing_height = heat > 0 ? 1000 : 150;
  layer.mean = {.friction_velocity = 0.06, .inverse_obukhov_length = inverse_obukhov_length, .sensible_heat = heat};
  return layer;
}

struct RidgeFlow {
  Grid grid;
  WindLibrary library{grid, {.roughness_length = WeatherOptions{}.roughness_length}};
  AirFlow<double> air{grid, Decomposition(nx, ny, 1, 1).of(0), {}, library, 10.0};

  RidgeFlow(double slope, double height) : grid(ridge(slope, height)) {}

  /// Eastward wind [m s-1] over the middle of the domain's row.
  double wind(const BoundaryLayer& layer, int i, int k) {
    Forcing<double> forcing;
    air.update(layer);
    air.fill(forcing);
    const auto x = forcing.flux_x;
    return 0.5 * (x(i, ny / 2, k) + x(i + 1, ny / 2, k)) * grid.dx() / grid.air_mass(i, ny / 2, k);
  }
};

} // namespace

TEST(SlopeTerrain, MeasuresASlopeToItsEnds) {
  const Grid grid(ridge(0.1, 300)); // 3 km, the foot at cell 12
  const wind::SlopeTerrain terrain(grid);
  const wind::SlopeTerrain::Place below = terrain.at(17, 3, true), above = terrain.at(17, 3, false);
  EXPECT_NEAR(above.slope.sine, 0.1 / std::hypot(1, 0.1), 1e-3);
  EXPECT_NEAR(above.east, 1, 1e-12);
  EXPECT_NEAR(above.north, 0, 1e-12);
  EXPECT_NEAR(above.slope.length, 6.5 * 250, 130); // to the crest, in steps of 125 m
  EXPECT_GT(above.slope.drop, 110);                // of 162, the crest is rounded
  EXPECT_LT(above.slope.drop, 162);
  EXPECT_GT(below.slope.length, 1375); // to the foot, rounded too
  EXPECT_NEAR(below.slope.drop, 137.5, 1);
  EXPECT_NEAR(terrain.at(30, 3, true).east, -1, 1e-12); // the other side
}

TEST(SlopeTerrain, LevelGroundStaysLevel) {
  GridSpecification s = ridge(0.1, 300);
  s.terrain.assign(s.terrain.size(), 137.3);
  const Grid grid(s);
  const wind::SlopeTerrain terrain(grid);
  EXPECT_EQ(terrain.height(11.3, 2.2), 137.3);
  for (const bool upslope : {false, true}) {
    FaceFlow flow = wind::slope_flow(grid, WindMetric(grid), terrain, upslope);
    EXPECT_TRUE(std::all_of(flow.x.raw(), flow.x.raw() + flow.x.raw_size(), [](double x) { return x == 0; }));
    EXPECT_TRUE(std::all_of(flow.y.raw(), flow.y.raw() + flow.y.raw_size(), [](double y) { return y == 0; }));
  }
}

TEST(SlopeFlow, CarriesTheSlabWhateverTheLevels) {
  GridSpecification s = ridge(0.1, 300);
  const Grid fine(s);
  s.zeta_faces = {0, 50, 175, 600, 2500};
  const Grid coarse(s);
  const wind::SlopeTerrain terrain(fine);
  for (const bool upslope : {false, true}) {
    const auto carried = [&](const Grid& grid) {
      const FaceFlow flow = wind::slope_flow(grid, WindMetric(grid), terrain, upslope);
      double sum = 0;
      for (int k = 0; k < grid.nz(); ++k) {
        sum += flow.x.view3()(16, 3, k);
      }
      return sum;
    };
    const physics::Slope slope = terrain.at(15, 3, upslope).slope; // both cells of the face count
    const physics::Slope other = terrain.at(16, 3, upslope).slope;
    const double expected =
        upslope ? 0.5 * (physics::anabatic_shape(slope) + physics::anabatic_shape(other)) * 100
                : -0.5 * 0.05 *
                      (physics::katabatic_shape(slope) * slope.drop + physics::katabatic_shape(other) * other.drop);
    EXPECT_NEAR(carried(fine) / (250 * 1.2), expected, 0.02 * std::fabs(expected)); // density 1.2 kg m-3 but for 2 %
    EXPECT_NEAR(carried(coarse) / (250 * 1.2), expected, 0.02 * std::fabs(expected));
  }
}

TEST(SlopeFlow, AirDrainsByNightAndRisesByDay) {
  for (const auto& [slope, height] : {std::pair{0.05, 200.0}, {0.1, 300.0}, {0.3, 500.0}}) {
    RidgeFlow flow(slope, height);
    const int foot = crest - 1 - int(0.8 * height / (slope * 250)), mirror = 2 * crest - 1 - foot;
    const double night = flow.wind(still(-20, 0.05), foot, 0), day = flow.wind(still(250, -0.02), foot, 0);
    EXPECT_LT(night, -0.5) << slope;
    EXPECT_GT(night, -3) << slope;
    EXPECT_GT(day, 0.5) << slope;
    EXPECT_LT(day, 3) << slope;
    EXPECT_NEAR(flow.wind(still(-20, 0.05), mirror, 0), -night, 1e-6);             // to both sides
    EXPECT_NEAR(flow.wind(still(-160, 0.05), foot, 0), 2 * night, 1e-6);           // by the cube root of heat
    EXPECT_EQ(flow.wind(still(-20, 0), foot, 0), flow.wind(still(0, 0), foot, 0)); // stirred away
    // upslope winds are the deeper
    EXPECT_LT(std::fabs(flow.wind(still(-20, 0.05), foot, 4)), 0.2 * std::fabs(night)) << slope;
    EXPECT_GT(flow.wind(still(250, -0.02), foot, 3), 0.8 * day) << slope;
  }
}
