#include "base/error.hpp"
#include "paths.hpp"
#include "planning/predict.hpp"
#include "sample_result.hpp"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

/// A city of two cells, W and E, two days of 2019 (particles as they are, GB 3095-2012), whose air stands still. Tags
/// bring, ug m-3:
///
///              fine W  fine E   coarse W  coarse E     emit fine  coarse [kg h-1]
///   road           30       6         40         8             1        3
///   plant          20      10         10         5             2        1
///   other           1       1          1         1             1        1
///   outside        25      25         20        20
///   initial         4       4          4         4
///   PM2.5          80      46   PM10 155        84
///
/// PM2.5 of W is beyond 75, the others and the gases are good in W and E. W is of 1 grid cell, E of 1; class 2.
constexpr std::size_t hours = 48, tag_count = 5;
const std::vector<std::string> tags = {"road", "plant", "other", "outside", "initial"};
constexpr double fine[tag_count][2] = {{30, 6}, {20, 10}, {1, 1}, {25, 25}, {4, 4}};
constexpr double coarse[tag_count][2] = {{40, 8}, {10, 5}, {1, 1}, {20, 20}, {4, 4}};
constexpr double emitted_fine[3] = {1, 2, 1}, emitted_coarse[3] = {3, 1, 1};
constexpr std::size_t so2 = 0, pm10 = 4, pm2_5 = 5; // of standard_pollutants

std::filesystem::path write_run(const std::string& name, double strength = 1, std::size_t length = hours) {
  const Grid grid = sample_grid();
  ManagementCells cells;
  for (int n = 0; n < 2; ++n) {
    ManagementCell& cell = cells.cells.emplace_back();
    cell.id = n == 0 ? "W" : "E";
    cell.overlay.shares = {{2 + n, 4, 250000.0}};
  }
  ResultHeader header = sample_header();
  header.scenario = "still";
  header.volume = {};
  header.pollutants = {{"pm2_5", "PM2.5", "", true}, {"pm10", "PM10", "", true}, {"so2", "SO2", "", false},
                       {"no2", "NO2", "", false},    {"co", "CO", "", false},    {"o3", "O3", "", false}};
  header.attribution = {.pollutants = {0, 1},
                        .tags = tags,
                        .kinds = {"group", "group", "other", "outside", "initial"},
                        .species = {"pm_fine", "pm_coarse"}};
  const std::filesystem::path file = scratch_directory("predict-" + name) / "still.nc";
  ResultFile result(file, grid, cells, header, {.overwrite = true});
  for (std::size_t h = 0; h < length; ++h) {
    ResultHour hour = sample_hour(grid, header, int(h));
    hour.start += 2 * 365 * seconds_per_day;
    hour.end += 2 * 365 * seconds_per_day;
    const std::size_t size = std::size_t(grid.nx() * grid.ny());
    std::fill(hour.concentration.begin(), hour.concentration.end(), 10e-9);
    for (int p = 0; p < 2; ++p) {
      for (std::size_t tag = 0; tag < tag_count; ++tag) {
        for (std::size_t n = 0; n < 2; ++n) {
          const double value = 1e-9 * strength * (fine[tag][n] + (p == 1 ? coarse[tag][n] : 0));
          double& total = hour.concentration[std::size_t(p) * size + std::size_t(4 * grid.nx() + 2) + n];
          total = tag == 0 ? value : total + value;
          hour.tags_in_cells.push_back(value);
        }
      }
    }
    hour.tags_at_receptors.assign(2 * tag_count * header.receptors.size(), 0);
    result.write(std::move(hour));
  }
  ResultSummary summary = sample_summary(header, 2);
  for (const auto* emitted : {emitted_fine, emitted_coarse}) {
    for (std::size_t tag = 0; tag < tag_count; ++tag) {
      summary.tag_budget.push_back({.emitted = tag < 3 ? double(length) * emitted[tag] : 0});
    }
  }
  result.finish(summary);
  return file;
}

/// One source per tag but for road, which has two that share alike.
TagEmission emission() {
  TagEmission all;
  all.tags = {"road", "plant", "other"};
  all.species = SpeciesTable::load().species_ids();
  all.hours = hours;
  all.sources = {"road-1", "road-2", "plant-1", "rest"};
  all.tag_of = {0, 0, 1, 2};
  const std::size_t count = all.species.size();
  all.hourly.assign(hours * 3 * count, 0);
  all.total.assign(4 * count, 0);
  for (std::size_t h = 0; h < hours; ++h) {
    for (std::size_t tag = 0; tag < 3; ++tag) {
      all.hourly[(h * 3 + tag) * count] = emitted_fine[tag];
      all.hourly[(h * 3 + tag) * count + 1] = emitted_coarse[tag];
    }
  }
  for (std::size_t source = 0; source < 4; ++source) {
    const std::size_t tag = all.tag_of[source];
    all.total[source * count] = hours * emitted_fine[tag] * (tag == 0 ? 0.5 : 1);
    all.total[source * count + 1] = hours * emitted_coarse[tag] * (tag == 0 ? 0.5 : 1);
  }
  return all;
}

EmissionChange unchanged() {
  EmissionChange change{.species = SpeciesTable::load(),
                        .photostationary = false,
                        .run = emission(),
                        .asked = emission(),
                        .run_background = std::vector<double>(hours * 8, 1e-9),
                        .asked_background = std::vector<double>(hours * 8, 1e-9)};
  return change;
}

/// Scales a species of a tag in all hours and sources.
void scale(TagEmission& emission, std::size_t tag, std::size_t species, double factor) {
  const std::size_t count = emission.species.size();
  for (std::size_t h = 0; h < hours; ++h) {
    emission.hourly[(h * 3 + tag) * count + species] *= factor;
  }
  for (std::size_t source = 0; source < emission.sources.size(); ++source) {
    emission.total[source * count + species] *= emission.tag_of[source] == tag ? factor : 1;
  }
}

TaggedAir air_of(const std::filesystem::path& file, const std::vector<std::string>& pollutants = {}) {
  TaggedAir air(file, pollutants);
  air.read_tags();
  return air;
}

Prediction ask(const EmissionChange& change, const PredictOptions& options = {},
               const std::vector<std::string>& pollutants = {}) {
  std::vector<TaggedAir> airs;
  static const std::filesystem::path file = write_run("still");
  airs.push_back(air_of(file, pollutants));
  return predict(airs, {change}, options);
}

/// ug m-3 of the place: 0 the city, 1 W, 2 E.
double asked(const Prediction& prediction, std::size_t place, std::size_t pollutant) {
  return 1e9 * prediction.places[place].asked[pollutant];
}

constexpr double rounding = 2e-5; // ug m-3: float in the file

std::string refusal(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

} // namespace

TEST(Predict, WithoutChangeTheRunStands) {
  const Prediction prediction = ask(unchanged());
  EXPECT_TRUE(prediction.tags.empty());
  for (const Prediction::Place& place : prediction.places) {
    EXPECT_EQ(place.run, place.asked); // to the last bit
  }
  EXPECT_NEAR(asked(prediction, 1, pm2_5), 80, rounding);
  EXPECT_NEAR(asked(prediction, 0, pm10), (155 + 84) / 2.0, rounding);
  EXPECT_EQ(prediction.run_quality.back()[1].good_days, 0);
  EXPECT_EQ(prediction.run_quality.back()[2].good_days, 2);
}

TEST(Predict, HalvingATagHalvesItsPart) {
  EmissionChange change = unchanged();
  scale(change.asked, 0, 0, 0.5);
  scale(change.asked, 0, 1, 0.5);
  const Prediction prediction = ask(change);
  EXPECT_NEAR(asked(prediction, 1, pm2_5), 80 - 15, rounding);
  EXPECT_NEAR(asked(prediction, 2, pm2_5), 46 - 3, rounding);
  EXPECT_NEAR(asked(prediction, 1, pm10), 155 - 35, rounding);
  EXPECT_NEAR(asked(prediction, 0, pm10), (155 - 35 + 84 - 7) / 2.0, rounding);
  EXPECT_EQ(prediction.places[1].asked[so2], prediction.places[1].run[so2]);
  EXPECT_EQ(prediction.asked_quality.back()[1].good_days, 2); // 65 is below 75
  EXPECT_EQ(prediction.days.size(), 2u);
  EXPECT_GT(prediction.days[0].run[1].index, 100);
  EXPECT_LE(prediction.days[0].asked[1].index, 100);
  EXPECT_NEAR(prediction.places[1].error[pm10], 0, 1e-20); // all sources alike
}

TEST(Predict, ABanRemovesItsPart) {
  EmissionChange change = unchanged();
  scale(change.asked, 1, 0, 0);
  scale(change.asked, 1, 1, 0);
  const Prediction prediction = ask(change);
  EXPECT_NEAR(asked(prediction, 1, pm2_5), 60, rounding);
  EXPECT_NEAR(asked(prediction, 2, pm10), 84 - 15, rounding);
}

TEST(Predict, EachSizeKeepsItsOwnFactor) {
  EmissionChange change = unchanged();
  scale(change.asked, 0, 1, 0.5); // coarse alone
  const Prediction prediction = ask(change);
  EXPECT_NEAR(asked(prediction, 1, pm2_5), 80, rounding);
  EXPECT_NEAR(asked(prediction, 1, pm10), 155 - 20, rounding);
  // Without tags of PM2.5 there is one factor, (1 + 1.5) / 4, on all 70 of the road.
  EXPECT_NEAR(asked(ask(change, {}, {"pm10"}), 1, pm10), 155 - 70 * 1.5 / 4, rounding);
}

TEST(Predict, BackgroundScalesWhatComesInAndWhatWasThere) {
  EmissionChange change = unchanged();
  change.asked_background.assign(hours * 8, 0.8e-9);
  const Prediction prediction = ask(change);
  EXPECT_NEAR(asked(prediction, 1, pm2_5), 80 - 0.2 * 29, rounding);
  EXPECT_NEAR(asked(prediction, 2, pm10), 84 - 0.2 * 53, rounding);
}

TEST(Predict, AirRemembersWhatWasEmittedBefore) {
  EmissionChange change = unchanged();
  const std::size_t count = change.asked.species.size();
  change.asked.hourly[(24 * 3 + 0) * count] = 0; // an hour without road's fine particles
  const std::vector<PollutantPart> parts = pollutant_parts(change.species, {"pm10", "pm2_5"});
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].pollutant, "pm2_5");
  EXPECT_EQ(parts[1].smaller, "pm2_5");
  const TagFactors factors(change, tags, parts, hours);
  EXPECT_EQ(factors.at(0, 23, 0), 1);
  // what is held: sum of k^n with k = exp(-1 / memory); of it the hour's own 1 is missing, later k, k^2 ...
  const double k = std::exp(-1 / TagFactors::memory);
  const auto held = [&](double hour) { return (1 - std::pow(k, hour + 1)) / (1 - k); };
  EXPECT_NEAR(factors.at(0, 24, 0), 1 - 1 / held(24), 1e-12);
  EXPECT_NEAR(factors.at(0, 26, 0), 1 - k * k / held(26), 1e-12);
  EXPECT_EQ(factors.at(1, 24, 0), 1); // coarse
  EXPECT_EQ(factors.at(0, 24, 1), 1);
}

TEST(Predict, UnevenMeasuresTellHowFarTheyMayBeOff) {
  EmissionChange change = unchanged();
  scale(change.asked, 0, 0, 0.5);
  const std::size_t count = change.asked.species.size();
  change.asked.total[0] = 0; // of fine particles all are from road-2 now
  change.asked.total[count] = double(hours) * 0.5;
  const Prediction prediction = ask(change);
  ASSERT_EQ(prediction.tags.size(), 1u);
  const TagFactors::Amounts& amounts = prediction.tags[0].amounts;
  EXPECT_DOUBLE_EQ(amounts.run, 48);
  EXPECT_DOUBLE_EQ(amounts.asked, 24);
  EXPECT_DOUBLE_EQ(amounts.moved, 24);
  EXPECT_DOUBLE_EQ(amounts.uneven, 24); // |0 - 12| + |24 - 12|
  EXPECT_NEAR(1e9 * prediction.places[1].error[pm2_5], 15, rounding);
  EXPECT_NEAR(1e9 * prediction.places[1].error[pm10], 15, rounding);
}

TEST(Predict, SaysWhatHasNoTag) {
  EmissionChange change = unchanged();
  change.asked.tags.insert(change.asked.tags.begin() + 2, "kiln"); // a group that the run does not have
  change.asked.tag_of = {0, 0, 1, 3, 2};
  change.asked.sources.push_back("kiln-1");
  const std::size_t count = change.asked.species.size();
  std::vector<double> hourly(hours * 4 * count, 0);
  for (std::size_t h = 0; h < hours; ++h) {
    for (std::size_t n = 0; n < count; ++n) {
      for (std::size_t tag = 0; tag < 3; ++tag) {
        hourly[(h * 4 + (tag < 2 ? tag : 3)) * count + n] = change.run.of(h, tag, n);
      }
    }
    hourly[(h * 4 + 2) * count] = 5;
  }
  change.asked.hourly = hourly;
  change.asked.total.resize(5 * count, 0);
  change.asked.total[4 * count] = 5.0 * hours;
  change.asked.triggered = {"alert"};
  const Prediction prediction = ask(change);
  EXPECT_NEAR(asked(prediction, 1, pm2_5), 80, rounding);
  EXPECT_EQ(prediction.cautions,
            (std::vector<std::string>{"so2, no2, co, o3: no tags, left as in the run, also in the index",
                                      "pm2_5: 240 kg are emitted in groups that the run has no tag of: left out",
                                      "measures of what is asked that react to the modelled air are left out: alert"}));
}

TEST(Predict, NitrogenCountsForBothOfItsOxides) {
  EmissionChange change = unchanged();
  change.photostationary = true;
  const std::size_t count = change.run.species.size();
  const std::size_t no = std::size_t(change.species.find("no")), no2 = std::size_t(change.species.find("no2"));
  for (std::size_t h = 0; h < hours; ++h) {
    for (TagEmission* one : {&change.run, &change.asked}) { // as many moles of both
      one->hourly[h * 3 * count + no] = 30.006;
      one->hourly[h * 3 * count + no2] = 46.006;
    }
    change.asked.hourly[h * 3 * count + no] = 0;
  }
  const TagFactors factors(change, tags, pollutant_parts(change.species, {"no2"}), hours);
  EXPECT_NEAR(factors.at(0, 30, 0), 0.5, 1e-4); // molar masses are rounded
}

TEST(Predict, RangesAreThoseOfTheUncertainTag) {
  // W has 80 = 50 + 30 of road, 0.5 to 2 times that: 10 % lie below 50 + 30 * 0.5^0.8, 90 % below 50 + 30 * 2^0.8. Good
  // days, at most 75, are those of a multiple of at most 25 / 30, a share of 0.5 (1 - ln(30 / 25) / ln 2) of samples.
  const PredictOptions options{
      .sampling = {.samples = 2000, .seed = 5},
      .uncertainties = {{.id = "u", .tags = {"road"}, .pollutants = {}, .low = 0.5, .high = 2}}};
  const Prediction prediction = ask(unchanged(), options);
  const Prediction::Place& west = prediction.places[1];
  EXPECT_NEAR(1e9 * west.mean[pm2_5].low, 50 + 30 * std::pow(0.5, 0.8), 0.03);
  EXPECT_NEAR(1e9 * west.mean[pm2_5].high, 50 + 30 * std::pow(2, 0.8), 0.06);
  EXPECT_NEAR(1e9 * west.mean[pm2_5].central, 80, rounding);
  EXPECT_NEAR(west.change[pm2_5].low, 0, 1e-20); // both runs share the draw
  EXPECT_NEAR(west.change[pm2_5].high, 0, 1e-20);
  EXPECT_EQ(west.good_days.low, 0);
  EXPECT_EQ(west.good_days.high, 2);
  EXPECT_EQ(west.good_days_gained.high, 0);
  EXPECT_EQ(prediction.places[2].good_days.low, 2);
  // the change of a halved road is as uncertain as the road
  EmissionChange half = unchanged();
  scale(half.asked, 0, 0, 0.5);
  const Prediction halved = ask(half, options);
  EXPECT_NEAR(1e9 * halved.places[1].change[pm2_5].low, -15 * std::pow(2, 0.8), 0.03);
  EXPECT_NEAR(1e9 * halved.places[1].change[pm2_5].high, -15 * std::pow(0.5, 0.8), 0.03);
}

TEST(Predict, EfficienciesMoveWhatTheirMeasureLeaves) {
  // A measure of efficiency 0.5 on the road, 0.6 to 1.2 times that: it leaves 1 - 0.5 x of 30. 10 % of x lie below 0.6
  // + 0.4 * 0.2 = 0.68, 90 % below 1 + 0.2 * 0.8 = 1.16.
  EmissionChange change = unchanged();
  scale(change.asked, 0, 0, 0.5);
  const std::size_t count = change.asked.species.size();
  std::vector<double> slope(3 * count, 0);
  slope[0] = -0.5 * double(hours);
  change.asked.measures.push_back({"wash", 0.6, 1.2, slope});
  const Prediction prediction = ask(change, {.sampling = {.samples = 2000, .seed = 5}, .uncertainties = {}});
  const Prediction::Place& west = prediction.places[1];
  EXPECT_NEAR(1e9 * west.mean[pm2_5].high, 50 + 30 * (1 - 0.5 * 0.68), 0.01);
  EXPECT_NEAR(1e9 * west.mean[pm2_5].low, 50 + 30 * (1 - 0.5 * 1.16), 0.01);
  EXPECT_NEAR(1e9 * west.change[pm2_5].high, -15 * 0.68, 0.01);
}

TEST(Predict, EverySampleTakesOneWeather) {
  std::vector<TaggedAir> airs;
  airs.push_back(air_of(write_run("calm")));
  airs.push_back(air_of(write_run("windy", 0.5)));
  const Prediction prediction =
      predict(airs, {unchanged(), unchanged()}, {.sampling = {.samples = 100, .seed = 1}, .uncertainties = {}});
  EXPECT_NEAR(1e9 * prediction.places[1].mean[pm2_5].low, 40, rounding);
  EXPECT_NEAR(1e9 * prediction.places[1].mean[pm2_5].high, 80, rounding);
  EXPECT_EQ(prediction.places[1].good_days.high, 2);
  EXPECT_EQ(prediction.places[1].good_days.low, 0);
}

TEST(Predict, RefusesWhatItCannotTell) {
  const std::filesystem::path file = write_run("refused");
  EXPECT_EQ(refusal([&] { TaggedAir(file, {"so2"}); }), file.string() + ": has no tags of \"so2\"; of pm10, pm2_5");

  std::vector<TaggedAir> airs;
  airs.push_back(air_of(file));
  EmissionChange other = unchanged();
  scale(other.run, 1, 0, 1.25);
  EXPECT_EQ(refusal([&] { predict(airs, {other}, {}); }),
            file.string() +
                ": its tag \"plant\" emitted 96 kg of pm_fine, but its scenario's files make it 120 kg: they "
                "have changed since");
  const PredictOptions unknown{
      .sampling = {.samples = 10, .seed = 1},
      .uncertainties = {
          {.id = "u", .tags = {"roads"}, .pollutants = {}, .low = 0.5, .high = 2, .where = {"a.toml", 7, 1}}}};
  EXPECT_EQ(refusal([&] { predict(airs, {unchanged()}, unknown); }), "a.toml:7:1: uncertainty[u]: must name a tag of " +
                                                                         file.string() +
                                                                         ": road, plant, other, outside, initial");
  const std::filesystem::path shorter = write_run("shorter", 1, 24);
  airs.push_back(air_of(shorter));
  EmissionChange day = unchanged();
  EXPECT_EQ(refusal([&] {
              predict(airs, {unchanged(), day}, {.sampling = {.samples = 10, .seed = 1}, .uncertainties = {}});
            }),
            shorter.string() + ": cannot be sampled with " + file.string() + ": another period");
}

TEST(Predict, TablesTellTheChange) {
  EmissionChange change = unchanged();
  scale(change.asked, 0, 0, 0.5);
  const Prediction prediction = ask(change);
  const std::string table = prediction_table(prediction), csv = prediction_csv(prediction);
  EXPECT_NE(table.find("PM2.5     80.000 ->    65.000   -15.000"), std::string::npos) << table;
  EXPECT_NE(table.find("good days 0 -> 2 of 2"), std::string::npos) << table;
  EXPECT_NE(csv.find("\nW,,2019-12-04,1,"), std::string::npos) << csv;
  EXPECT_NE(csv.find("\nW,,all,2,,,0,2,155,140,-15,,,80,65,-15,"), std::string::npos) << csv;
}
