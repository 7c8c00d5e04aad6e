#include "emission/distribute.hpp"

#include "city.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

using namespace tq;

namespace {

double sum(const Placement& placement) {
  double total = 0;
  for (const PlacedShare& share : placement.shares) {
    total += share.share;
  }
  return total;
}

} // namespace

TEST(Distribute, SharesLevelsByEachColumnsOwnThickness) {
  const Grid grid = test::city_grid();
  const Overlay overlay{{{2, 5, 300.0}, {15, 5, 100.0}}, 400.0};
  const Placement placement = distribute(grid, overlay, 6, 20);
  // Column (2, 5): terrain 260 m, so faces stand 0.74 times as high; column (15, 5): terrain 20 m, 0.98.
  const double low = (12 * 0.74 - 6) / 14;
  const double flat = (12 * 0.98 - 6) / 14;
  ASSERT_EQ(placement.shares.size(), 4U);
  EXPECT_EQ(placement.inside, 1.0);
  EXPECT_EQ(placement.shares[0].i, 2);
  EXPECT_EQ(placement.shares[0].k, 0);
  EXPECT_NEAR(placement.shares[0].share, 0.75 * low, 1e-15);
  EXPECT_NEAR(placement.shares[1].share, 0.75 * (1 - low), 1e-15);
  EXPECT_EQ(placement.shares[2].i, 15);
  EXPECT_NEAR(placement.shares[2].share, 0.25 * flat, 1e-15);
  EXPECT_EQ(placement.shares[3].k, 1);
  EXPECT_NEAR(sum(placement), 1.0, 1e-15);
}

TEST(Distribute, PutsASingleHeightIntoOneLevel) {
  const Grid grid = test::city_grid();
  const Overlay overlay{{{15, 5, 1.0}}, 1.0};
  const auto level = [&](double height) {
    const Placement placement = distribute(grid, overlay, height, height);
    EXPECT_EQ(placement.shares.size(), 1U);
    EXPECT_EQ(placement.shares[0].share, 1.0);
    return placement.shares[0].k;
  };
  EXPECT_EQ(level(0), 0);
  EXPECT_EQ(level(11.7), 0); // the face stands at 0.98 * 12 = 11.76 m
  EXPECT_EQ(level(11.8), 1);
  EXPECT_EQ(level(980), 7); // the very top
  EXPECT_THROW(level(981), std::domain_error);
}

TEST(Distribute, EmitsOnlyThePartInside) {
  const Grid grid = test::city_grid();
  const Placement partly = distribute(grid, {{{0, 5, 30.0}, {0, 6, 10.0}}, 160.0}, 0, 10);
  EXPECT_EQ(partly.inside, 0.25);
  EXPECT_NEAR(sum(partly), 0.25, 1e-15);
  const Placement rounded = distribute(grid, {{{0, 5, 30.0}}, 30.0 * (1 + 5e-10)}, 0, 5);
  EXPECT_EQ(rounded.inside, 1.0); // the overlay's accuracy, not a part outside
  EXPECT_EQ(distribute(grid, {{}, 160.0}, 0, 10).inside, 0.0);
}

TEST(CellLocator, SplitsThroughTheGrid) {
  const test::City city;
  const CellLocator locator(city.grid, city.cells);
  EXPECT_FALSE(locator.is_leaf(city.cells.find("CITY")));
  EXPECT_TRUE(locator.is_leaf(city.cells.find("W-1")));
  // A grid cell well inside the western cell.
  const auto located = locator.locate(distribute(city.grid, {{{6, 10, 1.0}}, 2.0}, 0, 5));
  ASSERT_EQ(located.size(), 2U);
  for (const auto& [cell, share] : located) {
    EXPECT_NE(cell, city.cells.find("E-1"));
    EXPECT_NEAR(share, 0.5, 1e-9);
  }
}
