#include "weather_case.hpp"

#include <fmt/format.h>

using namespace tq;
using tq::test::WeatherCase;

namespace {

constexpr int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
const std::string scenario = "[weather]\nsource = \"epw\"\n[weather.epw]\nfile = \"weather.csv\"\n";
const std::string dry = "[weather.epw.variable.rain]\nfill = \"constant\"\nvalue = 0.0\n";

/// Months from different years; hour h of day d has temperature d, wind direction 10 h, radiation 40 h, no
/// rain.
std::string year(const std::string& zone = "8.0", int months = 12) {
  std::string text = "LOCATION,Porcelain Town,Jiangxi,CHN,TEST,000000,29.30,117.20," + zone +
                     ",61.5\nDESIGN CONDITIONS,0\nTYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\n"
                     "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\nCOMMENTS 1,made up\nCOMMENTS 2,\n"
                     "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n";
  for (int month = 1; month <= months; ++month) {
    for (int day = 1; day <= days[month - 1]; ++day) {
      for (int hour = 1; hour <= 24; ++hour) {
        text += fmt::format(
            "{},{},{},{},0,f,{},{},60,100000,0,0,284,{},0,0,0,0,0,0,{},{},5,5,10,999,9,9,0,0,0,88,0.2,"
            "999,99\n",
            1980 + 3 * month, month, day, hour, day, hour == 7 ? 99.9 : 0.0, 40 * hour, 10 * hour, month);
      }
    }
  }
  return text;
}

} // namespace

TEST(ObservationsEpw, MonthsOfDifferentYearsAreMappedOntoTheRunsYear) {
  WeatherCase weather(scenario + dry, year());
  const auto read = weather.read("2019-12-31 00:00", "2020-03-02 00:00");
  ASSERT_TRUE(read) << weather.message();
  const auto expect = [&](const std::string& local, int month, int day, int hour) {
    const SurfaceWeather at = read->at(*parse_instant(local, TimeZone("UTC+8")));
    EXPECT_EQ(at.wind_speed, month) << local;
    EXPECT_DOUBLE_EQ(at.temperature, 273.15 + day) << local;
    EXPECT_EQ(at.wind_direction, (10 * hour) % 360) << local;
    // Radiation of the hour that begins now is that of the next line.
    EXPECT_DOUBLE_EQ(at.global_radiation, 40 * (hour % 24 + 1)) << local;
    EXPECT_EQ(at.rain, 0);
  };
  expect("2019-12-31 13:00", 12, 31, 13);
  expect("2020-01-01 00:00", 12, 31, 24);
  expect("2020-01-01 01:00", 1, 1, 1);
  expect("2020-02-28 23:00", 2, 28, 23);
  expect("2020-02-29 00:00", 2, 28, 24);
  expect("2020-02-29 13:00", 2, 28, 13); // repeats the 28th
  expect("2020-03-01 00:00", 2, 28, 24);
  expect("2020-03-01 01:00", 3, 1, 1);
  EXPECT_EQ(read->height(), 10);
}

TEST(ObservationsEpw, ShiftMovesAllStamps) {
  WeatherCase weather(scenario + "shift = -1\n" + dry, year());
  const auto read = weather.read("2019-12-31 00:00", "2020-03-02 00:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_EQ(read->at(*parse_instant("2020-01-01 00:00", TimeZone("UTC+8"))).wind_direction, 10);
}

TEST(ObservationsEpw, HumidityStandsInForMissingDewPoints) {
  WeatherCase weather(scenario + dry, year());
  const auto read = weather.read("2020-01-09 00:00", "2020-01-10 02:00");
  ASSERT_TRUE(read) << weather.message();
  const SurfaceWeather hour = read->at(*parse_instant("2020-01-10 07:00", TimeZone("UTC+8")));
  EXPECT_NEAR(hour.dew_point, 273.15 + 2.6, 0.05); // 10 degC and 60 %
  const SurfaceWeather next = read->at(*parse_instant("2020-01-10 08:00", TimeZone("UTC+8")));
  EXPECT_DOUBLE_EQ(next.dew_point, 273.15);
}

TEST(ObservationsEpw, MissingRainIsAnErrorUntilTheScenarioSaysWhatItIs) {
  WeatherCase weather(scenario, year());
  EXPECT_FALSE(weather.read("2020-01-09 00:00", "2020-01-10 00:00"));
  EXPECT_EQ(weather.message(),
            "weather.csv: rain: 24 of 24 hours have no value and fill = \"error\" leaves them open: "
            "2020-01-09 00:00 (24 h) (UTC)");
}

TEST(ObservationsEpw, ZonesOfHalfHoursAreRefused) {
  WeatherCase weather(scenario + dry, year("5.5"));
  EXPECT_FALSE(weather.read("2020-01-09 00:00", "2020-01-10 00:00"));
  EXPECT_EQ(weather.message(), "weather.csv:1:9: time zone = 5.5: must be whole hours from UTC");
}

TEST(ObservationsEpw, MissingFileOfTheScenario) {
  WeatherCase weather("[weather]\nsource = \"epw\"\n", "");
  EXPECT_FALSE(weather.read("2020-01-09 00:00", "2020-01-10 00:00"));
  EXPECT_EQ(weather.message(),
            "scenario.toml:1:2: weather.epw.file: must be given, as weather.source = \"epw\"");
}
