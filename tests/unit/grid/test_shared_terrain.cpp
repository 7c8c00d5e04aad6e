#include "files.hpp"
#include "grid/grid_file.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

#if TIANQING_GEO

using namespace tq;

namespace {

/// A real valley: elevation of Andorra on 100 m in UTM zone 31N, from SRTM, with a few holes.
class SharedAndorra : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(elevation)) {
      GTEST_SKIP() << "no " << elevation;
    }
  }
  GridFile read(int epsg, const std::string& more = "") const {
    return read_grid_file(folder.write(
        "grid.toml",
        fmt::format(
            "schema = 'grid/1'\nname = 'andorra'\n[grid]\nepsg = {}\ncenter = [1.563, 42.533]\nnx = 40\n"
            "ny = 40\ndx = 500\ndy = 500\nlevels = [0, 10, 1000, 4000]\n[terrain]\nfile = '{}'\nfill = 0.001\n{}",
            epsg, elevation.string(), more)));
  }
  /// Height of the cell that holds a place.
  static double height_at(const Grid& grid, double longitude, double latitude) {
    const files::Position metres = grid.projection().project({longitude, latitude});
    return grid.terrain(int((metres.x - grid.specification().x_west) / grid.dx()),
                        int((metres.y - grid.specification().y_south) / grid.dy()));
  }

  const std::filesystem::path elevation = test::shared_directory() / "data/andorra_dem_utm31_100m.tif";
  test::Folder folder;
};

} // namespace

TEST_F(SharedAndorra, HasItsPeaksAndItsTown) {
  for (const int epsg : {32631, 2154}) { // the raster's own CRS, and Lambert's of France
    const Grid grid = read(epsg).grid;
    const std::vector<double>& heights = grid.specification().terrain;
    const double highest = *std::max_element(heights.begin(), heights.end());
    EXPECT_LT(highest, 2943) << epsg; // Coma Pedrosa
    EXPECT_GT(highest, 2650) << epsg;
    EXPECT_NEAR(height_at(grid, 1.5218, 42.5063), 1080, 80) << epsg;  // Andorra la Vella, 1023 m, between its slopes
    EXPECT_NEAR(height_at(grid, 1.5976, 42.5676), 1600, 120) << epsg; // Canillo, 1531 m
  }
}

TEST_F(SharedAndorra, HasAFewHoles) {
  EXPECT_NEAR(read(32631).terrain.filled, 11 / 40000.0, 1e-12); // pixels
}

/// Both projections see the same mountains: cells lie turned by a degree, and one is the exact mean of pixels.
TEST_F(SharedAndorra, LooksTheSameInAnotherProjection) {
  const Grid own = read(32631).grid, lambert = read(2154).grid;
  double sum = 0, squares = 0, count = 0;
  for (int j = 4; j < 36; ++j) {
    for (int i = 4; i < 36; ++i) {
      const files::Position place = own.projection().unproject({own.x_center(i), own.y_center(j)});
      const files::Position at = lambert.projection().project(place);
      const double x = (at.x - lambert.x_center(0)) / 500, y = (at.y - lambert.y_center(0)) / 500;
      const int a = int(x), b = int(y);
      const double s = x - a, t = y - b;
      const double there = (1 - t) * ((1 - s) * lambert.terrain(a, b) + s * lambert.terrain(a + 1, b)) +
                           t * ((1 - s) * lambert.terrain(a, b + 1) + s * lambert.terrain(a + 1, b + 1));
      sum += there - own.terrain(i, j);
      squares += std::pow(there - own.terrain(i, j), 2);
      ++count;
    }
  }
  EXPECT_LT(std::abs(sum / count), 1);       // m: no shift of heights
  EXPECT_LT(std::sqrt(squares / count), 25); // m: what interpolating between cells smooths
}

TEST_F(SharedAndorra, SteepSlopesAreSmoothed) {
  const GridFile raw = read(32631), smooth = read(32631, "maximum_slope = 0.3\n");
  EXPECT_GT(raw.terrain.slope, 0.5);
  EXPECT_LE(smooth.terrain.slope, 0.3);
  double before = 0, after = 0;
  for (std::size_t n = 0; n < 1600; ++n) {
    before += raw.grid.specification().terrain[n] / 1600;
    after += smooth.grid.specification().terrain[n] / 1600;
  }
  EXPECT_NEAR(before, after, 1e-8);
  EXPECT_GT(height_at(smooth.grid, 1.5976, 42.5676) - height_at(smooth.grid, 1.5218, 42.5063), 300); // the valley rises
}

#endif
