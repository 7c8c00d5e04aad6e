#include "grid/grid_file.hpp"
#include "paths.hpp"

#include <algorithm>
#include <gtest/gtest.h>

using namespace tq;

/// The grid that comes with the program.
TEST(DefaultCity, HasABasinAndManagementCells) {
  const GridFile city = read_grid_file(test::source_directory() / "grids/jingdezhen/grid.toml");
  EXPECT_EQ(city.name, "jingdezhen");
  EXPECT_EQ(city.grid.nx(), 80);
  EXPECT_EQ(city.grid.ny(), 80);
  EXPECT_EQ(city.grid.nz(), 16);
  double lowest = 1e9, highest = -1e9;
  for (int j = 0; j < city.grid.ny(); ++j) {
    for (int i = 0; i < city.grid.nx(); ++i) {
      lowest = std::min(lowest, city.grid.terrain(i, j));
      highest = std::max(highest, city.grid.terrain(i, j));
    }
  }
  EXPECT_GT(lowest, 0);
  EXPECT_GT(highest, lowest + 200);
  EXPECT_GE(city.management.cells.size(), 36U);
  for (const ManagementCell& cell : city.management.cells) {
    EXPECT_NEAR(cell.overlay.inside() / cell.overlay.total, 1, 1e-9) << cell.id;
  }
}
