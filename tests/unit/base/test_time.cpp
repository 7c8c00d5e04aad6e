#include "base/time.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

using namespace tq;

TEST(Time, UtcRoundTripsOverLeapYears) {
  for (const CivilTime civil : {CivilTime{1970, 1, 1, 0, 0, 0}, CivilTime{2016, 2, 29, 23, 59, 59},
                                CivilTime{2100, 2, 28, 12, 0, 0}, CivilTime{1900, 3, 1, 1, 2, 3}}) {
    EXPECT_EQ(to_utc(from_utc(civil)), civil);
  }
  EXPECT_EQ(from_utc({2017, 12, 4, 0, 0, 0}), 1512345600);
}

TEST(Time, ReadsZonesAndFixedOffsets) {
  const TimeZone shanghai("Asia/Shanghai");
  EXPECT_EQ(parse_instant("2017-12-04", shanghai), 1512345600 - 8 * 3600);
  EXPECT_EQ(parse_instant("2017-12-04T08:00:00+08:00", TimeZone()), 1512345600);
  EXPECT_EQ(parse_instant("2017-12-04 00:00Z", shanghai), 1512345600);
  EXPECT_EQ(TimeZone("UTC+8").to_civil(1512345600).hour, 8);
  EXPECT_EQ(TimeZone("UTC-03:30").to_civil(1512345600).minute, 30);
  EXPECT_THROW(TimeZone("Asia/Nowhere"), std::invalid_argument);
  EXPECT_THROW(TimeZone("UTC+99"), std::invalid_argument);
}

TEST(Time, RefusesWhatIsNoTime) {
  const TimeZone utc;
  for (const char* text : {"", "2017", "2017-02-29", "2017-13-01", "2017-12-04T25:00", "2017-12-04T08", "2017-12-04x",
                           "2017-12-04T08:00+99:00", "-017-12-04"}) {
    EXPECT_FALSE(parse_instant(text, utc)) << text;
  }
}

TEST(Time, KnowsTheCalendar) {
  EXPECT_EQ(weekday({2017, 12, 4, 0, 0, 0}), 0); // a Monday
  EXPECT_EQ(weekday({2017, 12, 10, 0, 0, 0}), 6);
  EXPECT_EQ(day_of_year({2017, 12, 31, 0, 0, 0}), 365);
  EXPECT_EQ(day_of_year({2016, 12, 31, 0, 0, 0}), 366);
  EXPECT_EQ(days_in_month(2016, 2), 29);
}

TEST(Time, SkipsTheGapOfSummerTime) {
  const TimeZone paris("Europe/Paris"); // 2017-03-26 02:00 does not exist
  EXPECT_EQ(paris.to_instant({2017, 3, 26, 2, 30, 0}), from_utc({2017, 3, 26, 1, 0, 0}));
}
