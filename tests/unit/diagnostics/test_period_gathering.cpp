#include "base/random.hpp"
#include "diagnostics/period_gathering.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

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

Instant date(const char* text) { return *parse_instant(text, china); }

/// A valid day on which every pollutant has this value.
DayQuality plain_day(double value, int index = 40) {
  DayQuality day;
  day.mean.fill(value);
  day.maximum.fill(value);
  day.judged.fill(value);
  day.index = index;
  return day;
}

const Period& find(const PeriodGathering& gathering, const std::string& label, std::size_t& at) {
  for (at = 0; at < gathering.periods().size(); ++at) {
    if (gathering.periods()[at].label == label) {
      break;
    }
  }
  return gathering.periods().at(at);
}

PeriodQuality quality(const PeriodGathering& gathering, const std::string& label, std::size_t place = 0) {
  std::size_t at = 0;
  find(gathering, label, at);
  return gathering.quality(at, place);
}

} // namespace

TEST(Percentile, LiesBetweenRanks) {
  std::vector<double> days(365);
  std::iota(days.begin(), days.end(), 1.0);
  EXPECT_NEAR(percentile(days, 365, 95), 346.8, 1e-9);
  EXPECT_NEAR(percentile(days, 365, 98), 357.72, 1e-9);
  EXPECT_NEAR(percentile(days, 365, 90), 328.6, 1e-9);
  EXPECT_NEAR(percentile(std::vector<double>{10, 20, 30, 40, 50}, 5, 90), 46, 1e-12);
  EXPECT_EQ(percentile(std::vector<double>{7}, 1, 98), 7);
  EXPECT_TRUE(std::isnan(percentile({}, 0, 98)));
  // The highest values are enough.
  EXPECT_NEAR(percentile(std::span(days).subspan(300), 365, 95), 346.8, 1e-9);
}

TEST(CompositeIndex, CheckValues) {
  ByPollutant<double> mean{}, high{};
  mean.fill(gap); // CO and O3 enter by their percentile alone, the others by their mean
  high.fill(gap);
  mean[so2] = 18 * ug;
  mean[no2] = 22 * ug;
  mean[pm10] = 66 * ug;
  mean[pm2_5] = 41 * ug;
  high[co] = 1500 * ug;
  high[o3] = 150 * ug;
  EXPECT_NEAR(composite_index(standards(), *standards().find("GB3095_2012"), mean, high), 4.27679, 5e-6);
  StandardEdition transition = *standards().find("GB3095_2026_TRANSITION");
  EXPECT_NEAR(composite_index(standards(), transition, mean, high), 8.85, 5e-6);
  for (auto& [pollutant, weight] : transition.weights) {
    weight = 1;
  }
  EXPECT_NEAR(composite_index(standards(), transition, mean, high), 4.62917, 5e-6);
  high[co] = gap;
  EXPECT_TRUE(std::isnan(composite_index(standards(), transition, mean, high)));
}

TEST(PeriodGathering, MonthsYearsAndAll) {
  const PeriodGathering gathering(standards(), china, date("2018-12-30T05:00"), date("2019-02-02"), 1);
  std::vector<std::string> labels;
  for (const Period& period : gathering.periods()) {
    labels.push_back(period.label);
  }
  EXPECT_EQ(labels, (std::vector<std::string>{"2018-12", "2019-01", "2019-02", "2018", "2019", "all"}));
  EXPECT_EQ(gathering.periods()[0].start, date("2018-12-30")); // the whole day
  EXPECT_EQ(gathering.periods()[3].end, date("2019-01-01"));
  EXPECT_EQ(gathering.periods()[4].end, date("2019-02-02"));
}

TEST(PeriodGathering, CountsAndMeans) {
  PeriodGathering gathering(standards(), china, date("2019-01-01"), date("2019-03-01"), 2);
  DayQuality good = plain_day(40 * ug, 60), bad = plain_day(100 * ug, 160), broken = plain_day(10 * ug, -1);
  good.primary = 1U << o3;
  bad.primary = bad.exceeded = 1U << pm2_5;
  broken.mean[pm10] = broken.judged[pm10] = gap;
  broken.exceeded = 1U << o3; // counts though the day's index does not
  gathering.add(date("2019-01-31"), std::vector{good, bad});
  gathering.add(date("2019-02-01"), std::vector{bad, bad});
  gathering.add(date("2019-02-02"), std::vector{broken, bad});
  const PeriodQuality february = quality(gathering, "2019-02");
  EXPECT_EQ(february.valid_days, 1);
  EXPECT_EQ(february.good_days, 0);
  EXPECT_EQ(february.quality_days, (std::array{0, 0, 0, 1, 0, 0}));
  EXPECT_EQ(february.exceeded_days, (ByPollutant<int>{0, 0, 0, 1, 0, 1}));
  EXPECT_EQ(february.mean_days, (ByPollutant<int>{2, 2, 2, 2, 1, 2}));
  EXPECT_NEAR(february.mean[so2], 55 * ug, 1e-20);
  EXPECT_NEAR(february.mean[pm10], 100 * ug, 1e-20);
  EXPECT_NEAR(february.percentile[so2], (10 + 90 * 0.98) * ug, 1e-20);
  EXPECT_NEAR(february.percentile[o3], (10 + 90 * 0.90) * ug, 1e-20);
  const PeriodQuality all = quality(gathering, "all");
  EXPECT_EQ(all.valid_days, 2);
  EXPECT_EQ(all.good_days, 1);
  EXPECT_EQ(all.primary_days, (ByPollutant<int>{0, 0, 0, 1, 0, 1}));
  EXPECT_EQ(quality(gathering, "all", 1).exceeded_days[pm2_5], 3);
  EXPECT_TRUE(std::isnan(PeriodGathering(standards(), china, 0, 86400, 1).quality(0, 0).mean[0]));
  EXPECT_THROW(gathering.add(date("2019-03-01"), std::vector{good, good}), std::logic_error);
}

TEST(PeriodGathering, KeepsEnoughForEveryPercentile) {
  PeriodGathering gathering(standards(), china, date("2019-01-01"), date("2021-01-01"), 1);
  RandomStream random(5, 0, 0);
  ByPollutant<std::vector<double>> days;
  for (Instant day = date("2019-01-01"); day < date("2021-01-01"); day += seconds_per_day) {
    DayQuality quality = plain_day(gap, -1);
    for (std::size_t p = 0; p < pollutants; ++p) {
      if (random.uniform() < 0.95) {
        quality.judged[p] = std::round(200 * random.uniform()) * ug; // with ties
        days[p].push_back(quality.judged[p]);
      }
    }
    gathering.add(day, std::span(&quality, 1));
  }
  const PeriodQuality all = quality(gathering, "all");
  for (std::size_t p = 0; p < pollutants; ++p) {
    std::sort(days[p].begin(), days[p].end());
    EXPECT_EQ(all.judged_days[p], int(days[p].size()));
    EXPECT_EQ(all.percentile[p],
              percentile(days[p], days[p].size(), standards().evaluation(standard_pollutants[p]).percentile));
  }
}

TEST(PeriodGathering, AYearNeedsEveryMonth) {
  // 341 days, but 26 in July; then one more there.
  for (const int july : {26, 27}) {
    PeriodGathering gathering(standards(), china, date("2019-01-01"), date("2020-01-01"), 1);
    for (Instant day = date("2019-01-01"); day < date("2020-01-01"); day += seconds_per_day) {
      const CivilTime civil = china.to_civil(day);
      const bool left_out = civil.month == 7 ? civil.day > july : civil.month == 2 && civil.day > 25;
      if (!left_out) {
        const DayQuality quality = plain_day(20 * ug);
        gathering.add(day, std::span(&quality, 1));
      }
    }
    EXPECT_TRUE(quality(gathering, "2019-02").mean_enough[so2]); // 25 are enough there
    EXPECT_EQ(quality(gathering, "2019-07").mean_enough[so2], july == 27);
    EXPECT_EQ(quality(gathering, "2019").mean_enough[so2], july == 27);
    EXPECT_EQ(quality(gathering, "2019").percentile_enough[o3], july == 27);
  }
  // Every month has just enough, the year does not: 11 x 27 + 25 = 322 < 324.
  PeriodGathering gathering(standards(), china, date("2019-01-01"), date("2020-01-01"), 1);
  for (Instant day = date("2019-01-01"); day < date("2020-01-01"); day += seconds_per_day) {
    const CivilTime civil = china.to_civil(day);
    if (civil.day <= (civil.month == 2 ? 25 : 27)) {
      const DayQuality quality = plain_day(20 * ug);
      gathering.add(day, std::span(&quality, 1));
    }
  }
  EXPECT_TRUE(quality(gathering, "2019-12").mean_enough[so2]);
  EXPECT_FALSE(quality(gathering, "2019").mean_enough[so2]);
  EXPECT_TRUE(quality(gathering, "all").mean_enough[so2]);
}

TEST(PeriodGathering, GoesOnFromAnArchive) {
  PeriodGathering first(standards(), china, date("2019-01-01"), date("2019-02-01"), 1),
      second(standards(), china, date("2019-01-01"), date("2019-02-01"), 1);
  const DayQuality low = plain_day(20 * ug), high = plain_day(60 * ug, 101);
  first.add(date("2019-01-01"), std::span(&high, 1));
  Archive written;
  first.serialise(written);
  Archive read(written.bytes());
  second.serialise(read);
  second.add(date("2019-01-02"), std::span(&low, 1));
  EXPECT_NEAR(quality(second, "2019").mean[so2], 40 * ug, 1e-20);
  EXPECT_NEAR(quality(second, "2019").percentile[pm10], 58 * ug, 1e-20);
  EXPECT_EQ(quality(second, "2019").good_days, 1);
  EXPECT_EQ(quality(second, "2019").valid_days, 2);
}
