#include "physics/radiation.hpp"
#include "physics/solar.hpp"
#include "weather_case.hpp"

#include <cmath>
#include <fmt/format.h>

using namespace tq;
using tq::test::utc;
using tq::test::WeatherCase;

namespace {

const std::string station = "[weather]\nsource = \"station\"\n[weather.station]\nfile = \"weather.csv\"\n";
const std::string header =
    "date,ws [m s-1],wd [degree],t [degC],rh [%],p [hPa],cloud [okta],rain [mm],sun [W m-2]\n";

/// Hour n of 2022 has wind speed n + 1, direction 10 n, temperature n, rain n / 10, radiation 50 n.
std::string hours(int count, const std::string& month_day = "01-01") {
  std::string text = header;
  for (int n = 0; n < count; ++n) {
    text += fmt::format("2022-{} {:02}:00,{},{},{},80,1000,4,{:.1f},{}\n", month_day, n, n + 1, 10 * n, n,
                        0.1 * n, 50 * n);
  }
  return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

} // namespace

TEST(Observations, HoursTakeStampedValuesAndIntervalsThatEndAnHourLater) {
  WeatherCase weather(station + "height = 12\n" + test::station_columns, hours(6));
  const auto read = weather.read("2022-01-01 01:00", "2022-01-01 05:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_EQ(read->height(), 12);
  EXPECT_TRUE(read->fills().empty());
  const SurfaceWeather hour = read->at(utc("2022-01-01 02:00"));
  EXPECT_EQ(hour.time, utc("2022-01-01 02:00"));
  EXPECT_EQ(hour.wind_speed, 3);
  EXPECT_EQ(hour.wind_direction, 20);
  EXPECT_DOUBLE_EQ(hour.temperature, 275.15);
  EXPECT_DOUBLE_EQ(hour.pressure, 100000);
  EXPECT_DOUBLE_EQ(hour.cloud_cover, 0.5);
  EXPECT_DOUBLE_EQ(hour.rain, 0.3);
  EXPECT_DOUBLE_EQ(hour.global_radiation, 150);
  EXPECT_NEAR(hour.dew_point, 275.15 - 3.08, 0.05); // 2 degC and 80 %: -1.08 degC
  EXPECT_EQ(read->description(), "station weather.csv, anemometer at 12 m, 4 hours, 0 values filled");
  EXPECT_THROW(read->at(utc("2022-01-01 05:00")), std::out_of_range);
  EXPECT_THROW(read->at(utc("2022-01-01 00:00")), std::out_of_range);
}

TEST(Observations, IntervalsMayStartOrLieAroundTheirStamp) {
  WeatherCase starting(station + "interval_values = \"starting\"\n" + test::station_columns, hours(6));
  EXPECT_DOUBLE_EQ(starting.read("2022-01-01 01:00", "2022-01-01 05:00")->at(utc("2022-01-01 02:00")).rain,
                   0.2);
  WeatherCase centred(station + "interval_values = \"centred\"\n" + test::station_columns, hours(6));
  const SurfaceWeather hour =
      centred.read("2022-01-01 01:00", "2022-01-01 05:00")->at(utc("2022-01-01 02:00"));
  EXPECT_DOUBLE_EQ(hour.rain, 0.25);
  EXPECT_DOUBLE_EQ(hour.global_radiation, 125);
  EXPECT_EQ(hour.wind_speed, 3);
}

TEST(Observations, StampsAreInTheFilesZoneAndMayBeShifted) {
  WeatherCase weather(station + "time_zone = \"UTC+8\"\n" + test::station_columns, hours(24));
  EXPECT_EQ(weather.read("2022-01-01 00:00", "2022-01-01 02:00")->at(utc("2022-01-01 01:00")).wind_speed, 10);
  WeatherCase shifted(station + "time_zone = \"UTC+8\"\nshift = -1\n" + test::station_columns, hours(24));
  const auto read = shifted.read("2022-01-01 00:00", "2022-01-01 02:00");
  EXPECT_EQ(read->at(utc("2022-01-01 01:00")).wind_speed, 11);
  EXPECT_DOUBLE_EQ(read->at(utc("2022-01-01 01:00")).global_radiation, 550);
}

TEST(Observations, GapsAreFilledCountedAndListed) {
  std::string file = replaced(hours(8), "3,20,2,80", "3,20,,80");
  file = replaced(file, "4,30,3,80", "4,,NA,80");
  file = replaced(file, ",0.6,300", ",,300");
  file = replaced(file, ",0.7,350", ",,350");
  const std::string columns = replaced(test::station_columns, "rain              = { column = \"rain\" }",
                                       "rain = { column = \"rain\", fill = \"constant\", value = 2.5 }");
  WeatherCase filled(station + columns, file);
  const auto read = filled.read("2022-01-01 00:00", "2022-01-01 07:00");
  ASSERT_TRUE(read) << filled.message();
  EXPECT_DOUBLE_EQ(read->at(utc("2022-01-01 02:00")).temperature, 275.15);
  EXPECT_DOUBLE_EQ(read->at(utc("2022-01-01 03:00")).temperature, 276.15);
  EXPECT_NEAR(read->at(utc("2022-01-01 03:00")).wind_direction, 30, 1e-9);
  EXPECT_DOUBLE_EQ(read->at(utc("2022-01-01 05:00")).rain, 2.5);
  ASSERT_EQ(read->fills().size(), 3U);
  EXPECT_EQ(read->fills()[0].variable, "wind_direction");
  EXPECT_EQ(read->fills()[1].variable, "temperature");
  EXPECT_EQ(read->fills()[1].policy, "interpolate");
  EXPECT_EQ(read->fills()[1].filled, 2);
  ASSERT_EQ(read->fills()[1].runs.size(), 1U);
  EXPECT_EQ(read->fills()[1].first(), utc("2022-01-01 02:00"));
  EXPECT_EQ(read->fills()[1].last(), utc("2022-01-01 03:00"));
  EXPECT_EQ(read->fills()[2].variable, "rain");
  EXPECT_EQ(read->fills()[2].filled, 2);
  EXPECT_EQ(read->fills()[2].first(), utc("2022-01-01 05:00"));
  EXPECT_EQ(read->description(),
            "station weather.csv, anemometer at 10 m, 7 hours, 5 values filled (wind_direction 1 by interpolate, at most 1 h "
            "on end; temperature 2 by interpolate, at most 2 h on end; rain 2 by constant, at most 2 h on end)");
}

// The file ends before the rain of the last hours is known: the day before is repeated, as far as max_hours allows.
TEST(Observations, RainMayRepeatItselfToTheEndOfTheFile) {
  std::string file = hours(24) + hours(24, "01-02").substr(header.size());
  for (int hour = 20; hour < 24; ++hour) {
    const std::string row = fmt::format("2022-01-02 {:02}:00,{},{},{},80,1000,4,", hour, hour + 1, 10 * hour, hour);
    file = replaced(file, fmt::format("{}{:.1f}", row, 0.1 * hour), row);
  }
  const auto columns = [](int limit) {
    return replaced(test::station_columns, "{ column = \"rain\" }",
                    fmt::format("{{ column = \"rain\", fill = \"repeat\", max_hours = {} }}", limit));
  };
  WeatherCase weather(station + columns(5), file);
  const auto read = weather.read("2022-01-02 12:00", "2022-01-02 23:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_NEAR(read->at(utc("2022-01-02 18:00")).rain, 1.9, 1e-12);
  EXPECT_NEAR(read->at(utc("2022-01-02 20:00")).rain, 2.1, 1e-12); // of 1 January
  ASSERT_EQ(read->fills().size(), 1U);
  EXPECT_EQ(read->fills()[0].policy, "repeat");
  EXPECT_EQ(read->fills()[0].longest(), 4);
  WeatherCase limited(station + columns(3), file);
  EXPECT_FALSE(limited.read("2022-01-02 12:00", "2022-01-02 23:00"));
  EXPECT_EQ(limited.message(), "weather.csv: rain: 4 of 11 hours have no value and fill = \"repeat\" up to 3 h leaves them "
                               "open: 2022-01-02 19:00 (4 h) (UTC)");
}

TEST(Observations, HoursOutsideTheRunServeToFillGapsAtItsEnds) {
  std::string file = hours(6);
  for (const char* gap : {"2,10,1", "3,20,2", "4,30,3"}) {
    file = replaced(file, std::string(gap) + ",80", std::string(gap).substr(0, 5) + ",80");
  }
  WeatherCase weather(station + test::station_columns, file);
  const auto read = weather.read("2022-01-01 03:00", "2022-01-01 05:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_DOUBLE_EQ(read->at(utc("2022-01-01 03:00")).temperature, 276.15);
  ASSERT_EQ(read->fills().size(), 1U);
  EXPECT_EQ(read->fills()[0].filled, 1); // of three, one lies in the run
}

TEST(Observations, CalmsTakeTheDirectionOfTheLastWind) {
  std::string file = replaced(hours(6), "4,30,3,80", "0,0,3,80");
  WeatherCase weather(station + test::station_columns, file);
  const auto read = weather.read("2022-01-01 01:00", "2022-01-01 05:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_EQ(read->at(utc("2022-01-01 03:00")).wind_speed, 0);
  EXPECT_EQ(read->at(utc("2022-01-01 03:00")).wind_direction, 20);
  ASSERT_EQ(read->fills().size(), 1U);
  EXPECT_EQ(read->fills()[0].policy, "calm");
}

TEST(Observations, HarmlessExcessIsRemoved) {
  std::string file = replaced(hours(6), "3,20,2,80,1000,4", "3,360,2,104,1000,9");
  file = replaced(file, ",150\n", ",-4\n");
  WeatherCase weather(station + test::station_columns, file);
  const auto read = weather.read("2022-01-01 01:00", "2022-01-01 05:00");
  ASSERT_TRUE(read) << weather.message();
  const SurfaceWeather hour = read->at(utc("2022-01-01 02:00"));
  EXPECT_EQ(hour.wind_direction, 0);
  EXPECT_EQ(hour.cloud_cover, 1); // 9 okta: sky obscured
  EXPECT_EQ(hour.global_radiation, 0);
  EXPECT_NEAR(hour.dew_point, hour.temperature, 1e-9);
}

TEST(Observations, ConstantsNeedNoColumnAndUnitsMayComeFromTheScenario) {
  WeatherCase weather(station + R"(
[weather.station.variable]
wind_speed       = { column = "ff", unit = "km h-1" }
wind_direction   = { column = "dd" }
temperature      = { column = "tt", unit = "degC", fill = "constant", value = 20 }
dew_point        = { column = "tt", unit = "degC", fill = "hold" }
pressure         = { fill = "constant", value = 1.0e5 }
cloud_cover      = { fill = "constant", value = 0.25 }
rain             = { column = "rr", unit = "mm h-1" }
global_radiation = { fill = "constant", value = 100 }
)",
                      "date,ff,dd,tt,rr\n2022-01-01 00:00,36,90,5,0\n2022-01-01 01:00,18,90,,1.5\n");
  const auto read = weather.read("2022-01-01 00:00", "2022-01-01 01:00");
  ASSERT_TRUE(read) << weather.message();
  const SurfaceWeather hour = read->at(utc("2022-01-01 00:00"));
  EXPECT_DOUBLE_EQ(hour.wind_speed, 10);
  EXPECT_DOUBLE_EQ(hour.rain, 1.5);
  EXPECT_DOUBLE_EQ(hour.pressure, 1e5);
  EXPECT_DOUBLE_EQ(hour.cloud_cover, 0.25);
  EXPECT_DOUBLE_EQ(hour.temperature, 278.15);
}

TEST(Observations, RadiationIsComputedWhereAPlaceIsGiven) {
  std::string columns = replaced(test::station_columns, "global_radiation  = { column = \"sun\" }\n", "");
  WeatherCase weather(station + "latitude = 29.3\nlongitude = 117.2\n" + columns, hours(24, "06-21"));
  const auto read = weather.read("2022-06-21 00:00", "2022-06-21 23:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_EQ(read->at(utc("2022-06-21 16:00")).global_radiation, 0);         // midnight in Jingdezhen
  EXPECT_NEAR(read->at(utc("2022-06-21 04:00")).global_radiation, 900, 60); // noon, half covered
}

TEST(Observations, CloudComesFromClearnessWhereRadiationAloneIsMeasured) {
  const std::string columns = replaced(test::station_columns, "cloud_cover       = { column = \"cloud\" }\n", "");
  std::string file = header;
  for (int day = 20; day <= 22; ++day) {
    for (int hour = 0; hour < 24; ++hour) { // clear until midnight in Jingdezhen, then half the radiation
      const double sine = physics::solar_elevation_sine(day_of_year({2022, 6, day}), hour - 0.5, 29.3, 117.2);
      file += fmt::format("2022-06-{} {:02}:00,2,90,20,80,1000,1,0,{:.3f}\n", day, hour,
                          physics::clear_sky_radiation(sine) * (day == 20 && hour <= 16 ? 1.0 : 0.5));
    }
  }
  WeatherCase weather(station + "latitude = 29.3\nlongitude = 117.2\n" + columns, file);
  const auto read = weather.read("2022-06-20 16:00", "2022-06-22 20:00"); // from midnight in Jingdezhen
  ASSERT_TRUE(read) << weather.message();
  const double half = std::pow(0.5 / 0.75, 1 / 3.4);
  EXPECT_NEAR(read->at(utc("2022-06-22 04:00")).cloud_cover, half, 1e-4);
  EXPECT_NEAR(read->at(utc("2022-06-21 16:00")).cloud_cover, half, 1e-4); // between two days of the same cloud
  EXPECT_NEAR(read->at(utc("2022-06-22 19:00")).cloud_cover, half, 1e-4); // after the last evening
  const double midnight = read->at(utc("2022-06-20 16:00")).cloud_cover;
  EXPECT_GT(midnight, 0.2);
  EXPECT_LT(midnight, 0.8 * half); // clearing in the evening, cloud in the morning
  EXPECT_EQ(read->description(), "station weather.csv, anemometer at 10 m, 52 hours, 0 values filled, cloud cover from clearness");
  EXPECT_TRUE(read->fills().empty());

  WeatherCase nowhere(station + columns, file);
  EXPECT_FALSE(nowhere.read("2022-06-20 16:00", "2022-06-22 20:00"));
  EXPECT_EQ(nowhere.message(),
            "scenario.toml:6:18: weather.station.variable.cloud_cover: must have a column, or fill = \"constant\" and a "
            "value, or global_radiation, latitude and longitude must be given, from which it is computed");
  WeatherCase polar(station + "latitude = 89\nlongitude = 0\n" + columns, replaced(hours(24, "12-21"), "cloud", "c"));
  EXPECT_FALSE(polar.read("2022-12-21 02:00", "2022-12-21 20:00"));
  EXPECT_EQ(polar.message(), "weather.csv: cloud_cover: has to come from global_radiation, but the sun stays low, or "
                             "radiation has no value, for more than 24 h: 2022-12-21 02:00 (18 h) (UTC)");
}

TEST(Observations, TypicalYearsAreMappedOntoTheRunsYear) {
  std::string file =
      "month,day,hour,ws [m s-1],wd [degree],t [degC],rh [%],p [hPa],cloud [okta],rain [mm],sun [W m-2]\n";
  constexpr int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (int month = 1; month <= 12; ++month) {
    for (int day = 1; day <= days[month - 1]; ++day) {
      for (int hour = 0; hour < 24; ++hour) {
        file += fmt::format("{},{},{},{},{},{},50,1000,0,0,0\n", month, day, hour, month, 10 * hour, day);
      }
    }
  }
  const std::string typical =
      "time_zone = \"UTC+8\"\ntypical_year = true\ntime_columns = [\"month\", \"day\", \"hour\"]\n";
  WeatherCase weather(station + typical + test::station_columns, file);
  const auto read = weather.read("2019-12-31 00:00", "2020-03-02 00:00");
  ASSERT_TRUE(read) << weather.message();
  const auto expect = [&](const std::string& local, int month, int day, int hour) {
    const SurfaceWeather at = read->at(*parse_instant(local, TimeZone("UTC+8")));
    EXPECT_EQ(at.wind_speed, month) << local;
    EXPECT_DOUBLE_EQ(at.temperature, 273.15 + day) << local;
    EXPECT_EQ(at.wind_direction, 10 * hour) << local;
  };
  expect("2019-12-31 23:00", 12, 31, 23);
  expect("2020-01-01 00:00", 1, 1, 0);
  expect("2020-02-28 13:00", 2, 28, 13);
  expect("2020-02-29 13:00", 2, 28, 13); // repeats the 28th
  expect("2020-03-01 00:00", 3, 1, 0);
  EXPECT_EQ(read->at(utc("2020-02-28 17:00")).time, utc("2020-02-28 17:00"));
  EXPECT_TRUE(read->fills().empty());
}

TEST(Observations, ProblemsOfTheScenarioNameKeyAndLine) {
  WeatherCase weather(station + R"(time_zone = "Beijing"
interval_values = "end"
[weather.station.variable]
wind_speed       = { column = "wind", unit = "m s-1" }
wind_direction   = { column = "wd", unit = "rad" }
temperature      = { fill = "interpolate" }
cloud_cover      = { fill = "constant", value = 4 }
pressure         = { column = "p", fill = "constant" }
rain             = { column = "rain", value = 0.0 }
)",
                      hours(6));
  EXPECT_FALSE(weather.read("2022-01-01 00:00", "2022-01-01 05:00"));
  EXPECT_EQ(
      weather.message(),
      "scenario.toml:5:1: weather.station.time_zone = \"Beijing\": must be a zone such as \"Asia/Shanghai\", "
      "\"UTC\" or \"UTC+8\"\n"
      "scenario.toml:6:1: weather.station.interval_values = \"end\": must be one of \"ending\", "
      "\"starting\", "
      "\"centred\"");
  WeatherCase zone(station + R"([weather.station.variable]
wind_speed       = { column = "w", unit = "m s-1" }
wind_direction   = { column = "wd", unit = "rad" }
temperature      = { fill = "interpolate" }
cloud_cover      = { fill = "constant", value = 4 }
pressure         = { column = "p", fill = "constant" }
rain             = { column = "rain", value = 0.0 }
)",
                   hours(6));
  EXPECT_FALSE(zone.read("2022-01-01 00:00", "2022-01-01 05:00"));
  const std::string key = "weather.station.variable.";
  EXPECT_EQ(zone.message(), "scenario.toml:5:18: " + key +
                                "dew_point: must have a column, or fill = \"constant\" and a value, or "
                                "relative_humidity must\n"
                                "scenario.toml:5:18: " +
                                key +
                                "global_radiation: must have a column, or fill = \"constant\" and a value, "
                                "or latitude and longitude must be given, from which it is computed\n"
                                "scenario.toml:6:22: " +
                                key +
                                "wind_speed.column = \"w\": must be a column of weather.csv: date, ws, wd, "
                                "t, rh, p, cloud, rain, sun; did you mean \"ws\"?\n"
                                "scenario.toml:7:37: " +
                                key +
                                "wind_direction.unit = \"rad\": must be left out, as the file's header says "
                                "\"degree\"\n"
                                "scenario.toml:8:1: " +
                                key +
                                "temperature.column: must be given, unless fill = \"constant\"\n"
                                "scenario.toml:9:41: " +
                                key +
                                "cloud_cover.value = 4: must be in [0, 1]\n"
                                "scenario.toml:10:1: " +
                                key +
                                "pressure.value: must be given, as fill = \"constant\"\n"
                                "scenario.toml:11:39: " +
                                key +
                                "rain.value = 0.0: must be left out, as fill = \"error\" does not use it");
}
