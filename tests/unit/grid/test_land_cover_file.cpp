#include "files.hpp"
#include "grid/grid_file.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

/// A grid of 2 x 1 cells under 4 x 2 pixels.
class LandCoverFile : public ::testing::Test {
 protected:
  GridFile read(const std::string& values, const std::string& table) const {
    folder.write("cover.asc",
                 "ncols 4\nnrows 2\nxllcorner 519000\nyllcorner 3240000\ncellsize 250\nNODATA_value 0\n" + values);
    return read_grid_file(folder.write("grid.toml", "schema = 'grid/1'\nname = 'small'\n[grid]\nepsg = 32650\n"
                                                    "x_west = 519000\ny_south = 3240000\nnx = 2\nny = 1\ndx = 500\n"
                                                    "dy = 500\nlevels = [0, 1000]\n[land_cover]\n" +
                                                        table)); // on line 12
  }
  std::string problems(const std::string& values, const std::string& table) const {
    return folder.message([&] { read(values, table); });
  }
  test::Folder folder;
};

const std::string file = "file = 'cover.asc'\n"; // on line 13

} // namespace

TEST_F(LandCoverFile, GivesSharesByArea) {
  const LandCover cover =
      read("10 10 50 40\n10 50 40 40\n", file + "codes = { 10 = 'forest', 40 = 'crops', 50 = 'low_town' }\n")
          .land_cover;
  EXPECT_DOUBLE_EQ(cover.share(0, 0, cover.find("forest")), 0.75);
  EXPECT_DOUBLE_EQ(cover.share(0, 0, cover.find("low_town")), 0.25);
  EXPECT_DOUBLE_EQ(cover.share(1, 0, cover.find("crops")), 0.75);
  EXPECT_EQ(cover.dominant(1, 0), cover.find("crops"));
  EXPECT_DOUBLE_EQ(cover.domain_share(cover.find("low_town")), 0.25);
}

TEST_F(LandCoverFile, TwoCodesMayBeOneClass) {
  const LandCover cover = read("1 1 2 2\n1 1 2 2\n", file + "codes = { 1 = 'forest', 2 = 'forest' }\n").land_cover;
  EXPECT_EQ(cover.domain_share(cover.find("forest")), 1);
}

TEST_F(LandCoverFile, CodesWithoutAClassAreNamedWithTheirShare) {
  EXPECT_EQ(
      problems("10 10 50 40\n10 50 40 40\n", file + "codes = { 10 = 'forest' }\n"),
      "grid.toml:14:1: land_cover.codes: must give the class of every code in the raster, but lacks 40 (37.5 % of the "
      "domain), 50 (25 % of the domain)");
  EXPECT_EQ(
      problems("10.5 10 10 10\n10 10 10 10\n", file + "codes = { 10 = 'forest' }\n"),
      "grid.toml:14:1: land_cover.codes: must give the class of every code in the raster, but lacks 10.5 (12.5 % of "
      "the domain)");
  EXPECT_EQ(
      problems("10 10 10 10\n10 10 10 10\n", file),
      "grid.toml:12:2: land_cover.codes: must give the class of every code in the raster, but lacks 10 (100 % of the "
      "domain)");
}

TEST_F(LandCoverFile, WrongCodesAndClassesAreRefused) {
  EXPECT_EQ(
      problems("10 10 10 10\n10 10 10 10\n", file + "codes = { 10 = 'forst', ten = 'forest' }\n"),
      "grid.toml:14:11: land_cover.codes.10 = \"forst\": must be a class of land cover; did you mean \"forest\"?\n"
      "grid.toml:14:25: land_cover.codes.ten = \"forest\": must stand at a whole number, a code of the raster");
  EXPECT_EQ(problems("", "codes = { 10 = 'forest' }\n"), "grid.toml:12:2: land_cover.file: must be given beside codes");
  EXPECT_EQ(problems("10 10 10 10\n10 10 10 10\n", "class = 'forest'\n" + file + "codes = { 10 = 'forest' }\n"),
            "grid.toml:13:1: land_cover.class = \"forest\": must not stand beside file: give one or the other");
}

TEST_F(LandCoverFile, GapsAreRefusedOrFilled) {
  const std::string codes = file + "codes = { 10 = 'forest', 40 = 'crops' }\n";
  EXPECT_EQ(
      problems("10 10 0 10\n10 10 10 10\n", codes),
      "grid.toml:13:1: land_cover.file = \"cover.asc\": must have data in the whole grid, but has none on 12.5 % of "
      "it, first in the cell at x 519750, y 3240250; land_cover.fill says how much may be filled");
  const LandCover part = read("10 10 0 10\n10 10 40 40\n", codes + "fill = 0.2\n").land_cover;
  EXPECT_DOUBLE_EQ(part.share(1, 0, part.find("crops")), 2 / 3.0);
  const LandCover whole = read("10 40 0 0\n10 40 0 0\n", codes + "fill = 0.5\n").land_cover;
  EXPECT_DOUBLE_EQ(whole.share(1, 0, whole.find("crops")), 0.5);
}

TEST_F(LandCoverFile, BrokenRastersAreRefusedByName) {
  EXPECT_EQ(problems("10 10 10\n10 10 10 10\n", file + "codes = { 10 = 'forest' }\n"),
            "cover.asc:8: has 7 values: must have 8 (nrows = 2 times ncols = 4)");
  EXPECT_EQ(problems("10 10 10 10\n10 10 10 10\n", "file = 'none.asc'\ncodes = { 10 = 'forest' }\n"),
            "grid.toml:13:1: land_cover.file = \"none.asc\": must be a file, but there is none at none.asc");
}
