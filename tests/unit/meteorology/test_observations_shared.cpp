#include "meteorology/weather_options.hpp"
#include "weather_case.hpp"
#include "weather_statistics.hpp"

#include <algorithm>
#include <cmath>

using namespace tq;
using tq::test::WeatherCase;

namespace {

class SharedObservations : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(test::shared_directory() / "data")) {
      GTEST_SKIP() << "no shared data at " << test::shared_directory();
    }
  }

  static std::string source(const std::string& kind, const std::string& file) {
    return "[weather]\nsource = \"" + kind + "\"\n[weather." + kind + "]\nfile = \"" +
           (std::filesystem::canonical(test::shared_directory()) / "data" / file).string() + "\"\n";
  }
};

} // namespace

TEST_F(SharedObservations, JingdezhensTypicalYearDrivesAWholeYear) {
  WeatherCase weather(source("station", "jdz_typical_year_hourly.csv.gz") + R"(
time_zone       = "UTC+8"
time_columns    = ["month", "day", "hour"]
typical_year    = true
interval_values = "centred"
[weather.station.variable]
temperature      = { column = "T_C", unit = "degC" }
dew_point        = { column = "Td_C", unit = "degC" }
pressure         = { column = "P_Pa", unit = "Pa" }
wind_speed       = { column = "ws", unit = "m s-1" }
wind_direction   = { column = "wd", unit = "degree" }
cloud_cover      = { column = "cloud_est", unit = "1" }
rain             = { column = "rain_mm_SYN", unit = "mm" }
global_radiation = { column = "GHI", unit = "W m-2" }
)",
                      "");
  const auto read = weather.read("2016-12-31 16:00", "2017-12-31 16:00");
  ASSERT_TRUE(read) << weather.message();
  double temperature = 0;
  double rain = 0;
  double radiation = 0;
  double noon = 0;
  for (Instant hour = test::utc("2016-12-31 16:00"); hour < test::utc("2017-12-31 16:00"); hour += 3600) {
    const SurfaceWeather at = read->at(hour);
    temperature += at.temperature;
    rain += at.rain;
    radiation += at.global_radiation;
    noon += at.global_radiation * (TimeZone("UTC+8").to_civil(hour).hour + 0.5);
  }
  EXPECT_NEAR(temperature / 8760, 273.15 + 17.516152968, 1e-6); // mean of the file
  EXPECT_NEAR(rain, 1805.6, 0.1); // its sum; centred hours cut the first and last in half
  EXPECT_NEAR(noon / radiation, 12 + (120 - 117.2) / 15, 0.1); // the sun's noon at 117.2 E
  ASSERT_EQ(read->fills().size(), 1U);
  EXPECT_EQ(read->fills()[0].policy, "calm");
  EXPECT_EQ(read->fills()[0].filled, 1952); // 1959 calms, written as 0 degrees, less 7 after a wind from 0
}

TEST_F(SharedObservations, LeapYearRepeatsTheTwentyEighthOfFebruary) {
  WeatherCase weather(source("epw", "yushan_586340_cswd.epw.gz") + R"(
shift           = -1
interval_values = "centred"
variable.rain   = { fill = "constant", value = 0 }
)",
                      "");
  const auto read = weather.read("2015-12-31 16:00", "2016-12-31 16:00");
  ASSERT_TRUE(read) << weather.message();
  for (Instant hour = test::utc("2016-02-28 16:00"); hour < test::utc("2016-02-29 16:00"); hour += 3600) {
    EXPECT_EQ(read->at(hour).temperature, read->at(hour - seconds_per_day).temperature);
    EXPECT_EQ(read->at(hour).wind_speed, read->at(hour - seconds_per_day).wind_speed);
  }
  EXPECT_NEAR(read->at(test::utc("2015-12-31 16:00")).temperature, 273.15 + 3.5, 1e-9);
}

// Heathrow 2022: hours of gaps in all that is observed, and no rain gauge from 31 August on. The rule for rain: a gap
// repeats what was reported as long before (31 August to 31 December repeats from 30 April on), so that rain goes on.
// Counts and sums were counted in the file by another program.
TEST_F(SharedObservations, GapsOfLondonAreFilledAndListed) {
  const auto scenario = [](const std::string& rain) {
    return source("station", "my1_2022.csv.gz") + R"(
latitude  = 51.4775
longitude = -0.4614
[weather.station.variable]
temperature      = { column = "air_temp", unit = "degC", max_hours = 6 }
dew_point        = { column = "dew_point", unit = "degC", max_hours = 6 }
pressure         = { column = "atmos_pres", unit = "hPa" }
wind_speed       = { column = "ws", unit = "m s-1", max_hours = 6 }
wind_direction   = { column = "wd", unit = "degree", max_hours = 6 }
cloud_cover      = { column = "cl", unit = "okta" }
rain             = { column = "precip", unit = "mm")" + rain + " }\n";
  };
  WeatherCase refused(scenario(""), "");
  EXPECT_FALSE(refused.read("2022-01-01 00:00", "2023-01-01 00:00"));
  EXPECT_NE(refused.message().find("my1_2022.csv.gz: rain: 3000 of 8760 hours have no value and fill = \"error\" "
                                   "leaves them open: 2022-01-01 00:00 (6 h), 2022-06-06 06:00 (24 h)"),
            std::string::npos)
      << refused.message();

  WeatherCase weather(scenario(", fill = \"repeat\", max_hours = 2952"), "");
  const auto read = weather.read("2022-01-01 00:00", "2023-01-01 00:00");
  ASSERT_TRUE(read) << weather.message();
  struct Fills {
    const char* variable;
    int hours, runs, longest;
  };
  const std::vector<Fills> expected = {{"wind_speed", 28, 13, 5},  {"wind_direction", 52, 35, 5},
                                       {"temperature", 28, 13, 5}, {"dew_point", 28, 13, 5},
                                       {"pressure", 152, 116, 8},  {"cloud_cover", 43, 20, 6},
                                       {"rain", 3000, 5, 2946}};
  for (const Fills& wanted : expected) {
    const auto fills = std::ranges::find(read->fills(), wanted.variable, &FillReport::variable);
    ASSERT_NE(fills, read->fills().end()) << wanted.variable;
    EXPECT_EQ(fills->filled, wanted.hours) << wanted.variable;
    EXPECT_EQ(int(fills->runs.size()), wanted.runs) << wanted.variable;
    EXPECT_EQ(fills->longest(), wanted.longest) << wanted.variable;
  }
  EXPECT_NE(read->description().find("rain 3000 by repeat, at most 2946 h on end"), std::string::npos);
  double reported = 0, repeated = 0;
  for (Instant hour = test::utc("2022-01-01 00:00"); hour < test::utc("2023-01-01 00:00"); hour += seconds_per_hour) {
    const SurfaceWeather at = read->at(hour);
    ASSERT_TRUE(std::isfinite(at.wind_speed + at.wind_direction + at.temperature + at.dew_point + at.pressure +
                              at.cloud_cover + at.rain + at.global_radiation));
    (hour < test::utc("2022-08-31 00:00") ? reported : repeated) += at.rain;
  }
  EXPECT_NEAR(reported, 241.3, 0.01); // 233.6 in the file; the rest repeats in June and July
  EXPECT_NEAR(repeated, 128.4, 0.01);
}

TEST_F(SharedObservations, YorkshiresYearLacksWholeRows) {
  WeatherCase weather(source("station", "yorkshire_met.csv.gz") + R"(
latitude  = 54.2
longitude = -1.3833
[weather.station.variable]
temperature      = { column = "air_temp", unit = "degC", max_hours = 24 }
dew_point        = { column = "dew_point", unit = "degC", max_hours = 24 }
pressure         = { column = "atmos_pres", unit = "hPa", max_hours = 24 }
wind_speed       = { column = "ws", unit = "m s-1", max_hours = 24 }
wind_direction   = { column = "wd", unit = "degree", max_hours = 24 }
cloud_cover      = { column = "cl", unit = "okta", max_hours = 24 }
rain             = { column = "precip", unit = "mm", fill = "repeat", max_hours = 24 }
)",
                      "");
  const auto read = weather.read("2024-01-01 00:00", "2025-01-01 00:00");
  ASSERT_TRUE(read) << weather.message();
  double rain = 0;
  for (Instant hour = test::utc("2024-01-01 00:00"); hour < test::utc("2025-01-01 00:00"); hour += seconds_per_hour) {
    rain += read->at(hour).rain;
  }
  EXPECT_NEAR(rain, 714.6, 0.01); // 702.8 in the file
  const auto wind = std::ranges::find(read->fills(), "wind_speed", &FillReport::variable);
  ASSERT_NE(wind, read->fills().end());
  EXPECT_EQ(wind->filled, 54);
  EXPECT_EQ(wind->longest(), 20); // 20 rows are missing on end
}

// Wind of 02, 08, 14, 20 h and noise for cloud: see science reference 10.4.
TEST_F(SharedObservations, JingdezhensEpwIsTakenForWhatWasObserved) {
  WeatherCase weather(source("epw", "jingdezhen_585270_cswd.epw.gz") + R"(
shift           = -1
interval_values = "centred"
variable.rain   = { fill = "constant", value = 0 }
)",
                      "");
  const auto read = weather.read("2016-12-31 16:00", "2017-12-31 16:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_NE(read->description().find("wind of hours 3, 9, 15, 21 alone, interpolated between them"), std::string::npos);
  EXPECT_NE(read->description().find("cloud cover from clearness"), std::string::npos);
  test::WeatherStatistics statistics;
  statistics.add_year(*read, 8);
  const double calm[4] = {22.7, 15.9, 10.7, 32.9}, north_east[4] = {37.0, 39.5, 18.9, 20.0};
  double speed = 0;
  for (std::size_t row = 0; row < 4; ++row) {
    EXPECT_NEAR(100 * statistics.rose(row, 0), calm[row], 0.3);
    EXPECT_NEAR(100 * statistics.rose(row, 2), north_east[row], 0.3);
    speed += statistics.speed_at(row) / 4;
  }
  EXPECT_NEAR(speed, 1.74, 0.01);
  double mean = 0, before = 0, products = 0, squares = 0, cloud = 0;
  for (Instant hour = test::utc("2016-12-31 16:00"); hour < test::utc("2017-12-31 16:00"); hour += seconds_per_hour) {
    mean += read->at(hour).wind_speed / 8760;
    cloud += read->at(hour).cloud_cover / 8760;
  }
  EXPECT_NEAR(mean, 1.74, 0.02); // the mean stays
  for (Instant hour = test::utc("2016-12-31 16:00"); hour < test::utc("2017-12-31 16:00"); hour += seconds_per_hour) {
    const double deviation = read->at(hour).cloud_cover - cloud;
    products += before * deviation;
    squares += deviation * deviation;
    before = deviation;
  }
  EXPECT_GT(products / squares, 0.8); // clouds have memory
  EXPECT_NEAR(cloud, 0.75, 0.1);
}

TEST_F(SharedObservations, YushansHourlyWindStaysAsItIs) {
  WeatherCase weather(source("epw", "yushan_586340_cswd.epw.gz") + R"(
shift           = -1
interval_values = "centred"
variable.rain   = { fill = "constant", value = 0 }
)",
                      "");
  const auto read = weather.read("2016-12-31 16:00", "2017-12-31 16:00");
  ASSERT_TRUE(read) << weather.message();
  EXPECT_EQ(read->description().find("interpolated"), std::string::npos);
  EXPECT_NE(read->description().find("cloud cover from clearness"), std::string::npos);
  test::WeatherStatistics statistics;
  statistics.add_year(*read, 8);
  EXPECT_NEAR(statistics.wind_memory(), 0.756, 0.002); // of the file's column
}

TEST_F(SharedObservations, TheCitysScenarioOfATypicalYearIsReadAsItStands) {
  config::Schema schema;
  declare_weather(schema);
  declare_observations(schema);
  config::Node root =
      config::read_scenario(test::source_directory() / "scenarios/jingdezhen/typical-year.toml");
  std::erase_if(root.entries,
                [](const auto& entry) { return entry.first != "weather"; }); // the rest is not tested here
  ProblemList problems;
  const config::Settings scenario = config::Settings::check(root, schema, problems);
  const TimeZone zone("Asia/Shanghai");
  const auto read = read_observations(scenario, zone, test::utc("2016-12-31 16:00"),
                                      test::utc("2017-12-31 16:00"), problems);
  EXPECT_NO_THROW(problems.throw_if_any());
  ASSERT_TRUE(read);
  EXPECT_NEAR(read->at(test::utc("2016-12-31 18:00")).wind_speed, 3.9, 1e-9); // 02 h local
}
