#include "base/constants.hpp"
#include "diagnostics/air_quality_index.hpp"

#include <gtest/gtest.h>
#include <limits>

using namespace tq;

namespace {

const Standards& standards() {
  static const Standards loaded = Standards::load();
  return loaded;
}

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
const TimeZone china("Asia/Shanghai");

Instant day(const char* date) { return *parse_instant(date, china); }

/// Index of a concentration in ug m-3.
int index_of(const char* edition, const char* indicator, double ug_m3) {
  return individual_index(*standards().find(edition), indicator, ug_m3 * 1e-9).value_or(-1);
}

std::map<std::string, std::vector<double>> clean_day() {
  std::map<std::string, std::vector<double>> hours;
  for (const char* pollutant : {"so2", "no2", "co", "o3", "pm10", "pm2_5"}) {
    hours[pollutant] = std::vector<double>(24, 10e-9);
  }
  return hours;
}

} // namespace

// Check values: HJ 633-2012 and HJ 633-2026 evaluated by hand.
TEST(AirQualityIndex, GivesTheCheckValuesOfBothEditions) {
  const char* old_edition = "GB3095_2012";
  for (const char* new_edition : {"GB3095_2026_TRANSITION", "GB3095_2026_FINAL"}) {
    EXPECT_EQ(index_of(new_edition, "pm2_5_24h", 48), 76);
    EXPECT_EQ(index_of(new_edition, "pm2_5_24h", 75), 114);
    EXPECT_EQ(index_of(new_edition, "pm2_5_24h", 61), 101);
    EXPECT_EQ(index_of(new_edition, "pm10_24h", 100), 86);
    EXPECT_EQ(index_of(new_edition, "pm10_24h", 150), 112);
    EXPECT_EQ(index_of(new_edition, "o3_8h", 172), 111);
    EXPECT_EQ(index_of(new_edition, "no2_24h", 47), 59);
    EXPECT_EQ(index_of(new_edition, "co_24h", 1300), 33);
  }
  EXPECT_EQ(index_of(old_edition, "pm2_5_24h", 48), 67);
  EXPECT_EQ(index_of(old_edition, "pm2_5_24h", 75), 100);
  EXPECT_EQ(index_of(old_edition, "pm2_5_24h", 61), 83);
  EXPECT_EQ(index_of(old_edition, "pm10_24h", 100), 75);
  EXPECT_EQ(index_of(old_edition, "pm10_24h", 150), 100);
  EXPECT_EQ(index_of(old_edition, "o3_8h", 172), 111);
  EXPECT_EQ(index_of(old_edition, "no2_24h", 47), 59);
  EXPECT_EQ(index_of(old_edition, "co_24h", 1300), 33);
}

TEST(AirQualityIndex, IsWholeAtEveryBreakpoint) {
  for (const StandardEdition& edition : standards().editions()) {
    for (const auto& [indicator, scale] : edition.scales) {
      for (std::size_t n = 0; n < scale.breakpoints.size(); ++n) {
        EXPECT_EQ(individual_index(edition, indicator, scale.breakpoints[n]), int(edition.index[n]))
            << edition.id << " " << indicator << " " << n;
      }
    }
  }
}

TEST(AirQualityIndex, RoundsConcentrationsOnlySince2026) {
  EXPECT_EQ(index_of("GB3095_2012", "pm2_5_24h", 35.2), 51);
  EXPECT_EQ(index_of("GB3095_2026_TRANSITION", "pm2_5_24h", 35.2), 50);
  EXPECT_EQ(index_of("GB3095_2026_TRANSITION", "pm2_5_24h", 36.5), 52); // 36.5 -> 36, half to even
  EXPECT_EQ(index_of("GB3095_2026_TRANSITION", "pm2_5_24h", 37.5), 56); // 37.5 -> 38
  EXPECT_EQ(index_of("GB3095_2026_TRANSITION", "co_24h", 2040), 50);
}

TEST(AirQualityIndex, BeyondTheLastBreakpoint) {
  EXPECT_EQ(index_of("GB3095_2012", "pm10_24h", 2000), 500);
  EXPECT_EQ(index_of("GB3095_2012", "o3_8h", 900), -1);
  EXPECT_EQ(index_of("GB3095_2012", "so2_1h", 900), -1);
  EXPECT_EQ(index_of("GB3095_2026_TRANSITION", "o3_8h", 900), 300);
  EXPECT_EQ(index_of("GB3095_2026_TRANSITION", "so2_1h", 900), 200);
}

TEST(AirQualityIndex, EditionAndReferenceStateFollowTheDate) {
  EXPECT_EQ(standards().edition(day("2017-12-04")).id, "GB3095_2012");
  EXPECT_EQ(standards().edition(day("2026-02-28")).id, "GB3095_2012");
  EXPECT_EQ(standards().edition(day("2026-03-01")).id, "GB3095_2026_TRANSITION");
  EXPECT_EQ(standards().edition(day("2030-12-31")).id, "GB3095_2026_TRANSITION");
  EXPECT_EQ(standards().edition(day("2031-01-01")).id, "GB3095_2026_FINAL");
  EXPECT_EQ(standards().edition(day("1960-01-01")).id, "GB3095_2012");

  const ReferenceState& before = standards().reference_state(day("2018-08-31"));
  const ReferenceState& after = standards().reference_state(day("2018-09-01"));
  const double density = 1.2;
  EXPECT_EQ(after.reported(5e-8, true, density), 5e-8);
  // 1013.25 hPa at 273.15 K: 1.29226 kg m-3; gases differ by 298.15/273.15 = 1.09152 between the two states.
  EXPECT_NEAR(before.reported(1, true, density), 1.29226 / 1.2, 1e-4);
  EXPECT_NEAR(before.reported(1, false, density) / after.reported(1, false, density), 1.09152, 1e-5);
  EXPECT_EQ(before.text(), "gases and particles at 273.15 K and 1013.25 hPa");
  EXPECT_EQ(after.text(), "gases at 298.15 K and 1013.25 hPa, particles at ambient conditions");
}

TEST(AirQualityIndex, LimitsOfTheEditions) {
  EXPECT_DOUBLE_EQ(standards().find("GB3095_2012")->limits.at("pm10_24h").class_2, 150e-9);
  EXPECT_DOUBLE_EQ(standards().find("GB3095_2026_TRANSITION")->limits.at("pm2_5_annual").class_2, 30e-9);
  EXPECT_DOUBLE_EQ(standards().find("GB3095_2026_FINAL")->limits.at("so2_24h").class_2, 50e-9);
  EXPECT_DOUBLE_EQ(standards().find("GB3095_2026_FINAL")->limits.at("co_1h").class_1, 10e-6);
}

TEST(AirQualityIndex, GapsInTheDay) {
  std::vector<double> hours(24, 3.0);
  for (int n = 0; n < 4; ++n) {
    hours[std::size_t(n)] = gap;
  }
  EXPECT_EQ(daily_mean(standards(), hours), 3.0); // 20 hours are enough
  hours[4] = gap;
  EXPECT_FALSE(daily_mean(standards(), hours));
  EXPECT_EQ(daily_maximum(hours), 3.0);
  EXPECT_FALSE(daily_maximum(std::vector<double>(24, gap)));
}

TEST(AirQualityIndex, MaximumOfEightHours) {
  std::vector<double> hours(24, 0.0);
  for (int n = 11; n < 19; ++n) {
    hours[std::size_t(n)] = 8.0; // one window holds all eight
  }
  hours[2] = 80; // windows that end before 08:00 do not count, the one that ends there does: 80/8
  EXPECT_DOUBLE_EQ(*daily_maximum_8h(standards(), hours, 160), 10.0);
  hours[2] = 0;
  EXPECT_DOUBLE_EQ(*daily_maximum_8h(standards(), hours, 160), 8.0);
  EXPECT_DOUBLE_EQ(*daily_maximum_8h(standards(), std::vector<double>{0, 0, 0, 0, 0, 0, 0, 16}, 1), 2.0);
  EXPECT_FALSE(daily_maximum_8h(standards(), std::vector<double>{0, 0, 0, 0, 0, 0, 0, 16}, 160)); // one mean is too few
  // Two gaps in eight hours leave a valid mean, three do not.
  std::vector<double> short_day = {gap, gap, 6, 6, 6, 6, 6, 6};
  EXPECT_DOUBLE_EQ(*daily_maximum_8h(standards(), short_day, 1), 6.0);
  short_day[2] = gap;
  EXPECT_FALSE(daily_maximum_8h(standards(), short_day, 1));
}

TEST(AirQualityIndex, OfADay) {
  const StandardEdition& edition = *standards().find("GB3095_2012");
  auto hours = clean_day();
  hours["pm10"] = std::vector<double>(24, 150e-9);
  hours["pm2_5"] = std::vector<double>(24, 75e-9);
  const auto good = daily_index(standards(), edition, hours);
  ASSERT_TRUE(good);
  EXPECT_EQ(good->index, 100);
  EXPECT_TRUE(good->good());
  EXPECT_EQ(good->primary, (std::vector<std::string>{"pm10", "pm2_5"}));

  hours["o3"][14] = 250e-9; // one hour counts in 2012: 125; not since 2026
  EXPECT_EQ(daily_index(standards(), edition, hours)->index, 125);
  EXPECT_EQ(daily_index(standards(), edition, hours)->primary, std::vector<std::string>{"o3"});
  EXPECT_EQ(daily_index(standards(), *standards().find("GB3095_2026_TRANSITION"), hours)->index, 114);

  EXPECT_TRUE(daily_index(standards(), edition, clean_day())->primary.empty());
  hours.erase("co");
  EXPECT_FALSE(daily_index(standards(), edition, hours));
}
