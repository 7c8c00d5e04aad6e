#include "synthetic_forcing.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tq {
namespace {

using test::ForcingRecipe;
using test::TransportCase;

constexpr int nx = 6, ny = 5, nz = 3;
constexpr double mass = 1000;

class TransportProcesses : public testing::Test {
protected:
  TransportProcesses() {
    recipe.air_mass = [](int, int, int) { return mass; };
    box.for_each_cell([](double& q, int, int i, int j, int k) { q = test::random_at(1, 1, i, j, k); });
  }
  double q(int i, int j, int k) { return box.tracers.view()[0](i, j, k); }
  double sum(const View3<double>& account) { return TransportCase<double>::total(account, 0); }

  SerialCommunicator alone;
  ForcingRecipe recipe;
  TransportCase<double> box{test::whole_domain(nx, ny), alone, TracerSet(1, 1, 0), nz};
  AccountViews accounts = box.accounts.views();
};

TEST_F(TransportProcesses, NothingHappensWithoutForcing) {
  box.advance(recipe);
  box.for_each_cell([](double& value, int, int i, int j, int k) {
    EXPECT_NEAR(value, test::random_at(1, 1, i, j, k), 1e-14);
  });
  for (const View3<double>& account : {accounts.emitted, accounts.inflow, accounts.outflow, accounts.dry,
                                       accounts.wet, accounts.settled, accounts.produced, accounts.consumed}) {
    EXPECT_EQ(sum(account), 0);
  }
}

TEST_F(TransportProcesses, SidesLetBackgroundInAndOwnAirOut) {
  box.for_each_cell([](double& value, int, int, int, int) { value = 3; });
  recipe.flux_x = [](int, int, int) { return 2.0; };
  recipe.inflow = [](int k, int) { return 5.0 + k; };
  box.advance(recipe, 100);
  for (int j = 0; j < ny; ++j) {
    EXPECT_DOUBLE_EQ(accounts.inflow(0, j, 0), 200.0 * (5 + 6 + 7));
    EXPECT_DOUBLE_EQ(accounts.outflow(nx - 1, j, 0), 200.0 * 3 * nz);
  }
  EXPECT_DOUBLE_EQ(sum(accounts.inflow), ny * 200.0 * (5 + 6 + 7)) << "only cells at the west have inflow";
  EXPECT_DOUBLE_EQ(q(0, 2, 1), 3 + 0.2 * (6 - 3)); // first order at the face: a fifth of the air is new
  EXPECT_DOUBLE_EQ(q(nx - 1, 2, 1), 3);
}

TEST_F(TransportProcesses, AllFourSidesAndTheLidAreAccounted) {
  // Air comes in through all sides and leaves through the lid, then the reverse.
  for (const double sign : {1.0, -1.0}) {
    TransportCase<double> fresh(test::whole_domain(nx, ny), alone, TracerSet(1, 1, 0), nz);
    recipe.flux_x = [=](int i, int, int) { return sign * (3.0 - i); };
    recipe.flux_y = [=](int, int j, int) { return sign * (2.5 - j); };
    recipe.inflow = [](int, int) { return 2.0; };
    fresh.for_each_cell([](double& value, int, int, int, int) { value = 2; });
    fresh.advance(recipe, 60);
    const AccountViews a = fresh.accounts.views();
    const double sides = 60 * 2 * nz * (2 * 3.0 * ny + 2 * 2.5 * nx), lid = 60 * 2.0 * nz * 2 * nx * ny;
    EXPECT_NEAR(TransportCase<double>::total(a.inflow, 0), sign > 0 ? sides : lid, 1e-9);
    EXPECT_NEAR(TransportCase<double>::total(a.outflow, 0), sign > 0 ? lid : sides, 1e-9);
  }
}

TEST_F(TransportProcesses, RainTakesTheExponentialShareOfTheWholeColumn) {
  recipe.wet_rate = [](int i, int, int) { return i == 2 ? 1e-4 : 0.0; };
  box.advance(recipe);
  double removed = 0;
  for (int k = 0; k < nz; ++k) {
    const double before = test::random_at(1, 1, 2, 3, k);
    EXPECT_NEAR(q(2, 3, k), before * std::exp(-0.36), 1e-13);
    removed += mass * before * -std::expm1(-0.36);
  }
  EXPECT_NEAR(accounts.wet(2, 3, 0), removed, 1e-9);
  EXPECT_EQ(accounts.wet(1, 3, 0), 0);
}

TEST_F(TransportProcesses, DecayIsConsumedBesideTheRain) {
  recipe.wet_rate = [](int i, int, int) { return i == 2 ? 1e-4 : 0.0; };
  recipe.decay_rate = [](int) { return 2e-4; };
  box.advance(recipe);
  double before = 0, dry_before = 0;
  for (int k = 0; k < nz; ++k) {
    before += mass * test::random_at(1, 1, 2, 3, k);
    dry_before += mass * test::random_at(1, 1, 1, 3, k);
    EXPECT_NEAR(q(2, 3, k), test::random_at(1, 1, 2, 3, k) * std::exp(-0.36 - 0.72), 1e-13);
    EXPECT_NEAR(q(1, 3, k), test::random_at(1, 1, 1, 3, k) * std::exp(-0.72), 1e-13);
  }
  EXPECT_NEAR(accounts.wet(2, 3, 0) + accounts.consumed(2, 3, 0), before * -std::expm1(-1.08), 1e-9);
  EXPECT_GT(accounts.wet(2, 3, 0), 0.2 * before);
  EXPECT_NEAR(accounts.consumed(1, 3, 0), dry_before * -std::expm1(-0.72), 1e-9);
  EXPECT_EQ(accounts.wet(1, 3, 0), 0);
}

TEST_F(TransportProcesses, EmissionGoesToItsCell) {
  recipe.emission_levels = 2;
  recipe.emission = [](int, int i, int j, int k) { return i == 1 && j == 2 && k == 1 ? 0.5 : 0.0; };
  box.advance(recipe);
  EXPECT_NEAR(q(1, 2, 1), test::random_at(1, 1, 1, 2, 1) + 0.5 * 3600 / mass, 1e-12);
  EXPECT_NEAR(q(1, 2, 0), test::random_at(1, 1, 1, 2, 0), 1e-12);
  EXPECT_DOUBLE_EQ(accounts.emitted(1, 2, 0), 1800);
  EXPECT_DOUBLE_EQ(sum(accounts.emitted), 1800);
}

TEST_F(TransportProcesses, DepositionIsTheLowerBoundaryCondition) {
  recipe.deposition_conductance = [](int i, int, int) { return i == 4 ? 2.0 : 0.0; };
  box.advance(recipe, 240);
  const double before = test::random_at(1, 1, 4, 1, 0);
  const double after = before / (1.24 * 1.24); // two half steps of backward Euler, 120 s x 2 kg s-1 / 1000 kg
  EXPECT_NEAR(q(4, 1, 0), after, 1e-14);
  EXPECT_NEAR(q(4, 1, 1), test::random_at(1, 1, 4, 1, 1), 1e-14);
  EXPECT_NEAR(accounts.dry(4, 1, 0), mass * (before - after), 1e-10);
}

TEST_F(TransportProcesses, ParticlesFallIntoTheAccountOfTheGround) {
  recipe.thickness = [](int, int, int) { return 10.0; };
  recipe.settling_speed = [](int, int) { return 0.1; };
  recipe.inflow = [](int, int) { return 0.5; };
  box.advance(recipe, 100);
  for (int k = 0; k < nz; ++k) {
    EXPECT_NEAR(q(2, 3, k), k + 1 < nz ? test::random_at(1, 1, 2, 3, k + 1) : 0.5, 1e-14);
  }
  EXPECT_NEAR(accounts.settled(2, 3, 0), mass * test::random_at(1, 1, 2, 3, 0), 1e-10);
  EXPECT_NEAR(accounts.inflow(2, 3, 0), mass * 0.5, 1e-10);
  EXPECT_EQ(sum(accounts.dry), 0);
}

TEST_F(TransportProcesses, ColumnsAreSubcycledWhereLayersAreThin) {
  // A layer that is thin against its through-flow: Courant number 12 within an outer step.
  recipe.air_mass = [](int, int, int k) { return k == 1 ? 20.0 : 5000.0; };
  recipe.flux_x = [](int i, int, int k) {
    return i <= 0 || i >= nx ? 0.0 : (k == 0 ? -1.0 : k == nz - 1 ? 1.0 : 0.0) * std::min(i, nx - i);
  };
  const double before = box.airborne(0, recipe);
  const StepPlan plan = box.advance(recipe);
  EXPECT_GT(plan.column_substeps, 10);
  box.for_each_cell([](double& value, int, int, int, int) {
    EXPECT_GE(value, 0);
    EXPECT_LE(value, 1);
  });
  EXPECT_NEAR(box.airborne(0, recipe), before, 1e-13 * before);
}

} // namespace
} // namespace tq
