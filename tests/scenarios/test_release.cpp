// A sudden release in the small valley: what it emits, where each kilogram goes, and what decays.
#include "paths.hpp"
#include "run/simulation.hpp"

#include <gtest/gtest.h>

#include <cmath>

using namespace tq;

TEST(Release, ItsBudgetClosesAndDecayIsNoDeposition) {
  Case c = load_case(test::source_directory() / "tests/scenarios/small/release.toml");
  const Grid& grid = c.grid->grid;
  SerialCommunicator alone;
  Timers timers;
  Simulation<double> simulation(c, Decomposition(grid.nx(), grid.ny(), 1, 1), alone, timers);
  const auto of = [&](const char* id) { return simulation.total_budget()[std::size_t(c.species.find(id))]; };
  for (int hour = 0; hour < 4; ++hour) {
    simulation.begin_hour(c.start + hour * seconds_per_hour);
    for (int step = 0; step < simulation.steps(); ++step) {
      simulation.step();
    }
    simulation.end_hour();
    if (hour == 0) { // 40 of 150 minutes
      EXPECT_NEAR(of("lasting").emitted / (900.0 * 40 / 150), 1, 1e-12);
    }
  }
  for (const char* id : {"short_lived", "lasting", "ash"}) {
    EXPECT_LT(std::abs(of(id).residual()), 1e-12) << id;
    EXPECT_EQ(of(id).wet, 0) << id;
    EXPECT_EQ(of(id).produced, 0) << id;
  }
  EXPECT_NEAR(of("short_lived").emitted / 900, 1, 1e-12);
  EXPECT_NEAR(of("ash").emitted / 900, 1, 1e-12);
  EXPECT_EQ(of("lasting").consumed, 0);
  EXPECT_EQ(of("so2").consumed, 0);
  EXPECT_GT(of("ash").settled + of("ash").dry, 0.1 * 900);
  // Both gases go the same way; at the end the last of it is 70 minutes old, more than two half-lives.
  EXPECT_GT(of("short_lived").consumed, 0.3 * 900);
  EXPECT_GT(of("lasting").airborne, 1);
  EXPECT_LT(of("short_lived").airborne, 0.25 * of("lasting").airborne);
  EXPECT_LT(of("short_lived").outflow, of("lasting").outflow);
}
