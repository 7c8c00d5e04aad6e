#include "base/lunar_calendar.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

CivilTime day(int year, int month, int day) {
  return {year, month, day, 0, 0, 0};
}

} // namespace

TEST(LunarCalendar, FestivalsFallOnTheirDays) {
  EXPECT_EQ(festival_day(Festival::new_years_eve, 2017), day(2017, 1, 27));
  EXPECT_EQ(festival_day(Festival::new_years_eve, 2023), day(2023, 1, 21));
  EXPECT_EQ(festival_day(Festival::new_years_day, 2010), day(2010, 2, 14));
  EXPECT_EQ(festival_day(Festival::new_years_day, 2033), day(2033, 1, 31));
  EXPECT_EQ(festival_day(Festival::new_years_day, 2040), day(2040, 2, 12));
  EXPECT_EQ(festival_day(Festival::new_years_eve, 2022), day(2022, 1, 31)); // over the end of a month
  EXPECT_EQ(festival_day(Festival::fifth_day, 2017), day(2017, 2, 1));
  EXPECT_EQ(festival_day(Festival::lantern_festival, 2017), day(2017, 2, 11));
  EXPECT_EQ(festival_day(Festival::lantern_festival, 2024), day(2024, 2, 24));
  EXPECT_EQ(festival_day(Festival::qingming, 2017), day(2017, 4, 4));
  EXPECT_EQ(festival_day(Festival::qingming, 2018), day(2018, 4, 5));
  EXPECT_EQ(festival_day(Festival::qingming, 2027), day(2027, 4, 5));
}

/// Twelve or thirteen moons of 29.530588 days lie between two new years; each lies between 21 January and 20 February.
TEST(LunarCalendar, YearsHoldWholeMonths) {
  for (int year = first_festival_year; year <= last_festival_year; ++year) {
    const CivilTime now = *festival_day(Festival::new_years_day, year);
    EXPECT_TRUE((now.month == 1 && now.day >= 21) || (now.month == 2 && now.day <= 20)) << year;
    if (year < last_festival_year) {
      const Instant length = from_utc(*festival_day(Festival::new_years_day, year + 1)) - from_utc(now);
      const double moons = double(length) / double(seconds_per_day) / 29.530588;
      EXPECT_NEAR(moons, moons < 12.5 ? 12 : 13, 0.04) << year; // a day is 0.034 moons
    }
  }
}

TEST(LunarCalendar, NamesAndYearsHaveEnds) {
  for (std::size_t f = 0; f < festival_names().size(); ++f) {
    EXPECT_EQ(find_festival(festival_names()[f]), Festival(f));
  }
  EXPECT_FALSE(find_festival("easter"));
  EXPECT_FALSE(festival_day(Festival::qingming, 2009));
  EXPECT_FALSE(festival_day(Festival::new_years_eve, 2041));
}
