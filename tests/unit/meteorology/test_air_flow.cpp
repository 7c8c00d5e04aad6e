#include "meteorology/air_flow.hpp"

#include "base/constants.hpp"
#include "base/random.hpp"
#include "meteorology/wind/first_guess.hpp"
#include "meteorology/wind/yielding.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <map>

using namespace tq;

namespace {

constexpr int nx = 23, ny = 17;

GridSpecification specification(double highest) {
  GridSpecification s;
  s.name = "test";
  s.epsg = 32650;
  s.nx = nx;
  s.ny = ny;
  s.dx = 500;
  s.dy = 400;
  s.zeta_faces = {0, 12, 28, 50, 80, 120, 175, 245, 335, 450, 600, 790, 1030, 1330, 1680, 2080, 2500};
  for (int n = 0; n < nx * ny; ++n) {
    s.terrain.push_back(highest * RandomStream(1, 2, n).uniform());
  }
  return s;
}

BoundaryLayer layer_from(double direction, double friction_velocity = 0.3, double mixing_height = 700) {
  BoundaryLayer layer;
  layer.wind_direction = direction;
  layer.friction_velocity = friction_velocity;
  layer.mixing_height = mixing_height;
  return layer;
}

/// The same with a ground that cools or warms.
BoundaryLayer layer_over_slopes(double heat, double direction, double friction_velocity = 0.3) {
  BoundaryLayer layer = layer_from(direction, friction_velocity);
  layer.mean = {.inverse_obukhov_length = heat < 0 ? 0.03 : -0.005, .sensible_heat = heat};
  return layer;
}

/// A grid and its winds; made once for each height of the terrain.
struct Place {
  Grid grid;
  WindLibrary library;

  explicit Place(double highest)
      : grid(specification(highest)), library(grid, {.roughness_length = WeatherOptions{}.roughness_length}) {}
  static const Place& of(double highest) {
    static std::map<double, Place> places;
    return places.try_emplace(highest, highest).first->second;
  }
};

template <class T> struct Flow {
  const Grid& grid;
  AirFlow<T> air;
  Forcing<T> forcing;

  Flow(double highest, const BoundaryLayer& layer, int px = 1, int py = 1, int rank = 0,
       const WeatherOptions& options = {})
      : grid(Place::of(highest).grid), air(grid, Decomposition(nx, ny, px, py).of(rank), options,
                                           Place::of(highest).library, 10.0) {
    air.update(layer);
    air.fill(forcing);
  }
};

template <class T> class AirFlowTest : public testing::Test {};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(AirFlowTest, Precisions);

} // namespace

TYPED_TEST(AirFlowTest, ContinuityClosesExactlyOverRandomTerrain) {
  const Flow<TypeParam> flow(800, layer_from(217));
  const Forcing<TypeParam>& f = flow.forcing;
  for (int k = 0; k < f.air_mass.nz; ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        const TypeParam spread = (f.flux_x(i + 1, j, k) - f.flux_x(i, j, k)) + (f.flux_y(i, j + 1, k) - f.flux_y(i, j, k));
        ASSERT_EQ((f.flux_z(i, j, k) - spread) - f.flux_z(i, j, k + 1), TypeParam(0));
      }
    }
  }
  EXPECT_EQ(f.flux_z.nz, f.air_mass.nz + 1);
}

TYPED_TEST(AirFlowTest, NothingThroughTheGroundAndHillsLiftTheAir) {
  const Flow<TypeParam> flow(300, layer_from(217));
  const Forcing<TypeParam>& f = flow.forcing;
  double horizontal = 0, inside = 0;
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      ASSERT_EQ(f.flux_z(i, j, 0), TypeParam(0));
      for (int k = 0; k < f.air_mass.nz; ++k) {
        horizontal = std::max(horizontal, std::fabs(double(f.flux_x(i, j, k))));
        inside = std::max(inside, std::fabs(double(f.flux_z(i, j, k))));
      }
    }
  }
  EXPECT_GT(inside, 0.05 * horizontal);
}

TYPED_TEST(AirFlowTest, OverFlatGroundNothingRises) {
  const Flow<TypeParam> flow(0, layer_from(217));
  const Forcing<TypeParam>& f = flow.forcing;
  for (int k = 0; k <= f.air_mass.nz; ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        ASSERT_EQ(f.flux_z(i, j, k), TypeParam(0));
      }
    }
  }
}

TYPED_TEST(AirFlowTest, WindComesFromItsDirection) {
  const Flow<TypeParam> north(0, layer_from(0)), east(0, layer_from(90)), southwest(0, layer_from(225));
  const int k = 5;
  EXPECT_LT(north.forcing.flux_y(4, 4, k), 0); // from north moves air south
  EXPECT_NEAR(north.forcing.flux_x(4, 4, k), 0, 1e-9);
  EXPECT_LT(east.forcing.flux_x(4, 4, k), 0);
  EXPECT_GT(southwest.forcing.flux_x(4, 4, k), 0);
  EXPECT_GT(southwest.forcing.flux_y(4, 4, k), 0);
}

TEST(AirFlow, FlatGroundCarriesTheLogarithmicProfile) {
  const Flow<double> flow(0, layer_from(270, 0.3, 300));
  const Grid& grid = flow.grid;
  for (int k = 0; k < grid.nz(); ++k) {
    const double z = std::min(grid.zeta_center(k), 300.0); // the mixing height; a height of the library
    const double area = grid.dy() * (grid.zeta_face(k + 1) - grid.zeta_face(k));
    const double expected = 0.3 / 0.4 * std::log(z / 0.6) * grid.reference_density(grid.zeta_center(k)) * area;
    EXPECT_NEAR(flow.forcing.flux_x(7, 3, k) / expected, 1.0, 2e-7) << k; // the library holds floats
  }
}

TEST(AirFlow, TheSumOfUnitsIsTheAdjustedWind) {
  const Flow<double> flow(300, layer_from(250));
  const Grid& grid = flow.grid;
  MassConsistentSolver solver(grid);
  Field<double> u(nx, ny, grid.nz(), 1, 0), v(nx, ny, grid.nz(), 1, 0);
  const double speed = 0.3 / constants::von_karman, direction = 250 * constants::pi / 180;
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        const double profile = std::log(std::min(grid.height_above_ground(i, j, k), 300.0) / 0.6);
        u.view3()(i, j, k) = -std::sin(direction) * speed * profile;
        v.view3()(i, j, k) = -std::cos(direction) * speed * profile;
      }
    }
  }
  std::vector<double> level_speed; // of the neutral class
  for (int k = 0; k < grid.nz(); ++k) {
    level_speed.push_back(std::log(std::min(grid.zeta_center(k), 1000.0) / 0.6));
  }
  FaceFlow exact = horizontal_flow(solver.metric(), u.view3(), v.view3());
  Field<double> potential = solver.no_potential();
  solver.adjust(exact, {1.0, wind::yielding(grid, wind::inner_layer_depth(grid), level_speed)}, potential, {});
  double largest = 0;
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        largest = std::max(largest, std::fabs(exact.x.view3()(i, j, k)));
      }
    }
  }
  for (int k = 0; k < grid.nz(); ++k) { // to the library's floats, and its tolerance
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        ASSERT_NEAR(flow.forcing.flux_x(i, j, k) / largest, exact.x.view3()(i, j, k) / largest, 1e-6);
        ASSERT_NEAR(flow.forcing.flux_y(i, j, k) / largest, exact.y.view3()(i, j, k) / largest, 1e-6);
        ASSERT_NEAR(flow.forcing.flux_z(i, j, k + 1) / largest, exact.z.view3()(i, j, k + 1) / largest, 3e-6);
      }
    }
  }
}

TEST(AirFlow, AStationThatSeesTheValleyKeepsItsWind) {
  WeatherOptions options;
  options.wind.station_sees_valley = true;
  for (const auto& [direction, heat, friction_velocity] :
       {std::array{20.0, 0.0, 0.3}, {130.0, 0.0, 0.3}, {275.0, 0.0, 0.3}, {275.0, -30.0, 0.3}, {130.0, 200.0, 0.3},
        {20.0, -30.0, 0.01}}) { // the last: slope winds that are stronger than the measured wind
    const BoundaryLayer layer = layer_over_slopes(heat, direction, friction_velocity);
    const Flow<double> flow(300, layer, 1, 1, 0, options);
    const Grid& grid = flow.grid;
    const int i = nx / 2, j = ny / 2; // the middle of the domain is that of this cell
    // 10 m above ground lies between the centres of the two lowest layers or below both
    const double low = grid.height_above_ground(i, j, 0), high = grid.height_above_ground(i, j, 1);
    const double part = std::max(std::log(10 / low) / std::log(high / low), 0.0);
    const double below = low > 10 ? std::log(10 / 0.6) / std::log(low / 0.6) : 1; // by the logarithmic profile
    double u = 0, v = 0;
    for (const auto& [k, share] : {std::pair{0, 1 - part}, {1, part}}) {
      const auto x = flow.forcing.flux_x, y = flow.forcing.flux_y;
      u += below * share * 0.5 * (x(i, j, k) + x(i + 1, j, k)) * grid.dx() / grid.air_mass(i, j, k);
      v += below * share * 0.5 * (y(i, j, k) + y(i, j + 1, k)) * grid.dy() / grid.air_mass(i, j, k);
    }
    const double speed = friction_velocity / 0.4 * std::log(10 / 0.6);
    EXPECT_NEAR(u, -std::sin(direction * constants::pi / 180) * speed, 1e-6 * speed) << direction;
    EXPECT_NEAR(v, -std::cos(direction * constants::pi / 180) * speed, 1e-6 * speed) << direction;
  }
}

TYPED_TEST(AirFlowTest, SlopeWindsBlowOverSlopesAlone) {
  WeatherOptions without;
  without.wind.slope_winds = false;
  for (const double heat : {-30.0, 200.0}) {
    const BoundaryLayer layer = layer_over_slopes(heat, 33);
    for (const double highest : {0.0, 300.0}) {
      const Flow<TypeParam> with(highest, layer), none(highest, layer, 1, 1, 0, without);
      bool same = true;
      for (int k = 0; k < with.grid.nz(); ++k) {
        for (int j = 0; j < ny; ++j) {
          for (const auto flux :
               {&Forcing<TypeParam>::flux_x, &Forcing<TypeParam>::flux_y, &Forcing<TypeParam>::flux_z}) {
            const auto a = with.forcing.*flux, b = none.forcing.*flux;
            same = same && std::memcmp(a.line(j, k), b.line(j, k), nx * sizeof(TypeParam)) == 0;
          }
        }
      }
      EXPECT_EQ(same, highest == 0) << heat;
    }
  }
}

TYPED_TEST(AirFlowTest, AnyDecompositionGivesTheSameBits) {
  const BoundaryLayer layer = layer_over_slopes(-30, 33);
  const Flow<TypeParam> whole(800, layer);
  const Decomposition decomposition(nx, ny, 2, 3);
  const auto same = [](TypeParam a, TypeParam b) { return std::memcmp(&a, &b, sizeof a) == 0; };
  for (int rank = 0; rank < decomposition.ranks(); ++rank) {
    const Flow<TypeParam> part(800, layer, 2, 3, rank);
    const Subdomain s = decomposition.of(rank);
    const Forcing<TypeParam>&a = whole.forcing, &b = part.forcing;
    for (int k = 0; k < a.air_mass.nz; ++k) {
      for (int j = -3; j < s.ny + 3; ++j) {
        for (int i = -3; i < s.nx + 3; ++i) {
          const int gi = s.i0 + i, gj = s.j0 + j;
          ASSERT_TRUE(same(a.air_mass(gi, gj, k), b.air_mass(i, j, k)));
          ASSERT_TRUE(same(a.flux_x(gi, gj, k), b.flux_x(i, j, k)));
          ASSERT_TRUE(same(a.flux_y(gi, gj, k), b.flux_y(i, j, k)));
          if (i >= 0 && i < s.nx && j >= 0 && j < s.ny) {
            ASSERT_TRUE(same(a.flux_z(gi, gj, k + 1), b.flux_z(i, j, k + 1)));
          }
        }
      }
    }
  }
}

TEST(AirFlow, NeighboursExchangeByTheGivenDiffusivity) {
  const Flow<double> flow(800, layer_from(33));
  for (int k = 0; k < flow.grid.nz(); ++k) {
    EXPECT_DOUBLE_EQ(flow.forcing.exchange_rate(k, 0), 10 / (500. * 500));
    EXPECT_DOUBLE_EQ(flow.forcing.exchange_rate(k, 1), 10 / (400. * 400));
  }
}

TEST(AirFlow, UpdatesReplaceTheHour) {
  Flow<float> flow(300, layer_from(10, 0.5, 1500));
  flow.air.update(layer_from(200, 0.2, 150));
  const Flow<float> fresh(300, layer_from(200, 0.2, 150));
  for (int k = 0; k < flow.grid.nz(); ++k) {
    EXPECT_EQ(flow.forcing.flux_x(3, 3, k), fresh.forcing.flux_x(3, 3, k));
    EXPECT_EQ(flow.forcing.flux_z(3, 3, k + 1), fresh.forcing.flux_z(3, 3, k + 1));
  }
}
