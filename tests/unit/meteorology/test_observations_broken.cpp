// Broken weather files, each with its exact message. The files lie in the folder broken/ beside this test.
#include "base/random.hpp"
#include "weather_case.hpp"

#include <cmath>

#include <fstream>
#include <sstream>

using namespace tq;
using tq::test::WeatherCase;

namespace {

struct Broken {
  const char* file;
  const char* message;
  bool typical = false;
};

std::string content(const std::string& name) {
  std::ifstream in(test::source_directory() / "tests/unit/meteorology/broken" / name, std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

class BrokenWeather : public testing::TestWithParam<Broken> {};

const Broken cases[] = {
    {"empty.csv", "weather.csv: is empty: must begin with a header line"},
    {"no-hours.csv", "weather.csv: has no hours"},
    {"column-twice.csv", "weather.csv:1:8: column \"ws\" is there twice: also column 2"},
    {"short-row.csv", "weather.csv:4: has 7 fields: must have 9, as the header"},
    {"open-quote.csv", "weather.csv:4:4: quote is never closed"},
    {"letters.csv", "weather.csv:3:2: ws = \"calm\": must be a number"},
    {"range.csv", "weather.csv:4:6: pressure = 1.013e+07 Pa: must be in [30000, 110000]\n"
                  "weather.csv:5:3: wind_direction = 400 degree: must be in [0, 360]"},
    {"twice.csv", "weather.csv:5:1: time 2022-01-01 02:00 is there twice: also in line 4"},
    {"unordered.csv", "weather.csv:5:1: time 2022-01-01 01:00 comes after a later one in line 4: times must "
                      "rise"},
    {"between-hours.csv", "weather.csv:3:1: time 2022-01-01 01:20: must be a whole hour of UTC\n"
                          "weather.csv:4:1: time 2022-01-01 02:20: must be a whole hour of UTC\n"
                          "weather.csv:5:1: time 2022-01-01 03:20: must be a whole hour of UTC"},
    {"no-such-day.csv",
     "weather.csv:6:1: date = \"2022-02-30 04:00\": must be a time such as 2022-01-31 23:00"},
    {"hour-of-day.csv",
     "weather.csv:5:1: month 1, day 1, hour 25: must be a day of the year and an hour from 0 "
     "to 24\n"
     "weather.csv:7:1: time 01-01 02:00 is there twice: also in line 4",
     true},
    {"gap.csv", "weather.csv: temperature: 5 of 8 hours have no value and fill = \"interpolate\" up to 3 "
                "h leaves them open: 2022-01-01 02:00 (5 h) (UTC)"},
    {"other-year.csv", "weather.csv: covers 2021-01-01 00:00 to 2021-01-01 08:00: must cover the run from "
                       "2022-01-01 00:00 to 2022-01-01 08:00 (UTC)"},
    {"no-unit.csv", "scenario.toml:9:1: weather.station.variable.temperature.unit: must be given, as the "
                    "file's header gives none"},
    {"wrong-unit.csv", "weather.csv:1:6: p: unit \"kg\" must be one of \"Pa\", \"hPa\", \"kPa\""},
    {"no-column.csv",
     "scenario.toml:8:23: weather.station.variable.wind_direction.column = \"wd\": must be a "
     "column of weather.csv: date, ws, direction, t, rh, p, cloud, rain, sun; did you mean "
     "\"ws\"?"},
    {"not-an-epw.epw", "weather.csv:1: begins with \"date\": must begin with \"LOCATION\""},
    {"location.epw", "weather.csv:1:7: latitude = \"2930\": must be a number in [-90, 90]"},
    {"header-line-left-out.epw",
     "weather.csv:4: begins with \"HOLIDAYS/DAYLIGHT SAVINGS\": must begin with \"GROUND "
     "TEMPERATURES\""},
    {"cut.epw", "weather.csv:11: has 3 hours: must have 8760, or 8784 with 29 February"},
    {"short-row.epw", "weather.csv:9: has 5 fields: must have 35 (32 in old files)\n"
                      "weather.csv:11: has 3 hours: must have 8760, or 8784 with 29 February"},
    {"letters.epw", "weather.csv:10:21: wind direction = \"S\": must be a number\n"
                    "weather.csv:11: has 3 hours: must have 8760, or 8784 with 29 February"},
    {"hour-left-out.epw",
     "weather.csv:10: has 2 hours: must have 8760, or 8784 with 29 February\n"
     "weather.csv:10:2: month 1, day 1, hour 3: must be month 1, day 1, hour 2, which follows"},
};

} // namespace

TEST_P(BrokenWeather, IsRefusedWithItsMessage) {
  const std::string name = GetParam().file;
  std::string toml = "[weather]\nsource = \"epw\"\n[weather.epw]\nfile = \"weather.csv\"\n";
  if (name.ends_with(".csv")) {
    toml = "[weather]\nsource = \"station\"\n[weather.station]\nfile = \"weather.csv\"\n";
    if (GetParam().typical) {
      toml += "typical_year = true\ntime_columns = [\"month\", \"day\", \"hour\"]\n";
    }
    toml += test::station_columns;
  }
  WeatherCase weather(toml, content(name));
  EXPECT_FALSE(weather.read("2022-01-01 00:00", "2022-01-01 08:00"));
  EXPECT_EQ(weather.message(), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Files, BrokenWeather, testing::ValuesIn(cases), [](const auto& info) {
  std::string name = info.param.file;
  for (char& c : name) {
    c = c == '-' || c == '.' ? '_' : c;
  }
  return name;
});

// Any damage gives hours that are all numbers, or problems; never both, never neither, never a crash.
TEST(BrokenWeatherBytes, DamagedFilesAreReadOrRefused) {
  const std::string good = content("gap.csv");
  RandomStream random(11, 1, 0);
  int refused = 0;
  for (int i = 0; i < 500; ++i) {
    std::string damaged = good;
    for (int change = 0; change < 2; ++change) {
      damaged[std::size_t(random.uniform() * double(good.size()))] = char(32 + random.uniform() * 95);
    }
    if (i % 5 == 0) {
      damaged.resize(std::size_t(random.uniform() * double(good.size())));
    }
    WeatherCase weather("[weather]\nsource = \"station\"\n[weather.station]\nfile = \"weather.csv\"\n" +
                            test::station_columns,
                        damaged);
    const auto read = weather.read("2022-01-01 00:00", "2022-01-01 02:00");
    EXPECT_EQ(read == nullptr, !weather.problems.empty());
    refused += read ? 0 : 1;
    if (read) {
      const SurfaceWeather hour = read->at(test::utc("2022-01-01 01:00"));
      EXPECT_TRUE(std::isfinite(hour.wind_speed + hour.wind_direction + hour.temperature + hour.dew_point +
                                hour.pressure + hour.cloud_cover + hour.rain + hour.global_radiation));
    }
  }
  EXPECT_GT(refused, 0);
  EXPECT_LT(refused, 500);
}
