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

/// Forest on 65.73 % of the land, the old town on 36 km2 and the new one on 74 km2 less its rivers, works and parks.
TEST(DefaultCity, IsCoveredAsTheCityIs) {
  const LandCover cover = read_grid_file(test::source_directory() / "grids/jingdezhen/grid.toml").land_cover;
  const auto share = [&cover](const char* id) { return cover.domain_share(cover.find(id)); };
  EXPECT_NEAR(share("forest") / (1 - share("water")), 0.6573, 1e-4);
  EXPECT_NEAR(share("dense_town") * 1600, 36, 4);
  EXPECT_NEAR(share("low_town") * 1600, 74 + 15 * 2, 12);
  EXPECT_GT(share("water"), 0.005);
  EXPECT_GT(share("crops"), 0.2);
  EXPECT_EQ(share("bare"), 0);
  EXPECT_EQ(cover.dominant(41, 40), cover.find("dense_town")); // the centre
  EXPECT_EQ(cover.dominant(78, 70), cover.find("forest"));     // the mountains in the north-east
}
