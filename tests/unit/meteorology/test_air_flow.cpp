#include "meteorology/air_flow.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

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

template <class T> struct Flow {
  Grid grid;
  AirFlow<T> air;
  Forcing<T> forcing;

  Flow(double highest, const BoundaryLayer& layer, int px = 1, int py = 1, int rank = 0)
      : grid(specification(highest)), air(grid, Decomposition(nx, ny, px, py).of(rank), WeatherOptions{}, 10.0) {
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

TYPED_TEST(AirFlowTest, NothingThroughGroundAndLittleThroughTheLid) {
  const Flow<TypeParam> flow(800, layer_from(217));
  const Forcing<TypeParam>& f = flow.forcing;
  double horizontal = 0, lid = 0, inside = 0;
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      ASSERT_EQ(f.flux_z(i, j, 0), TypeParam(0));
      lid = std::max(lid, std::fabs(double(f.flux_z(i, j, f.air_mass.nz))));
      for (int k = 0; k < f.air_mass.nz; ++k) {
        horizontal = std::max(horizontal, std::fabs(double(f.flux_x(i, j, k))));
        inside = std::max(inside, std::fabs(double(f.flux_z(i, j, k))));
      }
    }
  }
  // Rounding of 16 levels, each of 4 faces, is left over.
  EXPECT_LT(lid, 40 * double(std::numeric_limits<TypeParam>::epsilon()) * horizontal);
  EXPECT_GT(inside, 0.05 * horizontal); // hills lift the air
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
  const Flow<double> flow(0, layer_from(270, 0.3, 200));
  const Grid& grid = flow.grid;
  for (int k = 0; k < grid.nz(); ++k) {
    const double z = std::min(grid.zeta_center(k), 200.0); // the mixing height is below profile_top here
    const double area = grid.dy() * (grid.zeta_face(k + 1) - grid.zeta_face(k));
    const double expected = 0.3 / 0.4 * std::log(z / 0.6) * grid.reference_density(grid.zeta_center(k)) * area;
    EXPECT_NEAR(flow.forcing.flux_x(7, 3, k) / expected, 1.0, 1e-12) << k;
  }
}

TEST(AirFlow, EveryColumnOfFacesCarriesTheSameMass) {
  const Flow<double> hills(800, layer_from(250)), flat(0, layer_from(250));
  const auto total = [](const View3<const double>& flux, int i, int j) {
    double sum = 0;
    for (int k = 0; k < flux.nz; ++k) {
      sum += flux(i, j, k);
    }
    return sum;
  };
  for (int j = -3; j < ny + 3; ++j) {
    for (int i = -3; i < nx + 3; ++i) {
      ASSERT_NEAR(total(hills.forcing.flux_x, i, j) / total(flat.forcing.flux_x, 0, 0), 1, 1e-13);
      ASSERT_NEAR(total(hills.forcing.flux_y, i, j) / total(flat.forcing.flux_y, 0, 0), 1, 1e-13);
    }
  }
}

TYPED_TEST(AirFlowTest, AnyDecompositionGivesTheSameBits) {
  const BoundaryLayer layer = layer_from(33);
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
          ASSERT_TRUE(same(a.mixing_x(gi, gj, k), b.mixing_x(i, j, k)));
          ASSERT_TRUE(same(a.mixing_y(gi, gj, k), b.mixing_y(i, j, k)));
          if (i >= 0 && i < s.nx && j >= 0 && j < s.ny) {
            ASSERT_TRUE(same(a.flux_z(gi, gj, k + 1), b.flux_z(i, j, k + 1)));
          }
        }
      }
    }
  }
}

TEST(AirFlow, HorizontalMixingStopsAtTheEdge) {
  const Flow<double> flow(800, layer_from(33));
  const auto x = flow.forcing.mixing_x, y = flow.forcing.mixing_y;
  const Grid& grid = flow.grid;
  for (int j = 0; j < ny; ++j) {
    EXPECT_EQ(x(0, j, 3), 0.0);
    EXPECT_EQ(x(nx, j, 3), 0.0);
    EXPECT_NEAR(x(5, j, 3), 10 * 0.5 * (grid.air_mass(4, j, 3) + grid.air_mass(5, j, 3)) / (500. * 500), 1e-6);
  }
  for (int i = 0; i < nx; ++i) {
    EXPECT_EQ(y(i, 0, 3), 0.0);
    EXPECT_EQ(y(i, ny, 3), 0.0);
    EXPECT_GT(y(i, 1, 3), 0.0);
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
