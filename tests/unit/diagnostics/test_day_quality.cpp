#include "base/error.hpp"
#include "diagnostics/day_gathering.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace tq;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr double ug = 1e-9; // kg
enum { so2, no2, co, o3, pm10, pm2_5, pollutants };
const TimeZone china("Asia/Shanghai");

const Standards& standards() {
  static const Standards loaded = Standards::load();
  return loaded;
}

const StandardEdition& edition(const char* id) { return *standards().find(id); }

/// Hours of a day, clean at first, by pollutant.
struct Hours {
  ByPollutant<std::vector<double>> values;
  Hours() { values.fill(std::vector<double>(24, 10 * ug)); }
  ByPollutant<std::span<const double>> spans() const {
    ByPollutant<std::span<const double>> spans;
    for (std::size_t p = 0; p < pollutants; ++p) {
      spans[p] = values[p];
    }
    return spans;
  }
};

DayQuality judged(const Hours& hours, const char* id = "GB3095_2012", int function_class = 2) {
  return DayJudge(standards(), edition(id), function_class).of_hours(hours.spans());
}

Hours with(int pollutant, double ug_m3) {
  Hours hours;
  hours.values[std::size_t(pollutant)].assign(24, ug_m3 * ug);
  return hours;
}

} // namespace

// HJ 633-2012 and HJ 633-2026, tables 1 to 3: written out here once more, ug m-3 (CO mg m-3 x 1000), beside
// data/standards.toml.
TEST(DayQuality, IndexAtAndBetweenAllBreakpointsOfBothTables) {
  constexpr std::array index = {0, 50, 100, 150, 200, 300, 400, 500};
  struct Column {
    const char* indicator;
    std::vector<double> old_edition, new_edition;
  };
  const std::vector<double> pm10_2012 = {0, 50, 150, 250, 350, 420, 500, 600},
                            pm10_2026 = {0, 50, 120, 250, 350, 420, 500, 600},
                            pm25_2012 = {0, 35, 75, 115, 150, 250, 350, 500},
                            pm25_2026 = {0, 35, 60, 115, 150, 250, 350, 500};
  const auto both = [](const char* indicator, std::vector<double> values) { return Column{indicator, values, values}; };
  const std::vector<Column> table = {both("so2_24h", {0, 50, 150, 475, 800, 1600, 2100, 2620}),
                                     both("so2_1h", {0, 150, 500, 650, 800}),
                                     both("no2_24h", {0, 40, 80, 180, 280, 565, 750, 940}),
                                     both("no2_1h", {0, 100, 200, 700, 1200, 2340, 3090, 3840}),
                                     both("co_24h", {0, 2e3, 4e3, 14e3, 24e3, 36e3, 48e3, 60e3}),
                                     both("co_1h", {0, 5e3, 10e3, 35e3, 60e3, 90e3, 120e3, 150e3}),
                                     both("o3_1h", {0, 160, 200, 300, 400, 800, 1000, 1200}),
                                     both("o3_8h", {0, 100, 160, 215, 265, 800}),
                                     {"pm10_24h", pm10_2012, pm10_2026},
                                     {"pm2_5_24h", pm25_2012, pm25_2026}};
  for (const char* id : {"GB3095_2012", "GB3095_2026_TRANSITION", "GB3095_2026_FINAL"}) {
    EXPECT_EQ(edition(id).scales.size(), table.size());
    for (const Column& column : table) {
      const std::vector<double>& c = edition(id).id == "GB3095_2012" ? column.old_edition : column.new_edition;
      const double whole = std::string(column.indicator).starts_with("co") ? 100 : 1;
      for (std::size_t n = 0; n < c.size(); ++n) {
        EXPECT_EQ(individual_index(edition(id), column.indicator, c[n] * ug), index[n]) << id << column.indicator;
        if (n > 0) { // a whole unit below the breakpoint, which no edition rounds away
          const double exact = index[n] - (index[n] - index[n - 1]) * whole / (c[n] - c[n - 1]);
          EXPECT_EQ(individual_index(edition(id), column.indicator, (c[n] - whole) * ug), int(std::ceil(exact - 1e-9)))
              << id << column.indicator << c[n];
        }
      }
    }
  }
}

TEST(DayQuality, ClassesEndAtTheirIndex) {
  const auto quality = [](int index) {
    DayQuality day;
    day.index = index;
    return day.quality();
  };
  EXPECT_EQ(quality(-1), 0);
  const std::array last = {50, 100, 150, 200, 300};
  for (int n = 0; n < 5; ++n) {
    EXPECT_EQ(quality(last[std::size_t(n)]), n + 1);
    EXPECT_EQ(quality(last[std::size_t(n)] + 1), n + 2);
  }
  EXPECT_STREQ(quality_name(1), "excellent");
  EXPECT_STREQ(quality_name(6), "severe");
}

TEST(DayQuality, OfADayWithOneBadPollutant) {
  const DayQuality day = judged(with(pm2_5, 76));
  EXPECT_EQ(day.index, 102); // 100 + 50/40
  EXPECT_EQ(day.individual[pm2_5], 102);
  EXPECT_EQ(day.individual[pm10], 10);
  EXPECT_EQ(day.primary, 1U << pm2_5);
  EXPECT_EQ(day.exceeded, 1U << pm2_5);
  EXPECT_EQ(day.quality(), 3);
  EXPECT_FALSE(day.good());
  EXPECT_NEAR(day.mean[pm2_5], 76 * ug, 1e-20);
  EXPECT_EQ(judged(Hours()).primary, 0U); // at most 50: nobody is primary
}

TEST(DayQuality, LimitsFollowEditionAndClass) {
  // At the limit is within it; PM10 by class and edition: 150, 50; 120, 50; 100, 50.
  EXPECT_EQ(judged(with(pm10, 150)).exceeded, 0U);
  EXPECT_EQ(judged(with(pm10, 150.1)).exceeded, 1U << pm10);
  EXPECT_EQ(judged(with(pm10, 50.1), "GB3095_2012", 1).exceeded, 1U << pm10);
  EXPECT_EQ(judged(with(pm10, 50), "GB3095_2012", 1).exceeded, 0U);
  const char *transition = "GB3095_2026_TRANSITION", *last = "GB3095_2026_FINAL";
  EXPECT_EQ(judged(with(pm10, 120.4), transition).exceeded, 0U); // 2026 rounds
  EXPECT_EQ(judged(with(pm10, 121), transition).exceeded, 1U << pm10);
  EXPECT_EQ(judged(with(pm10, 101), last).exceeded, 1U << pm10);
  EXPECT_TRUE(judged(with(pm10, 101), last).good()); // the index table did not follow the limit
  EXPECT_EQ(judged(with(co, 4100)).exceeded, 1U << co);
  EXPECT_EQ(judged(with(o3, 161)).exceeded, 1U << o3);
  EXPECT_EQ(judged(with(o3, 101), "GB3095_2012", 1).exceeded, 1U << o3);
}

TEST(DayQuality, OzoneIsJudgedByEightHours) {
  Hours hours;
  for (std::size_t h = 11; h < 19; ++h) {
    hours.values[o3][h] = 172 * ug;
  }
  const DayQuality day = judged(hours);
  EXPECT_NEAR(day.judged[o3], 172 * ug, 1e-20);
  EXPECT_NEAR(day.mean[o3], (8 * 172 + 16 * 10) / 24.0 * ug, 1e-20);
  EXPECT_EQ(day.index, 111);
  // An hour of 260 alone: 130 by the 1-hour scale of 2012; since 2026 that is not of the day: (260 + 7 x 10)/8 = 41.25.
  hours = Hours();
  hours.values[o3][14] = 260 * ug;
  EXPECT_EQ(judged(hours).index, 130);
  EXPECT_EQ(judged(hours).exceeded, 0U);
  EXPECT_EQ(judged(hours, "GB3095_2026_TRANSITION").index, 21);
}

TEST(DayQuality, BeyondTheScaleOfOzoneTheHourHolds) {
  const Hours hours = with(o3, 900);
  EXPECT_EQ(judged(hours).index, 350); // 1 hour: 300 + 100 x 100/200
  EXPECT_EQ(judged(hours, "GB3095_2026_TRANSITION").index, 300);
}

TEST(DayQuality, FourGapsAreBorneAndFiveAreNot) {
  Hours hours;
  std::fill_n(hours.values[so2].begin(), 4, gap);
  EXPECT_TRUE(judged(hours).valid());
  hours.values[so2][4] = gap;
  const DayQuality day = judged(hours);
  EXPECT_FALSE(day.valid());
  EXPECT_EQ(day.quality(), 0);
  EXPECT_TRUE(std::isnan(day.mean[so2]));
  EXPECT_FALSE(std::isnan(day.mean[no2]));
  EXPECT_EQ(day.individual[so2], -1);
  EXPECT_EQ(day.individual[no2], 13); // 10 of 40 is 12.5
}

TEST(DayQuality, TooFewEightHourMeansCountOnlyAboveTheLimitOfTheClass) {
  Hours hours = with(o3, 120);
  std::fill_n(hours.values[o3].begin() + 15, 6, gap); // windows that end at 8 ... 17 h are left, and 24 h's has 3
  EXPECT_TRUE(std::isnan(judged(hours).judged[o3]));
  const DayQuality strict = judged(hours, "GB3095_2012", 1); // 120 exceeds 100
  EXPECT_NEAR(strict.judged[o3], 120 * ug, 1e-20);
  EXPECT_EQ(strict.exceeded, 1U << o3);
}

TEST(DayQuality, ACityIsTheMeanOfThreeQuartersOfItsStations) {
  const DayJudge judge(standards(), edition("GB3095_2012"), 2);
  std::vector<DayQuality> stations;
  for (const double value : {60.0, 70.0, 80.0, 98.0}) {
    stations.push_back(judged(with(pm2_5, value)));
  }
  EXPECT_NEAR(judge.of_stations(stations).mean[pm2_5], 77 * ug, 1e-20);
  EXPECT_EQ(judge.of_stations(stations).exceeded, 1U << pm2_5);
  EXPECT_EQ(judge.of_stations(stations).index, 103);
  Hours broken = with(pm2_5, 98);
  std::fill_n(broken.values[pm2_5].begin(), 5, gap);
  stations[3] = judged(broken);
  EXPECT_NEAR(judge.of_stations(stations).mean[pm2_5], 70 * ug, 1e-20); // three of four
  EXPECT_TRUE(judge.of_stations(stations).valid());
  stations[2] = stations[3];
  EXPECT_FALSE(judge.of_stations(stations).valid());
  EXPECT_FALSE(judge.of_stations({}).valid());
}

TEST(DayGathering, CutsHoursIntoCivilDaysOfEachDaysEdition) {
  std::vector<std::pair<std::string, std::vector<DayQuality>>> seen;
  const auto sink = [&](Instant day, std::span<const DayQuality> days) {
    seen.emplace_back(format_civil(china.to_civil(day)), std::vector(days.begin(), days.end()));
  };
  DayGathering gathering(standards(), china, {2, 1}, sink);
  const Instant start = *parse_instant("2026-02-28T00:00", china);
  for (int h = 0; h < 48; ++h) {
    if (h == 7) {
      continue; // a gap
    }
    std::vector<double> values(2 * pollutants, 10 * ug);
    values[2 * pm2_5] = values[2 * pm2_5 + 1] = 61 * ug;
    gathering.add(start + h * seconds_per_hour, values);
    EXPECT_EQ(seen.size(), h < 24 ? 0U : 1U);
  }
  EXPECT_THROW(gathering.add(start + 47 * seconds_per_hour, std::vector<double>(2 * pollutants)), std::logic_error);
  gathering.finish();
  gathering.finish(); // nothing is left
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].first, "2026-02-28 00:00");
  EXPECT_EQ(seen[1].first, "2026-03-01 00:00");
  EXPECT_EQ(seen[0].second[0].index, 83);
  EXPECT_EQ(seen[1].second[0].index, 101);
  EXPECT_EQ(seen[0].second[0].exceeded, 0U);
  EXPECT_EQ(seen[0].second[1].exceeded, 1U << pm2_5); // class I: 35
}

TEST(DayGathering, DaysOnWhichClocksChangeHave23And25Hours) {
  const TimeZone berlin("Europe/Berlin");
  for (const auto& [date, hours] : {std::pair{"2019-03-31", 23}, std::pair{"2019-10-27", 25}}) {
    int days = 0;
    double mean = 0;
    DayGathering gathering(standards(), berlin, {2}, [&](Instant, std::span<const DayQuality> day) {
      ++days;
      mean = day[0].mean[so2];
    });
    const Instant start = *parse_instant(date, berlin);
    for (int h = 0; h < hours; ++h) {
      gathering.add(start + h * seconds_per_hour, std::vector<double>(pollutants, h * ug));
      EXPECT_EQ(days, 0);
    }
    gathering.add(start + hours * seconds_per_hour, std::vector<double>(pollutants, 0.0));
    EXPECT_EQ(days, 1) << date;
    EXPECT_NEAR(mean, (hours - 1) / 2.0 * ug, 1e-20) << date;
  }
}

TEST(DayGathering, GoesOnFromAnArchive) {
  std::vector<double> means;
  const auto sink = [&](Instant, std::span<const DayQuality> days) { means.push_back(days[0].mean[so2]); };
  DayGathering first(standards(), china, {2}, sink), second(standards(), china, {2}, sink);
  const Instant start = *parse_instant("2019-03-01", china);
  for (int h = 0; h < 9; ++h) {
    first.add(start + h * seconds_per_hour, std::vector<double>(pollutants, h * ug));
  }
  Archive written;
  first.serialise(written);
  Archive read(written.bytes());
  second.serialise(read);
  EXPECT_TRUE(read.at_end());
  for (int h = 9; h < 24; ++h) {
    second.add(start + h * seconds_per_hour, std::vector<double>(pollutants, h * ug));
  }
  second.finish();
  ASSERT_EQ(means.size(), 1U);
  EXPECT_NEAR(means[0], 11.5 * ug, 1e-20);
}

TEST(DayGathering, RefusesAnEditionThatThereIsNot) {
  try {
    DayGathering(standards(), china, {2}, {}, "GB3095_2021");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.problems().at(0).text,
              "edition GB3095_2021: must be one of GB3095_2012, GB3095_2026_TRANSITION, GB3095_2026_FINAL; did you mean "
              "\"GB3095_2012\"?");
  }
}
