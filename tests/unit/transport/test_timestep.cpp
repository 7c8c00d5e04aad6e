#include "synthetic_forcing.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace tq {
namespace {

using test::ForcingRecipe;
using test::SyntheticForcing;

class Timestep : public testing::Test {
protected:
  StepPlan plan(const ForcingRecipe& recipe, int nz = 2, TransportOptions options = {}) {
    const SyntheticForcing<double> forcing(domain, nz, 1, recipe);
    return plan_steps(forcing.views(), domain, 3600, options, alone);
  }
  SerialCommunicator alone;
  Subdomain domain = test::whole_domain(6, 5);
};

ForcingRecipe still() {
  ForcingRecipe recipe;
  recipe.air_mass = [](int, int, int) { return 1000.0; };
  return recipe;
}

TEST_F(Timestep, StillAirTakesTheLongestStep) {
  const StepPlan p = plan(still());
  EXPECT_EQ(p.steps, 15);
  EXPECT_DOUBLE_EQ(p.dt, 240);
  EXPECT_EQ(p.substeps, (std::vector<int>{1, 1}));
  EXPECT_EQ(p.column_substeps, 1);
  EXPECT_EQ(p.mixing_substeps, 2); // 240 s is more than 120 s
  EXPECT_EQ(p.courant_horizontal, 0);
  TransportOptions options;
  options.max_step = 100;
  EXPECT_EQ(plan(still(), 2, options).mixing_substeps, 1);
}

TEST_F(Timestep, EachLevelHasItsOwnSubsteps) {
  ForcingRecipe recipe = still();
  recipe.flux_x = [](int, int, int k) { return k == 0 ? 1.0 : 10.0; }; // 0.24 and 2.4 cells in 240 s
  const StepPlan p = plan(recipe);
  EXPECT_EQ(p.steps, 15);
  EXPECT_EQ(p.substeps, (std::vector<int>{1, 3}));
  EXPECT_NEAR(p.courant_horizontal, 0.8, 1e-12);
}

TEST_F(Timestep, NoSweepEmptiesACell) {
  ForcingRecipe recipe = still();
  recipe.flux_x = [](int, int, int) { return 1000.0 / 240; }; // exactly one cell per step
  TransportOptions options;
  options.max_courant = 1;
  EXPECT_EQ(plan(recipe, 2, options).substeps[0], 2);
}

TEST_F(Timestep, DiffusionCountsAsOutflow) {
  ForcingRecipe recipe = still();
  recipe.exchange_rate = 1e-2; // 2 x 2.4 cells per step
  EXPECT_EQ(plan(recipe).substeps[0], 6);
}

TEST_F(Timestep, DivergenceShortensTheOuterStep) {
  ForcingRecipe recipe = still();
  recipe.flux_x = [](int i, int, int) { return 5.0 * i; }; // every cell loses 0.5 % of its air per second
  const StepPlan p = plan(recipe);
  EXPECT_EQ(p.steps, 36); // half of it in 100 s
  EXPECT_GE(p.column_substeps, 1);
}

TEST_F(Timestep, UnusableFluxesAreNamedWithTheirCell) {
  ForcingRecipe recipe = still();
  recipe.flux_y = [](int i, int j, int k) {
    return i == 4 && j == 3 && k == 1 ? std::numeric_limits<double>::quiet_NaN() : 0.0;
  };
  try {
    plan(recipe);
    FAIL();
  } catch (const NumericalError& error) {
    EXPECT_NE(std::string(error.what()).find("i = 4, j = 2, k = 1"), std::string::npos) << error.what();
  }
  recipe = still();
  recipe.air_mass = [](int, int, int) { return 0.0; };
  EXPECT_THROW(plan(recipe), NumericalError);
  recipe = still();
  recipe.flux_x = [](int, int, int) { return 1e12; };
  EXPECT_THROW(plan(recipe), NumericalError);
}

} // namespace
} // namespace tq
