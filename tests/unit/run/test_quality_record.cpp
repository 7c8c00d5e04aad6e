// What a run tells of its days and periods, against the judge of days by hand.
#include "paths.hpp"
#include "run/quality_record.hpp"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <limits>

using namespace tq;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t pollutants = standard_pollutants.size();
enum { so2, no2, co, o3, pm10, pm2_5 };

class QualityRecordTest : public testing::Test {
 protected:
  QualityRecordTest() : c(load_case(test::source_directory() / "tests/scenarios/small/base.toml")) {
    c.grid->management.cells[0].function_class = 1;
    c.receptors = {{.id = "in-a", .name = "In A", .longitude = 117.035, .latitude = 29.315}};
    const files::Position place = c.grid->grid.projection().project({117.035, 29.315});
    c.receptors[0].x = place.x;
    c.receptors[0].y = place.y;
  }

  void period(const char* start, const char* end) {
    c.start = *parse_instant(start, c.zone);
    c.end = *parse_instant(end, c.zone);
  }

  std::size_t plane() const { return std::size_t(c.grid->grid.nx()) * std::size_t(c.grid->grid.ny()); }

  /// Concentration [kg m-3] of pollutant p of the standard in grid cell n.
  double value(Instant start, std::size_t p, std::size_t n) const {
    const CivilTime civil = c.zone.to_civil(start);
    if (p == co && civil.day == 5 && civil.hour < 5) {
      return gap; // 19 hours are left
    }
    return 1e-9 * (p == co ? 1000 : 1) *
           (30.0 + 3 * civil.hour + 10 * double(p) + 0.2 * double(n % 100) + 20 * (civil.day - 4));
  }

  ResultHour hour(Instant start) const {
    ResultHour hour;
    hour.start = start;
    hour.end = start + seconds_per_hour;
    hour.concentration.resize(c.species.pollutants().size() * plane());
    for (std::size_t p = 0; p < pollutants; ++p) {
      for (std::size_t n = 0; n < plane(); ++n) {
        hour.concentration[std::size_t(c.species.find_pollutant(standard_pollutants[p])) * plane() + n] =
            value(start, p, n);
      }
    }
    return hour;
  }

  /// The day of grid cell n from its first hour on, hours outside the run left as gaps.
  DayQuality by_hand(Instant day, std::size_t n, int function_class) const {
    const Grid& grid = c.grid->grid;
    const double density = grid.air_density(int(n) % grid.nx(), int(n) / grid.nx(), 0);
    ByPollutant<std::vector<double>> hours;
    ByPollutant<std::span<const double>> spans;
    for (std::size_t p = 0; p < pollutants; ++p) {
      for (Instant at = day; at < day + seconds_per_day; at += seconds_per_hour) {
        hours[p].push_back(at < c.start || at >= c.end
                               ? gap
                               : standards.reference_state(at).reported(value(at, p, n), p >= pm10, density));
      }
      spans[p] = hours[p];
    }
    return DayJudge(standards, standards.edition(day), function_class).of_hours(spans);
  }

  /// All that a run hands out, by hour, the last entry at its end. `saved`: the record is written and read after each
  /// hour.
  std::vector<ResultQuality> run(bool saved = false) const {
    std::vector<ResultQuality> all;
    auto record = std::make_unique<QualityRecord>(c);
    for (Instant at = c.start; at < c.end; at += seconds_per_hour) {
      all.push_back(record->add(hour(at)));
      if (saved) {
        Archive out;
        record->serialise(out);
        Archive in(out.bytes());
        record = std::make_unique<QualityRecord>(c);
        record->serialise(in);
        EXPECT_TRUE(in.at_end());
      }
    }
    all.push_back(record->finish());
    described = record->describe();
    return all;
  }

  Case c;
  const Standards standards = Standards::load();
  mutable std::string described;
};

void expect_same(const DayQuality& a, const DayQuality& b) {
  for (std::size_t p = 0; p < pollutants; ++p) {
    for (const auto member : {&DayQuality::mean, &DayQuality::maximum, &DayQuality::judged}) {
      EXPECT_TRUE((a.*member)[p] == (b.*member)[p] || (std::isnan((a.*member)[p]) && std::isnan((b.*member)[p])))
          << standard_pollutants[p] << ": " << (a.*member)[p] << ", " << (b.*member)[p];
    }
  }
  EXPECT_EQ(a.individual, b.individual);
  EXPECT_EQ(std::tuple(a.index, a.primary, a.exceeded), std::tuple(b.index, b.primary, b.exceeded));
}

} // namespace

TEST_F(QualityRecordTest, DaysOverMidnightThatTheRunHoldsInPart) {
  period("2017-12-04T04:00", "2017-12-06T06:00"); // 20 hours, 24, 6
  const std::vector<ResultQuality> all = run();
  std::vector<ResultDay> days;
  for (std::size_t h = 0; h < all.size(); ++h) {
    for (const ResultDay& day : all[h].days) {
      EXPECT_EQ(h, (std::array{19U, 43U, 50U}[days.size()])); // with the hour that ends it
      days.push_back(day);
    }
    EXPECT_EQ(all[h].periods.size(), h + 1 == all.size() ? 3U : 0U);
  }
  ASSERT_EQ(days.size(), 3U);
  EXPECT_EQ(days[0].start, c.start - 4 * seconds_per_hour);
  EXPECT_EQ(days[0].end, days[1].start);
  EXPECT_EQ(days[2].date, 20171206);
  const auto header = QualityRecord(c).header();
  EXPECT_EQ(header.editions, "GB3095_2012");
  EXPECT_EQ(header.reference_state, "gases and particles at 273.15 K and 1013.25 hPa");
  ASSERT_EQ(header.places.size(), 6U); // A, B, two districts, city, receptor
  EXPECT_EQ(header.places[5].function_class, 1);
  // One hour before, the first day has too few.
  EXPECT_FALSE(std::isnan(days[0].places[1].mean[so2]));
  EXPECT_TRUE(std::isnan(days[1].places[1].mean[co])) << "19 hours";
  EXPECT_FALSE(days[1].places[1].valid());
  EXPECT_TRUE(days[0].places[1].valid());
  EXPECT_TRUE(std::isnan(days[2].places[1].mean[so2]));
  EXPECT_FALSE(std::isnan(days[2].places[1].maximum[so2]));
  // District Zhushan is cell A alone, but judged by class II.
  EXPECT_EQ(days[0].places[2].judged, days[0].places[0].judged);
  EXPECT_NE(days[0].places[0].exceeded & 1U << pm10, 0U);
  EXPECT_EQ(days[0].places[2].exceeded & 1U << pm10, 0U);
  EXPECT_TRUE(described.starts_with("1 good days of 1 with an index") ||
              described.starts_with("0 good days of 1 with an index"))
      << described;
  EXPECT_NE(described.find("; largest AQI " + std::to_string(days[0].places[4].index) + ", on 2017-12-04"),
            std::string::npos)
      << described;
}

TEST_F(QualityRecordTest, GridCellsByTheJudgeAndPeriodsByHand) {
  period("2017-12-04T04:00", "2017-12-07T00:00");
  const std::vector<ResultQuality> all = run();
  EXPECT_TRUE(all.back().days.empty() && all.back().periods.empty()); // nothing is left open
  const ResultQuality& last = all[all.size() - 2];
  ASSERT_EQ(last.periods.size(), 3U); // 2017-12, 2017, all
  const std::vector<int> classes = QualityPlaces(c.grid->management, c.receptors, c.grid->grid).function_classes();
  const std::size_t named = last.periods[0].places.size();
  int protected_cells = 0;
  for (std::size_t n = 0; n < plane(); n += 7) {
    const int function_class = classes[named + n];
    protected_cells += function_class == 1 ? 1 : 0;
    double sum = 0, highest = 0, second = 0;
    int good = 0, valid = 0, exceeded = 0;
    for (int d = 4; d < 7; ++d) {
      const DayQuality day = by_hand(*parse_instant("2017-12-0" + std::to_string(d), c.zone), n, function_class);
      sum += day.mean[pm10];
      second = std::max(second, std::min(highest, day.judged[pm10]));
      highest = std::max(highest, day.judged[pm10]);
      good += day.good() ? 1 : 0;
      valid += day.valid() ? 1 : 0;
      exceeded += int(day.exceeded >> pm10 & 1U);
    }
    for (const ResultPeriod& period : last.periods) {
      const PeriodQuality& quality = period.grid[n];
      EXPECT_NEAR(quality.mean[pm10] / (sum / 3), 1, 1e-14);
      EXPECT_NEAR(quality.percentile[pm10] / (second + 0.9 * (highest - second)), 1, 1e-14); // rank 1.9 of 0 to 2
      EXPECT_EQ(quality.good_days, good);
      EXPECT_EQ(quality.valid_days, valid);
      EXPECT_EQ(valid, 2) << "CO has 19 hours on the second day";
      EXPECT_EQ(quality.exceeded_days[pm10], exceeded);
      EXPECT_FALSE(quality.mean_enough[pm10] && &period != &last.periods[2]);
    }
  }
  EXPECT_GT(protected_cells, 0);
}

TEST_F(QualityRecordTest, MonthsEndInTheRunAndEditionsChange) {
  period("2025-12-30T00:00", "2026-01-02T12:00");
  const std::vector<ResultQuality> all = run();
  std::vector<std::pair<std::size_t, std::size_t>> ended; // hour, periods
  for (std::size_t h = 0; h < all.size(); ++h) {
    if (!all[h].periods.empty()) {
      ended.emplace_back(h, all[h].periods.size());
    }
  }
  EXPECT_EQ(ended, (std::vector<std::pair<std::size_t, std::size_t>>{{47, 2}, {84, 3}}));
  std::vector<std::string> labels;
  for (const Period& period : QualityRecord(c).header().periods) {
    labels.push_back(period.label);
  }
  EXPECT_EQ(labels, (std::vector<std::string>{"2025-12", "2025", "2026-01", "2026", "all"}));
  EXPECT_EQ(all[84].periods[2].places[0].mean_days[so2], 3);
  EXPECT_FALSE(std::isnan(all[84].periods[2].places[0].percentile[so2]));

  period("2018-08-31T00:00", "2018-09-02T00:00");
  EXPECT_EQ(QualityRecord(c).header().reference_state, "gases and particles at 273.15 K and 1013.25 hPa; from "
                                                       "2018-09-01: gases at 298.15 K and 1013.25 hPa, particles at "
                                                       "ambient conditions");
}

TEST_F(QualityRecordTest, GoesOnFromAnyHourWithTheSameBits) {
  period("2025-12-30T00:00", "2026-01-02T12:00");
  const std::vector<ResultQuality> whole = run(), resumed = run(true);
  ASSERT_EQ(whole.size(), resumed.size());
  int days = 0;
  for (std::size_t h = 0; h < whole.size(); ++h) {
    ASSERT_EQ(whole[h].days.size(), resumed[h].days.size());
    ASSERT_EQ(whole[h].periods.size(), resumed[h].periods.size());
    for (std::size_t d = 0; d < whole[h].days.size(); ++d, ++days) {
      for (std::size_t n = 0; n < whole[h].days[d].places.size(); ++n) {
        expect_same(whole[h].days[d].places[n], resumed[h].days[d].places[n]);
      }
    }
    for (std::size_t d = 0; d < whole[h].periods.size(); ++d) {
      for (std::size_t n = 0; n < plane(); ++n) {
        const PeriodQuality &a = whole[h].periods[d].grid[n], &b = resumed[h].periods[d].grid[n];
        EXPECT_EQ(std::memcmp(&a.mean, &b.mean, sizeof a.mean), 0);
        EXPECT_EQ(std::memcmp(&a.percentile, &b.percentile, sizeof a.percentile), 0);
        EXPECT_EQ(std::tie(a.good_days, a.exceeded_days, a.primary_days, a.quality_days, a.mean_enough),
                  std::tie(b.good_days, b.exceeded_days, b.primary_days, b.quality_days, b.mean_enough));
      }
    }
  }
  EXPECT_EQ(days, 4);
}
