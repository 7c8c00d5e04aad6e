#include "files.hpp"
#include "grid/management_cells.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tq;
using files::Position;

namespace {

/// 20 x 16 cells of 500 m around Jingdezhen.
Grid make_grid() {
  GridSpecification s;
  s.epsg = 32650;
  s.nx = 20;
  s.ny = 16;
  s.dx = s.dy = 500;
  s.x_west = 515000;
  s.y_south = 3236000;
  s.zeta_faces = {0, 1000};
  return Grid(s);
}

/// A GeoJSON feature on a line of its own: a box in metres from the domain's corner.
std::string box(const Grid& grid, double x0, double y0, double x1, double y1, const std::string& properties) {
  std::string ring;
  for (const auto& [x, y] : {std::pair{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}) {
    const Position p =
        grid.projection().unproject({grid.specification().x_west + x, grid.specification().y_south + y});
    ring += fmt::format("{}[{:.10f},{:.10f}]", ring.empty() ? "" : ",", p.x, p.y);
  }
  return fmt::format(
      R"({{"type":"Feature","properties":{{{}}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}})",
      properties, ring);
}

std::string collection(const std::vector<std::string>& features) {
  std::string text = "{\"type\":\"FeatureCollection\",\"features\":[\n";
  for (std::size_t n = 0; n < features.size(); ++n) {
    text += features[n] + (n + 1 < features.size() ? ",\n" : "\n");
  }
  return text + "]}\n";
}

class ManagementCellsFile : public ::testing::Test {
 protected:
  std::string problems(const std::vector<std::string>& features) const {
    return folder.message([&] { read(features); });
  }
  ManagementCells read(const std::vector<std::string>& features) const {
    return read_management_cells(grid, folder.write("cells.geojson", collection(features)));
  }

  test::Folder folder;
  Grid grid = make_grid();
};

} // namespace

TEST_F(ManagementCellsFile, AreReadWithTheirProperties) {
  const ManagementCells cells = read({
      box(grid, 0, 0, 4000, 3000, R"("id":"T1","name":"Old town","district":"Zhushan")"),
      box(grid, 0, 0, 1000, 1000,
          R"("id":"T1-01","unit":"Office 7","parent":"T1","key_area":true,"function_class":1,"note":[1])"),
      box(grid, 1000, 0, 2000, 1000, R"("id":"T1-02","parent":"T1","district":360203,"unit":null)"),
  });
  ASSERT_EQ(cells.cells.size(), 3U);
  EXPECT_EQ(cells.find("T1-02"), 2);
  EXPECT_EQ(cells.find("T2"), -1);
  EXPECT_EQ(cells.cells[0].name, "Old town");
  EXPECT_EQ(cells.cells[0].district, "Zhushan");
  EXPECT_EQ(cells.cells[0].parent, "");
  EXPECT_FALSE(cells.cells[0].key_area);
  EXPECT_EQ(cells.cells[0].function_class, 2);
  EXPECT_EQ(cells.cells[1].name, "T1-01");
  EXPECT_EQ(cells.cells[1].unit, "Office 7");
  EXPECT_EQ(cells.cells[1].parent, "T1");
  EXPECT_TRUE(cells.cells[1].key_area);
  EXPECT_EQ(cells.cells[1].function_class, 1);
  EXPECT_EQ(cells.cells[2].district, "360203");
  EXPECT_EQ(cells.cells[2].unit, "");
  EXPECT_EQ(cells.cells[2].feature.where.line, 4);
  EXPECT_NEAR(cells.cells[1].overlay.total, 1e6, 0.1); // ten decimals of a degree are 1e-5 m
  EXPECT_NEAR(cells.cells[1].overlay.inside() / cells.cells[1].overlay.total, 1, 1e-9);
}

TEST_F(ManagementCellsFile, ListsEveryProblem) {
  EXPECT_EQ(
      problems({
          box(grid, 0, 0, 1000, 1000, R"("id":"a","function_class":3,"key_area":"yes")"),
          box(grid, 500, 500, 1500, 1000, R"("id":"b","parent":"","function_class":"I","name":true)"),
          box(grid, -500, 2000, 1500, 3000, R"("id":"c")"),
          box(grid, 11000, 0, 12000, 1000, R"("id":"d")"),
          box(grid, 2000, 0, 3000, 1000, R"("id":"Z-1","parent":"Z-9")"),
          box(grid, 3000, 0, 4000, 1000, R"("id":"e","parent":"f")"),
          box(grid, 4000, 0, 5000, 1000, R"("id":"f","parent":"e")"),
          R"({"type":"Feature","properties":{"id":"g"},"geometry":{"type":"Point","coordinates":[117.2,29.3]}})",
      }),
      "cells.geojson:2:1: cell \"a\": function_class = 3: must be 1 or 2\n"
      "cells.geojson:2:1: cell \"a\": key_area = yes: must be true or false\n"
      "cells.geojson:3:1: cell \"b\": function_class = I: must be 1 or 2\n"
      "cells.geojson:3:1: cell \"b\": must not overlap cell \"a\" of the same level (line 2): 2.5e+05 m2 are "
      "common, 50 % of the smaller\n"
      "cells.geojson:3:1: cell \"b\": name = true: must be a text\n"
      "cells.geojson:4:1: cell \"c\": must lie inside the grid's domain, but 25 % of its area lie outside\n"
      "cells.geojson:5:1: cell \"d\": must lie inside the grid's domain, but lies outside\n"
      "cells.geojson:6:1: cell \"Z-1\": parent = \"Z-9\": must be the id of a cell; did you mean \"Z-1\"?\n"
      "cells.geojson:7:1: cell \"e\": parent = \"f\": must not lead back to the cell itself\n"
      "cells.geojson:8:1: cell \"f\": parent = \"e\": must not lead back to the cell itself\n"
      "cells.geojson:9:1: cell \"g\": must be a Polygon or MultiPolygon");
}

TEST_F(ManagementCellsFile, MayOverlapTheirParentsAndShareSlivers) {
  EXPECT_EQ(problems({box(grid, 0, 0, 4000, 3000, R"("id":"town")"),
                      box(grid, 0, 0, 1000, 1000, R"("id":"a","parent":"town")"),
                      box(grid, 999.9995, 0, 2000, 1000, R"("id":"b","parent":"town")")}),
            ""); // 0.5 m2 of 1 km2
  EXPECT_EQ(
      problems({box(grid, 0, 0, 1000, 1000, R"("id":"a")"), box(grid, 999.99, 0, 2000, 1000, R"("id":"b")")}),
      "cells.geojson:3:1: cell \"b\": must not overlap cell \"a\" of the same level (line 2): 10 m2 are "
      "common, "
      "0.001 % of the smaller");
}

TEST_F(ManagementCellsFile, NamesThePlaceWhereAPolygonIsInvalid) {
  EXPECT_EQ(
      problems({R"({"type":"Feature","properties":{"id":"bow"},"geometry":{"type":"Polygon","coordinates":)"
                R"([[[117.18,29.27],[117.20,29.29],[117.20,29.27],[117.18,29.29],[117.18,29.27]]]}})"}),
      "cells.geojson:2:1: feature \"bow\": must be a valid polygon: Self-intersection at 117.19000 29.28000");
}

TEST(SharedManagementCells, DistrictsOfJingdezhenKeepTheirArea) {
  const auto file = test::shared_directory() / "data/jdz_districts_wgs84.geojson";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "needs " << file;
  }
  GridSpecification s;
  s.epsg = 32650;
  s.nx = 100;
  s.ny = 150;
  s.dx = s.dy = 1000;
  s.x_west = 480000;
  s.y_south = 3170000;
  s.zeta_faces = {0, 1000};
  const Grid grid(s);
  const auto features = files::read_geojson(file);
  double all = 0;
  for (const files::Feature& feature : features) {
    const Overlay overlay = lay_over(grid, feature);
    EXPECT_NEAR(overlay.inside() / overlay.total, 1, 1e-9) << feature.id;
    all += overlay.total;
  }
  EXPECT_EQ(features.size(), 4U);
  // 5248.6 km2 by the integral of longitude over sine of latitude with the ellipsoid's radii at 29.3 N;
  // between 470 and 580 km east UTM areas are smaller by 0.08 to 0.05 %.
  EXPECT_NEAR(all / 1e6 / 5248.6, 1 - 0.00065, 0.00025);
}
