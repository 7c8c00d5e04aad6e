#include "meteorology/precipitation.hpp"

#include "meteorology/gridded_surface.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

/// 3 x 1 columns at 50, 50 and 450 m; the station's ground is that of the middle one.
Grid hill() {
  return Grid({.name = "x",
               .epsg = 32650,
               .nx = 3,
               .ny = 1,
               .dx = 500,
               .dy = 500,
               .zeta_faces = {0, 20, 200, 600, 1000, 2000, 3000},
               .terrain = {50, 50, 450}});
}

} // namespace

TEST(Precipitation, AStationsCloudHasOneHeightAboveSeaAndHillsReachIntoIt) {
  const Grid grid = hill();
  const SurfaceWeather weather{
      .temperature = 293.15, .dew_point = 291.15, .pressure = 1e5, .cloud_cover = 0.5, .rain = 0};
  const Precipitation result = station_precipitation(grid, weather);
  const double base = physics::condensation_level(293.15, 291.15); // 253 m
  EXPECT_DOUBLE_EQ(result.cloud_base.view2()(0, 0), base);
  EXPECT_EQ(result.cloud_base.view2()(2, 0), 0);
  EXPECT_DOUBLE_EQ(result.cloud_depth.view2()(1, 0), 350);
  EXPECT_DOUBLE_EQ(result.cloud_depth.view2()(2, 0), base + 350 - 400); // what of it is above the hill
  EXPECT_EQ(result.cloud_cover.view2()(0, 0), 0.5);
  EXPECT_EQ(result.rain.view2()(2, 0), 0);
  EXPECT_EQ(result.cloud_water.view3()(0, 0, 1), 0); // 108 m
  const physics::CloudLayer layer = physics::cloud_layer(293.15, 291.15, 1e5, 0.5, 0);
  EXPECT_DOUBLE_EQ(result.cloud_water.view3()(0, 0, 2),
                   grid.air_density(0, 0, 2) * layer.water(grid.height_above_ground(0, 0, 2)));
  EXPECT_GT(result.cloud_water.view3()(0, 0, 2), 1e-4);
  EXPECT_GT(result.cloud_water.view3()(2, 0, 0), 1e-4); // the hill's lowest air is cloud
  double path = 0;
  for (int k = 0; k < grid.nz(); ++k) {
    path += result.cloud_water.view3()(2, 0, k) * grid.thickness(2, 0, k);
  }
  EXPECT_DOUBLE_EQ(result.cloud_path.view2()(2, 0), path);
}

TEST(Precipitation, RainFallsEverywhereFromACoveredSky) {
  const Precipitation result = station_precipitation(
      hill(), {.temperature = 293.15, .dew_point = 291.15, .pressure = 1e5, .cloud_cover = 0.1, .rain = 4});
  EXPECT_EQ(result.rain.view2()(0, 0), 4);
  EXPECT_EQ(result.rain.view2()(2, 0), 4);
  EXPECT_EQ(result.cloud_cover.view2()(1, 0), 1);
}

TEST(Precipitation, WithoutCloudThereIsNone) {
  const Precipitation result =
      station_precipitation(hill(), {.temperature = 293.15, .dew_point = 280, .pressure = 1e5});
  EXPECT_EQ(result.cloud_depth.view2()(1, 0), 0);
  EXPECT_EQ(result.cloud_path.view2()(1, 0), 0);
  EXPECT_EQ(result.cloud_water.view3()(1, 0, 4), 0);
}

TEST(Precipitation, AModelsCloudIsItsOwn) {
  const Grid grid = hill();
  GriddedWeather weather(grid);
  weather.cloud_water = Field<double>(3, 1, 6, 1, 0);
  for (int k = 0; k < 6; ++k) {
    for (int i = 0; i < 3; ++i) {
      weather.pressure.view3()(i, 0, k) = 9e4;
      weather.temperature.view3()(i, 0, k) = 280;
    }
  }
  weather.rain.view2()(1, 0) = 3;
  weather.cloud_cover.view2()(1, 0) = 0.8;
  weather.cloud_water.view3()(1, 0, 2) = 2e-4;
  weather.cloud_water.view3()(1, 0, 4) = 1e-4;
  const Precipitation result = gridded_precipitation(grid, weather);
  EXPECT_EQ(result.rain.view2()(1, 0), 3);
  EXPECT_EQ(result.rain.view2()(0, 0), 0);
  EXPECT_EQ(result.cloud_cover.view2()(1, 0), 0.8);
  const double share = grid.jacobian(1, 0);
  EXPECT_NEAR(result.cloud_base.view2()(1, 0), 200 * share, 1e-9);
  EXPECT_NEAR(result.cloud_depth.view2()(1, 0), 1800 * share, 1e-9); // of both layers and the clear air between
  EXPECT_EQ(result.cloud_depth.view2()(0, 0), 0);
  const double density = 9e4 / (287.05 * 280);
  EXPECT_DOUBLE_EQ(result.cloud_water.view3()(1, 0, 2), 2e-4 * density);
  EXPECT_NEAR(result.cloud_path.view2()(1, 0), (2e-4 * 400 + 1e-4 * 1000) * share * density, 1e-12);
}

TEST(Precipitation, AModelWithoutWaterHasTheCloudThatItsGroundFeeds) {
  const Grid grid = hill();
  GriddedWeather weather(grid);
  for (int i = 0; i < 3; ++i) {
    weather.surface_temperature.view2()(i, 0) = 293.15;
    weather.surface_pressure.view2()(i, 0) = 1e5;
    weather.surface_humidity.view2()(i, 0) = 0.010 + 0.001 * i;
    weather.cloud_cover.view2()(i, 0) = i == 1 ? 0.0 : 0.6;
  }
  weather.rain.view2()(2, 0) = 1.5;
  const Precipitation result = precipitation_of(grid, {}, &weather);
  for (const int i : {0, 2}) {
    const double dew_point = dew_point_of(0.010 + 0.001 * i, 293.15, 1e5);
    EXPECT_DOUBLE_EQ(result.cloud_base.view2()(i, 0), physics::condensation_level(293.15, dew_point));
    EXPECT_DOUBLE_EQ(result.cloud_depth.view2()(i, 0), i == 0 ? 350 : 2500);
    EXPECT_EQ(result.cloud_cover.view2()(i, 0), 0.6);
  }
  EXPECT_GT(result.cloud_path.view2()(2, 0), result.cloud_path.view2()(0, 0));
  EXPECT_EQ(result.cloud_depth.view2()(1, 0), 0);
}
