// Random flows over random terrain: horizontal Courant numbers of the outer step from 0.01 near the ground to 8 aloft,
// layers from 5 to 500 m, slopes up to 0.5; every scheme, both precisions.
#include "synthetic_forcing.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace tq {
namespace {

using test::ForcingRecipe;
using test::random_at;
using test::TransportCase;

constexpr int nx = 14, ny = 12, nz = 9;
constexpr double dx = 500, dt = 240;                                               // m, s
constexpr std::array<double, nz> layers = {5, 12, 30, 140, 500, 60, 10, 250, 500}; // m, thin above thick too
constexpr Advection schemes[] = {Advection::u5_universal, Advection::u5_relaxed, Advection::ppm, Advection::upwind};

/// Terrain [m] whose steepest slopes are 0.5 or a little more.
double terrain(std::uint64_t seed, int i, int j) {
  return 0.25 * dx * (1 + std::sin(2.1 * i + double(seed)) * std::cos(1.7 * j)) * (0.5 + random_at(seed, 1, 0, 0, 0));
}

/// Courant number of the mean wind in an outer step.
double courant_number(int k) {
  return 0.01 * std::pow(800.0, double(k) / (nz - 1));
}

double depth() {
  double sum = 0;
  for (const double layer : layers) {
    sum += layer;
  }
  return sum;
}

ForcingRecipe flow_over_terrain(std::uint64_t seed) {
  ForcingRecipe recipe;
  const double lid = depth();
  recipe.air_mass = [=](int i, int j, int k) {
    return 1.2 * std::exp(-0.3 * k / nz) * dx * dx * layers[std::size_t(k)] * (1 - terrain(seed, i, j) / lid);
  };
  // The mean wind does not diverge; noise of up to a twentieth of a cell's air per outer step does, everywhere.
  const auto flux = [=](std::uint64_t quantity, double turn, int i, int j, int k) {
    const double flat_mass = 1.2 * std::exp(-0.3 * k / nz) * dx * dx * layers[std::size_t(k)];
    const double direction = 6.28 * random_at(seed, 2, 0, 0, 0) + 0.4 * k + turn, courant = courant_number(k);
    return flat_mass / dt *
           (courant * std::cos(direction) +
            0.1 * std::min(courant, 0.5) * (2 * random_at(seed, quantity, i, j, k) - 1));
  };
  recipe.flux_x = [=](int i, int j, int k) { return flux(3, 0.0, i, j, k); };
  recipe.flux_y = [=](int i, int j, int k) { return flux(4, 1.57, i, j, k); };
  recipe.mixing_z = [=](int i, int j, int k) { // up to 300 m2/s
    return k == 0 ? 0.0 : 1.2 * 300 * random_at(seed, 5, i, j, k) * dx * dx / layers[std::size_t(k)];
  };
  recipe.overturning_z = [=](int i, int j, int k) { // up to a tenth of the lowest cell's air per second, into six levels
    const double most = random_at(seed, 6, i, j, 0) < 0.3 ? 0.0 : 0.1 * 1.2 * dx * dx * layers[0];
    return k == 0 || k > 6 ? 0.0 : most * random_at(seed, 7, i, j, 0) * (7 - k) / 6;
  };
  recipe.exchange_rate = 10 / (dx * dx);
  recipe.thickness = [=](int i, int j, int k) { return layers[std::size_t(k)] * (1 - terrain(seed, i, j) / lid); };
  return recipe;
}

TransportOptions options_of(Advection scheme) {
  TransportOptions options;
  options.advection = scheme;
  options.max_step = dt;
  return options;
}

template <class T> class TerrainFlow : public testing::Test {
 protected:
  SerialCommunicator alone;
  Subdomain domain = test::whole_domain(nx, ny);
};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(TerrainFlow, Precisions);

TYPED_TEST(TerrainFlow, IsAsSteepAndAsFastAsItShould) {
  double steepest = 0, slowest = 1e9, fastest = 0;
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const ForcingRecipe recipe = flow_over_terrain(seed);
    for (int j = 0; j < ny; ++j) {
      for (int i = 1; i < nx; ++i) {
        steepest = std::max(steepest, std::abs(terrain(seed, i, j) - terrain(seed, i - 1, j)) / dx);
        const auto courant = [&](int k) {
          return dt * std::hypot(recipe.flux_x(i, j, k), recipe.flux_y(i, j, k)) / recipe.air_mass(i, j, k);
        };
        slowest = std::min(slowest, courant(0));
        fastest = std::max(fastest, courant(nz - 1));
      }
    }
  }
  EXPECT_GT(steepest, 0.4);
  EXPECT_LT(steepest, 0.75);
  EXPECT_LT(slowest, 0.011);
  EXPECT_GT(fastest, 8);
}

TYPED_TEST(TerrainFlow, ConstantStaysConstantBitForBit) {
  using T = TypeParam;
  int column_substeps = 1;
  for (const Advection scheme : schemes) {
    const T value = T(0.3e-7);
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      TransportCase<T> box(this->domain, this->alone, TracerSet(1, 2, 0), nz, options_of(scheme));
      box.for_each_cell([&](T& q, int, int, int, int) { q = value; });
      ForcingRecipe recipe = flow_over_terrain(seed);
      recipe.inflow = [&](int, int) { return double(value); };
      const StepPlan plan = box.advance(recipe, 3600, 3);
      EXPECT_EQ(plan.dt, dt) << "the wind's divergence should not shorten the outer step";
      EXPECT_GE(plan.substeps.back(), 8) << "the air aloft should need substeps";
      column_substeps = std::max(column_substeps, plan.column_substeps);
      box.for_each_cell([&](T& q, int n, int i, int j, int k) {
        ASSERT_EQ(q, value) << int(scheme) << " " << seed << ": " << n << " " << i << " " << j << " " << k;
      });
    }
  }
  EXPECT_GT(column_substeps, 1) << "some vertical sweep should need substeps too";
}

TYPED_TEST(TerrainFlow, MassClosesAndNothingIsNegative) {
  using T = TypeParam;
  for (const Advection scheme : schemes) {
    for (std::uint64_t seed = 0; seed < 6; ++seed) {
      ForcingRecipe recipe = flow_over_terrain(seed);
      const auto thickness = recipe.thickness;
      test::add_sources(recipe, seed);
      recipe.thickness = thickness;
      recipe.settling_speed = [](int, int n) { return n == 2 ? 0.05 : 0.0; }; // 12 m per step, the lowest layer has 5
      TransportCase<T> box(this->domain, this->alone, TracerSet(1, 3, 0), nz, options_of(scheme));
      box.for_each_cell([&](T& q, int n, int i, int j, int k) {
        q = random_at(seed, std::uint64_t(20 + n), i, j, k) > 0.8 ? T(1e-6) : T(0);
      });
      double initial[3];
      for (int n = 0; n < 3; ++n) {
        initial[n] = box.airborne(n, recipe);
      }
      box.advance(recipe, 3600, 4);
      const AccountViews a = box.accounts.views();
      for (int n = 0; n < 3; ++n) {
        const auto sum = [&](const View3<double>& account) { return box.total(account, n); };
        const double in = initial[n] + sum(a.emitted) + sum(a.inflow);
        const double left = box.airborne(n, recipe) + sum(a.outflow) + sum(a.dry) + sum(a.settled) + sum(a.wet);
        EXPECT_NEAR(in, left, (std::is_same_v<T, double> ? 1e-13 : 3e-6) * in)
            << int(scheme) << " " << seed << " " << n;
        EXPECT_EQ(sum(a.settled) > 0, n == 2);
      }
      // Values are cut off at zero: that nothing was cut off but round-off shows in the closure above.
      box.for_each_cell([&](T& q, int, int, int, int) { ASSERT_GE(q, 0) << int(scheme) << " " << seed; });
    }
  }
}

} // namespace
} // namespace tq
