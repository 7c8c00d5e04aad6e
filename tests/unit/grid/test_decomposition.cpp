#include "grid/decomposition.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using namespace tq;

namespace {

constexpr int nx = 23, ny = 17, nz = 4, nt = 3, halo = 3;

/// A value that names its own place, exact in float.
template <class T> T stamp(int n, int k, int j, int i) {
  return T(((n * nz + k) * 40 + j + halo) * 40 + i + halo);
}

template <class T> constexpr T untouched = T(-1);

template <class T> Field<T> stamped_interior(const Subdomain& part) {
  Field<T> field(part.nx, part.ny, nz, nt, halo);
  for (int n = 0; n < nt; ++n) {
    for (int k = 0; k < nz; ++k) {
      for (int j = -halo; j < part.ny + halo; ++j) {
        for (int i = -halo; i < part.nx + halo; ++i) {
          const bool own = i >= 0 && i < part.nx && j >= 0 && j < part.ny;
          field.view()[n](i, j, k) = own ? stamp<T>(n, k, part.j0 + j, part.i0 + i) : untouched<T>;
        }
      }
    }
  }
  return field;
}

/// Every cell inside the domain holds its stamp on the exchanged levels; all else is as it was.
template <class T>
int wrong_cells(const Subdomain& part, View4<const T> field, const std::vector<int>& levels) {
  int wrong = 0;
  for (int n = 0; n < nt; ++n) {
    for (int k = 0; k < nz; ++k) {
      const bool exchanged = std::find(levels.begin(), levels.end(), k) != levels.end();
      for (int j = -halo; j < part.ny + halo; ++j) {
        for (int i = -halo; i < part.nx + halo; ++i) {
          const int gi = part.i0 + i, gj = part.j0 + j;
          const bool own = i >= 0 && i < part.nx && j >= 0 && j < part.ny;
          const bool inside = gi >= 0 && gi < nx && gj >= 0 && gj < ny;
          const T expected = own || (inside && exchanged) ? stamp<T>(n, k, gj, gi) : untouched<T>;
          wrong += field[n](i, j, k) != expected;
        }
      }
    }
  }
  return wrong;
}

template <class T> void check_exchange_gather_and_scatter(int px, int py) {
  SCOPED_TRACE(std::to_string(px) + " x " + std::to_string(py));
  const Decomposition decomposition(nx, ny, px, py, halo);
  std::vector<int> wrong(std::size_t(px * py), -1);
  Field<T> whole(nx, ny, 1, 1, 0);
  run_virtual_ranks(px * py, [&](Communicator& communicator) {
    const Subdomain part = decomposition.of(communicator.rank());
    Field<T> field = stamped_interior<T>(part);
    const std::vector<int> some = {3, 1};
    exchange_halo(communicator, part, field.view(), std::span<const int>(some));
    int count = wrong_cells<T>(part, field.view(), some);
    const std::vector<int> all = {0, 1, 2, 3};
    exchange_halo(communicator, part, field.view(), std::span<const int>(all));
    count += wrong_cells<T>(part, field.view(), all);
    exchange_halo(communicator, part, field.view(), std::span<const int>());
    gather(communicator, decomposition, field.view()[2].level(1), whole.view2());
    Field<T> back(part.nx, part.ny, 1, 1, halo);
    scatter<T>(communicator, decomposition, whole.view2(), back.view2());
    for (int j = 0; j < part.ny; ++j) {
      for (int i = 0; i < part.nx; ++i) {
        count += back.view2()(i, j) != field.view()[2](i, j, 1);
      }
    }
    wrong[std::size_t(communicator.rank())] = count;
  });
  EXPECT_EQ(wrong, std::vector<int>(std::size_t(px * py), 0));
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      ASSERT_EQ(whole.view2()(i, j), stamp<T>(2, 1, j, i)) << i << ' ' << j;
    }
  }
}

} // namespace

TEST(Decomposition, CutsEvenlyAndKnowsItsNeighbours) {
  const Decomposition decomposition(10, 11, 3, 2);
  EXPECT_EQ(decomposition.ranks(), 6);
  std::vector<int> owner(110, -1);
  for (int rank = 0; rank < 6; ++rank) {
    const Subdomain part = decomposition.of(rank);
    EXPECT_GE(part.nx, 3);
    EXPECT_LE(part.nx, 4);
    EXPECT_GE(part.ny, 5);
    EXPECT_LE(part.ny, 6);
    for (int j = 0; j < part.ny; ++j) {
      for (int i = 0; i < part.nx; ++i) {
        int& cell = owner[std::size_t((part.j0 + j) * 10 + part.i0 + i)];
        EXPECT_EQ(cell, -1);
        cell = rank;
      }
    }
  }
  EXPECT_EQ(std::count(owner.begin(), owner.end(), -1), 0);

  const Subdomain middle = decomposition.of(1); // south row, second of three
  EXPECT_TRUE(middle.at_south() && !middle.at_north() && !middle.at_west() && !middle.at_east());
  const int expected[3][3] = {{-1, -1, -1}, {0, -1, 2}, {3, 4, 5}};
  for (int dj = 0; dj < 3; ++dj) {
    for (int di = 0; di < 3; ++di) {
      EXPECT_EQ(middle.neighbour[dj][di], expected[dj][di]);
    }
  }
}

TEST(Decomposition, RefusesBlocksNarrowerThanTheHalo) {
  EXPECT_THROW(Decomposition(8, 20, 3, 1, 3), std::invalid_argument);
  EXPECT_THROW(Decomposition(20, 8, 1, 3, 3), std::invalid_argument);
  EXPECT_NO_THROW(Decomposition(9, 2, 3, 1, 3)); // nobody to the north or south: no exchange there
  EXPECT_THROW(Decomposition(0, 5, 1, 1), std::invalid_argument);
  EXPECT_THROW(Decomposition(5, 5, 0, 1), std::invalid_argument);
  EXPECT_THROW(Decomposition(6, 6, 2, 2).of(4), std::out_of_range);
}

TEST(Halo, HoldsTheNeighboursCellsOnTheListedLevelsOnly) {
  for (const auto& [px, py] : {std::pair{1, 1}, {2, 3}, {3, 2}, {6, 1}, {1, 5}}) {
    check_exchange_gather_and_scatter<float>(px, py);
    check_exchange_gather_and_scatter<double>(px, py);
  }
}

TEST(Halo, IsANoOperationForALoneRank) {
  SerialCommunicator alone;
  const Decomposition decomposition(nx, ny, 1, 1);
  Field<double> field = stamped_interior<double>(decomposition.of(0));
  const std::vector<int> levels = {0, 1};
  exchange_halo(alone, decomposition.of(0), field.view(), std::span<const int>(levels));
  EXPECT_EQ(wrong_cells<double>(decomposition.of(0), field.view(), levels), 0);
}
