#include "meteorology/precipitation.hpp"

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
  EXPECT_DOUBLE_EQ(result.cloud_top.view2()(1, 0), base + 350);
  EXPECT_DOUBLE_EQ(result.cloud_top.view2()(2, 0), base + 350 - 400);
  EXPECT_EQ(result.cloud_cover.view2()(0, 0), 0.5);
  EXPECT_EQ(result.rain.view2()(2, 0), 0);
  EXPECT_EQ(result.cloud_water.view3()(0, 0, 1), 0); // 108 m
  const physics::CloudLayer layer = physics::cloud_layer(293.15, 291.15, 1e5, 0.5, 0);
  EXPECT_DOUBLE_EQ(result.cloud_water.view3()(0, 0, 2),
                   grid.air_density(0, 0, 2) * layer.water(grid.height_above_ground(0, 0, 2)));
  EXPECT_GT(result.cloud_water.view3()(0, 0, 2), 1e-4);
  EXPECT_GT(result.cloud_water.view3()(2, 0, 0), 1e-4); // the hill's lowest air is cloud
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
  EXPECT_EQ(result.cloud_top.view2()(1, 0), 0);
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
  EXPECT_NEAR(result.cloud_top.view2()(1, 0), 2000 * share, 1e-9);
  EXPECT_EQ(result.cloud_top.view2()(0, 0), 0);
  EXPECT_DOUBLE_EQ(result.cloud_water.view3()(1, 0, 2), 2e-4 * 9e4 / (287.05 * 280));
}
