#include "meteorology/turbulence.hpp"

#include "base/random.hpp"
#include "meteorology/air_flow.hpp"
#include "physics/diffusivity.hpp"
#include "physics/overturning.hpp"
#include "state/tracers.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr int nx = 23, ny = 17;

GridSpecification specification() {
  GridSpecification s;
  s.name = "test";
  s.epsg = 32650;
  s.nx = nx;
  s.ny = ny;
  s.dx = 500;
  s.dy = 400;
  s.zeta_faces = {0, 12, 28, 50, 80, 120, 175, 245, 335, 450, 600, 790, 1030, 1330, 1680, 2080, 2500};
  for (int n = 0; n < nx * ny; ++n) {
    s.terrain.push_back(800 * RandomStream(1, 2, n).uniform());
  }
  return s;
}

/// Town in the west, forest in the east, half of each between.
LandCover town_and_forest() {
  std::vector<LandCoverClass> classes(2);
  classes[0].id = "town";
  classes[0].anthropogenic_heat = 20;
  classes[1].id = "forest";
  std::vector<double> shares;
  for (int n = 0; n < nx * ny; ++n) {
    const double town = n % nx < 8 ? 1 : n % nx < 16 ? 0.5 : 0;
    shares.insert(shares.end(), {town, 1 - town});
  }
  return LandCover(std::move(classes), nx, ny, std::move(shares));
}

physics::SurfaceLayer turbulence(double friction_velocity, double inverse_length) {
  physics::SurfaceLayer layer;
  layer.friction_velocity = friction_velocity;
  layer.inverse_obukhov_length = inverse_length;
  layer.sensible_heat = -1000 * friction_velocity * inverse_length;
  return layer;
}

BoundaryLayer hour(double mixing_height, physics::SurfaceLayer town, physics::SurfaceLayer forest) {
  BoundaryLayer layer;
  layer.wind_direction = 33;
  layer.friction_velocity = 0.3;
  layer.mixing_height = mixing_height;
  layer.tiles = {town, forest};
  layer.mean = mean_surface_layer(layer.tiles, [](std::size_t) { return 0.5; }, {});
  return layer;
}

/// The grid and its winds, made once.
const Grid& the_grid() {
  static const Grid grid(specification());
  return grid;
}
const WindLibrary& the_winds() {
  static const WindLibrary winds(the_grid(), {.roughness_length = WeatherOptions{}.roughness_length});
  return winds;
}

template <class T> struct Mixing {
  const Grid& grid = the_grid();
  const WindLibrary& winds = the_winds();
  LandCover cover = town_and_forest();
  AirFlow<T> air;
  Turbulence<T> turbulence;
  Forcing<T> forcing;

  Mixing(const BoundaryLayer& layer, const Subdomain& part)
      : air(grid, part, WeatherOptions{}, winds, 10.0), turbulence(grid, part, WeatherOptions{}, &cover) {
    update(layer);
  }
  explicit Mixing(const BoundaryLayer& layer) : Mixing(layer, Decomposition(nx, ny, 1, 1).of(0)) {}

  void update(const BoundaryLayer& layer, const GriddedWeather* gridded = nullptr) {
    air.update(layer);
    air.fill(forcing);
    turbulence.update(layer, forcing, gridded);
    turbulence.fill(forcing);
  }
  /// rho A / distance through the floor of cell k.
  double unit_exchange(int i, int j, int k) const {
    const double density = 0.5 * (grid.air_density(i, j, k - 1) + grid.air_density(i, j, k));
    return density * grid.cell_area() / (grid.height_above_ground(i, j, k) - grid.height_above_ground(i, j, k - 1));
  }
};

/// A model's weather: u*, heat and mixing height grow eastward, heat from sinking to rising; potential temperature 0.02 K
/// per m.
GriddedWeather model_weather() {
  const Grid& grid = the_grid();
  GriddedWeather weather(grid);
  for (Field<double>* field : {&weather.friction_velocity, &weather.heat_flux, &weather.mixing_height}) {
    *field = Field<double>(nx, ny, 1, 1, 0);
  }
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      weather.surface_u.view2()(i, j) = 3;
      weather.surface_temperature.view2()(i, j) = 290;
      weather.surface_pressure.view2()(i, j) = 1e5;
      weather.surface_humidity.view2()(i, j) = 0.005;
      weather.friction_velocity.view2()(i, j) = i == 0 ? 1e-3 : 0.1 + 0.01 * i;
      weather.heat_flux.view2()(i, j) = 10.0 * (i - 11);
      weather.mixing_height.view2()(i, j) = 50.0 * (i + 1);
      for (int k = 0; k < grid.nz(); ++k) {
        weather.pressure.view3()(i, j, k) = 1e5 - 10 * grid.height_above_ground(i, j, k);
        weather.temperature.view3()(i, j, k) =
            (290 + 0.02 * grid.height_above_ground(i, j, k)) *
            std::pow(weather.pressure.view3()(i, j, k) / 1e5, 287.05 / 1005.0);
      }
    }
  }
  return weather;
}

const BoundaryLayer night = hour(180, turbulence(0.2, 1.0 / 40), turbulence(0.15, 1.0 / 15));
const BoundaryLayer day = hour(900, turbulence(0.35, -1.0 / 40), turbulence(0.4, -1.0 / 120));

} // namespace

TEST(Turbulence, ExchangeIsDensityTimesDiffusivityOverDistance) {
  const Mixing<double> mixing(night);
  const auto z = mixing.forcing.mixing_z;
  for (int j = 0; j < ny; ++j) {
    for (int i : {0, nx - 1}) { // a whole class each
      const physics::SurfaceLayer& here = night.tiles[i == 0 ? 0 : 1];
      ASSERT_EQ(z(i, j, 0), 0.0);
      ASSERT_EQ(z(i, j, mixing.grid.nz()), 0.0);
      for (int k = 1; k < mixing.grid.nz(); ++k) {
        const double height = mixing.grid.zeta_face(k) * mixing.grid.jacobian(i, j);
        const double ratio = height * here.inverse_obukhov_length;
        const double phi = ratio > 1 ? 5 + ratio : 1 + 5 * ratio;
        const double parabola = height < 180 ? 0.4 * here.friction_velocity * height * std::pow(1 - height / 180, 2) / phi : 0;
        const double least = i == 0 && height < 500 ? 0.5 : 0.01;
        const double over = z(i, j, k) / (std::max(parabola, least) * mixing.unit_exchange(i, j, k));
        ASSERT_GE(over, 1 - 1e-12) << i << ' ' << j << ' ' << k;
        // above the mixing height shear adds: the wind's profile ends between the library's 100 and 300 m
        ASSERT_LE(over, height < 180 ? 1 + 1e-12 : 2) << i << ' ' << j << ' ' << k;
      }
    }
  }
  EXPECT_EQ(mixing.forcing.overturning_z.data, nullptr);
}

TEST(Turbulence, CellsHaveTheMeanOfTheirGround) {
  const Mixing<double> mixing(day);
  const auto u = mixing.turbulence.friction_velocity(), inverse = mixing.turbulence.inverse_obukhov_length();
  EXPECT_NEAR(u(3, 4), 0.35, 1e-15);
  EXPECT_NEAR(u(20, 4), 0.4, 1e-15);
  EXPECT_NEAR(inverse(3, 4), -1.0 / 40, 1e-15);
  EXPECT_NEAR(u(12, 4), std::sqrt(0.5 * (0.35 * 0.35 + 0.4 * 0.4)), 1e-15);
  EXPECT_NEAR(inverse(12, 4) * std::pow(u(12, 4), 3), -0.5 * (std::pow(0.35, 3) / 40 + std::pow(0.4, 3) / 120), 1e-15);
}

TEST(Turbulence, ConvectionTakesItsShareFromLocalMixing) {
  const Mixing<double> mixing(day);
  for (int i : {2, 12, 20}) {
    const double u = mixing.turbulence.friction_velocity()(i, 5), inverse = mixing.turbulence.inverse_obukhov_length()(i, 5);
    const double f = physics::convective_share(900, inverse);
    ASSERT_GT(f, 0.2);
    const double height = mixing.grid.zeta_face(1) * mixing.grid.jacobian(i, 5);
    const double whole = physics::parabolic_diffusivity(height, u, 900, inverse) * mixing.unit_exchange(i, 5, 1);
    EXPECT_NEAR(mixing.forcing.mixing_z(i, 5, 1) / whole, 1 - f, 1e-12);
    EXPECT_NEAR(mixing.forcing.overturning_z(i, 5, 1) / whole, f, 1e-12); // both together: what K alone would exchange
  }
}

TEST(Turbulence, OverturningFallsToNothingAtTheMixingHeight) {
  const Mixing<double> mixing(day);
  const auto d = mixing.forcing.overturning_z;
  ASSERT_EQ(d.nz, mixing.grid.nz() + 1);
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      ASSERT_EQ(d(i, j, 0), 0.0);
      ASSERT_EQ(d(i, j, mixing.grid.nz()), 0.0);
      ASSERT_GT(d(i, j, 1), 0.0);
      for (int k = 1; k < mixing.grid.nz(); ++k) {
        ASSERT_GE(d(i, j, k), d(i, j, k + 1));
        const double height = mixing.grid.zeta_face(k) * mixing.grid.jacobian(i, j);
        ASSERT_EQ(d(i, j, k) > 0, height < 900) << height;
      }
      // what a whole layer below h receives from the ground is in proportion to its mass
      const auto share = [&](int k) { return (d(i, j, k) - d(i, j, k + 1)) / mixing.grid.air_mass(i, j, k); };
      ASSERT_NEAR(share(5) / share(2), 1, 1e-12);
    }
  }
}

TEST(Turbulence, OverturningKeepsMassAndAUniformMixture) {
  const Mixing<double> mixing(day);
  const auto d = mixing.forcing.overturning_z;
  const int nz = mixing.grid.nz(), i = 12, j = 8;
  const auto rate = [&](auto q) { // kg s-1 of tracer into each layer
    std::vector<double> gain(std::size_t(nz), 0.0);
    for (int k = 1; k < nz; ++k) {
      const double lifted = (d(i, j, k) - d(i, j, k + 1)) * q(0), sunk = d(i, j, k) * q(k);
      gain[0] -= lifted;
      gain[std::size_t(k)] += lifted - sunk;
      gain[std::size_t(k) - 1] += sunk;
    }
    return gain;
  };
  double sum = 0, size = 0;
  for (double gain : rate([](int k) { return k == 0 ? 5.0 : 1.0 / k; })) {
    sum += gain;
    size += std::fabs(gain);
  }
  EXPECT_NEAR(sum / size, 0, 1e-14);
  for (double gain : rate([](int) { return 3.0; })) {
    EXPECT_NEAR(gain / size, 0, 1e-14);
  }
}

TEST(Turbulence, OverturnsOnlyWhereHeatRises) {
  Mixing<double> mixing(day);
  mixing.update(hour(900, turbulence(0.3, -1.0 / 40), turbulence(0.3, 1.0 / 40))); // forest already cools
  EXPECT_GT(mixing.forcing.overturning_z(2, 3, 1), 0.0);
  EXPECT_EQ(mixing.forcing.overturning_z(20, 3, 1), 0.0);
  mixing.update(hour(900, turbulence(0.3, 0), turbulence(0.3, 0)));
  EXPECT_EQ(mixing.forcing.overturning_z.data, nullptr);
  const Mixing<double> neutral(hour(900, turbulence(0.3, 0), turbulence(0.3, 0)));
  for (int k = 0; k < mixing.grid.nz(); ++k) {
    EXPECT_EQ(mixing.forcing.mixing_z(4, 4, k), neutral.forcing.mixing_z(4, 4, k)) << "nothing of the hour before is left";
  }
}

TEST(Turbulence, ShearMixesAboveTheMixingHeight) {
  Mixing<double> mixing(night);
  const int i = 5, j = 5, k = 12, height = int(mixing.grid.zeta_face(k) * mixing.grid.jacobian(i, j));
  ASSERT_GT(height, 500);
  // a jump of 8 m/s eastward between the cells k - 1 and k
  Field<double> wind(nx, ny, mixing.grid.nz(), 1, halo_width), still(nx, ny, mixing.grid.nz(), 1, halo_width);
  for (int level = k; level < mixing.grid.nz(); ++level) {
    for (int b = 0; b < ny; ++b) {
      for (int a = 0; a <= nx; ++a) {
        wind.view3()(a, b, level) = 8 * mixing.grid.air_mass(i, j, level) / 500; // that of the cell looked at
      }
    }
  }
  Forcing<double> air = mixing.forcing;
  air.flux_x = wind.view3();
  air.flux_y = still.view3();
  mixing.turbulence.update(night, air);
  const double distance = mixing.grid.height_above_ground(i, j, k) - mixing.grid.height_above_ground(i, j, k - 1);
  const double free = physics::free_diffusivity(mixing.grid.zeta_face(k) * mixing.grid.jacobian(i, j), 8 / distance,
                                                9.81 / 288.15 * 0.005);
  ASSERT_GT(free, 1.0);
  EXPECT_NEAR(mixing.forcing.mixing_z(i, j, k) / mixing.unit_exchange(i, j, k), 0.01 + free, 1e-9);
  EXPECT_NEAR(mixing.forcing.mixing_z(i, j, k + 1) / mixing.unit_exchange(i, j, k + 1), 0.01, 1e-9);
}

TEST(Turbulence, AModelsOwnSurfaceMakesThatOfEachCell) {
  const GriddedWeather weather = model_weather();
  Mixing<double> mixing(day);
  mixing.update(day, &weather);
  const auto u = mixing.turbulence.friction_velocity(), inverse = mixing.turbulence.inverse_obukhov_length();
  const auto height = mixing.turbulence.mixing_height();
  const auto expected = [](double velocity, double heat) { // 1/L = -kappa g H/(rho cp u*^3 T)
    return -0.4 * 9.81 * heat / (1e5 / 287.05 * 1005 * std::pow(velocity, 3));
  };
  for (const int i : {14, 20}) {
    EXPECT_DOUBLE_EQ(u(i, 3), 0.1 + 0.01 * i);
    EXPECT_NEAR(inverse(i, 3) / expected(0.1 + 0.01 * i, 10.0 * (i - 11)), 1, 1e-12) << i;
    EXPECT_EQ(height(i, 3), 50.0 * (i + 1));
    EXPECT_GT(mixing.forcing.overturning_z(i, 3, 1), 0.0);
  }
  EXPECT_EQ(mixing.forcing.overturning_z(5, 3, 1), 0.0);
  EXPECT_EQ(height(1, 3), WeatherOptions{}.minimum_mixing_height);
  // Sinking heat and hardly any u*: in the town's west L is the least, u* that of the minimum wind under it.
  const double least = std::max(physics::stable_obukhov_length(3, 10, 0.6, 290, 0), 20.0);
  EXPECT_NEAR(inverse(0, 3), 1 / least, 1e-12);
  EXPECT_NEAR(u(0, 3), physics::similarity_friction_velocity(0.5, 10, {0.6, 0, 1 / least}), 1e-12);
}

TEST(Turbulence, AModelsOwnMixingHeightAndLayeringBoundItsMixing) {
  GriddedWeather weather = model_weather();
  Mixing<double> mixing(day);
  mixing.update(day, &weather);
  const int i = 20, j = 3; // heat rises, mixing height 1050 m, forest
  const auto height = [&](int k) { return mixing.grid.zeta_face(k) * mixing.grid.jacobian(i, j); };
  for (int k = 2; k < mixing.grid.nz(); ++k) {
    const double over = mixing.forcing.mixing_z(i, j, k) / mixing.unit_exchange(i, j, k);
    EXPECT_EQ(mixing.forcing.overturning_z(i, j, k) > 0, height(k) < 1050) << height(k);
    if (height(k) >= 1050) {
      EXPECT_LT(over, 0.2) << height(k); // still air aloft
    }
  }
  // The same shear mixes less under the model's layering, 0.02 K per m, than under the scenario's 0.005.
  int k = 1;
  while (height(k) < 1050) {
    ++k;
  }
  const auto mixed = [&](const GriddedWeather* gridded) {
    Field<double> wind(nx, ny, mixing.grid.nz(), 1, halo_width), still(nx, ny, mixing.grid.nz(), 1, halo_width);
    for (int level = k; level < mixing.grid.nz(); ++level) {
      for (int a = 0; a <= nx; ++a) {
        wind.view3()(a, j, level) = 8 * mixing.grid.air_mass(i, j, level) / 500;
      }
    }
    Forcing<double> air = mixing.forcing;
    air.flux_x = wind.view3();
    air.flux_y = still.view3();
    mixing.turbulence.update(day, air, gridded);
    return mixing.forcing.mixing_z(i, j, k) / mixing.unit_exchange(i, j, k);
  };
  const double distance = mixing.grid.height_above_ground(i, j, k) - mixing.grid.height_above_ground(i, j, k - 1);
  const double theta = 290 + 0.02 * height(k);
  EXPECT_NEAR(mixed(&weather), 0.01 + physics::free_diffusivity(height(k), 8 / distance, 9.81 / theta * 0.02), 2e-3);
  EXPECT_GT(mixed(nullptr), 2 * mixed(&weather));
}

template <class T> class TurbulenceTest : public testing::Test {};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(TurbulenceTest, Precisions);

TYPED_TEST(TurbulenceTest, AnyDecompositionGivesTheSameBits) {
  const Mixing<TypeParam> whole(day);
  const Decomposition decomposition(nx, ny, 2, 3);
  const auto same = [](TypeParam a, TypeParam b) { return std::memcmp(&a, &b, sizeof a) == 0; };
  for (int rank = 0; rank < decomposition.ranks(); ++rank) {
    const Subdomain s = decomposition.of(rank);
    const Mixing<TypeParam> part(day, s);
    for (int k = 0; k <= whole.grid.nz(); ++k) {
      for (int j = 0; j < s.ny; ++j) {
        for (int i = 0; i < s.nx; ++i) {
          ASSERT_TRUE(same(whole.forcing.mixing_z(s.i0 + i, s.j0 + j, k), part.forcing.mixing_z(i, j, k)));
          ASSERT_TRUE(same(whole.forcing.overturning_z(s.i0 + i, s.j0 + j, k), part.forcing.overturning_z(i, j, k)));
        }
      }
    }
  }
}
