#include "planning/cell_table.hpp"

#include "base/error.hpp"
#include "files/hdf5.hpp"
#include "paths.hpp"
#include "sample_result.hpp"

#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

std::vector<std::string> texts(const files::FeatureTable& table, std::size_t column) {
  return std::get<std::vector<std::string>>(table.columns.at(column).values);
}

std::vector<double> numbers(const files::FeatureTable& table, std::size_t column) {
  return std::get<std::vector<double>>(table.columns.at(column).values);
}

/// The sample's cells, the first with a hole and an island.
ManagementCells holed_cells(const Grid& grid) {
  ManagementCells cells = sample_cells(grid);
  const auto ring = [&](double west, double south, double side) {
    files::Line line;
    for (const files::Position corner : {files::Position{west, south},
                                         {west + side, south},
                                         {west + side, south + side},
                                         {west, south + side},
                                         {west, south}}) {
      line.push_back(grid.projection().unproject(corner));
    }
    return line;
  };
  cells.cells[0].feature.polygons[0].rings.push_back(ring(518250, 3243250, 250));
  cells.cells[0].feature.polygons.push_back({{ring(519500, 3243000, 250)}});
  return cells;
}

} // namespace

TEST(CellTable, HoldsTheCellsOfAResultWithTheirPolygons) {
  const auto folder = scratch_directory("cell_table");
  const Grid grid = sample_grid();
  const ManagementCells cells = holed_cells(grid);
  const ResultHeader header = sample_header();
  {
    ResultFile result(folder / "base.nc", grid, cells, header);
    result.write(sample_hour(grid, header, 0));
    result.finish(sample_summary(header, 2));
  }
  const files::FeatureTable table = cell_table(read_result(folder / "base.nc"));
  EXPECT_EQ(table.name, "base");
  EXPECT_EQ(table.description, "A sample");
  EXPECT_EQ(table.ids, (std::vector<std::string>{"ZS-1", "CJ-1"}));
  EXPECT_EQ(texts(table, 0), (std::vector<std::string>{"珠山 \"一\"", "Changjiang 1"}));
  EXPECT_EQ(texts(table, 3), (std::vector<std::string>{"Zhushan", ""}));
  EXPECT_EQ(numbers(table, 4), (std::vector<double>{2, 1}));
  EXPECT_NEAR(numbers(table, 5)[0], 1e6, 1);
  ASSERT_EQ(table.polygons.size(), 2U);
  for (std::size_t c = 0; c < 2; ++c) {
    const std::vector<files::Polygon>& expected = cells.cells[c].feature.polygons;
    ASSERT_EQ(table.polygons[c].size(), expected.size());
    for (std::size_t n = 0; n < expected.size(); ++n) {
      const files::Polygon turned = files::turned(expected[n]);
      ASSERT_EQ(table.polygons[c][n].rings.size(), turned.rings.size());
      for (std::size_t r = 0; r < turned.rings.size(); ++r) {
        ASSERT_EQ(table.polygons[c][n].rings[r].size(), turned.rings[r].size());
        for (std::size_t at = 0; at < turned.rings[r].size(); ++at) {
          EXPECT_EQ(table.polygons[c][n].rings[r][at].x, turned.rings[r][at].x);
          EXPECT_EQ(table.polygons[c][n].rings[r][at].y, turned.rings[r][at].y);
        }
      }
    }
  }
  std::filesystem::remove_all(folder);
}

TEST(CellTable, PolygonsThatDoNotFitAreRefused) {
  const auto folder = scratch_directory("cell_table_damaged");
  ResultFacts facts;
  facts.file = folder / "odd.nc";
  facts.cells.resize(1);
  const auto written = [&](std::vector<double> nodes_of_parts, std::vector<double> holes) {
    auto file = files::Hdf5File::create(facts.file, true);
    const auto put = [&](const std::string& path, const std::vector<double>& values) {
      file.create_dimension(path + "_length", values.size());
      file.create(path, {.dimensions = {path + "_length"}});
      file.write(path, values);
    };
    for (const char* name : {"name", "unit", "parent", "district"}) {
      file.create(std::string("/cells/") + name, {.type = files::Hdf5Type::text});
      file.write(std::string("/cells/") + name, std::string("x"));
    }
    put("/cells/geometry", {0});
    put("/cells/node_lon", {117, 118, 118, 117});
    put("/cells/node_lat", {29, 29, 30, 29});
    put("/cells/node_count", {4});
    put("/cells/part_node_count", nodes_of_parts);
    put("/cells/interior_ring", holes);
    file.close();
    try {
      return std::to_string(cell_table(facts).polygons.at(0).size());
    } catch (const InputError& error) {
      return std::string(error.what());
    }
  };
  EXPECT_EQ(written({4}, {0}), "1");
  const std::string damaged =
      facts.file.string() + ": is damaged: the corners of /cells do not make polygons of its cells";
  EXPECT_EQ(written({5}, {0}), damaged);
  EXPECT_EQ(written({4}, {1}), damaged); // a hole in nothing
  EXPECT_EQ(written({5, -1}, {0, 0}), damaged);
  EXPECT_EQ(written({4}, {0, 0}), damaged);
  std::filesystem::remove_all(folder);
}
