#include "files.hpp"
#include "grid/grid_file.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <numeric>

using namespace tq;

namespace {

const std::string head = "schema = 'grid/1'\nname = 'small'\n[grid]\nepsg = 32650\nx_west = 519000\ny_south = 3240000\n"
                         "nx = 4\nny = 3\ndx = 500\ndy = 400\nlevels = [0, 10, 100, 1000]\n"
                         "[terrain]\nfile = 'terrain.asc'\n"; // on lines 12 and 13

/// 12 values from north to south, on pixels of 500 m x 400 m as far as a square pixel can: of 100 m.
std::string raster(const std::vector<double>& cells) {
  std::string text = "ncols 20\nnrows 12\nxllcorner 519000\nyllcorner 3240000\ncellsize 100\nNODATA_value -9999\n";
  for (int row = 0; row < 12; ++row) {
    for (int column = 0; column < 20; ++column) {
      text += fmt::format("{} ", cells[std::size_t(row / 4 * 4 + column / 5)]);
    }
    text += '\n';
  }
  return text;
}

class Terrain : public ::testing::Test {
 protected:
  GridFile read(const std::vector<double>& cells, const std::string& more = "") const {
    folder.write("terrain.asc", raster(cells));
    return read_grid_file(folder.write("grid.toml", head + more));
  }
  std::string problems(const std::vector<double>& cells, const std::string& more = "") const {
    return folder.message([&] { read(cells, more); });
  }
  test::Folder folder;
};

double mean_height(const Grid& grid) {
  const std::vector<double>& heights = grid.specification().terrain;
  return std::accumulate(heights.begin(), heights.end(), 0.0) / double(heights.size());
}

} // namespace

TEST_F(Terrain, WithoutDataIsRefusedWithItsShare) {
  EXPECT_EQ(
      problems({10, 20, -9999, 40, 10, 20, 30, 40, 10, 20, 30, -9999}),
      "grid.toml:13:1: terrain.file = \"terrain.asc\": must have data in the whole grid, but has none on 16.7 % of "
      "it, first in the cell at x 520750, y 3240200; terrain.fill says how much may be filled");
  EXPECT_EQ(
      problems({10, 20, -9999, 40, 10, 20, 30, 40, 10, 20, 30, -9999}, "fill = 0.1\n"),
      "grid.toml:13:1: terrain.file = \"terrain.asc\": must have data in the whole grid, but has none on 16.7 % of "
      "it, first in the cell at x 520750, y 3240200; terrain.fill says how much may be filled");
}

TEST_F(Terrain, SmallGapsAreFilledFromAround) {
  const GridFile file = read({10, 20, -9999, 40, 10, 20, 30, 40, 10, 20, 30, -9999}, "fill = 0.2\n");
  EXPECT_DOUBLE_EQ(file.grid.terrain(2, 2), (20 + 40 + 20 + 30 + 40) / 5.0);
  EXPECT_DOUBLE_EQ(file.grid.terrain(3, 0), (30 + 40 + 30) / 3.0);
  EXPECT_DOUBLE_EQ(file.grid.terrain(0, 0), 10);
  EXPECT_NEAR(file.terrain.filled, 2 / 12.0, 1e-12);
  // A gap that is wider than a cell fills from its edge inwards.
  const GridFile wide = read({10, 10, -9999, -9999, 10, 10, -9999, -9999, 10, 10, -9999, -9999}, "fill = 0.5\n");
  EXPECT_DOUBLE_EQ(wide.grid.terrain(3, 1), 10);
}

TEST_F(Terrain, AGapInPartOfACellCountsByItsArea) {
  std::string text = raster(std::vector<double>(12, 50));
  text.replace(text.rfind("50 \n"), 2, "-9999"); // one of 240 pixels
  folder.write("terrain.asc", text);
  const auto file = folder.write("grid.toml", head);
  EXPECT_EQ(
      folder.message([&] { read_grid_file(file); }),
      "grid.toml:13:1: terrain.file = \"terrain.asc\": must have data in the whole grid, but has none on 0.417 % of "
      "it, first in the cell at x 520750, y 3240200; terrain.fill says how much may be filled");
  EXPECT_DOUBLE_EQ(read_grid_file(folder.write("grid.toml", head + "fill = 0.01\n")).grid.terrain(3, 0), 50);
}

TEST_F(Terrain, IsSmoothedToTheSlopeAndKeepsItsMean) {
  const std::vector<double> cells = {0, 0, 0, 0, 0, 600, 0, 0, 0, 0, 0, 50};
  const GridFile raw = read(cells);
  EXPECT_DOUBLE_EQ(raw.terrain.raw_slope, 600 / 400.0);
  EXPECT_DOUBLE_EQ(raw.terrain.slope, 600 / 400.0);
  EXPECT_EQ(raw.terrain.passes, 0);
  const GridFile file = read(cells, "maximum_slope = 0.1\n");
  EXPECT_DOUBLE_EQ(file.terrain.raw_slope, 600 / 400.0);
  EXPECT_LE(file.terrain.slope, 0.1);
  EXPECT_GT(file.terrain.slope, 0.09); // not much smoother than asked for
  EXPECT_EQ(file.terrain.slope, largest_slope(file.grid.specification().terrain, file.grid.specification()));
  EXPECT_GT(file.terrain.passes, 1);
  EXPECT_NEAR(mean_height(file.grid), 650 / 12.0, 1e-10);
  EXPECT_NEAR(file.terrain.largest_change, 600 - file.grid.terrain(1, 1), 1e-12);
  for (const double height : file.grid.specification().terrain) {
    EXPECT_GE(height, -1e-12);
    EXPECT_LE(height, 600);
  }
}

TEST_F(Terrain, GentleGroundIsNotTouched) {
  const std::vector<double> cells = {0, 10, 20, 30, 0, 10, 20, 30, 0, 10, 20, 30};
  const GridFile file = read(cells, "maximum_slope = 0.3\n");
  EXPECT_EQ(file.terrain.passes, 0);
  EXPECT_DOUBLE_EQ(file.grid.terrain(3, 1), 30);
}

/// No order of cells is preferred: a mirrored terrain gives the mirrored result, to the bit.
TEST(TerrainSmoothing, IsSymmetric) {
  GridSpecification grid;
  grid.nx = 7;
  grid.ny = 5;
  grid.dx = grid.dy = 100;
  std::vector<double> heights(35), mirrored(35);
  for (int j = 0; j < 5; ++j) {
    for (int i = 0; i < 7; ++i) {
      const double height = 40 * std::sin(1.3 * i + 0.7 * j) + 30 * std::cos(2.1 * i * j);
      heights[std::size_t(j * 7 + i)] = height;
      mirrored[std::size_t(j * 7 + 6 - i)] = height;
    }
  }
  const int passes = smooth_terrain(heights, grid, 0.1, 1000);
  EXPECT_EQ(smooth_terrain(mirrored, grid, 0.1, 1000), passes);
  for (int j = 0; j < 5; ++j) {
    for (int i = 0; i < 7; ++i) {
      EXPECT_NEAR(heights[std::size_t(j * 7 + i)], mirrored[std::size_t(j * 7 + 6 - i)], 1e-12);
    }
  }
  EXPECT_LE(largest_slope(heights, grid), 0.1);
  EXPECT_EQ(smooth_terrain(heights, grid, 1e-6, 3), 3); // gives up
}

TEST_F(Terrain, SmoothingMayBringItBelowTheLid) {
  const std::vector<double> cells = {0, 0, 0, 0, 0, 900, 0, 0, 0, 0, 0, 0};
  EXPECT_EQ(problems(cells),
            "grid.toml:13:1: terrain.file = \"terrain.asc\": must stay below 0.8 of the top of the levels "
            "(800 m), but has 900 m at x 519750, y 3240600");
  EXPECT_LT(read(cells, "maximum_slope = 0.5\n").grid.terrain(1, 1), 800);
}

TEST_F(Terrain, TakesNoSlopeOfZero) {
  EXPECT_EQ(problems(std::vector<double>(12, 0), "maximum_slope = 0\nfill = 0.6\n"),
            "grid.toml:14:1: terrain.maximum_slope = 0: must be in (0, 10]\n"
            "grid.toml:15:1: terrain.fill = 0.6: must be in [0, 0.5]");
}

TEST_F(Terrain, ApartFromTheGridNamesBothExtents) {
  std::string text = raster(std::vector<double>(12, 0));
  text.replace(text.find("519000"), 6, "529000");
  folder.write("terrain.asc", text);
  const auto file = folder.write("grid.toml", head);
  EXPECT_EQ(
      folder.message([&] { read_grid_file(file); }),
      "grid.toml:13:1: terrain.file = \"terrain.asc\": must cover the whole grid (x 519000 to 521000, y 3240000 to "
      "3241200), but covers x 529000 to 531000, y 3240000 to 3241200, no part of it");
}
