#include "files/raster.hpp"
#include "malformed.hpp"

#include <cmath>

using namespace tq;
using namespace tq::files;
using tq::test::TextFile;

namespace {

const std::string small_grid =
    "ncols 3\nnrows 2\nxllcorner 100\nyllcorner -50.5\ncellsize 10\nNODATA_value -9\n"
    "1 2 3\n4 -9 6\n";

AsciiRaster raster_of(const std::string& content) {
  const TextFile file("grid.asc", content);
  return read_ascii_raster(file.path());
}

} // namespace

TEST(Raster, FirstRowIsTheSouthernmost) {
  const AsciiRaster raster = raster_of(small_grid);
  EXPECT_EQ(raster.columns, 3);
  EXPECT_EQ(raster.rows, 2);
  EXPECT_EQ(raster.x_west, 100);
  EXPECT_EQ(raster.y_south, -50.5);
  EXPECT_EQ(raster.cell_size, 10);
  ASSERT_EQ(raster.values.size(), 6U);
  EXPECT_EQ(raster.values[0], 4);
  EXPECT_TRUE(std::isnan(raster.values[1]));
  EXPECT_EQ(raster.values[2], 6);
  EXPECT_EQ(raster.values[3], 1);
  EXPECT_EQ(raster.values[5], 3);
}

TEST(Raster, CentresAreMovedToTheEdgeAndLinesNeedNotBeRows) {
  const AsciiRaster raster =
      raster_of("NROWS 1\r\nNCOLS 2\r\nXLLCENTER 5\r\nyllcenter 15\r\n\r\nCellSize 10\r\n7\r\nnan\r\n");
  EXPECT_EQ(raster.x_west, 0);
  EXPECT_EQ(raster.y_south, 10);
  EXPECT_EQ(raster.values[0], 7);
  EXPECT_TRUE(std::isnan(raster.values[1]));
}

TEST(Raster, ProblemsNameTheirLine) {
  const auto problems = [](const std::string& content) {
    return test::problems_of(content, &read_ascii_raster);
  };
  EXPECT_EQ(problems(""), "f: has no header key cellsize: must be given\n"
                          "f: has no header key ncols: must be given\n"
                          "f: has no header key nrows: must be given\n"
                          "f: must have either xllcorner or xllcenter\n"
                          "f: must have either yllcorner or yllcenter");
  EXPECT_EQ(problems("ncols 2\nnrow 1\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2\n"),
            "f: has no header key nrows: must be given\n"
            "f:2: unknown header key \"nrow\"; did you mean \"nrows\"?");
  EXPECT_EQ(problems("ncols 2.5\nnrows 0\nxllcorner 0\nxllcenter 0\nyllcorner 0\ncellsize -1\n1 2\n"),
            "f:1: ncols = 2.5: must be a whole number from 1 to 1000000\n"
            "f:2: nrows = 0: must be a whole number from 1 to 1000000\n"
            "f:4: must have either xllcorner or xllcenter\n"
            "f:6: cellsize = -1: must be positive");
  EXPECT_EQ(problems("ncols 2\nncols 2\nnrows x\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2\n"),
            "f:2: ncols is there twice: also in line 1\n"
            "f:3: nrows = x: must be one number");
  EXPECT_EQ(problems("ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\n1 2\n3 b\n4\n"),
            "f:7: \"b\": must be a number\n"
            "f:8: has 5 values: must have 4 (nrows = 2 times ncols = 2)");
}

TEST(Raster, SizeThatDoesNotFitTheFileIsNotAllocated) {
  EXPECT_EQ(test::problems_of("ncols 1000000\nnrows 1000000\nxllcorner 0\nyllcorner 0\ncellsize 1\n1\n",
                              &read_ascii_raster),
            "f:6: has 1 values: must have 1000000000000 (nrows = 1000000 times ncols = 1000000)");
}

TEST(Raster, DamagedFilesAreReadOrRefused) {
  test::damage(small_grid, &read_ascii_raster, 200, 1000);
}
