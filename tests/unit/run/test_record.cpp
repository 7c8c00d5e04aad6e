// What a run hands to its result file.
#include "paths.hpp"
#include "run/record.hpp"

#include <gtest/gtest.h>

using namespace tq;

TEST(Record, AVolumesLowestLayerIsTheSurfaceField) {
  Case c = load_case(test::source_directory() / "tests/scenarios/small/base.toml");
  const Grid& grid = c.grid->grid;
  c.volume = {c.species.find_pollutant("so2"), c.species.find_pollutant("pm10")};
  SerialCommunicator communicator;
  const Decomposition decomposition(grid.nx(), grid.ny(), 1, 1);
  Timers timers;
  Simulation<float> simulation(c, decomposition, communicator, timers);
  simulation.begin_hour(c.start);
  for (int step = 0; step < simulation.steps(); ++step) {
    simulation.step();
  }
  simulation.end_hour();
  const ResultHour hour = make_hour(simulation, c, c.start, decomposition, communicator);
  const std::size_t plane = std::size_t(grid.nx()) * std::size_t(grid.ny()), block = plane * std::size_t(grid.nz());
  ASSERT_EQ(hour.volume.size(), 2 * block);
  for (std::size_t v = 0; v < 2; ++v) {
    const auto surface = hour.concentration.begin() + std::ptrdiff_t(std::size_t(c.volume[v]) * plane);
    const auto lowest = hour.volume.begin() + std::ptrdiff_t(v * block);
    EXPECT_TRUE(std::equal(surface, surface + std::ptrdiff_t(plane), lowest));
    // Above the highest source, after an hour, the air is still about the background's.
    const int k = grid.nz() - 1;
    const int species = v == 0 ? c.species.find("so2") : c.species.find("pm_fine");
    const double background = c.background[std::size_t(species)] +
                              (v == 0 ? 0 : c.background[std::size_t(c.species.find("pm_coarse"))]);
    const double top = lowest[std::ptrdiff_t(std::size_t(k) * plane)];
    EXPECT_NEAR(top, background * grid.air_density(0, 0, k), 0.05 * top);
  }
}

TEST(Record, TheHeaderNamesWhatTheScenarioAsksFor) {
  Case c = load_case(test::source_directory() / "scenarios/jingdezhen/base.toml");
  c.volume = {1};
  const ResultHeader header = make_header(c);
  EXPECT_EQ(header.volume, c.volume);
  ASSERT_EQ(header.receptors.size(), 5U);
  EXPECT_EQ(header.receptors[1].id, "2343A");
  EXPECT_EQ(header.receptors[1].name, "Laoganbu activity centre");
}
