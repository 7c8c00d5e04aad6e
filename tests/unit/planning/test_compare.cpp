#include "base/constants.hpp"
#include "base/error.hpp"
#include "planning/cell_table.hpp"
#include "planning/compare.hpp"
#include "paths.hpp"
#include "sample_result.hpp"

#include <cmath>
#include <fmt/format.h>
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
  bool tagged = false; // PM10 is 40 of roads, 40 x sites of sites and 20 from outside
  double sites = 1;
  bool all_cells = true; // else without CJ-1
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
  if (strategy.tagged) {
    header.attribution = {.pollutants = {4},
                          .tags = {"roads", "sites", "other", "outside", "initial"},
                          .kinds = {"sector", "sector", "other", "outside", "initial"},
                          .species = {"pm_coarse"}};
  }
  const std::vector<double> tags = {40, 40 * strategy.sites, 0, 20, 0};
  ManagementCells cells = three_cells(grid);
  if (!strategy.all_cells) {
    cells.cells.erase(cells.cells.begin() + 1);
  }
  const std::filesystem::path file = folder / (std::string(strategy.name) + ".nc");
  ResultFile result(file, grid, cells, header);
  const std::size_t size = std::size_t(grid.nx() * grid.ny());
  for (int h = 0; h < strategy.hours; ++h) {
    ResultHour hour = sample_hour(grid, header, h);
    hour.start = *parse_instant(strategy.start, TimeZone()) + h * seconds_per_hour;
    hour.end = hour.start + seconds_per_hour;
    hour.weather.x_wind = h == 30 ? strategy.wind : 2;
    for (std::size_t p = 0; p < header.pollutants.size(); ++p) {
      const bool pm10 = header.pollutants[p].id == "pm10";
      const double value = pm10 && strategy.tagged ? 1e-9 * (60 + 40 * strategy.sites)
                           : pm10                  ? strategy.factor * (h < 24 ? 200e-9 : 100e-9)
                                                   : 10e-9;
      std::fill_n(hour.concentration.begin() + std::ptrdiff_t(p * size), size, value);
    }
    for (std::size_t tag = 0; tag < header.attribution.tags.size(); ++tag) {
      hour.tags_in_cells.insert(hour.tags_in_cells.end(), cells.cells.size(), 1e-9 * tags[tag]);
      hour.tags_at_receptors.insert(hour.tags_at_receptors.end(), header.receptors.size(), 1e-9 * tags[tag]);
    }
    result.write(std::move(hour));
  }
  ResultSummary summary = sample_summary(header, int(cells.cells.size()));
  summary.tag_budget.resize(header.attribution.tags.size(), {.emitted = 1, .outflow = 1});
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
    for (auto* avoided : {&summary.total_avoided, &summary.total_avoided_low, &summary.total_avoided_high}) {
      avoided->assign(header.emitted.size(), 0.0);
    }
  }
  result.finish(summary);
  return file;
}

std::string refusal(const std::vector<std::filesystem::path>& files, const CompareOptions& options = {}) {
  try {
    compare_results(files, options);
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
  // The city's PM10 falls by half of 150 ug m-3 at 273.15 K; the rest does not change.
  const double gain = 0.5 * (comparison.runs[0].places[1].mean[0] * 1e6 + cell.mean[0] * 375000) / areas * 1e9;
  const CostEffect& effect = comparison.runs[1].effect.at("CNY");
  EXPECT_NEAR(effect.per_good_day.low, 68400, 1e-9);
  EXPECT_NEAR(effect.per_microgram[0].central, 85200 / gain, 1e-3);
  EXPECT_NEAR(effect.per_microgram[0].low, 68400 / gain, 1e-3); // without tags: of the cost alone
  EXPECT_NEAR(effect.per_microgram[0].high, 93600 / gain, 1e-3);
  EXPECT_FALSE(is_known(effect.per_microgram[1]));
  EXPECT_NE(table.find(fmt::format("cost above base: 85200 (68400 to 93600) CNY, 85200 (68400 to 93600) per good day gained in the "
                       "city\nCNY per ug m-3 by which the city's mean falls: PM10 {:.0f} ({:.0f} to {:.0f}), PM2.5 -, "
                       "SO2 -, NO2 - (-: it does not fall); where no range of the change is known, the range is the cost's "
                       "alone\ncapital above base: 146100 CNY\n", 85200 / gain, 68400 / gain, 93600 / gain)),
            std::string::npos)
      << table;
  EXPECT_NE(table.find("NOTE: no ranges of concentrations: they take the same tags in both results ([attribution])\n"),
            std::string::npos);
  // CJ-1 is of class I, whose limit of PM10 is 50 ug m-3 a day (class II: 150): the half of 100 at 273.15 K is above it.
  EXPECT_EQ(comparison.places[2].function_class, 1);
  const auto pm10 = std::size_t(4);
  for (const auto& [place, before, after] : {std::tuple{1, 1, 0}, std::tuple{2, 2, 2}}) {
    EXPECT_EQ(comparison.runs[0].places[std::size_t(place)].exceeded_days[pm10], before) << place;
    EXPECT_EQ(comparison.runs[0].places[std::size_t(place)].days_above, before) << place;
    EXPECT_EQ(comparison.runs[1].places[std::size_t(place)].exceeded_days[pm10], after) << place;
    EXPECT_EQ(comparison.runs[0].places[std::size_t(place)].exceeded_days[0], 0) << place;
  }
  EXPECT_NE(table.find("days above a limit in the city (change): PM10 0 (-1)\n"), std::string::npos) << table;
  EXPECT_NE(table.find("CJ-1 Changjiang 1 (I) "), std::string::npos) << table;
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
  EXPECT_NE(table.find("2/2     +1     0     -1"), std::string::npos) << table;
  const std::string csv = comparison_csv(comparison);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * int(1 + cell_count));
  EXPECT_NE(csv.find("dust,ZS-1,\"珠山 \"\"一\"\"\",2,1,"), std::string::npos) << csv;
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
                                       "other weather (x_wind is 3, not 2, in the hour from 2017-12-04T22:00:00Z); "
                                       "--other-weather allows it");
  EXPECT_EQ(refusal({base, shorter}),
            shorter.string() + against + "another period (2017-12-03T16:00:00Z to 2017-12-05T08:00:00Z, not "
                                         "2017-12-03T16:00:00Z to 2017-12-05T16:00:00Z); a run was stopped before its end; --other-period "
                                         "allows it");
  EXPECT_NE(refusal({base, other}).find(other.string() + ": has no pollutant \"pm2_5\""), std::string::npos);
  EXPECT_EQ(refusal({base, folder / "none.nc"}), (folder / "none.nc").string() + ": no such file");
  std::filesystem::remove_all(folder);
}

TEST(Compare, WhatIsAllowedIsSaid) {
  const auto folder = scratch_directory("compare-allowed");
  const auto base = write_strategy(folder, {});
  const auto wind = write_strategy(folder, {.name = "wind", .factor = 0.5, .wind = 3});
  const auto later = write_strategy(folder, {.name = "later", .start = "2018-12-04T00:00:00+08:00"});
  const auto shorter = write_strategy(folder, {.name = "short", .hours = 40, .complete = false});
  const auto fewer = write_strategy(folder, {.name = "fewer", .factor = 0.5, .all_cells = false});
  const auto notes = [&](const std::filesystem::path& file, const AllowedDifferences& allowed) {
    return compare_results({base, file}, {.allowed = allowed, .uncertainties = {}, .sampling = {}}).runs.at(1).notes;
  };
  const std::string no_ranges = "no ranges of concentrations: only results of one grid, weather and period have them";
  EXPECT_EQ(notes(wind, {.weather = true}),
            (std::vector<std::string>{"wind.nc has other weather (x_wind is 3, not 2, in the hour from "
                                      "2017-12-04T22:00:00Z): changes hold the weather too",
                                      no_ranges}));
  EXPECT_EQ(notes(later, {.period = true}),
            (std::vector<std::string>{"later.nc is of another period (2018-12-03T16:00:00Z to 2018-12-05T16:00:00Z): "
                                      "changes hold its weather too",
                                      "later.nc is reported at another state, gases at 298.15 K and 1013.25 hPa, "
                                      "particles at ambient conditions, and the change holds that too",
                                      no_ranges}));
  const CompareOptions period{.allowed = {.period = true}, .uncertainties = {}, .sampling = {}};
  EXPECT_EQ(refusal({base, shorter}, period), shorter.string() + ": cannot be compared with " + base.string() +
                                                  ": another length (40 hours, not 48)");
  EXPECT_EQ(refusal({base, fewer}), fewer.string() + ": cannot be compared with " + base.string() +
                                        ": other management cells or terrain; --other-grid allows it");

  // Cells are found by their ids; the city is that of each result.
  const CompareOptions grid{.allowed = {.grid = true}, .uncertainties = {}, .sampling = {}};
  const Comparison comparison = compare_results({base, fewer}, grid);
  EXPECT_EQ(comparison.runs[1].notes,
            (std::vector<std::string>{"fewer.nc lacks these management cells of the base: CJ-1", no_ranges}));
  EXPECT_EQ(comparison.places[3].id, "ZS");
  EXPECT_TRUE(comparison.runs[1].places[3].present);
  EXPECT_FALSE(comparison.runs[1].places[2].present);
  EXPECT_NEAR(comparison.runs[1].places[3].mean[0], 0.5 * comparison.runs[0].places[3].mean[0], 1e-14);
  EXPECT_EQ(comparison.runs[1].places[0].mean[0], comparison.runs[1].places[1].mean[0]); // ZS-1 alone is the city
  EXPECT_NE(comparison_table(comparison).find("\nCJ-1 Changjiang 1 (I)          -\n"), std::string::npos)
      << comparison_table(comparison);
  EXPECT_EQ(comparison_csv(comparison).find("fewer,CJ-1"), std::string::npos);
  EXPECT_EQ(compare_results({fewer, base}, grid).runs[1].notes[0],
            "base.nc has management cells that the base lacks: CJ-1");
  std::filesystem::remove_all(folder);
}

TEST(Compare, OtherGridsAreHeldTogetherByCells) {
  const auto folder = scratch_directory("compare-grids");
  const ResultFacts base = read_result(write_strategy(folder, {}));
  ResultFacts other = base;
  other.file = folder / "other.nc";
  other.grid = "finer";
  other.x.pop_back();
  other.cells[0].function_class = 1;
  other.cells[1].area *= 1.02;
  const auto said = [&](const AllowedDifferences* allowed) {
    ProblemList problems;
    std::vector<std::string> notes = check_comparable(base, other, problems, allowed);
    for (const auto& problem : problems.problems()) {
      notes.push_back(problem.text);
    }
    return notes;
  };
  const std::string against = "cannot be compared with " + base.file.string() + ": ";
  const std::string grids = "another grid (\"finer\" of 11 x 10 cells, not \"sample\" of 12 x 10)";
  const AllowedDifferences none, grid{.grid = true};
  EXPECT_EQ(said(nullptr), (std::vector<std::string>{against + grids, against + "other management cells or terrain"}));
  EXPECT_EQ(said(&none),
            (std::vector<std::string>{against + grids + "; --other-grid allows it",
                                      against + "other management cells or terrain; --other-grid allows it"}));
  EXPECT_EQ(said(&grid),
            (std::vector<std::string>{"other.nc lies on another grid (\"finer\" of 11 x 10 cells): held against the base by "
                                      "the ids of management cells; whether the weather is the same cannot be told",
                                      "other.nc has these management cells with another area or class: ZS-1, CJ-1"}));
  other.cells.erase(other.cells.begin(), other.cells.end());
  EXPECT_EQ(said(&grid), std::vector<std::string>{against + "no management cell in common"});
  std::filesystem::remove_all(folder);
}

// 40 of roads, 40 of sites and 20 from outside; measures halve the sites' share, which is 20 less. They avoid 50 kg, at their
// low end 30 and at their high end 60: 0.6 and 1.2 times what is stated, evenly on either side, so 10 % of the draws lie
// below 1 - 0.8 x 0.4 = 0.68 and above 1 + 0.8 x 0.2 = 1.16. The cost goes with it: 85200 - 0.8 x 16800 = 71760 and
// 85200 + 0.8 x 8400 = 91920. With 200 draws, one in each two-hundredth, an end is off by less than 0.008 x 0.4 / 0.5.
TEST(Compare, RangesComeFromTagsAndEfficiencies) {
  const auto folder = scratch_directory("compare-ranges");
  const auto base = write_strategy(folder, {.start = "2019-12-04T00:00:00+08:00", .tagged = true});
  const auto less = write_strategy(
      folder, {.name = "less", .start = "2019-12-04T00:00:00+08:00", .cost = 84000, .tagged = true, .sites = 0.5});
  const Comparison comparison = compare_results({base, less});
  const double tolerance = 20 * 0.0064;
  for (const PlaceResult& place : comparison.runs[1].places) {
    EXPECT_NEAR(place.change_range[0].central * 1e9, -20, 1e-4);
    EXPECT_NEAR(place.change_range[0].low * 1e9, -20 * 1.16, tolerance);
    EXPECT_NEAR(place.change_range[0].high * 1e9, -20 * 0.68, tolerance);
    EXPECT_NEAR(place.mean_range[0].low * 1e9, 100 - 20 * 1.16, tolerance);
    EXPECT_NEAR(place.mean_range[0].high * 1e9, 100 - 20 * 0.68, tolerance);
    EXPECT_FALSE(is_known(place.change_range[1]));
  }
  EXPECT_EQ(comparison.runs[1].notes, std::vector<std::string>{"no range of pm2_5, so2, no2: the results do not both have tags of it"});
  const Range cost = comparison.runs[1].effect.at("CNY").per_microgram[0];
  EXPECT_NEAR(cost.central, 85200 / 20.0, 0.1);
  EXPECT_NEAR(cost.low, 91920 / (20 * 1.16), 40);
  EXPECT_NEAR(cost.high, 71760 / (20 * 0.68), 40);
  EXPECT_NE(comparison_table(comparison).find("\n  change, 10 to 90 %"), std::string::npos);

  // What the roads bring is not known well, which changes the mean's range but not the change's.
  const Uncertainty roads{.id = "roads", .tags = {"road*"}, .pollutants = {"pm10"}, .low = 0.5, .high = 2};
  const PlaceResult wider =
      compare_results({base, less}, {.allowed = {}, .uncertainties = {roads}, .sampling = {}}).runs[1].places[0];
  EXPECT_NEAR(wider.change_range[0].low * 1e9, -20 * 1.16, tolerance);
  EXPECT_NEAR(wider.change_range[0].high * 1e9, -20 * 0.68, tolerance);
  EXPECT_GT(wider.mean_range[0].high * 1e9, 110); // 80 + 40 (2^0.8 - 1) = 109.6 of the roads alone
  EXPECT_LT(wider.mean_range[0].low * 1e9, 65);

  // Nothing is uncertain.
  const auto same = write_strategy(folder, {.name = "same", .start = "2019-12-04T00:00:00+08:00", .tagged = true});
  EXPECT_EQ(compare_results({base, same}).runs[1].notes,
            (std::vector<std::string>{"no range of pm2_5, so2, no2: the results do not both have tags of it",
                                      "no range of pm10: neither --uncertainty FILE nor a measure's efficiency_range says how "
                                      "well it is known"}));
  std::filesystem::remove_all(folder);
}

TEST(Compare, StrategiesWhoseRangesOverlapAreEqual) {
  Comparison comparison;
  const auto add = [&](const std::string& name, const std::map<std::string, CostEffect>& effect) {
    RunResult run;
    run.scenario = name;
    run.places.resize(1);
    run.effect = effect;
    comparison.runs.push_back(run);
  };
  const auto costs = [](const Range& per_microgram, const Range& per_day) {
    CostEffect effect{.cost = per_day, .per_good_day = per_day};
    effect.per_microgram.fill(no_range);
    effect.per_microgram[1] = per_microgram;
    return effect;
  };
  add("base", {});
  add("dear", {{"CNY", costs({14, 20, 25}, {1, 1, 1})}});
  add("free", {});
  add("middle", {{"CNY", costs({11, 13, 15}, no_range)}});
  add("vain", {{"CNY", costs(no_range, {1, 1, 1})}});
  add("cheap", {{"CNY", costs({8, 10, 12}, {2, 2, 2})}});
  add("both", {{"CNY", costs({8, 10, 12}, {2, 2, 2})}, {"EUR", costs({8, 10, 12}, {2, 2, 2})}});
  const auto list = [&](const std::string& by) {
    std::string text;
    for (const RankedStrategy& one : rank_strategies(comparison, by)) {
      text += fmt::format("{} {}{}{}; ", one.rank, comparison.runs[one.run].scenario, one.reason.empty() ? "" : " ", one.reason);
    }
    return text;
  };
  // "dear" begins above the end of "cheap", not above that of "middle".
  EXPECT_EQ(list("pm2_5"), "1 cheap; 1 middle; 2 dear; 0 free states no cost; 0 vain does not lower the city's mean; "
                           "0 both states costs in several currencies; ");
  EXPECT_EQ(list("good_days"), "1 dear; 1 vain; 3 cheap; 0 free states no cost; 0 middle gains no good day in the city; "
                               "0 both states costs in several currencies; ");
  EXPECT_TRUE(is_rank_kind("so2"));
  EXPECT_FALSE(is_rank_kind("o3"));
}

TEST(Compare, ChangesOfCellsAreExported) {
  const auto folder = scratch_directory("compare-map");
  const auto base = write_strategy(folder, {});
  const auto dust = write_strategy(folder, {.name = "dust", .factor = 0.5, .cost = 84000});
  const Comparison comparison = compare_results({base, dust, dust});
  const files::FeatureTable table = comparison_map(comparison, cell_table(read_result(base)));
  files::write_table(folder / "map.geojson", table);
  const std::vector<files::Feature> cells = files::read_geojson(folder / "map.geojson");
  ASSERT_EQ(cells.size(), cell_count);
  const auto number = [&](std::size_t cell, const char* name) { return std::get<double>(cells[cell].properties.at(name)); };
  for (std::size_t c = 0; c < cell_count; ++c) {
    const double mean = comparison.runs[0].places[c + 1].mean[0] * 1e9;
    EXPECT_EQ(cells[c].id, comparison.places[c + 1].id);
    EXPECT_NEAR(number(c, "base_pm10_ug_m3"), mean, 1e-3);
    EXPECT_NEAR(number(c, "dust_pm10_change_ug_m3"), -0.5 * mean, 1e-3);
    EXPECT_NEAR(number(c, "dust_pm10_change_percent"), -50, 1e-3);
    EXPECT_NEAR(number(c, "dust_2_pm10_change_percent"), -50, 1e-3);
    EXPECT_EQ(number(c, "dust_so2_change_ug_m3"), 0);
    EXPECT_EQ(number(c, "base_good_days"), 1);
    EXPECT_EQ(number(c, "dust_good_days_change"), 1);
    EXPECT_EQ(number(c, "dust_days_above_change"), c == 1 ? 0 : -1); // CJ-1, class I, stays above
    EXPECT_FALSE(cells[c].properties.contains("dust_pm10_change_low_ug_m3"));
  }
  EXPECT_NEAR(number(0, "dust_pm10_avoided_t"), 0.012, 1e-9);
  EXPECT_EQ(cells[0].text("name"), "珠山 \"一\"");
  std::filesystem::remove_all(folder);
}
