#include "base/constants.hpp"
#include "base/error.hpp"
#include "planning/compare.hpp"
#include "paths.hpp"
#include "sample_result.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

constexpr std::size_t cell_count = 3;

/// "ZS-1" and "CJ-1" as in the sample, and "ZS", the cell above "ZS-1", twice as large.
ManagementCells three_cells(const Grid& grid) {
  ManagementCells cells = sample_cells(grid);
  ManagementCell above = cells.cells[0];
  above.id = "ZS";
  above.overlay.shares.clear();
  for (int j = 1; j <= 2; ++j) {
    for (int i = 1; i <= 4; ++i) {
      above.overlay.shares.push_back({i, j, 250000.0});
    }
  }
  cells.cells[0].parent = "ZS";
  cells.cells.push_back(above);
  return cells;
}

struct Strategy {
  const char* name = "base";
  double factor = 1;       // on the particles
  int hours = 48;
  double wind = 2;
  const char* start = "2017-12-04T00:00:00+08:00";
  double cost = 0;
  bool complete = true;
};

/// PM10 of 200 ug m-3 in the first day and 100 in the second (factor applied), the rest clean; everything uniform.
std::filesystem::path write_strategy(const std::filesystem::path& folder, const Strategy& strategy) {
  const Grid grid = sample_grid();
  ResultHeader header = sample_header();
  header.scenario = strategy.name;
  header.title = std::string("Case, \"") + strategy.name + "\"";
  header.pollutants = {{"so2", "SO2", "", false}, {"no2", "NO2", "", false}, {"co", "CO", "", false},
                       {"o3", "O3", "", false},   {"pm10", "PM10", "", true}, {"pm2_5", "PM2.5", "", true}};
  header.emitted = {"so2", "nox", "co", "tsp", "pm10", "pm2_5"};
  const std::filesystem::path file = folder / (std::string(strategy.name) + ".nc");
  ResultFile result(file, grid, three_cells(grid), header);
  const std::size_t size = std::size_t(grid.nx() * grid.ny());
  for (int h = 0; h < strategy.hours; ++h) {
    ResultHour hour = sample_hour(grid, header, h);
    hour.start = *parse_instant(strategy.start, TimeZone()) + h * seconds_per_hour;
    hour.end = hour.start + seconds_per_hour;
    hour.weather.x_wind = h == 30 ? strategy.wind : 2;
    for (std::size_t p = 0; p < header.pollutants.size(); ++p) {
      const bool pm10 = header.pollutants[p].id == "pm10";
      const double value = pm10 ? strategy.factor * (h < 24 ? 200e-9 : 100e-9) : 10e-9;
      std::fill_n(hour.concentration.begin() + std::ptrdiff_t(p * size), size, value);
    }
    result.write(std::move(hour));
  }
  ResultSummary summary = sample_summary(header, int(cell_count));
  summary.complete = strategy.complete;
  summary.measures[0].running = strategy.cost;
  summary.measures[0].running_low = 0.8 * strategy.cost;
  summary.measures[0].running_high = 1.1 * strategy.cost;
  summary.measures.push_back({.id = "sweep", .title = "Sweep", .kind = "scale", .payer = "", .currency = "CNY",
                              .running = 1000, .running_low = 1000, .running_high = 1000, .avoided = std::vector<double>(header.emitted.size(), 20)});
  summary.measures.back().avoided[0] = 0; // no SO2
  summary.measures.back().avoided_low = summary.measures.back().avoided_high = summary.measures.back().avoided;
  if (strategy.cost == 0) {
    summary.measures.clear();
  }
  result.finish(summary);
  return file;
}

std::string refusal(const std::vector<std::filesystem::path>& files) {
  try {
    compare_results(files);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

} // namespace

TEST(Compare, MeansGoodDaysAndCostAgainstTheBase) {
  const auto folder = scratch_directory("compare");
  const auto base = write_strategy(folder, {});
  const auto dust = write_strategy(folder, {.name = "dust", .factor = 0.5, .cost = 84000});
  const Comparison comparison = compare_results({base, dust});
  ASSERT_EQ(comparison.runs.size(), 2U);
  ASSERT_EQ(comparison.places.size(), 1 + cell_count);
  EXPECT_EQ(comparison.edition, "GB3095_2012");

  // 2017: particles too are reported at 273.15 K, so they grow by the ratio of the air densities.
  const Grid grid = sample_grid();
  const double density = 101325 / (287.05 * 273.15);
  const PlaceResult& cell = comparison.runs[0].places[2]; // CJ-1
  const double own = (grid.air_density(6, 5, 0) + 2 * grid.air_density(7, 5, 0)) / 3;
  EXPECT_NEAR(cell.mean[0] / (150e-9 * density / own), 1, 1e-6); // stored as float
  EXPECT_NEAR(cell.mean[2] / (10e-9 * density / own), 1, 1e-6);

  // 200 ug m-3 is an index above 100, 100 is not; half of both are good. At 273.15 K both are 6 % more.
  for (std::size_t n = 0; n < comparison.places.size(); ++n) {
    EXPECT_EQ(comparison.runs[0].places[n].days, 2);
    EXPECT_EQ(comparison.runs[0].places[n].good_days, 1);
    EXPECT_EQ(comparison.runs[1].places[n].good_days, 2);
  }
  // The city is ZS-1 and CJ-1; ZS holds ZS-1 and does not count again.
  const double areas = 1e6 + 375000;
  EXPECT_NEAR(comparison.places[0].area / areas, 1, 1e-6);
  EXPECT_NEAR(comparison.runs[0].places[0].mean[0],
              (comparison.runs[0].places[1].mean[0] * 1e6 + cell.mean[0] * 375000) / areas, 1e-6 * cell.mean[0]);
  EXPECT_EQ(comparison.runs[1].places[1].avoided[0], 4 * double(cell_count)); // pm10 is the fifth of what is emitted
  EXPECT_EQ(comparison.runs[1].places[0].avoided[0], 4 * double(cell_count) + 4 * double(cell_count) + 1);
  // Two days of 36525 a year are 200, beside 84000 and 1000; the capital stands apart.
  EXPECT_NEAR(comparison.runs[1].cost.at("CNY").period.central, 85200, 1e-9);
  EXPECT_NEAR(comparison.runs[1].cost.at("CNY").period.low, 85200 - 0.2 * 84000, 1e-9);
  EXPECT_NEAR(comparison.runs[1].cost.at("CNY").period.high, 85200 + 0.1 * 84000, 1e-9);
  EXPECT_EQ(comparison.runs[1].cost.at("CNY").capital, 146100);
  EXPECT_TRUE(comparison.runs[0].cost.empty());

  const std::string table = comparison_table(comparison);
  EXPECT_NE(table.find("preliminary"), std::string::npos);
  EXPECT_NE(table.find("gases and particles at 273.15 K"), std::string::npos);
  EXPECT_NE(table.find("cost above base: 85200 CNY, 85200 per good day gained in the city\n"
                       "capital above base: 146100 CNY\n"),
            std::string::npos)
      << table;
  // 50 kg of each pollutant are avoided by the one, 20 by the other.
  EXPECT_NE(table.find("water                                        0.05     0.05     0.05     0.05           84200 CNY "
                       "(capital 146100, 36525 a year), paid by: developer\n"
                       "  low efficiency                             0.04     0.04     0.04     0.04\n"
                       "  high efficiency                            0.06     0.06     0.06     0.06\n"
                       "  CNY per kg                                 1684     1684     1684     1684\n"
                       "    low efficiency                           1685     1685     1685     1685\n"
                       "    high efficiency                          1543     1543     1543     1543\n"
                       "sweep                                        0.02     0.02     0.00     0.02            1000 CNY\n"
                       "  CNY per kg                                   50       50        -       50\n"
                       "all together                                 0.05     0.05     0.05     0.05           85200 CNY\n"
                       "  low efficiency                             0.03     0.03     0.03     0.03\n"
                       "  high efficiency                            0.06     0.06     0.06     0.06\n"
                       "  CNY per kg                                 1704     1704     1704     1704\n"
                       "    low efficiency                           2280     2280     2280     2280\n"
                       "    high efficiency                          1560     1560     1560     1560\n"),
            std::string::npos)
      << table;
  EXPECT_NE(table.find("2/2     +1"), std::string::npos) << table;
  const std::string csv = comparison_csv(comparison);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * int(1 + cell_count));
  EXPECT_NE(csv.find("dust,ZS-1,\"珠山 \"\"一\"\"\",1,"), std::string::npos) << csv;
  std::filesystem::remove_all(folder);
}

TEST(Compare, SinceSeptember2018ParticlesStayAmbient) {
  const auto folder = scratch_directory("compare-2019");
  const auto base = write_strategy(folder, {.start = "2019-12-04T00:00:00+08:00"});
  const Comparison comparison = compare_results({base});
  EXPECT_NEAR(comparison.runs[0].places[1].mean[0], 150e-9, 1e-14);
  EXPECT_NE(comparison_table(comparison).find("particles at ambient conditions"), std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST(Compare, DaysWithTooFewHoursDoNotCount) {
  const auto folder = scratch_directory("compare-days");
  // 05:00 to 05:00: 19 hours of the first day and 5 of the third are too few.
  const auto short_days = write_strategy(folder, {.start = "2017-12-04T05:00:00+08:00"});
  EXPECT_EQ(compare_results({short_days}).runs[0].places[0].days, 1);
  // 04:00: 20 hours are enough.
  const auto enough = write_strategy(folder, {.name = "enough", .start = "2017-12-04T04:00:00+08:00"});
  EXPECT_EQ(compare_results({enough}).runs[0].places[0].days, 2);
  std::filesystem::remove_all(folder);
}

TEST(Compare, RefusesWhatCannotBeCompared) {
  const auto folder = scratch_directory("compare-refuse");
  const auto base = write_strategy(folder, {});
  const auto wind = write_strategy(folder, {.name = "wind", .wind = 3});
  const auto shorter = write_strategy(folder, {.name = "short", .hours = 40, .complete = false});
  const auto other = folder / "grid.nc";
  write_sample_result(other, 2);
  const std::string against = ": cannot be compared with " + base.string() + ": ";
  EXPECT_EQ(refusal({base, wind}), wind.string() + against +
                                       "other weather (x_wind is 3, not 2, in the hour from 2017-12-04T22:00:00Z)");
  EXPECT_EQ(refusal({base, shorter}),
            shorter.string() + against + "another period (2017-12-03T16:00:00Z to 2017-12-05T08:00:00Z, not "
                                         "2017-12-03T16:00:00Z to 2017-12-05T16:00:00Z); a run was stopped before its end");
  EXPECT_NE(refusal({base, other}).find(other.string() + ": has no pollutant \"pm2_5\""), std::string::npos);
  EXPECT_EQ(refusal({base, folder / "none.nc"}), (folder / "none.nc").string() + ": no such file");
  std::filesystem::remove_all(folder);
}
