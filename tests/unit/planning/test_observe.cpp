#include "base/error.hpp"
#include "paths.hpp"
#include "planning/observe.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

/// Writes a file of measurements and gives its path.
std::filesystem::path written(const std::filesystem::path& folder, const std::string& text) {
  const std::filesystem::path file = folder / "air.csv";
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

/// What reading says, without the folder.
std::string refusal(const std::string& text, const MeasurementOptions& options = {}) {
  const auto folder = scratch_directory("measurements");
  std::string message;
  try {
    read_measurements(written(folder, text), options);
  } catch (const InputError& error) {
    message = error.what();
  }
  for (std::size_t at; (at = message.find(folder.string() + "/")) != std::string::npos;) {
    message.erase(at, folder.string().size() + 1);
  }
  std::filesystem::remove_all(folder);
  return message;
}

struct Broken {
  const char* text;
  const char* message;
};

class BrokenMeasurements : public testing::TestWithParam<Broken> {};

const Broken broken[] = {
    {"", "air.csv: is empty: must begin with a header line"},
    {"time,so2\n", "air.csv: has no hours"},
    {"so2,no2\n1,2\n",
     "air.csv:1: has no column for the time: must be called time, date, or time_..., such as time_local_utc+08"},
    {"time,site,benzene\n2019-01-01T00:00,A,2\n",
     "air.csv:1: has no column of a pollutant: must have one of so2, no2, co, o3, pm10, pm2_5, with its unit, such as \"so2 "
     "[ug m-3]\" or so2_ugm3"},
    {"time,pm25,pm2_5\n2019-01-01T00:00,1,2\n", "air.csv:1:3: pm2_5: a second column for pm2_5, besides column 2 (pm25)"},
    {"time,site,station,so2\n2019-01-01T00:00,A,B,2\n",
     "air.csv:1:3: station: a second column for the station, besides column 2 (site)"},
    {"time,so2 [ugm3]\n2019-01-01T00:00,1\n", "air.csv:1:2: so2: unknown unit \"ugm3\": must be one of \"kg m-3\", \"g m-3\", \"mg m-3\", \"ug m-3\""},
    {"time_utc+99,so2\n2019-01-01T00:00,1\n", "air.csv:1:1: time zone: \"UTC+99\" is not an offset such as UTC+8"},
    {"time,so2\n2019-02-30T00:00,1\n",
     "air.csv:2:1: time = \"2019-02-30T00:00\": must be a time such as 2019-01-31T23:00"},
    {"time,so2\n2019-01-01T00:30,1\n", "air.csv:2:1: time = \"2019-01-01T00:30\": must be a whole hour"},
    {"time,site,so2\n2019-01-01T00:00,A,1\n2019-01-01T00:00,B,1\n2019-01-01T00:00,A,2\n",
     "air.csv:4:1: time 2019-01-01T00:00 of station A is there twice: also in line 2"},
    {"time,site,so2\n2019-01-01T00:00,,1\n", "air.csv:2:2: site: must be the id of a station"},
    {"time,so2,co_mgm3\n2019-01-01T00:00,much,0.4\n2019-01-01T01:00,-99,600\n",
     "air.csv:2:2: so2 = \"much\": must be a number\n"
     "air.csv:3:2: so2 = -99 ug m-3: must be in [-10, 20000]\n"
     "air.csv:3:3: co_mgm3 = 600 mg m-3: must be in [-1, 500]"},
    {"time,so2\n2019-01-01T00:00,1\n9019-01-01T00:00,1\n",
     "air.csv: covers 2018-12-31T16:00:00Z to 9018-12-31T16:00:00Z: must be at most 200 years"},
    {"time,so2\n2019-01-01T00:00\n", "air.csv:2: has 1 field: must have 2, as the header"},
};

} // namespace

TEST_P(BrokenMeasurements, HasItsMessage) { EXPECT_EQ(refusal(GetParam().text), GetParam().message); }

INSTANTIATE_TEST_SUITE_P(Files, BrokenMeasurements, testing::ValuesIn(broken));

TEST(Measurements, ReadsBothFormsOfHeadersAndGaps) {
  const auto folder = scratch_directory("measurements-forms");
  const Measurements one = read_measurements(
      written(folder, "time_local_utc+08,site,PM25_ugm3,CO_mgm3,wind\n2019-01-01T02:00,B,40,0.5,x\n"
                      "2019-01-01T00:00,A,,NA,y\n2019-01-01T01:00,A,30,1,z\n"),
      {});
  EXPECT_EQ(one.time_zone, "UTC+08");
  EXPECT_EQ(format_utc(one.start), "2018-12-31T16:00:00Z");
  EXPECT_EQ(one.hours, 3U);
  ASSERT_EQ(one.stations.size(), 2U);
  EXPECT_EQ(one.stations[0].id, "A");
  EXPECT_TRUE(std::isnan(one.stations[0].values[5][0]));
  EXPECT_NEAR(one.stations[0].values[5][1], 30e-9, 1e-22);
  EXPECT_NEAR(one.stations[0].values[2][1], 1e-6, 1e-20);
  EXPECT_TRUE(std::isnan(one.stations[0].values[5][2]));
  EXPECT_NEAR(one.stations[1].values[5][2], 40e-9, 1e-22);
  EXPECT_EQ(one.measured, (ByPollutant<bool>{false, false, true, false, false, true}));

  const Measurements other = read_measurements(
      written(folder, "# of the city\ndate,so2 [mg m-3],co\n2019-01-01 01:00,0.02,0.7\n"),
      {.time_zone = "UTC", .stamped_at_end = true});
  EXPECT_EQ(format_utc(other.start), "2019-01-01T00:00:00Z");
  EXPECT_EQ(other.stations[0].id, "air");
  EXPECT_NEAR(other.stations[0].values[0][0], 20e-9, 1e-22);
  EXPECT_NEAR(other.stations[0].values[2][0], 0.7e-6, 1e-20); // without a unit: that of the standard
  EXPECT_EQ(read_measurements(written(folder, "date,so2\n2019-01-01 01:00,1\n"), {}).time_zone, "Asia/Shanghai");
  std::filesystem::remove_all(folder);
}

namespace {

/// The defaults but for what `change` changes.
template <class Change> ObserveOptions options(const Change& change) {
  ObserveOptions options;
  change(options);
  return options;
}

/// Two days of four stations: PM2.5 as given for the second day, the rest clean.
std::string two_days(const std::vector<double>& pm25) {
  std::string text = "time,site,so2,no2,co,o3,pm10,pm25\n";
  for (int h = 0; h < 48; ++h) {
    for (std::size_t n = 0; n < pm25.size(); ++n) {
      text += fmt::format("2019-01-{:02}T{:02}:00,S{},5,10,0.5,60,40,{}\n", 1 + h / 24, h % 24, n, h < 24 ? 20 : pm25[n]);
    }
  }
  return text;
}

} // namespace

TEST(Observe, StationsAndTheCity) {
  const auto folder = scratch_directory("observe");
  const auto file = written(folder, two_days({60, 70, 80, 98}));
  const Observed observed = observe(file, {});
  EXPECT_EQ(observed.places, (std::vector<std::string>{"S0", "S1", "S2", "S3", "city"}));
  ASSERT_EQ(observed.days.size(), 2U);
  const auto& second = observed.days[1].places;
  EXPECT_EQ(second[0].index, 82); // 50 + 50/40 x 25 = 81.25
  EXPECT_EQ(second[3].index, 129);
  EXPECT_EQ(second[4].index, 103); // mean 77
  const auto& month = observed.quality[0];
  EXPECT_EQ(month[0].good_days, 2);
  EXPECT_EQ(month[4].good_days, 1);
  EXPECT_EQ(month[4].valid_days, 2);
  EXPECT_EQ(month[4].exceeded_days[5], 1);
  EXPECT_NEAR(month[4].mean[5], (20 + 77) / 2.0 * 1e-9, 1e-20);

  // Without the worst station the city is within the limit: 70.
  const Observed without = observe(file, options([](ObserveOptions& o) { o.left_out = {"S3"}; }));
  EXPECT_EQ(without.city_stations, 3U);
  EXPECT_EQ(without.quality[0].back().good_days, 2);
  EXPECT_EQ(without.quality[0][3].good_days, 1); // it is still there
  // Class I: 35 is exceeded everywhere; the index does not ask for the class.
  const Observed strict = observe(file, options([](ObserveOptions& o) { o.function_class = 1; }));
  EXPECT_EQ(strict.quality[0][0].exceeded_days[5], 1);
  EXPECT_EQ(strict.quality[0][0].good_days, 2);
  // 2026: 60 is still good, 70 is not.
  const Observed later = observe(file, options([](ObserveOptions& o) { o.edition = "GB3095_2026_FINAL"; }));
  EXPECT_EQ(later.quality[0][0].good_days, 2);
  EXPECT_EQ(later.quality[0][1].good_days, 1);
  try {
    observe(file, options([](ObserveOptions& o) { o.left_out = {"S9"}; }));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.problems().at(0).text, "has no station \"S9\": there are S0, S1, S2, S3; did you mean \"S0\"?");
  }

  const std::string table = observed_table(observed);
  EXPECT_NE(table.find("4 stations, 2019-01-01 00:00 to 2019-01-03 00:00 (Asia/Shanghai)"), std::string::npos) << table;
  EXPECT_NE(table.find("city: mean of 4 stations"), std::string::npos) << table;
  EXPECT_NE(table.find("2019: 1 good-air days of 2 valid days (50.0 %)"), std::string::npos) << table;
  EXPECT_NE(table.find("days above the limit: PM2.5 1"), std::string::npos) << table;
  const std::string days = observed_days_csv(observed);
  EXPECT_EQ(std::count(days.begin(), days.end(), '\n'), 1 + 5 * 2);
  EXPECT_NE(days.find("city,2019-01-02,103,3,pm2_5,pm2_5,5,10,0.5,60,40,77,5,10,0.5,60,40,77,60,5,13,13,30,40,103\n"),
            std::string::npos)
      << days;
  const std::string periods = observed_periods_csv(observed);
  EXPECT_EQ(std::count(periods.begin(), periods.end(), '\n'), 1 + 5 * 3);
  EXPECT_NE(periods.find("city,2019-01,2,1,1,0,1,0,0,0,"), std::string::npos) << periods;
  std::filesystem::remove_all(folder);
}

// The five national stations of Jingdezhen in 2019. The figures of the test were worked out from the file by a program of its own
// that shares no code with this one.
TEST(SharedObserve, JingdezhenIn2019) {
  const auto file = shared_directory() / "data/jdz_aq_hourly_2019.csv.gz";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  const Observed observed = observe(file, {});
  ASSERT_EQ(observed.places.size(), 6U);
  ASSERT_EQ(observed.periods.size(), 14U);
  const std::vector<PeriodQuality>& year = observed.quality[12];
  EXPECT_EQ(observed.periods[12].label, "2019");
  struct Expected {
    int valid, good;
    ByPollutant<int> exceeded;
    ByPollutant<double> mean, percentile; // ug m-3, CO mg m-3
    double composite;
  };
  const std::array<Expected, 2> expected = {{{309, 301, {0, 0, 0, 4, 2, 3}, {13.879, 23.020, 0.673, 47.259, 58.127, 27.969},
                                              {35.158, 52.203, 1.072, 123.361, 111.103, 53.998}, 3.4752},
                                             {278, 270, {0, 0, 0, 3, 1, 4}, {9.144, 17.009, 0.662, 47.459, 54.961, 27.016},
                                              {19.561, 40.642, 0.949, 129.520, 101.567, 52.401}, 3.1814}}};
  for (const auto& [place, figures] : {std::pair<std::size_t, Expected>{3, expected[0]}, {5, expected[1]}}) {
    SCOPED_TRACE(observed.places[place]);
    EXPECT_EQ(year[place].valid_days, figures.valid);
    EXPECT_EQ(year[place].good_days, figures.good);
    EXPECT_EQ(year[place].exceeded_days, figures.exceeded);
    EXPECT_NEAR(year[place].composite, figures.composite, 5.1e-5);
    for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
      const double scale = p == 2 ? 1e6 : 1e9; // figures have three decimals
      EXPECT_NEAR(year[place].mean[p] * scale, figures.mean[p], 5.1e-4) << p;
      EXPECT_NEAR(year[place].percentile[p] * scale, figures.percentile[p], 5.1e-4) << p;
    }
  }
  EXPECT_NEAR(observed.quality[0][5].mean[5] * 1e9, 39.09553, 1e-5); // January
}
