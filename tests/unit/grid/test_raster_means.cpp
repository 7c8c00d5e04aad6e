#include "grid/raster_means.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// 2 x 2 pixels under one cell whose corners lie at the given columns and rows.
files::PlacedRaster two_by_two(double west, double east, double south, double north) {
  files::PlacedRaster raster;
  raster.columns = raster.rows = 2;
  raster.values = {10, 20, 30, nothing};
  raster.corners = {{west, south}, {east, south}, {west, north}, {east, north}};
  raster.aligned = true;
  return raster;
}

} // namespace

TEST(RasterMeans, AreWeightedByArea) {
  const RasterMeans inside = mean_over_cells(two_by_two(0.5, 1.3, 0, 1), 1, 1);
  EXPECT_DOUBLE_EQ(inside.means[0], (0.5 * 10 + 0.3 * 20) / 0.8);
  EXPECT_DOUBLE_EQ(inside.covered[0], 1);
  const RasterMeans gap = mean_over_cells(two_by_two(0.5, 1.5, 0, 2), 1, 1);
  EXPECT_DOUBLE_EQ(gap.means[0], 20);
  EXPECT_DOUBLE_EQ(gap.covered[0], 0.75);
  const RasterMeans beyond = mean_over_cells(two_by_two(1, 3, 0, 1), 1, 1);
  EXPECT_DOUBLE_EQ(beyond.means[0], 20);
  EXPECT_DOUBLE_EQ(beyond.covered[0], 0.5);
  const RasterMeans apart = mean_over_cells(two_by_two(2, 3, 0, 1), 1, 1);
  EXPECT_TRUE(std::isnan(apart.means[0]));
  EXPECT_EQ(apart.covered[0], 0);
}

TEST(RasterMeans, RowsMayRunSouth) {
  const RasterMeans means = mean_over_cells(two_by_two(0, 2, 1, 0), 1, 1);
  EXPECT_DOUBLE_EQ(means.means[0], 15);
}

TEST(RasterMeans, SharesOfCodes) {
  const std::vector<CodeShares> shares = shares_of_cells(two_by_two(0.5, 1.5, 0, 2), 1, 1);
  EXPECT_EQ(shares[0].size(), 3u);
  EXPECT_DOUBLE_EQ(shares[0].at(10), 0.25);
  EXPECT_DOUBLE_EQ(shares[0].at(20), 0.25);
  EXPECT_DOUBLE_EQ(shares[0].at(30), 0.25);
}

/// Between centres of pixels a plane is a plane; points that are spread evenly over a parallelogram have its mean.
TEST(RasterMeans, APlaneIsExactUnderTurnedCells) {
  files::PlacedRaster raster;
  raster.columns = raster.rows = 40;
  for (int row = 0; row < 40; ++row) {
    for (int column = 0; column < 40; ++column) {
      raster.values.push_back(3 * (column + 0.5) - 2 * (row + 0.5) + 7);
    }
  }
  for (int j = 0; j <= 3; ++j) {
    for (int i = 0; i <= 4; ++i) {
      raster.corners.push_back({12 + 5.3 * i - 2.1 * j, 3 + 1.9 * i + 5.7 * j});
    }
  }
  const RasterMeans means = mean_over_cells(raster, 4, 3);
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 4; ++i) {
      const double x = 12 + 5.3 * (i + 0.5) - 2.1 * (j + 0.5), y = 3 + 1.9 * (i + 0.5) + 5.7 * (j + 0.5);
      EXPECT_NEAR(means.means[std::size_t(j * 4 + i)], 3 * x - 2 * y + 7, 1e-10);
      EXPECT_NEAR(means.covered[std::size_t(j * 4 + i)], 1, 1e-12);
    }
  }
}
