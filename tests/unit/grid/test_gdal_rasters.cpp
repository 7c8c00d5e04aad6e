#include "files.hpp"
#include "files/geo.hpp"
#include "grid/grid_file.hpp"

#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tq;

#if TIANQING_GEO

#include "geotiff.hpp"

namespace {

const std::string head = "schema = 'grid/1'\nname = 'small'\n[grid]\nepsg = 32650\nx_west = 519000\ny_south = 3240000\n"
                         "nx = 8\nny = 6\ndx = 500\ndy = 500\nlevels = [0, 10, 100, 1000]\n"
                         "[terrain]\nfile = 'terrain.tif'\n"; // on lines 12 and 13

constexpr double x_middle = 521000, y_middle = 3241500; // of the domain

/// A hill like a bell, 300 m high.
double bump(double x, double y, double width) {
  return 300 * std::exp(-(std::pow(x - x_middle, 2) + std::pow(y - y_middle, 2)) / (width * width));
}

/// Its exact mean over a cell of 500 m.
double mean_bump(double x, double y, double width) {
  const auto along = [width](double from, double to) {
    return 0.5 * std::sqrt(M_PI) * width * (std::erf(to / width) - std::erf(from / width)) / (to - from);
  };
  return 300 * along(x - 250 - x_middle, x + 250 - x_middle) * along(y - 250 - y_middle, y + 250 - y_middle);
}

class GdalRaster : public ::testing::Test {
 protected:
  GdalRaster() : file(folder.write("grid.toml", head)) {}

  /// In degrees, around the domain; `height` takes metres in the CRS of the grid.
  test::GeoTiff degrees(double pixel, std::function<double(double x, double y)> height) const {
    test::GeoTiff raster;
    raster.x_west = 117.18;
    raster.y_north = 29.33;
    raster.pixel_width = raster.pixel_height = pixel;
    raster.columns = int(std::lround(0.08 / pixel));
    raster.rows = int(std::lround(0.05 / pixel));
    raster.value = [this, height = std::move(height)](double longitude, double latitude) {
      const files::Position metres = utm.project({longitude, latitude});
      return height(metres.x, metres.y);
    };
    return raster;
  }

  /// In the CRS of the grid, pixels of 100 m, 200 m around the domain.
  test::GeoTiff metres(std::function<double(double x, double y)> height) const {
    test::GeoTiff raster;
    raster.epsg = 32650;
    raster.x_west = 518800;
    raster.y_north = 3243200;
    raster.pixel_width = raster.pixel_height = 100;
    raster.columns = 44;
    raster.rows = 34;
    raster.value = std::move(height);
    return raster;
  }

  GridFile read(const test::GeoTiff& raster, const std::string& more = "") const {
    write_geotiff(folder.write("terrain.tif", ""), raster);
    return read_grid_file(folder.write("grid.toml", head + more));
  }
  std::string problems(const test::GeoTiff& raster, const std::string& more = "") const {
    return folder.message([&] { read(raster, more); });
  }

  /// An ESRI ASCII grid around the domain in degrees, of 0.1 m per metre eastward and 0.05 northward.
  std::string plane_in_degrees() const {
    std::string text = "ncols 80\nnrows 50\nxllcorner 117.18\nyllcorner 29.28\ncellsize 0.001\n";
    for (int row = 0; row < 50; ++row) {
      for (int column = 0; column < 80; ++column) {
        const files::Position metres = utm.project({117.18 + (column + 0.5) * 0.001, 29.33 - (row + 0.5) * 0.001});
        text += fmt::format("{:.6f} ", 0.1 * (metres.x - 519000) + 0.05 * (metres.y - 3240000));
      }
      text += '\n';
    }
    return text;
  }

  test::Folder folder;
  std::filesystem::path file;
  Projection utm{32650};
};

} // namespace

TEST_F(GdalRaster, APlaneInTheGridsCrsIsAveragedExactly) {
  const Grid grid = read(metres([](double x, double y) { return 0.1 * (x - 519000) + 0.05 * (y - 3240000); })).grid;
  for (int j = 0; j < 6; ++j) {
    for (int i = 0; i < 8; ++i) {
      EXPECT_NEAR(grid.terrain(i, j), 50 * (i + 0.5) + 25 * (j + 0.5), 1e-9);
    }
  }
}

/// A plane is bent by the projection, but little on the length of a pixel: by its curvature times the pixel squared.
TEST_F(GdalRaster, APlaneInDegreesIsReprojected) {
  const Grid grid =
      read(degrees(0.001, [](double x, double y) { return 0.1 * (x - 519000) + 0.05 * (y - 3240000); })).grid;
  for (int j = 0; j < 6; ++j) {
    for (int i = 0; i < 8; ++i) {
      EXPECT_NEAR(grid.terrain(i, j), 50 * (i + 0.5) + 25 * (j + 0.5), 0.002);
    }
  }
}

TEST_F(GdalRaster, TheErrorOfABumpFallsWithThePixelSquared) {
  const double width = 700;
  const auto error = [&](double pixel) {
    const Grid grid = read(degrees(pixel, [&](double x, double y) { return bump(x, y, width); })).grid;
    double largest = 0;
    for (int j = 0; j < 6; ++j) {
      for (int i = 0; i < 8; ++i) {
        largest =
            std::max(largest, std::abs(grid.terrain(i, j) - mean_bump(grid.x_center(i), grid.y_center(j), width)));
      }
    }
    return largest;
  };
  const double coarse = error(0.002), fine = error(0.001), finest = error(0.0005);
  EXPECT_LT(coarse, 10); // pixels of 200 m: their linear interpolation errs by h^2/8 of a curvature of 4 300/700^2
  EXPECT_NEAR(coarse / fine, 4, 0.8);
  EXPECT_NEAR(fine / finest, 4, 0.8);
}

TEST_F(GdalRaster, AnAsciiGridInAnotherCrsIsReprojected) {
  folder.write("terrain.tif", plane_in_degrees()); // the name says nothing
  const Grid grid = read_grid_file(folder.write("grid.toml", head + "epsg = 4326\n")).grid;
  EXPECT_NEAR(grid.terrain(3, 2), 50 * 3.5 + 25 * 2.5, 0.002);
}

TEST_F(GdalRaster, AFileBesideAnAsciiGridTellsItsCrs) {
  folder.write("terrain.tif", plane_in_degrees());
  folder.write("terrain.prj", "GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\",6378137.0,"
                              "298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]]");
  EXPECT_NEAR(read_grid_file(file).grid.terrain(3, 2), 50 * 3.5 + 25 * 2.5, 0.002);
  EXPECT_EQ(folder.message([&] { read_grid_file(folder.write("grid.toml", head + "epsg = 32650\n")); }),
            "terrain.tif: lies in WGS 84, not in EPSG:32650 (WGS 84 / UTM zone 50N) as `epsg` says");
  // of the grid's own CRS: as without it
  std::string text = "ncols 8\nnrows 6\nxllcorner 519000\nyllcorner 3240000\ncellsize 500\n";
  for (int n = 0; n < 48; ++n) {
    text += fmt::format("{} ", 3 * n);
  }
  folder.write("terrain.tif", text);
  folder.write("terrain.prj",
               "PROJCS[\"WGS_1984_UTM_Zone_50N\",GEOGCS[\"GCS_WGS_1984\",DATUM[\"D_WGS_1984\",SPHEROID[\"WGS_1984\","
               "6378137.0,298.257223563]],PRIMEM[\"Greenwich\",0.0],UNIT[\"Degree\",0.0174532925199433]],PROJECTION["
               "\"Transverse_Mercator\"],PARAMETER[\"False_Easting\",500000.0],PARAMETER[\"False_Northing\",0.0],"
               "PARAMETER[\"Central_Meridian\",117.0],PARAMETER[\"Scale_Factor\",0.9996],PARAMETER["
               "\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]");
  for (const char* epsg : {"", "epsg = 32650\n"}) {
    const Grid grid = read_grid_file(folder.write("grid.toml", head + epsg)).grid;
    EXPECT_NEAR(grid.terrain(3, 2), 3 * (8 * 3 + 3), 1e-5); // row 3 from the north
  }
  // Under the name of a gzipped one GDAL does not find that file, and asks.
  folder.write("terrain.asc.gz", text);
  std::string other = head;
  other.replace(other.find("terrain.tif"), 11, "terrain.asc.gz");
  EXPECT_NE(folder.message([&] { read_grid_file(folder.write("grid.toml", other)); }).find("epsg"), std::string::npos);
}

TEST_F(GdalRaster, NoDataIsKnownByTheFile) {
  const auto gap = [](double x, double y) {
    return x > 520500 && x < 521000 && y > 3241000 && y < 3241500 ? -32768.0 : 7.0;
  };
  EXPECT_EQ(
      problems(metres(gap)),
      "grid.toml:13:1: terrain.file = \"terrain.tif\": must have data in the whole grid, but has none on 2.08 % of "
      "it, first in the cell at x 520750, y 3241250; terrain.fill says how much may be filled");
  EXPECT_EQ(read(metres(gap), "fill = 0.05\n").grid.terrain(3, 2), 7);
}

TEST_F(GdalRaster, UnreadableFilesAreRefused) {
  folder.write("terrain.tif", "no raster at all\n");
  EXPECT_EQ(folder.message([&] { read_grid_file(file); }).substr(0, 38), "terrain.tif: is not a raster that GDAL");
  folder.write("terrain.tif", "");
  EXPECT_EQ(folder.message([&] { read_grid_file(file); }).substr(0, 38), "terrain.tif: is not a raster that GDAL");
  write_geotiff(folder.write("terrain.tif", ""), metres([](double, double) { return 1; }));
  std::filesystem::resize_file(file.parent_path() / "terrain.tif", 6000);
  const std::string text = folder.message([&] { read_grid_file(file); });
  EXPECT_TRUE(text.starts_with("terrain.tif: is damaged: ") || text.starts_with("terrain.tif: is not a raster"))
      << text;
}

TEST_F(GdalRaster, TheCrsMustBeKnownAndRight) {
  test::GeoTiff raster = metres([](double, double) { return 1; });
  raster.epsg = 0;
  EXPECT_EQ(problems(raster), "terrain.tif: does not name its CRS: give its EPSG code as `epsg` beside `file`");
  EXPECT_EQ(read(raster, "epsg = 32650\n").grid.terrain(0, 0), 1);
  raster.epsg = 32650;
  EXPECT_EQ(read(raster, "epsg = 32650\n").grid.terrain(0, 0), 1);
  EXPECT_EQ(problems(raster, "epsg = 4326\n"),
            "terrain.tif: lies in WGS 84 / UTM zone 50N, not in EPSG:4326 (WGS 84) as `epsg` says");
  raster.epsg = 0;
  EXPECT_EQ(problems(raster, "epsg = 999999\n"), "terrain.tif: EPSG:999999 is not a CRS that GDAL knows");
  raster.epsg = 32650;
  raster.placed = false;
  EXPECT_EQ(problems(raster), "terrain.tif: does not say where its pixels lie");
}

TEST_F(GdalRaster, ARasterOfAnotherPlaceNamesBothExtents) {
  test::GeoTiff raster = degrees(0.001, [](double, double) { return 1; });
  raster.x_west = 1.5;
  raster.y_north = 42.6;
  EXPECT_EQ(problems(raster),
            "grid.toml:13:1: terrain.file = \"terrain.tif\": must cover the whole grid (x 117.1956 to "
            "117.2369, y 29.2887 to 29.3159), but covers x 1.5000 to 1.5800, y 42.5500 to 42.6000 in WGS "
            "84, no part of it");
  raster.x_west = 117.21;
  raster.y_north = 29.33;
  EXPECT_EQ(problems(raster),
            "grid.toml:13:1: terrain.file = \"terrain.tif\": must cover the whole grid (x 117.1956 to "
            "117.2369, y 29.2887 to 29.3159), but covers x 117.2100 to 117.2900, y 29.2800 to 29.3300 in "
            "WGS 84");
}

TEST_F(GdalRaster, HeightsInFeetAreRefused) {
  test::GeoTiff raster = metres([](double, double) { return 1; });
  raster.unit = "ft";
  EXPECT_EQ(problems(raster),
            "grid.toml:13:1: terrain.file = \"terrain.tif\": must be in metres, but its unit is \"ft\"");
}

/// A border of land cover that cuts cells obliquely: shares to a pixel's part of the cell.
TEST_F(GdalRaster, SharesOfLandCoverInDegrees) {
  const auto code = [](double x, double y) { return x - x_middle > 0.5 * (y - y_middle) ? 10.0 : 50.0; };
  write_geotiff(folder.write("cover.tif", ""), degrees(0.0002, code));
  const std::string cover =
      "schema = 'grid/1'\nname = 'small'\n[grid]\nepsg = 32650\nx_west = 519000\ny_south = 3240000\n"
      "nx = 8\nny = 6\ndx = 500\ndy = 500\nlevels = [0, 1000]\n[land_cover]\nfile = 'cover.tif'\n"
      "codes = { 10 = 'forest', 50 = 'low_town' }\n";
  const GridFile with_cover = read_grid_file(folder.write("grid.toml", cover));
  const int forest = with_cover.land_cover.find("forest");
  double sum = 0;
  for (int j = 0; j < 6; ++j) {
    const double border = 0.5 * (with_cover.grid.y_center(j) - y_middle) + x_middle; // in the middle of the row
    double row = 0;
    for (int i = 0; i < 8; ++i) {
      row += with_cover.land_cover.share(i, j, forest);
    }
    EXPECT_NEAR(row, (523000 - border) / 500, 0.01) << j; // of a pixel of 20 m / 500 m
    sum += row;
  }
  EXPECT_NEAR(sum, 24, 0.03);
}

#else

TEST(GdalRaster, NeedsTheComponent) {
  EXPECT_FALSE(files::has_geo());
  const test::Folder folder;
  folder.write("terrain.tif", "II*");
  const auto file =
      folder.write("grid.toml", "schema = 'grid/1'\nname = 'small'\n[grid]\nepsg = 32650\nx_west = 519000\n"
                                "y_south = 3240000\nnx = 8\nny = 6\ndx = 500\ndy = 500\nlevels = [0, 1000]\n"
                                "[terrain]\nfile = 'terrain.tif'\n");
  EXPECT_EQ(
      folder.message([&] { read_grid_file(file); }),
      "terrain.tif: is no ESRI ASCII grid in the CRS of the grid, without a .prj, but this program is built without GDAL and netCDF, "
      "which read it: install them (./setup does), configure and build again");
}

#endif
