#include "base/error.hpp"
#include "paths.hpp"
#include "planning/screen.hpp"
#include "sample_result.hpp"

#include <algorithm>
#include <functional>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

/// ug m-3 that a plant adds to a pollutant in hour h at grid cell (i, j).
using Added = std::function<double(const std::string& pollutant, int h, int j, int i)>;

/// Background of PM10: 100 ug m-3 in the first day, 140 in the second; of the rest 10. Two days of 2019, when particles
/// are reported at ambient conditions.
std::filesystem::path write_run(const std::filesystem::path& folder, const std::string& name, int hours,
                                const Added& added) {
  const Grid grid = sample_grid();
  ResultHeader header = sample_header();
  header.scenario = name;
  header.pollutants = {
      {"so2", "SO2", "", false}, {"o3", "O3", "", false}, {"pm10", "PM10", "", true}, {"hf", "HF", "", false}};
  const std::filesystem::path file = folder / (name + ".nc");
  ResultFile result(file, grid, sample_cells(grid), header);
  for (int h = 0; h < hours; ++h) {
    ResultHour hour = sample_hour(grid, header, h);
    hour.start = *parse_instant("2019-12-04T00:00:00+08:00", TimeZone()) + h * seconds_per_hour;
    hour.end = hour.start + seconds_per_hour;
    auto value = hour.concentration.begin();
    for (const ResultPollutant& pollutant : header.pollutants) {
      const double background = pollutant.id != "pm10" ? 10 : h < 24 ? 100 : 140;
      for (int j = 0; j < grid.ny(); ++j) {
        for (int i = 0; i < grid.nx(); ++i) {
          *value++ = 1e-9 * (background + added(pollutant.id, h, j, i));
        }
      }
    }
    result.write(std::move(hour));
  }
  result.finish(sample_summary(header, 2));
  return file;
}

double nothing(const std::string&, int, int, int) {
  return 0;
}

/// PM10: 24 all the second day at (1, 1) in ZS-1, 30 all the first day at (7, 5) in CJ-1, a class I area. SO2: 600 in
/// hour 30 at (1, 1). O3: 300 in the hours 12 to 15 of the first day at (3, 3).
double plant(const std::string& pollutant, int h, int j, int i) {
  if (pollutant == "pm10") {
    return i == 1 && j == 1 && h >= 24 ? 24 : i == 7 && j == 5 && h < 24 ? 30 : 0;
  }
  if (pollutant == "so2") {
    return i == 1 && j == 1 && h == 30 ? 600 : 0;
  }
  return pollutant == "o3" && i == 3 && j == 3 && h >= 12 && h < 16 ? 300 : 0;
}

class Screen : public testing::Test {
 protected:
  using Place = ScreeningRow::Place;
  using Verdict = ScreeningRow::Verdict;

  ~Screen() override { std::filesystem::remove_all(folder); }
  /// Background, sum, largest increment and limit [ug m-3] of the only row that fits.
  const ScreeningRow& row(const Screening& screening, Place place, const std::string& pollutant,
                          const std::string& average) {
    const auto fits = [&](const ScreeningRow& r) {
      return r.place == place && r.pollutant == pollutant && r.average == average;
    };
    EXPECT_EQ(std::count_if(screening.rows.begin(), screening.rows.end(), fits), 1) << pollutant << " " << average;
    return *std::find_if(screening.rows.begin(), screening.rows.end(), fits);
  }
  void expect(const ScreeningRow& r, double background, double sum, double largest, double limit, Verdict verdict) {
    const double stored = 1e-13; // as floats
    EXPECT_NEAR(r.background, 1e-9 * background, stored);
    EXPECT_NEAR(r.sum, 1e-9 * sum, stored);
    EXPECT_NEAR(r.largest_increment, 1e-9 * largest, stored);
    EXPECT_NEAR(r.limit, 1e-9 * limit, 1e-20);
    EXPECT_EQ(r.verdict(), verdict);
  }
  /// What 1 kg m-3 of a gas is at 298.15 K in a grid cell.
  double gas(int i, int j) { return 101325 / (287.05 * 298.15) / sample_grid().air_density(i, j, 0); }

  std::filesystem::path folder = scratch_directory("screen");
};

} // namespace

/// Twelve hours hold five 8-hour means, too few for a day whatever they are, at every place.
TEST_F(Screen, ADayWithTooFewHoursHasNoMean) {
  const auto ozone = [](double at_corner) {
    return [at_corner](const std::string& pollutant, int, int j, int i) {
      return pollutant == "o3" && i == 0 && j == 0 ? at_corner : 0;
    };
  };
  const Screening s =
      screen_results(write_run(folder, "base", 12, ozone(300)), write_run(folder, "plant", 12, ozone(400)));
  for (const ScreeningRow& row : s.rows) {
    EXPECT_NE(row.average, "8h") << row.pollutant << ' ' << row.id;
    EXPECT_NE(row.average, "24h") << row.pollutant << ' ' << row.id;
    EXPECT_GE(row.sum, 0);
  }
  expect(row(s, Place::highest_sum, "o3", "1h"), 310 * gas(0, 0), 410 * gas(0, 0), 100 * gas(0, 0), 200,
         Verdict::exceeds_without_plant);
}

TEST_F(Screen, DailyMeansByHand) {
  const Screening s = screen_results(write_run(folder, "base", 48, nothing), write_run(folder, "plant", 48, plant));
  EXPECT_EQ(s.edition, "GB3095_2012");
  EXPECT_FALSE(s.whole_year);
  // Class II 150: 140 + 24 in the second day; 30 of the first day are the most, where 140 is the highest sum.
  const ScreeningRow& worst = row(s, Place::highest_sum, "pm10", "24h");
  expect(worst, 140, 164, 24, 150, Verdict::exceeds);
  EXPECT_EQ(worst.index, 13U); // (1, 1) of 12 columns
  EXPECT_EQ(worst.name, "grid cell at x 518250, y 3243250 m");
  EXPECT_EQ(format_utc(worst.when), "2019-12-04T16:00:00Z");
  const ScreeningRow& most = row(s, Place::largest_increment, "pm10", "24h");
  expect(most, 140, 140, 30, 150, Verdict::within);
  EXPECT_EQ(most.index, 5U * 12 + 7);
  // CJ-1 is half of (6, 5) and (7, 5), 125000 and 250000 m2: two thirds of 30. Class I: 50.
  const ScreeningRow& protected_area = row(s, Place::class_1_area, "pm10", "24h");
  EXPECT_EQ(protected_area.id, "CJ-1");
  expect(protected_area, 140, 140, 20, 50, Verdict::exceeds_without_plant);
  // ZS-1 is four cells.
  expect(row(s, Place::cell, "pm10", "24h"), 140, 146, 6, 150, Verdict::within);
  // Means of two days: 30 at (7, 5) in one of them outdo 24 at (1, 1) in the other.
  expect(row(s, Place::highest_sum, "pm10", "annual"), 120, 135, 15, 70, Verdict::exceeds_without_plant);
  expect(row(s, Place::cell, "pm10", "annual"), 120, 123, 3, 70, Verdict::exceeds_without_plant);
  expect(row(s, Place::class_1_area, "pm10", "annual"), 120, 130, 10, 40, Verdict::exceeds_without_plant);
  const ScreeningRow& hour = row(s, Place::highest_sum, "pm10", "1h");
  EXPECT_NEAR(hour.sum, 164e-9, 1e-13);
  EXPECT_EQ(hour.verdict(), Verdict::no_limit);
}

TEST_F(Screen, GasesInTheirReferenceState) {
  const Screening s = screen_results(write_run(folder, "base", 48, nothing), write_run(folder, "plant", 48, plant));
  expect(row(s, Place::highest_sum, "so2", "1h"), 10 * gas(1, 1), 610 * gas(1, 1), 600 * gas(1, 1), 500,
         Verdict::exceeds);
  EXPECT_EQ(format_utc(row(s, Place::highest_sum, "so2", "1h").when), "2019-12-04T22:00:00Z");
  expect(row(s, Place::highest_sum, "so2", "24h"), 10 * gas(1, 1), 35 * gas(1, 1), 25 * gas(1, 1), 150,
         Verdict::within);
  // Eight hours with all four: 10 + 150.
  expect(row(s, Place::highest_sum, "o3", "8h"), 10 * gas(3, 3), 160 * gas(3, 3), 150 * gas(3, 3), 160,
         160 * gas(3, 3) > 160 ? Verdict::exceeds : Verdict::within);
  EXPECT_EQ(row(s, Place::highest_sum, "hf", "annual").verdict(), Verdict::no_limit);
}

TEST_F(Screen, EditionsHaveTheirLimits) {
  const auto base = write_run(folder, "base", 48, nothing), with = write_run(folder, "plant", 48, plant);
  const Screening s = screen_results(base, with, "GB3095_2026_FINAL");
  expect(row(s, Place::cell, "pm10", "24h"), 140, 146, 6, 100, Verdict::exceeds_without_plant);
  expect(row(s, Place::highest_sum, "so2", "24h"), 10 * gas(1, 1), 35 * gas(1, 1), 25 * gas(1, 1), 50, Verdict::within);
  try {
    screen_results(base, with, "GB3095_2026_FINL");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "edition GB3095_2026_FINL: must be one of GB3095_2012, GB3095_2026_TRANSITION, "
                               "GB3095_2026_FINAL; did you mean \"GB3095_2026_FINAL\"?");
  }
}

TEST_F(Screen, TablesSayWhatTheyHold) {
  const Screening s = screen_results(write_run(folder, "base", 48, nothing), write_run(folder, "plant", 48, plant));
  const std::string table = screening_table(s);
  EXPECT_NE(table.find("NOTE: shorter than a year"), std::string::npos) << table;
  EXPECT_NE(table.find("class I area CJ-1 Changjiang 1\n"), std::string::npos) << table;
  EXPECT_NE(
      table.find("  pm10   24h            24.000    140.00    164.00     150.0    24.000   16.00  2019-12-05 00:00  "
                 "exceeds the limit\n"),
      std::string::npos)
      << table;
  EXPECT_NE(
      table.find("  pm10   period mean    15.000    120.00    135.00      70.0    15.000   21.43  2019-12-04 00:00  "
                 "exceeds the limit without the plant too; of a period mean, not a year's\n"),
      std::string::npos)
      << table;
  EXPECT_EQ(table.find("hf"), std::string::npos);                                               // it has no limit
  EXPECT_NE(table.find("... and 2 more rows of management cells"), std::string::npos) << table; // of O3
  EXPECT_EQ(screening_table(s, true).find("... and"), std::string::npos);
  const std::string csv = screening_csv(s);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 4 * (4 * 3 + 1)); // places x (pollutants x averages, O3's 8h)
  EXPECT_NE(csv.find("\nclass I area,CJ-1,Changjiang 1,1,pm10,24h,"), std::string::npos) << csv;
  EXPECT_NE(csv.find(",hf,1h,"), std::string::npos) << csv;
}

TEST_F(Screen, WithoutAFullDayThereAreNoDailyMeans) {
  const Screening s = screen_results(write_run(folder, "base", 19, nothing), write_run(folder, "plant", 19, plant));
  EXPECT_TRUE(std::none_of(s.rows.begin(), s.rows.end(), [](const ScreeningRow& r) { return r.average == "24h"; }));
  EXPECT_NE(screening_table(s).find("NOTE: no day has enough hours for 24-hour means"), std::string::npos);
}

TEST_F(Screen, RefusesOtherGridsAndPeriods) {
  const auto base = write_run(folder, "base", 48, nothing), shorter = write_run(folder, "short", 24, plant);
  try {
    screen_results(base, shorter);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.what(),
              shorter.string() + ": cannot be compared with " + base.string() +
                  ": another period (2019-12-03T16:00:00Z to 2019-12-04T16:00:00Z, not 2019-12-03T16:00:00Z "
                  "to 2019-12-05T16:00:00Z)");
  }
}
