// Particles in still air, and against turbulence.
#include "synthetic_forcing.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace tq;
using test::ForcingRecipe;
using test::TransportCase;

namespace {

/// Layers of `dz` m of air of density 1 over 1 m2.
ForcingRecipe still_air(double dz, double speed) {
  ForcingRecipe recipe;
  recipe.air_mass = recipe.thickness = [=](int, int, int) { return dz; };
  recipe.settling_speed = [=](int, int) { return speed; };
  return recipe;
}

} // namespace

TEST(Settling, ACloudOfCoarseDustFallsAtItsSpeedThroughStillAir) {
  constexpr double speed = 0.0098, dz = 10; // m s-1, as particles of 18 um
  constexpr int n = 50;
  SerialCommunicator alone;
  TransportCase<double> box(test::whole_domain(3, 3), alone, TracerSet(1, 1, 0), n, {});
  box.for_each_cell([](double& q, int, int, int, int k) {
    q = std::exp(-std::pow((10 * k + 5 - 330) / 40.0, 2)); // around 330 m
  });
  const ForcingRecipe recipe = still_air(dz, speed);
  const double before = box.airborne(0, recipe);
  for (int hour = 1; hour <= 6; ++hour) {
    box.advance(recipe);
    double mass = 0, moment = 0, spread = 0;
    const double middle = 330 - speed * 3600 * hour;
    for (int k = 0; k < n; ++k) {
      const double q = box.tracers.view()[0](1, 1, k);
      mass += q;
      moment += q * (10 * k + 5);
      spread += q * std::pow(10 * k + 5 - middle, 2);
    }
    EXPECT_NEAR(moment / mass, middle, 0.2) << hour;
    EXPECT_NEAR(std::sqrt(spread / mass), 40 / std::sqrt(2), 2) << hour; // it keeps its width
  }
  EXPECT_NEAR(box.airborne(0, recipe) + TransportCase<double>::total(box.accounts.views().settled, 0), before,
              1e-12 * before);
}

TEST(Settling, FallAndTurbulenceBalanceInTheExponentialProfile) {
  // Rouse: with a constant diffusivity K and no flux through the ground, v C + K dC/dz = 0, so C ~ exp(-v z/K). Here
  // what falls through the ground is given back to the lowest layer, so that the flux through the column is zero.
  constexpr double speed = 0.05, diffusivity = 5, dz = 4, dt = 4; // e-folding height 100 m
  constexpr int n = 75;
  SerialCommunicator alone;
  TransportOptions options;
  options.max_step = dt;
  TransportCase<double> box(test::whole_domain(3, 3), alone, TracerSet(1, 1, 0), n, options);
  ForcingRecipe recipe = still_air(dz, speed);
  recipe.mixing_z = [](int, int, int k) { return k == 0 ? 0.0 : diffusivity / dz; };
  box.for_each_cell([](double& q, int, int, int, int) { q = 0.3; });
  recipe.emission_levels = 1;
  double rate = 0;
  recipe.emission = [&](int, int, int, int) { return rate; };
  double settled = 0;
  for (int minute = 0; minute < 900; ++minute) {
    box.advance(recipe, 60);
    const double before = settled;
    settled = box.accounts.views().settled(1, 1, 0);
    rate = (settled - before) / 60;
  }
  const View3<double> q = box.tracers.view()[0];
  // At the lid, where nothing is known above, the fall is first order: (v dz/K)^2 / 2 = 0.0008 per layer.
  for (int k = 1; k < n; ++k) {
    EXPECT_NEAR(q(1, 1, k) / q(1, 1, k - 1), std::exp(-speed * dz / diffusivity), 0.001) << k;
  }
  const double height = (n - 1) * dz; // between the middles of the lowest and the highest layer
  EXPECT_NEAR(q(1, 1, n - 1) / q(1, 1, 0) / std::exp(-speed * height / diffusivity), 1, 0.02);
}
