#include "meteorology/weather_options.hpp"
#include "weather_case.hpp"

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

TEST_F(SharedObservations, GapsOfLondonAreFilledAndListed) {
  const std::string columns = R"(
[weather.station.variable]
temperature      = { column = "air_temp", unit = "degC", max_hours = 6 }
dew_point        = { column = "dew_point", unit = "degC", max_hours = 6 }
pressure         = { column = "atmos_pres", unit = "hPa" }
wind_speed       = { column = "ws", unit = "m s-1", max_hours = 6 }
wind_direction   = { column = "wd", unit = "degree", max_hours = 6 }
cloud_cover      = { column = "cl", unit = "okta" }
)";
  const std::string place = "latitude = 51.5\nlongitude = -0.46\n";
  WeatherCase refused(source("station", "my1_2022.csv.gz") + place + columns + R"(
rain = { column = "precip", unit = "mm" }
)",
                      "");
  EXPECT_FALSE(refused.read("2022-01-01 00:00", "2022-12-31 00:00"));
  EXPECT_NE(refused.message().find("rain: "), std::string::npos) << refused.message();
  WeatherCase weather(source("station", "my1_2022.csv.gz") + place + columns + R"(
rain = { column = "precip", unit = "mm", fill = "constant", value = 0 }
)",
                      "");
  const auto read = weather.read("2022-01-01 00:00", "2022-12-31 00:00");
  ASSERT_TRUE(read) << weather.message();
  for (const FillReport& fills : read->fills()) {
    if (fills.variable == "temperature") {
      EXPECT_EQ(fills.filled, 28);
      EXPECT_EQ(fills.runs.size(), 13U);
    }
  }
  EXPECT_GE(read->fills().size(), 6U);
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
