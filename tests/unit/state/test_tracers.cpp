#include "state/tracers.hpp"

#include <gtest/gtest.h>

using namespace tq;

TEST(TracerSet, NumbersTracersByScenarioSpeciesAndTag) {
  const TracerSet set(2, 3, 4);
  EXPECT_EQ(set.count(), 30);
  int expected = 0;
  for (int scenario = 0; scenario < 2; ++scenario) {
    for (int species = 0; species < 3; ++species) {
      for (int tag = 0; tag <= 4; ++tag) {
        EXPECT_EQ(set.index({scenario, species, tag}), expected);
        EXPECT_EQ(set.id(expected), (TracerId{scenario, species, tag}));
        ++expected;
      }
    }
  }
}

TEST(Tracers, RoundTripThroughAnArchive) {
  Tracers<float> one(TracerSet(1, 2, 0), 5, 4, 3);
  for (int n = 0; n < 2; ++n) {
    for (int k = 0; k < 3; ++k) {
      for (int j = -halo_width; j < 4 + halo_width; ++j) {
        for (int i = -halo_width; i < 5 + halo_width; ++i) {
          one.view()[n](i, j, k) = float(n + 10 * k + 100 * j + 1000 * i);
        }
      }
    }
  }
  Archive out;
  one.serialise(out);
  Tracers<float> two(TracerSet(1, 2, 0), 5, 4, 3);
  Archive in(out.bytes());
  two.serialise(in);
  for (int n = 0; n < 2; ++n) {
    for (int k = 0; k < 3; ++k) {
      for (int j = -halo_width; j < 4 + halo_width; ++j) {
        for (int i = -halo_width; i < 5 + halo_width; ++i) {
          ASSERT_EQ(two.view()[n](i, j, k), one.view()[n](i, j, k));
        }
      }
    }
  }
}
