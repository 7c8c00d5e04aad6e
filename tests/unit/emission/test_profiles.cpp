#include "emission/profiles.hpp"

#include "base/log.hpp"
#include "city.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

std::vector<Profile> city_profiles() {
  ProblemList problems;
  std::vector<Profile> profiles = read_profiles(test::emission_directory() / "data" / "profiles.toml", problems);
  problems.throw_if_any();
  return profiles;
}

/// Sum of factors over all hours of a civil year, walked in UTC, and the number of hours.
std::pair<double, int> year_sum(const ProfileClock& clock, std::size_t profile, const TimeZone& zone, int year,
                                Instant phase) {
  double sum = 0;
  int hours = 0;
  for (Instant t = zone.to_instant({year, 1, 1, 0, 0, 0}) + phase; zone.to_civil(t).year == year; t += 3600) {
    sum += clock.factor(profile, zone.to_civil(t));
    ++hours;
  }
  return {sum, hours};
}

} // namespace

TEST(Profiles, ReadsNamesAndWeightsInOrder) {
  const std::vector<Profile> profiles = city_profiles();
  ASSERT_EQ(profiles.size(), 2U);
  EXPECT_EQ(profiles[0].name, "flat");
  EXPECT_EQ(profiles[1].name, "daytime");
  EXPECT_EQ(profiles[1].monthly[3], 1.1);
  EXPECT_EQ(profiles[1].weekly[6], 0.3);
  EXPECT_EQ(profiles[1].hourly[6], 0.2);
}

TEST(Profiles, AnyCivilYearHasMeanOne) {
  // 2016 is a leap year; the years begin on different weekdays; Paris has summer time; India's steps begin at
  // half past.
  for (const char* name : {"Asia/Shanghai", "Europe/Paris", "UTC", "Asia/Kolkata"}) {
    const TimeZone zone(name);
    const Instant phase = std::string(name) == "Asia/Kolkata" ? 1800 : 0;
    const Instant start = from_utc({2016, 3, 1, 0, 0, 0});
    const ProfileClock clock(city_profiles(), zone, start, from_utc({2018, 6, 1, 0, 0, 0}));
    for (const int year : {2016, 2017, 2018}) {
      for (const std::size_t profile : {0, 1}) {
        const auto [sum, hours] = year_sum(clock, profile, zone, year, phase);
        EXPECT_EQ(hours, is_leap_year(year) ? 8784 : 8760) << name;
        EXPECT_NEAR(sum / hours, 1.0, 1e-12) << name << ' ' << year;
      }
    }
  }
}

TEST(Profiles, RestsAroundTheNewYearOfEachYear) {
  std::vector<Profile> profiles = city_profiles();
  profiles[0].spring_festival = {.from = -2, .to = 3, .weight = 0.25};
  const TimeZone zone("Asia/Shanghai");
  const ProfileClock clock(profiles, zone, from_utc({2017, 1, 1, 0, 0, 0}), from_utc({2018, 12, 1, 0, 0, 0}));
  // New years: 28 January 2017, 16 February 2018.
  for (const auto& [first, year] :
       {std::pair{CivilTime{2017, 1, 26, 0, 0, 0}, 2017}, {CivilTime{2018, 2, 14, 0, 0, 0}, 2018}}) {
    const Instant rest = zone.to_instant(first);
    const auto factor = [&](int hour) { return clock.factor(0, zone.to_civil(rest + hour * seconds_per_hour)); };
    const double work = 365 / (359 + 6 * 0.25);
    EXPECT_NEAR(factor(-1), work, 1e-12) << year;
    EXPECT_NEAR(factor(0), 0.25 * work, 1e-12) << year;
    EXPECT_NEAR(factor(6 * 24 - 1), 0.25 * work, 1e-12) << year;
    EXPECT_NEAR(factor(6 * 24), work, 1e-12) << year;
    const auto [sum, hours] = year_sum(clock, 0, zone, year, 0);
    EXPECT_NEAR(sum / hours, 1.0, 1e-12);
  }
}

TEST(Profiles, SayWhereTheNewYearIsNotKnown) {
  std::vector<Profile> profiles = city_profiles();
  profiles[0].spring_festival = {.from = -2, .to = 3, .weight = 0.25};
  const TimeZone zone("Asia/Shanghai");
  const int before = log::warning_count();
  const ProfileClock known(profiles, zone, from_utc({2040, 3, 1, 0, 0, 0}), from_utc({2040, 4, 1, 0, 0, 0}));
  EXPECT_EQ(log::warning_count(), before);
  const ProfileClock late(profiles, zone, from_utc({2041, 3, 1, 0, 0, 0}), from_utc({2041, 4, 1, 0, 0, 0}));
  EXPECT_EQ(log::warning_count(), before + 1);
  EXPECT_NEAR(late.factor(0, {2041, 2, 1, 0, 0, 0}), 1, 1e-12);
}

TEST(Profiles, FollowLocalTime) {
  const TimeZone zone("Asia/Shanghai");
  const Instant monday = from_utc({2017, 12, 4, 0, 0, 0}); // 08:00 in Shanghai
  const ProfileClock clock(city_profiles(), zone, monday, monday + 7 * seconds_per_day);
  const auto factor = [&](Instant t) { return clock.factor(1, zone.to_civil(t)); };
  EXPECT_GT(factor(monday), 0);
  EXPECT_NEAR(factor(monday + 4 * 3600) / factor(monday), 0.5, 1e-15);            // lunch hour
  EXPECT_NEAR(factor(monday + 6 * seconds_per_day) / factor(monday), 0.3, 1e-15); // Sunday
  EXPECT_EQ(factor(monday + 12 * 3600), 0);                                       // 20:00
  EXPECT_NEAR(factor(monday - 5 * seconds_per_day) / factor(monday), 1.1 / 0.7,
              1e-14); // a Wednesday in November
  EXPECT_THROW(factor(monday + 365 * seconds_per_day), std::out_of_range);
}
