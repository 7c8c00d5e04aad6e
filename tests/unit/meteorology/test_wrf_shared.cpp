#if TIANQING_GEO // writes and reads netCDF
#include "wrf_case.hpp"

#include "files/netcdf.hpp"
#include "meteorology/wrf_fields.hpp"

#include <algorithm>
#include <cmath>

using namespace tq;
using test::utc;
using test::WrfCase;

namespace {

std::filesystem::path data(const std::string& name) {
  return test::shared_directory() / "data" / name;
}

/// A flat grid of 10 x 10 cells of 2 km in a UTM zone, layers up to 3 km.
Grid grid_at(int epsg, double x_west, double y_south) {
  return Grid({.name = "x",
               .epsg = epsg,
               .nx = 10,
               .ny = 10,
               .dx = 2000,
               .dy = 2000,
               .x_west = x_west,
               .y_south = y_south,
               .zeta_faces = {0, 20, 60, 150, 400, 1000, 2000, 3000}});
}

struct Range {
  double low, high;
};

Range range(const Field<double>& field) {
  Range found{1e30, -1e30};
  for (int k = 0; k < field.nz(); ++k) {
    for (int j = 0; j < field.ny(); ++j) {
      for (int i = 0; i < field.nx(); ++i) {
        found = {std::min(found.low, field.view3()(i, j, k)), std::max(found.high, field.view3()(i, j, k))};
      }
    }
  }
  return found;
}

} // namespace

TEST(SharedWrf, TheMapOfTheLambertSampleIsThatOfItsCoordinates) {
  const auto path = data("wrf_d01_allvars_cropped.nc");
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << path << " is absent";
  }
  const files::NetcdfFile file = files::NetcdfFile::open(path);
  const physics::SphereMap map = read_wrf_map(file);
  const auto longitudes = file.read("XLONG", {0, 0}, {8, 10}), latitudes = file.read("XLAT", {0, 0}, {8, 10});
  const auto sines = file.read("SINALPHA", {0, 0}, {8, 10});
  const auto origin = map.project(longitudes[0], latitudes[0]);
  for (int j = 0; j < 8; ++j) {
    for (int i = 0; i < 10; ++i) {
      const std::size_t n = std::size_t(j * 10 + i);
      const auto point = map.project(longitudes[n], latitudes[n]);
      EXPECT_NEAR(point.x - origin.x, i * 30000, 5); // degrees in single precision: 0.8 m
      EXPECT_NEAR(point.y - origin.y, j * 30000, 5);
      EXPECT_NEAR(std::sin(-map.convergence(longitudes[n])), sines[n],
                  1e-4); // WPS takes it from differences of degrees in single precision
    }
  }
}

TEST(SharedWrf, AWeekendOverTibet) {
  const auto path = data("wrf_d01_allvars_cropped.nc");
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << path << " is absent";
  }
  const Grid grid = grid_at(32645, 490000, 3310000); // about 87 degrees east, 30 north; its terrain at sea level
  WrfCase files;
  const auto weather = files.read(grid, fmt::format("'{}'", path.string()), utc("2005-09-21 00:00"), utc("2005-09-21 09:00"));
  ASSERT_TRUE(weather) << files.message();
  EXPECT_EQ(weather->description(), "WRF, 4 outputs every 3 h from 1 file");
  const auto night = weather->at(utc("2005-09-21 00:00")), noon = weather->at(utc("2005-09-21 06:00"));
  EXPECT_LT(range(night->mixing_height).high, 1000);
  EXPECT_GT(range(noon->mixing_height).low, 1000); // 12 h local time
  EXPECT_GT(range(noon->heat_flux).low, 50);
  EXPECT_GT(range(noon->surface_temperature).low, range(night->surface_temperature).low + 3);
  EXPECT_LT(std::max(range(noon->u).high, -range(noon->u).low), 25);
  EXPECT_GE(range(noon->rain).low, 0);
}

TEST(SharedWrf, AMovingNestIsPlacedAtEachOfItsTimes) {
  const auto path = data("wrfout_mercator_sample.nc");
  if (!std::filesystem::exists(path)) {
    GTEST_SKIP() << path << " is absent";
  }
  const Grid grid = grid_at(32616, 180000, 2650000); // in the Gulf of Mexico, under a hurricane
  WrfCase files;
  const auto weather = files.read(grid, fmt::format("'{}'", path.string()), utc("2005-08-28 12:00"), utc("2005-08-28 21:00"));
  ASSERT_TRUE(weather) << files.message();
  const files::NetcdfFile file = files::NetcdfFile::open(path);
  const files::Position place = grid.projection().unproject({grid.x_center(4), grid.y_center(4)});
  for (std::size_t record = 0; record < 4; ++record) {
    // the nearest of the file's cells, by its coordinates alone
    const auto latitudes = file.read("XLAT", {record, 0, 0}, {1, 48, 48}),
               longitudes = file.read("XLONG", {record, 0, 0}, {1, 48, 48});
    const auto pressures = file.read("PSFC", {record, 0, 0}, {1, 48, 48});
    std::size_t nearest = 0;
    const auto distance = [&](std::size_t n) {
      return std::hypot((longitudes[n] - place.x) * std::cos(place.y * 0.01745), latitudes[n] - place.y);
    };
    for (std::size_t n = 1; n < latitudes.size(); ++n) {
      nearest = distance(n) < distance(nearest) ? n : nearest;
    }
    const Instant time = utc("2005-08-28 12:00") + Instant(record) * 3 * seconds_per_hour;
    if (record < 3) {
      EXPECT_NEAR(weather->at(time)->surface_pressure.view2()(4, 4), pressures[nearest], 150)
          << record; // half a cell of the eye's slope
    }
  }
  double rain = 0;
  for (Instant hour = utc("2005-08-28 12:00"); hour < utc("2005-08-28 21:00"); hour += seconds_per_hour) {
    rain += weather->at(hour)->rain.view2()(4, 4);
  }
  EXPECT_GT(rain, 1);
  EXPECT_LT(rain, 500);
}

#endif
