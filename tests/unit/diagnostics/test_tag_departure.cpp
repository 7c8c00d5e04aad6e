#include "diagnostics/tag_departure.hpp"

#include <gtest/gtest.h>
#include <limits>

using namespace tq;

namespace {

constexpr int nx = 4, ny = 3, nz = 2;

/// Two scenarios: the first without tags, the second with two of its one species, which sum to the total everywhere.
Tracers<float> followed() {
  Tracers<float> tracers(TracerSet(std::vector<std::vector<int>>{{0}, {2}}), nx, ny, nz);
  for (int n = 0; n < tracers.set().count(); ++n) {
    const float value = tracers.set().id(n).tag == 0 ? 4.0F : float(2 * tracers.set().id(n).tag - 1); // 1 and 3
    for (int k = 0; k < nz; ++k) {
      for (int j = 0; j < ny; ++j) {
        std::fill_n(tracers.view()[n].line(j, k), nx, value);
      }
    }
  }
  return tracers;
}

double departure(const Tracers<float>& tracers, int scenario) {
  SerialCommunicator alone;
  return tag_departure<float>(alone, tracers.set(), tracers.view(), scenario);
}

} // namespace

TEST(TagDeparture, IsTheLargestOfAllCells) {
  Tracers<float> tracers = followed();
  EXPECT_EQ(departure(tracers, 1), 0);
  tracers.view()[tracers.set().index({1, 0, 1})](3, 2, 1) = 1.5F; // the sum is 4.5 of 4
  tracers.view()[tracers.set().index({1, 0, 2})](0, 0, 0) = 2;    // 3 of 4
  EXPECT_EQ(departure(tracers, 1), 0.25);
  EXPECT_EQ(departure(tracers, 0), 0); // nothing is followed there
}

TEST(TagDeparture, TotalsWithoutDigitsDoNotCount) {
  Tracers<float> tracers = followed();
  tracers.view()[tracers.set().index({1, 0, 0})](1, 1, 1) = 1e5F * std::numeric_limits<float>::min();
  EXPECT_EQ(departure(tracers, 1), 0);
}

TEST(TagDeparture, IsThatOfAllRanks) {
  run_virtual_ranks(2, [](Communicator& communicator) {
    Tracers<float> tracers = followed();
    if (communicator.rank() == 1) {
      tracers.view()[tracers.set().index({1, 0, 1})](2, 0, 0) = 3;
    }
    const Tracers<float>& mine = tracers;
    EXPECT_EQ(tag_departure<float>(communicator, mine.set(), mine.view(), 1), 0.5);
  });
}
