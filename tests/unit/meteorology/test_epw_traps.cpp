// Made-up columns of EPW files, on files that are made up here with and without them.
#include "meteorology/epw_traps.hpp"

#include "base/random.hpp"
#include "weather_case.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

using namespace tq;
using namespace tq::observed;
using files::EpwFile;
using files::EpwHour;
using tq::test::WeatherCase;

namespace {

constexpr double none = EpwHour::missing;
const std::vector<int> four_hours = {3, 9, 15, 21};

/// A year of weather with memory, rounded as observers round: wind in m/s and 16 directions, cloud in tenths.
EpwFile real_year() {
  EpwFile epw;
  double speed = 0, turn = 0, cloud = 0;
  Instant time = from_utc({2001, 1, 1, 0, 0, 0});
  for (int n = 0; n < 8760; ++n, time += seconds_per_hour) {
    RandomStream random(1, 1, n);
    speed = 0.75 * speed + std::sqrt(1 - 0.75 * 0.75) * random.normal();
    turn = 0.95 * turn + std::sqrt(1 - 0.95 * 0.95) * random.normal();
    cloud = 0.93 * cloud + std::sqrt(1 - 0.93 * 0.93) * random.normal();
    const CivilTime civil = to_utc(time);
    EpwHour hour;
    hour.month = civil.month;
    hour.day = civil.day;
    hour.hour = civil.hour + 1;
    hour.temperature = 290;
    hour.dew_point = 280;
    hour.pressure = 1e5;
    hour.rain = 0;
    hour.global_radiation = civil.hour >= 7 && civil.hour < 17 ? 300 : 0;
    hour.wind_speed = std::max(0.0, std::round(2 + 1.5 * speed));
    hour.wind_direction = std::fmod(22.5 * std::round(4 + 4 * turn) + 720, 360);
    hour.cloud_cover = std::clamp(std::round(5 + 6 * cloud), 0.0, 10.0) / 10;
    hour.infrared_radiation = 300 + 60 * hour.cloud_cover + random.normal();
    epw.hours.push_back(hour);
  }
  return epw;
}

bool is_observed(const EpwHour& hour) { return std::ranges::find(four_hours, hour.hour) != four_hours.end(); }

/// The same with wind of four hours a day: speed held, direction held or random.
EpwFile held_year(bool random_direction) {
  EpwFile epw = real_year();
  for (std::size_t n = 1; n < epw.hours.size(); ++n) {
    EpwHour& hour = epw.hours[n];
    if (!is_observed(hour)) {
      hour.wind_speed = epw.hours[n - 1].wind_speed;
      hour.wind_direction = random_direction ? std::floor(360 * RandomStream(1, 2, std::int64_t(n)).uniform())
                                             : epw.hours[n - 1].wind_direction;
    }
  }
  return epw;
}

EpwFile noise_year(bool infrared_follows) {
  EpwFile epw = real_year();
  for (std::size_t n = 0; n < epw.hours.size(); ++n) {
    epw.hours[n].cloud_cover = std::floor(11 * RandomStream(1, 3, std::int64_t(n)).uniform()) / 10;
    if (infrared_follows) {
      epw.hours[n].infrared_radiation = 300 + 60 * epw.hours[n].cloud_cover;
    }
  }
  return epw;
}

std::string text_of(const EpwFile& epw) {
  std::string text = "LOCATION,Porcelain Town,Jiangxi,CHN,TEST,000000,29.30,117.20,8.0,61.5\nDESIGN CONDITIONS,0\n"
                     "TYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\nHOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\n"
                     "COMMENTS 1,made up\nCOMMENTS 2,\nDATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n";
  for (const EpwHour& hour : epw.hours) {
    text += fmt::format("2001,{},{},{},0,f,17,7,52,100000,0,0,{},{},0,0,0,0,0,0,{},{},{},5,10,999,9,9,0,0,0,88,0.2,0,1\n",
                        hour.month, hour.day, hour.hour, hour.infrared_radiation, hour.global_radiation,
                        hour.wind_direction, hour.wind_speed, 10 * hour.cloud_cover);
  }
  return text;
}

} // namespace

TEST(EpwTraps, RealWindAndCloudAreNone) {
  const EpwTraps traps = EpwTraps::of(real_year());
  EXPECT_FALSE(traps.wind_is_held());
  EXPECT_FALSE(traps.direction_is_random());
  EXPECT_FALSE(traps.cloud_is_noise());
  EXPECT_FALSE(traps.infrared_is_noise()); // though it follows the cloud, as it does in nature
  EXPECT_GT(traps.cloud_memory, 0.8);
  EXPECT_GT(traps.infrared_correlation, 0.9);
}

TEST(EpwTraps, HeldSpeedWithRandomDirection) {
  const EpwTraps traps = EpwTraps::of(held_year(true));
  EXPECT_EQ(traps.observed_hours, four_hours);
  EXPECT_EQ(traps.held_share, 1);
  EXPECT_NEAR(traps.turn_cosine, 0, 0.05);
  EXPECT_TRUE(traps.direction_is_random());
  EXPECT_FALSE(traps.cloud_is_noise());
}

TEST(EpwTraps, HeldSpeedWithHeldDirection) {
  const EpwTraps traps = EpwTraps::of(held_year(false));
  EXPECT_EQ(traps.observed_hours, four_hours);
  EXPECT_DOUBLE_EQ(traps.turn_cosine, 1);
  EXPECT_FALSE(traps.direction_is_random());
}

TEST(EpwTraps, WindThatNeverChangesOrIsNotThereIsNoTrap) {
  for (const double value : {2.0, none}) {
    EpwFile epw = real_year();
    for (EpwHour& hour : epw.hours) {
      hour.wind_speed = hour.cloud_cover = hour.infrared_radiation = value / 3;
    }
    const EpwTraps traps = EpwTraps::of(epw);
    EXPECT_FALSE(traps.wind_is_held());
    EXPECT_EQ(traps.cloud_memory, 1);
  }
}

TEST(EpwTraps, NoiseCloudAndInfraredThatFollowsIt) {
  EXPECT_NEAR(EpwTraps::of(noise_year(true)).cloud_memory, 0, 0.04); // 4 deviations of 8759 pairs
  EXPECT_TRUE(EpwTraps::of(noise_year(true)).infrared_is_noise());
  EXPECT_TRUE(EpwTraps::of(noise_year(false)).cloud_is_noise());
  EXPECT_FALSE(EpwTraps::of(noise_year(false)).infrared_is_noise());
}

TEST(EpwTraps, WindIsInterpolatedBetweenObservations) {
  EpwFile epw;
  for (int n = 0; n < 24; ++n) {
    EpwHour hour;
    hour.hour = n + 1;
    hour.wind_speed = 99;
    hour.wind_direction = 99;
    epw.hours.push_back(hour);
  }
  const auto set = [&](int hour, double speed, double direction) {
    epw.hours[std::size_t(hour - 1)].wind_speed = speed;
    epw.hours[std::size_t(hour - 1)].wind_direction = direction;
  };
  const auto expect = [&](int hour, double speed, double direction) {
    EXPECT_NEAR(epw.hours[std::size_t(hour - 1)].wind_speed, speed, 1e-12) << hour;
    EXPECT_NEAR(epw.hours[std::size_t(hour - 1)].wind_direction, direction, 1e-9) << hour;
  };
  set(3, 2, 0);
  set(9, 4, 90);
  set(15, 0, 0);
  set(21, 3, 350);
  EXPECT_EQ(interpolate_held_wind(epw, four_hours), 20);
  expect(3, 2, 0);
  expect(5, 2 + 2.0 / 3, 45); // a third of the way: north 4/3, east 4/3
  expect(9, 4, 90);
  expect(12, 2, 90); // the calm to come has no direction
  expect(15, 0, 0);
  expect(16, 0.5, 350);
  expect(21, 3, 350);
  expect(24, 2.5, std::atan2(1.5 * std::sin(-10 * 3.14159265358979 / 180),
                             1.5 * std::cos(10 * 3.14159265358979 / 180) + 1) * 180 / 3.14159265358979 + 360);
  expect(1, 2 + 1.0 / 3, std::atan2(std::sin(-10 * 3.14159265358979 / 180),
                                    std::cos(10 * 3.14159265358979 / 180) + 4.0 / 3) * 180 / 3.14159265358979 + 360);

  set(9, none, none);
  interpolate_held_wind(epw, four_hours);
  EXPECT_TRUE(std::isnan(epw.hours[3].wind_speed) && std::isnan(epw.hours[3].wind_direction));
  EXPECT_TRUE(std::isnan(epw.hours[13].wind_speed) && std::isnan(epw.hours[13].wind_direction));
  expect(16, 0.5, 350);

  set(9, 2, 180); // against the wind at hour 3
  interpolate_held_wind(epw, four_hours);
  expect(6, 2, 0);
}

TEST(EpwTraps, CalmsStayBetweenCalms) {
  EpwFile epw;
  for (int hour = 1; hour <= 4; ++hour) {
    EpwHour calm;
    calm.hour = hour;
    calm.wind_speed = 0;
    calm.wind_direction = 77;
    epw.hours.push_back(calm);
  }
  interpolate_held_wind(epw, {1});
  EXPECT_EQ(epw.hours[2].wind_speed, 0);
}

TEST(EpwTraps, RunsUseWhatWasObservedAndSaySo) {
  EpwFile epw = held_year(true);
  for (EpwHour& hour : epw.hours) {
    hour.cloud_cover = hour.hour % 3 == 0; // three hours' memory is noise as well
  }
  const std::string scenario = "[weather]\nsource = \"epw\"\n[weather.epw]\nfile = \"weather.csv\"\n";
  WeatherCase repaired(scenario, text_of(epw));
  const auto read = repaired.read("2001-03-01 16:00", "2001-03-03 16:00");
  ASSERT_TRUE(read) << repaired.message();
  EXPECT_EQ(read->description(), "EPW weather.csv (Porcelain Town), anemometer at 10 m, 48 hours, 0 values filled, "
                                 "wind of hours 3, 9, 15, 21 alone, interpolated between them, cloud cover from clearness");
  const auto at = [](const WeatherSource& source, const std::string& local) {
    return source.at(*parse_instant(local, TimeZone("UTC+8")));
  };
  const double first = at(*read, "2001-03-02 03:00").wind_speed, second = at(*read, "2001-03-02 09:00").wind_speed;
  EXPECT_NEAR(at(*read, "2001-03-02 05:00").wind_speed, first + (second - first) / 3, 1e-9);
  const auto cloud = [&](const std::string& local) { return at(*read, local).cloud_cover; };
  EXPECT_NEAR(cloud("2001-03-02 02:00") + cloud("2001-03-02 04:00"), 2 * cloud("2001-03-02 03:00"), 1e-12);
  // Noon: 300 of 766 W m-2, by the sun of 04:30 UTC (sine 0.805).
  EXPECT_NEAR(cloud("2001-03-02 12:00"), std::pow((1 - 300.0 / 766) / 0.75, 1 / 3.4), 0.002);

  WeatherCase naive(scenario + "repair = false\n", text_of(epw));
  const auto as_it_stands = naive.read("2001-03-01 16:00", "2001-03-03 16:00");
  ASSERT_TRUE(as_it_stands) << naive.message();
  EXPECT_EQ(as_it_stands->description(), "EPW weather.csv (Porcelain Town), anemometer at 10 m, 48 hours, 0 values filled");
  EXPECT_EQ(at(*as_it_stands, "2001-03-02 05:00").wind_speed, first);
  EXPECT_EQ(at(*as_it_stands, "2001-03-02 03:00").cloud_cover, 1);
}
