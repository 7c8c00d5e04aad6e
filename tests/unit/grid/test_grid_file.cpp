#include "files.hpp"
#include "grid/grid_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <set>

using namespace tq;

namespace {

const std::string head = "schema = 'grid/1'\nname = 'small'\n"; // [grid] follows on line 3

const std::string corner =
    "[grid]\nepsg = 32650\nx_west = 519000\ny_south = 3240000\nnx = 4\nny = 3\ndx = 500\ndy = 400\n"
    "levels = [0, 10, 100, 1000]\n";

class GridToml : public ::testing::Test {
 protected:
  GridFile read(const std::string& text) const { return read_grid_file(folder.write("grid.toml", text)); }
  std::string problems(const std::string& text) const {
    return folder.message([&] { read(text); });
  }
  /// A raster with the value x + 2 y at each cell centre, from the domain's corner.
  std::string raster(double x0, double y0, int columns, int rows, double size, double factor = 1) const {
    std::string text =
        fmt::format("ncols {}\nnrows {}\nxllcorner {}\nyllcorner {}\ncellsize {}\nNODATA_value -9999\n",
                    columns, rows, 519000 + x0, 3240000 + y0, size);
    for (int row = rows - 1; row >= 0; --row) {
      for (int column = 0; column < columns; ++column) {
        const double x = x0 + (column + 0.5) * size, y = y0 + (row + 0.5) * size;
        text += fmt::format("{}{}", factor * 0.1 * (x + 2 * y), column + 1 < columns ? " " : "\n");
      }
    }
    return text;
  }

  test::Folder folder;
};

} // namespace

TEST_F(GridToml, GivesAGridByItsCorner) {
  const GridFile file = read(head + corner);
  EXPECT_EQ(file.name, "small");
  EXPECT_EQ(file.grid.nx(), 4);
  EXPECT_EQ(file.grid.ny(), 3);
  EXPECT_EQ(file.grid.dx(), 500);
  EXPECT_EQ(file.grid.dy(), 400);
  EXPECT_EQ(file.grid.specification().x_west, 519000);
  EXPECT_EQ(file.grid.specification().zeta_faces, (std::vector<double>{0, 10, 100, 1000}));
  EXPECT_EQ(file.grid.terrain(2, 2), 0);
  EXPECT_TRUE(file.management.cells.empty());
}

TEST_F(GridToml, GivesAGridByItsCentreWithACornerInWholeMetres) {
  const GridFile file =
      read(head + "[grid]\nepsg = 32650\ncenter = [117.2069, 29.2925]\nnx = 80\nny = 60\ndx = 500\n"
                  "dy = 400\nlevels = [0, 1000]\n");
  EXPECT_EQ(file.grid.specification().x_west, 500095); // the centre lies at 520095.1, 3240410.6
  EXPECT_EQ(file.grid.specification().y_south, 3228411);
}

TEST_F(GridToml, AveragesTheTerrainOverItsCells) {
  folder.write("terrain.asc", raster(-130, -70, 30, 20, 90)); // neither aligned nor a multiple
  const GridFile file = read(head + corner + "[terrain]\nfile = 'terrain.asc'\n");
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 4; ++i) {
      // The mean of a plane of 90 m steps: off the plane by less than half a step at each edge, weighted by
      // its share.
      EXPECT_NEAR(file.grid.terrain(i, j), 0.1 * ((i + 0.5) * 500 + 2 * (j + 0.5) * 400),
                  0.1 * 3 * 90 * 45 / 400.0);
    }
  }
}

TEST_F(GridToml, AveragesARasterThatFitsExactly) {
  folder.write("terrain.asc", raster(0, 0, 20, 12, 100));
  const GridFile file = read(head + corner + "[terrain]\nfile = 'terrain.asc'\n");
  for (int j = 0; j < 3; ++j) {
    for (int i = 0; i < 4; ++i) {
      EXPECT_NEAR(file.grid.terrain(i, j), 0.1 * ((i + 0.5) * 500 + 2 * (j + 0.5) * 400), 1e-9);
    }
  }
}

TEST_F(GridToml, ListsEveryProblemOfTheGrid) {
  EXPECT_EQ(
      problems(
          "schema = 'grid/1'\nname = 'small'\n[grid]\nepsg = 4326\ncenter = [29.3, 117.2]\nnx = 0\nny = 3\n"
          "dx = 500\ndyy = 400\nlevels = [0, 10, 10]\n"),
      "grid.toml:3:2: grid.dy: is required (number)\n"
      "grid.toml:4:1: grid.epsg = 4326: must be the EPSG code of a projected CRS with axes east and north in "
      "metres, but 4326 (WGS 84) is not a projected CRS\n"
      "grid.toml:5:1: grid.center = [29.3, 117.2]: must be longitude (-180 to 180) and latitude (-90 to 90), "
      "in "
      "this order\n"
      "grid.toml:6:1: grid.nx = 0: must be in [1, 10000]\n"
      "grid.toml:9:1: grid.dyy: unknown key; did you mean \"dy\"?\n"
      "grid.toml:10:1: grid.levels = [0, 10, 10]: must rise from 0, with two values or more");
}

TEST_F(GridToml, WantsOnePlaceForTheDomain) {
  const std::string rest = "nx = 4\nny = 3\ndx = 500\ndy = 400\nlevels = [0, 1000]\n";
  EXPECT_EQ(problems(head + "[grid]\nepsg = 32650\nx_west = 519000\n" + rest),
            "grid.toml:3:2: grid: must have either center, or x_west and y_south");
  EXPECT_EQ(
      problems(head + "[grid]\nepsg = 32650\nx_west = 519000\ncenter = [117.2, 29.3]\n" + rest),
      "grid.toml:6:1: grid.center = [117.2, 29.3]: must not stand beside x_west and y_south: give one or the "
      "other");
}

TEST_F(GridToml, RefusesACrsOfAnotherRegion) {
  const std::string rest = "nx = 4\nny = 3\ndx = 500\ndy = 400\nlevels = [0, 1000]\n";
  EXPECT_EQ(problems(head + "[grid]\nepsg = 3395\ncenter = [117.2, 29.3]\n" + rest),
            "grid.toml:4:1: grid.epsg = 3395: must be a CRS made for this region: at 117.19 29.30 its metres "
            "are wrong "
            "by 15 %");
  EXPECT_EQ(problems(head + "[grid]\nepsg = 32650\ncenter = [-153, 0]\n" + rest),
            "grid.toml:4:1: grid.epsg = 32650: must be a CRS made for this region: parts of the domain lie "
            "beyond its "
            "projection");
}

TEST_F(GridToml, ListsProblemsOfTerrainAndManagementTogether) {
  EXPECT_EQ(problems(head + corner + "[terrain]\nfile = 'none.asc'\n[management]\nfile = 'none.geojson'\n"),
            "grid.toml:13:1: terrain.file = \"none.asc\": must be a file, but there is none at none.asc\n"
            "grid.toml:15:1: management.file = \"none.geojson\": must be a file, but there is none at "
            "none.geojson");
  folder.write("terrain.asc", raster(100, 0, 20, 12, 100));
  folder.write(
      "cells.geojson",
      "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"properties\":{\"id\":\"a\"},"
      "\"geometry\":{\"type\":\"Point\",\"coordinates\":[117.2,29.3]}}]}\n");
  EXPECT_EQ(
      problems(head + corner + "[terrain]\nfile = 'terrain.asc'\n[management]\nfile = 'cells.geojson'\n"),
      "cells.geojson:2:1: cell \"a\": must be a Polygon or MultiPolygon\n"
      "grid.toml:13:1: terrain.file = \"terrain.asc\": must cover the whole grid (x 519000 to 521000, y "
      "3240000 "
      "to 3241200), but covers x 519100 to 521100, y 3240000 to 3241200");
}

TEST_F(GridToml, RefusesTerrainThatCannotBe) {
  const std::string terrain = "[terrain]\nfile = 'terrain.asc'\n";
  folder.write("terrain.asc", raster(0, 0, 20, 12, 100, 2.2)); // up to 0.22 (1750 + 2 * 1000)
  EXPECT_EQ(problems(head + corner + terrain), "grid.toml:13:1: terrain.file = \"terrain.asc\": must stay "
                                               "below 0.8 of the top of the levels (800 m), but "
                                               "has 825 m at x 520750, y 3241000");
  std::string undeclared = raster(0, 0, 20, 12, 100);
  undeclared.replace(undeclared.find("NODATA_value -9999\n"), 19, "");
  undeclared.replace(undeclared.rfind(' '), std::string::npos, " -32768\n"); // -9999 is the default
  folder.write("terrain.asc", undeclared);
  EXPECT_EQ(
      problems(head + corner + terrain),
      "grid.toml:13:1: terrain.file = \"terrain.asc\": must not lie below -500 m, but has -32768 m: is its "
      "NODATA_value missing?");
}

TEST(GridSchema, IsDescribed) {
  const std::string text = config::describe(grid_schema(), "grid.levels");
  EXPECT_NE(text.find("grid.levels"), std::string::npos);
  EXPECT_NE(text.find("[m]"), std::string::npos);
}
