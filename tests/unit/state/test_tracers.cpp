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

TEST(TracerSet, SpeciesHaveTagsOrNone) {
  const TracerSet set(std::vector<std::vector<int>>{{2, 0, 1}, {0, 0, 3}});
  EXPECT_EQ(set.count(), 12);
  EXPECT_EQ(set.scenarios(), 2);
  EXPECT_EQ(set.species(), 3);
  EXPECT_EQ(set.most_tags(), 3);
  EXPECT_EQ(set.tags(0, 0), 2);
  EXPECT_EQ(set.tags(1, 0), 0);
  EXPECT_EQ(set.index({0, 1, 0}), 3);
  EXPECT_EQ(set.index({1, 2, 3}), 11);
  EXPECT_EQ(set.id(5), (TracerId{0, 2, 1}));
  EXPECT_EQ(set.range(0), (std::pair{0, 6}));
  EXPECT_EQ(set.range(1), (std::pair{6, 12}));
  std::vector<int> totals;
  for (const TracerSet::Family& family : set.families()) {
    totals.push_back(family.first);
  }
  EXPECT_EQ(totals, (std::vector<int>{0, 3, 4, 6, 7, 8}));
}

TEST(Tracers, AnArchiveFitsAnyDecomposition) {
  constexpr int nx = 11, ny = 9, nz = 3, species = 2;
  const auto value = [](int i, int j, int k, int n) { return double(n + 10 * k + 100 * j + 10000 * i); };
  const auto write = [&](int px, int py) {
    const Decomposition decomposition(nx, ny, px, py);
    std::vector<std::byte> bytes;
    run_virtual_ranks(px * py, [&](Communicator& communicator) {
      const Subdomain at = decomposition.of(communicator.rank());
      Tracers<double> tracers(TracerSet(1, species, 0), at.nx, at.ny, nz);
      for (int n = 0; n < species; ++n) {
        for (int k = 0; k < nz; ++k) {
          for (int j = 0; j < at.ny; ++j) {
            for (int i = 0; i < at.nx; ++i) {
              tracers.view()[n](i, j, k) = value(at.i0 + i, at.j0 + j, k, n);
            }
          }
        }
      }
      Archive archive;
      tracers.serialise(archive, decomposition, communicator);
      if (communicator.is_root()) {
        bytes = archive.bytes();
      } else {
        EXPECT_TRUE(archive.bytes().empty());
      }
    });
    return bytes;
  };
  const std::vector<std::byte> bytes = write(1, 1);
  EXPECT_TRUE(bytes == write(3, 2));
  const Decomposition decomposition(nx, ny, 2, 3);
  run_virtual_ranks(6, [&](Communicator& communicator) {
    const Subdomain at = decomposition.of(communicator.rank());
    Tracers<double> tracers(TracerSet(1, species, 0), at.nx, at.ny, nz);
    Archive archive(communicator.is_root() ? bytes : std::vector<std::byte>());
    tracers.serialise(archive, decomposition, communicator);
    EXPECT_TRUE(archive.at_end());
    for (int n = 0; n < species; ++n) {
      for (int k = 0; k < nz; ++k) {
        for (int j = 0; j < at.ny; ++j) {
          for (int i = 0; i < at.nx; ++i) {
            ASSERT_EQ(tracers.view()[n](i, j, k), value(at.i0 + i, at.j0 + j, k, n));
          }
        }
      }
    }
  });
}
