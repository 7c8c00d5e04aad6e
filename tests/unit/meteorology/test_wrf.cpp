#if TIANQING_GEO // writes and reads netCDF
#include "wrf_case.hpp"

#include "base/constants.hpp"

#include <cmath>

using namespace tq;
using test::index_on;
using test::utc;
using test::wrf_grid;
using test::WrfCase;
using test::WrfSample;

namespace {

const Instant start = utc("2017-07-01 00:00");

WrfSample sample() {
  WrfSample one;
  one.start = start;
  return one;
}

// The files hold single precision: 6e-8 of 300 K, of 1e5 Pa, of heights of some 1000 m as geopotential.
constexpr double kelvin = 2e-4;

} // namespace

TEST(Wrf, FieldsThatAreLinearInPlaceHeightAndTimeComeBack) {
  for (const bool netcdf4 : {false, true}) {
    WrfSample one = sample();
    one.netcdf4 = netcdf4;
    one.temperature = [](double x, double y, double z, double t) { return 285 + 0.3 * x - 0.2 * y + 0.01 * z + t; };
    one.humidity = [](double x, double y, double z, double t) {
      return 0.01 + 1e-4 * x + 2e-4 * y - 5e-6 * z + 1e-3 * t;
    };
    one.cloud_water = [](double x, double, double z, double) { return 1e-5 * x + 1e-6 * z; };
    WrfCase files;
    files.write("wrfout", one);
    const Grid grid = wrf_grid();
    const auto weather = files.read(grid, "'wrfout'", start, start + 2 * seconds_per_hour);
    ASSERT_TRUE(weather) << files.message();
    for (const int hour : {1, 0}) {
      const auto at = weather->at(start + hour * seconds_per_hour);
      EXPECT_EQ(at->time, start + hour * seconds_per_hour);
      for (int j = 0; j < grid.ny(); ++j) {
        for (int i = 0; i < grid.nx(); ++i) {
          const auto [x, y] = index_on(one, grid, i, j);
          EXPECT_NEAR(at->surface_temperature.view2()(i, j), one.temperature(x, y, 2, hour), kelvin);
          EXPECT_NEAR(at->surface_humidity.view2()(i, j), one.humidity(x, y, 2, hour), 1e-8);
          EXPECT_NEAR(at->mixing_height.view2()(i, j), 300 + 10 * x + 100 * hour, 1e-3);
          EXPECT_NEAR(at->cloud_cover.view2()(i, j), 0.25, 1e-12);
          for (int k = 0; k < grid.nz(); ++k) {
            const double z = grid.height_above_ground(i, j, k);
            EXPECT_NEAR(at->temperature.view3()(i, j, k), one.temperature(x, y, z, hour), kelvin) << k;
            EXPECT_NEAR(at->humidity.view3()(i, j, k), one.humidity(x, y, z, hour), 1e-8);
            EXPECT_NEAR(at->cloud_water.view3()(i, j, k), one.cloud_water(x, y, std::max(z, 10.0), hour), 1e-9);
          }
        }
      }
    }
  }
}

TEST(Wrf, AWindFromTheWestIsOneOnTheGridsAxes) {
  for (const int map_kind : {1, 2, 3}) {
    WrfSample one = sample();
    one.map_kind = map_kind;
    one.true_latitude_1 = map_kind == 2 ? 60 : 25;
    const physics::SphereMap map{physics::SphereMap::Kind(map_kind), one.true_latitude_1, one.true_latitude_2, 110};
    const double turn = map.convergence(117.2); // within 0.1 degrees of longitude it changes by a thousandth
    one.u = [turn](double, double, double z, double) { return (5 + 0.01 * z) * std::cos(turn); };
    one.v = [turn](double, double, double z, double) { return (5 + 0.01 * z) * std::sin(turn); };
    WrfCase files;
    files.write("wrfout", one);
    const Grid grid = wrf_grid();
    const auto weather = files.read(grid, "'wrfout'", start, start + seconds_per_hour);
    ASSERT_TRUE(weather) << files.message();
    const auto at = weather->at(start);
    const int i = 4, j = 3;
    const files::Position place = grid.projection().unproject({grid.x_center(i), grid.y_center(j)});
    const files::Position west = grid.projection().project({place.x - 1e-3, place.y}),
                          east = grid.projection().project({place.x + 1e-3, place.y});
    const double length = std::hypot(east.x - west.x, east.y - west.y);
    for (int k = 2; k < grid.nz(); ++k) { // above 10 m
      const double speed = 5 + 0.01 * grid.height_above_ground(i, j, k);
      EXPECT_NEAR(at->u.view3()(i, j, k), speed * (east.x - west.x) / length, 2e-3);
      EXPECT_NEAR(at->v.view3()(i, j, k), speed * (east.y - west.y) / length, 1e-2);
    }
    EXPECT_NEAR(at->surface_u.view2()(i, j), 5.1 * (east.x - west.x) / length, 2e-3);
    const double share = std::log(4 / 0.6) / std::log(10 / 0.6); // the lowest centre lies at 4 m
    EXPECT_NEAR(at->u.view3()(i, j, 0) / at->surface_u.view2()(i, j), share, 1e-12);
    EXPECT_NEAR(at->v.view3()(i, j, 0) / at->surface_v.view2()(i, j), share, 1e-12);
  }
}

TEST(Wrf, WindIsTakenFromTheFacesOfItsCell) {
  WrfSample one = sample();
  one.map_kind = 3;
  one.u = [](double x, double y, double, double) { return 2 + 0.5 * x + 0.1 * y; };
  one.v = [](double x, double y, double, double) { return -1 + 0.2 * x - 0.4 * y; };
  WrfCase files;
  files.write("wrfout", one);
  const Grid grid = wrf_grid();
  const auto at = files.read(grid, "'wrfout'", start, start + seconds_per_hour)->at(start);
  const auto [x, y] = index_on(one, grid, 5, 2);
  const double speed = std::hypot(one.u(x, y, 0, 0), one.v(x, y, 0, 0));
  EXPECT_NEAR(std::hypot(at->u.view3()(5, 2, 3), at->v.view3()(5, 2, 3)), speed, 2e-4); // 0.8 m of XLONG's last digit
}

TEST(Wrf, PressureIsThatAtTheHeightOfTheGridsOwnTerrain) {
  for (const double height : {0.0, 100.0, 350.0}) {
    WrfCase files;
    files.write("wrfout", sample()); // 290 K everywhere, 1e5 Pa at sea level, terrain at 100 m
    const Grid grid = wrf_grid(std::vector<double>(48, height));
    const auto at = files.read(grid, "'wrfout'", start, start + seconds_per_hour)->at(start);
    const auto expected = [](double z) {
      return 1e5 * std::exp(-constants::gravity * z / (constants::dry_air_gas * 290));
    };
    EXPECT_NEAR(at->surface_pressure.view2()(3, 3), expected(height), 0.05);
    EXPECT_NEAR(at->pressure.view3()(3, 3, 4), expected(height + grid.height_above_ground(3, 3, 4)), 0.05);
  }
}

TEST(Wrf, RainIsWhatTheAccumulatedGrewBy) {
  WrfSample one = sample();
  one.distance = 3 * seconds_per_hour;
  one.bucket = 100;
  one.rain = [](double x, double, double, double t) { return t == 0 ? 95 + 0 * x : 95 + 6 + 0.6 * x - 100; };
  one.buckets = [](double, double, double, double t) { return t == 0 ? 2 : 3; };
  one.convective_rain = [](double, double y, double, double t) { return 10 + 3 * t * y; };
  WrfCase files;
  files.write("wrfout", one);
  const Grid grid = wrf_grid();
  const auto weather = files.read(grid, "'wrfout'", start, start + 6 * seconds_per_hour);
  ASSERT_TRUE(weather) << files.message();
  const auto [x, y] = index_on(one, grid, 6, 1);
  EXPECT_NEAR(weather->at(start + seconds_per_hour)->rain.view2()(6, 1), (6 + 0.6 * x + 3 * y) / 3, 1e-4);
  EXPECT_NEAR(weather->at(start + 4 * seconds_per_hour)->rain.view2()(6, 1), 3 * y / 3, 1e-4);
}

TEST(Wrf, AModelThatWasStartedAnewBeginsItsRainAnew) {
  WrfSample first = sample(), second = sample();
  first.nt = 2;
  first.rain = [](double, double, double, double t) { return 40 + 2 * t; };
  second.start = start + 2 * seconds_per_hour;
  second.rain = [](double, double, double, double t) { return 1.5 + t; };
  WrfCase files;
  files.write("a", first);
  files.write("b", second);
  const Grid grid = wrf_grid();
  const auto weather = files.read(grid, "['a', 'b']", start, start + 4 * seconds_per_hour);
  ASSERT_TRUE(weather) << files.message();
  EXPECT_EQ(weather->description(), "WRF, 5 outputs every 1 h from 2 files");
  for (const auto& [hour, rain] : {std::pair{0, 2.0}, std::pair{1, 1.5}, std::pair{2, 1.0}}) {
    EXPECT_NEAR(weather->at(start + hour * seconds_per_hour)->rain.view2()(0, 0), rain, 1e-5) << hour;
  }
}

TEST(Wrf, BetweenOutputsFieldsAreLinearInTimeAndHoursTakeTheMeanOfTheirEnds) {
  WrfSample one = sample();
  one.distance = 2 * seconds_per_hour;
  one.temperature = [](double, double, double, double t) { return 280 + 4 * t; };
  WrfCase files;
  files.write("wrfout", one);
  const Grid grid = wrf_grid();
  const auto weather = files.read(grid, "'wrfout'", start, start + 4 * seconds_per_hour);
  ASSERT_TRUE(weather) << files.message();
  const auto third = weather->at(start + 3 * seconds_per_hour); // outputs at t = 1 and 2
  EXPECT_NEAR(third->surface_temperature.view2()(2, 2), 286, kelvin);
  EXPECT_NEAR(third->friction_velocity.view2()(2, 2), 0.2 + 0.175, 1e-6);
  EXPECT_NEAR(third->heat_flux.view2()(2, 2), 87.5, 1e-4);
  EXPECT_NEAR(third->global_radiation.view2()(2, 2), 350, 1e-4);
  const auto first = weather->at(start); // the hours do not depend on their order
  const auto again = files.read(grid, "'wrfout'", start, start + 4 * seconds_per_hour)->at(start);
  for (int k = 0; k < 6; ++k) {
    EXPECT_EQ(first->u.view3()(4, 4, k), again->u.view3()(4, 4, k));
    EXPECT_EQ(first->temperature.view3()(4, 4, k), again->temperature.view3()(4, 4, k));
  }
  EXPECT_EQ(weather->at(start), first); // one copy for all ranks
}

TEST(Wrf, OfOutputsMoreOftenThanHourlyWholeHoursAreUsedAndOfSeveralFilesTheLast) {
  WrfSample fine = sample(), later = sample();
  fine.distance = 1200;
  fine.nt = 7;
  later.nt = 1;
  later.start = start + seconds_per_hour;
  later.temperature = [](double, double, double, double) { return 299.0; };
  WrfCase files;
  files.write("fine", fine);
  files.write("later", later);
  const Grid grid = wrf_grid();
  const auto weather = files.read(grid, "['fine', 'later']", start, start + 2 * seconds_per_hour);
  ASSERT_TRUE(weather) << files.message();
  EXPECT_EQ(weather->description(), "WRF, 3 outputs every 1 h from 2 files");
  EXPECT_NEAR(weather->at(start + seconds_per_hour)->surface_temperature.view2()(0, 0), 299, kelvin);
}

TEST(Wrf, CloudCoverIsTheLargestFractionOrWhereThereIsWater) {
  WrfSample one = sample();
  one.cloud_fraction = [](double, double, double z, double) { return z > 150 && z < 300 ? 0.7 : 0.1; };
  one.cloud_water = [](double, double, double, double) { return 2e-5; }; // 1020 m of it: 0.02 kg m-2
  WrfCase files;
  files.write("both", one);
  one.without = {"CLDFRA"};
  files.write("water", one);
  one.without = {"QCLOUD"};
  files.write("fraction", one);
  for (const auto& [file, cover] : {std::pair{"both", 0.7}, std::pair{"water", 1.0}, std::pair{"fraction", 0.7}}) {
    const auto at = files.read(wrf_grid(), fmt::format("'{}'", file), start, start + seconds_per_hour)->at(start);
    EXPECT_NEAR(at->cloud_cover.view2()(1, 1), cover, 1e-6) << file;
    EXPECT_EQ(at->cloud_water.nx() == 0, std::string(file) == "fraction");
  }
}

TEST(Wrf, WhatTheFileDoesNotHaveIsEmpty) {
  WrfSample one = sample();
  one.without = {"U10", "V10", "PBLH", "UST", "HFX", "SWDOWN", "SINALPHA", "COSALPHA", "I_RAINNC"};
  one.u = [](double, double, double, double) { return 5.0; };
  WrfCase files;
  files.write("wrfout", one);
  const auto at = files.read(wrf_grid(), "'wrfout'", start, start + seconds_per_hour)->at(start);
  EXPECT_EQ(at->mixing_height.nx() + at->friction_velocity.nx() + at->heat_flux.nx() + at->global_radiation.nx(), 0);
  // the lowest layer's centre lies at 10 m
  EXPECT_NEAR(std::hypot(at->surface_u.view2()(0, 0), at->surface_v.view2()(0, 0)), 5, 1e-5);
}

TEST(Wrf, AStationInTheMiddleSeesTheWeatherThereAndTheDomainsMeanTurbulence) {
  WrfSample one = sample();
  one.map_kind = 3; // the grid's y axis is within 0.1 degrees of north here
  one.u = [](double, double, double, double) { return 3.0; };
  one.v = [](double, double, double, double) { return -4.0; };
  one.rain = [](double, double, double, double t) { return 2 * t; };
  WrfCase files;
  files.write("wrfout", one);
  const Grid grid = wrf_grid();
  const auto weather = files.read(grid, "'wrfout'", start, start + 2 * seconds_per_hour);
  ASSERT_TRUE(weather) << files.message();
  const GriddedSurface surface(*weather, grid);
  const SurfaceWeather hour = surface.at(start + seconds_per_hour);
  EXPECT_EQ(hour.time, start + seconds_per_hour);
  EXPECT_NEAR(hour.wind_speed, 5, 1e-5);
  EXPECT_NEAR(hour.wind_direction, 360 - std::atan2(3, 4) * 180 / constants::pi, 0.2);
  EXPECT_NEAR(hour.temperature, 290, kelvin);
  EXPECT_NEAR(hour.pressure, 1e5, 0.05);
  EXPECT_NEAR(hour.rain, 2, 1e-5);
  EXPECT_NEAR(hour.cloud_cover, 0.25, 1e-9);
  const double x = 0.5 * (index_on(one, grid, 0, 2).x + index_on(one, grid, 7, 3).x); // of the domain's middle
  EXPECT_NEAR(hour.mixing_height, 300 + 10 * x + 100, 1e-2);
  EXPECT_NEAR(hour.friction_velocity, 0.35, 1e-6);
  EXPECT_NEAR(hour.sensible_heat, 75, 1e-4);
  EXPECT_NEAR(hour.global_radiation, 300, 1e-3);
  EXPECT_NEAR(hour.dew_point, 283.7, 0.2); // 8 g/kg at 1000 hPa: 12.70 hPa, a dew point of 10.6 degC
  EXPECT_EQ(surface.description(), weather->description());
}

#endif
