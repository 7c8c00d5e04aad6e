// Emission scenarios that advance together: the state of each is that of its lone run, to the bit.
#include "paths.hpp"
#include "run/together.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <list>

using namespace tq;

namespace {

constexpr int first = 8, last = 12; // hours of the day at which all sources work

const std::filesystem::path small_city = test::source_directory() / "tests/scenarios/small";

/// The archive of each scenario after the run.
template <class T> std::vector<std::vector<std::byte>> run(const Cases& cases, int px, int py) {
  const Grid& grid = cases.front()->grid->grid;
  const Decomposition decomposition(grid.nx(), grid.ny(), px, py);
  std::vector<std::vector<std::byte>> states(cases.size());
  run_virtual_ranks(px * py, [&](Communicator& communicator) {
    Timers timers;
    Simulation<T> simulation(cases, decomposition, communicator, timers);
    for (int hour = first; hour < last; ++hour) {
      simulation.begin_hour(cases.front()->start + hour * seconds_per_hour);
      for (int step = 0; step < simulation.steps(); ++step) {
        simulation.step();
      }
      simulation.end_hour();
    }
    for (int scenario = 0; scenario < simulation.scenarios(); ++scenario) {
      Archive state;
      simulation.serialise(state, scenario);
      if (communicator.is_root()) {
        states[std::size_t(scenario)] = state.bytes();
      }
    }
  });
  return states;
}

/// The small city with a plant more, whose plume reaches levels that no other source does.
Case with_high_plant() {
  const std::filesystem::path folder = test::scratch_directory("high_plant");
  std::ofstream(folder / "plant.csv") << "id,sector,department,enterprise,management_cell,geometry,lon,lat,profile,"
                                         "base [m],top [m],pm2_5 [t yr-1],pm10 [t yr-1],tsp [t yr-1],so2 [t yr-1],"
                                         "nox [t yr-1],no2_share [1],co [t yr-1]\n"
                                         "plant-1,industry,,,,,117.06,29.33,always,200,900,40,60,80,900,700,0.1,200\n";
  std::ofstream(folder / "plant.toml") << fmt::format(
      "base = \"{}\"\nname = \"high\"\n[[inventory]]\nid = \"plant\"\nsources = \"plant.csv\"\n"
      "profiles = \"{}\"\n",
      (small_city / "base.toml").string(), (small_city / "profiles.toml").string());
  return load_case(folder / "plant.toml");
}

template <class T> void expect_each_as_alone() {
  std::list<Case> cases;
  for (const char* file : {"base.toml", "watered.toml"}) {
    cases.push_back(load_case(small_city / file));
  }
  cases.push_back(with_high_plant());
  Cases all;
  for (const Case& c : cases) {
    all.push_back(&c);
  }
  // Alone and together, emission reaches other levels: chemistry and mixing must not see that.
  ASSERT_GT(cases.back().emission->levels(), cases.front().emission->levels());
  const auto together = run<T>(all, 1, 1), cut = run<T>(all, 2, 2);
  EXPECT_EQ(together, cut);
  for (std::size_t n = 0; n < all.size(); ++n) {
    EXPECT_EQ(together[n], run<T>({all[n]}, 1, 1).front()) << all[n]->name;
  }
  EXPECT_TRUE(together[0] != together[1] && together[0] != together[2]);
}

} // namespace

TEST(Together, EachScenarioIsWhatItIsAloneInFloat) { expect_each_as_alone<float>(); }

TEST(Together, EachScenarioIsWhatItIsAloneInDouble) { expect_each_as_alone<double>(); }
