// Prediction from tags against runs of what is asked about: halving one tag at a time.
#include "paths.hpp"
#include "planning/compare.hpp"
#include "planning/predict.hpp"
#include "run/run_case.hpp"
#include "run/scenario_pair.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t pm10 = 4, pm2_5 = 5; // of standard_pollutants
constexpr double line = 0.02;              // of the change, in a cell's mean over the period

fs::path write(const fs::path& file, const std::string& text) {
  std::ofstream(file) << text;
  return file;
}

/// Runs scenarios of one folder that differ in emission alone, all at once, and tells their results.
std::vector<fs::path> run(const std::vector<fs::path>& scenarios) {
  RunOptions options;
  options.directory = scenarios[0].parent_path();
  options.overwrite = true;
  options.progress = false;
  std::vector<Case> cases;
  for (const fs::path& scenario : scenarios) {
    cases.push_back(load_case(scenario));
  }
  Cases together;
  for (const Case& c : cases) {
    together.push_back(&c);
  }
  std::vector<fs::path> results;
  for (const RunReport& report : run_together(together, options)) {
    results.push_back(report.result);
  }
  return results;
}

/// A base and what is asked about it, in a folder of their own.
struct Question {
  fs::path folder;
  std::string base; // TOML
  fs::path tagged = {};

  Question(const std::string& name, const fs::path& scenario, const std::string& more)
      : folder(test::scratch_directory("predict-" + name)),
        base(fmt::format("base = \"{}\"\n", scenario.string()) + more) {
    tagged = run({write(folder / "tagged.toml", "name = \"tagged\"\n" + base +
                                                    "[attribution]\nby = \"sector\"\npollutants = "
                                                    "[\"pm2_5\", \"pm10\"]\n")})[0];
  }

  fs::path overlay(const std::string& name, const std::string& measure) const {
    return write(folder / (name + ".toml"), "name = \"" + name + "\"\n" + base + measure);
  }
};

Prediction answer(const fs::path& tagged, const fs::path& overlay) {
  std::vector<TaggedAir> airs;
  airs.emplace_back(tagged).read_tags();
  const ScenarioPair pair = load_scenario_pair(airs[0].scenario_text(), tagged, overlay);
  const EmissionChange change{.species = pair.run.species,
                              .photostationary = pair.run.photostationary,
                              .run = pair.run.emission->by_tag(),
                              .asked = pair.asked.emission->by_tag(),
                              .run_background = hourly_background(pair.run),
                              .asked_background = hourly_background(pair.asked)};
  return predict(airs, {change}, {});
}

std::string halved(const std::string& sector) {
  return fmt::format("[[measure]]\nid = \"half\"\nkind = \"scale\"\nselect = {{ sector = \"{}\" }}\nefficiency = 0.5\n",
                     sector);
}

/// Worst management cell: of a pollutant, what the prediction is off over the change that the run has.
double worst(const Prediction& prediction, const Comparison& runs, std::size_t predicted, std::size_t compared) {
  double largest = 0;
  for (std::size_t n = 1; n < prediction.places.size(); ++n) {
    const double base = runs.runs[0].places[n].mean[compared], full = runs.runs[1].places[n].mean[compared];
    EXPECT_NEAR(prediction.places[n].run[predicted] / base, 1, 1e-12);
    EXPECT_GT(std::abs(full - base), 1e-6 * base) << prediction.places[n].id << ": a float resolves no 2 % of it";
    largest = std::max(largest, std::abs(prediction.places[n].asked[predicted] - full) / std::abs(full - base));
  }
  return largest;
}

/// Sectors by what they bring of PM10 to the city, the largest first.
std::vector<std::string> largest_sectors(const fs::path& tagged, std::size_t count) {
  const ResultFacts facts = read_result(tagged);
  const AttributionReader reader(facts);
  const std::vector<float> hours = reader.in_cells("pm10", 0, facts.start.size());
  std::vector<std::pair<double, std::string>> sums;
  for (std::size_t tag = 0; tag < reader.tags().size(); ++tag) {
    if (reader.tags()[tag].kind != "sector") {
      continue;
    }
    double sum = 0;
    for (std::size_t h = 0; h < facts.start.size(); ++h) {
      for (std::size_t c = 0; c < facts.cells.size(); ++c) {
        sum += double(hours[(h * reader.tags().size() + tag) * facts.cells.size() + c]);
      }
    }
    sums.emplace_back(-sum, reader.tags()[tag].id);
  }
  std::sort(sums.begin(), sums.end());
  std::vector<std::string> sectors;
  for (const auto& [sum, id] : sums) {
    sectors.push_back(id);
  }
  sectors.resize(std::min(count, sectors.size()));
  return sectors;
}

void expect_halves(const Question& question, std::size_t count) {
  const std::vector<std::string> sectors = largest_sectors(question.tagged, count);
  std::vector<fs::path> overlays;
  for (const std::string& sector : sectors) {
    overlays.push_back(question.overlay("half-" + sector, halved(sector)));
  }
  const std::vector<fs::path> results = run(overlays);
  for (std::size_t n = 0; n < sectors.size(); ++n) {
    const Prediction prediction = answer(question.tagged, overlays[n]);
    const Comparison runs = compare_results({question.tagged, results[n]});
    const double of_pm10 = worst(prediction, runs, pm10, 0), of_pm2_5 = worst(prediction, runs, pm2_5, 1);
    EXPECT_LT(of_pm10, line) << sectors[n];
    EXPECT_LT(of_pm2_5, line) << sectors[n];
    fmt::print("half of {}: off by {:.3f} % (PM10) and {:.3f} % (PM2.5) of the change in the worst cell\n", sectors[n],
               100 * of_pm10, 100 * of_pm2_5);
  }
}

const fs::path small = test::source_directory() / "tests/scenarios/small/base.toml";

} // namespace

TEST(Predict, HalvingATagIsWhatTheRunOfItMakes) {
  const Question question("small", small, "[run]\nend = 2017-12-06T00:00:00+08:00\n");
  expect_halves(question, 3);
}

TEST(Predict, TagsEmitWhatTheTotalsSay) {
  const Case c = load_case(write(
      test::scratch_directory("predict-emission") / "tagged.toml",
      fmt::format("base = \"{}\"\n", (test::source_directory() / "scenarios/jingdezhen/dust-control.toml").string()) +
          "[attribution]\nby = \"sector\"\n"));
  const TagEmission emission = c.emission->by_tag();
  const std::size_t count = emission.species.size();
  for (std::size_t n = 0; n < count; ++n) {
    double hours = 0, sources = 0, steps = 0;
    for (std::size_t tag = 0; tag < emission.tags.size(); ++tag) {
      for (std::size_t hour = 0; hour < emission.hours; ++hour) {
        hours += emission.of(hour, tag, n);
      }
    }
    for (std::size_t source = 0; source < emission.sources.size(); ++source) {
      sources += emission.total[source * count + n];
    }
    for (Instant hour = c.start; hour < c.end; hour += seconds_per_hour) {
      steps += c.emission->hourly_total(hour)[n] * double(seconds_per_hour);
    }
    EXPECT_NEAR(hours, steps, 1e-9 * steps) << emission.species[n];
    EXPECT_NEAR(sources, steps, 1e-9 * steps) << emission.species[n];
  }
}

TEST(Predict, RefusesWhatDiffersInMoreThanEmission) {
  const Question question("refused", small, "[run]\nend = 2017-12-04T03:00:00+08:00\n");
  const auto refusal = [&](const std::string& text) -> std::string {
    const fs::path overlay = question.folder / "other.toml";
    std::ofstream(overlay) << text;
    try {
      answer(question.tagged, overlay);
    } catch (const InputError& error) {
      return error.what();
    }
    return "none";
  };
  const std::string other = (question.folder / "other.toml").string(), result = question.tagged.string();
  const std::string scenario = fmt::format("base = \"{}\"\n", small.string());
  const std::string rest = ", as in " + result + ": nothing but emission and background may differ";
  EXPECT_EQ(refusal(question.base + "[weather.generator]\nseed = 8\n"), "none"); // the run's seed is taken
  EXPECT_EQ(refusal(scenario + "[run]\nend = 2017-12-04T04:00:00+08:00\n"),
            other + ":3:1: run.end = 2017-12-04T04:00:00+08:00: must be 2017-12-04T03:00:00+08:00" + rest);
  EXPECT_EQ(refusal(question.base + "[weather]\nroughness_length = 0.5\n"),
            other + ":5:1: weather.roughness_length = 0.5: must be " +
                config::to_toml(load_case(small).settings.number("weather.roughness_length")) + rest);
  const std::string grid = (test::source_directory() / "grids/jingdezhen/grid.toml").string();
  EXPECT_NE(
      refusal(question.base + "[grid]\nfile = \"" + grid + "\"\n").find("grid.file = \"" + grid + "\": must be \""),
      std::string::npos);
  EXPECT_EQ(refusal(question.base + "[chemistry]\nrain_out = false\n"),
            other + ":5:1: chemistry.rain_out = false: must be true" + rest);
  EXPECT_EQ(
      refusal(question.base + halved("trafic")),
      other + ":7:12: measure[half].select.sector = \"trafic\": must match the sector of a source; \"trafic\" matches "
              "none of construction, industry, traffic; did you mean \"traffic\"?");
  const fs::path elsewhere = test::scratch_directory("predict-elsewhere") / "deeper" / "alone.toml";
  fs::create_directory(elsewhere.parent_path());
  std::ofstream(elsewhere) << "schema = \"scenario/1\"\nname = \"alone\"\n";
  try {
    answer(question.tagged, elsewhere);
    ADD_FAILURE();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("its scenario's files lie in no folder of " + elsewhere.string()),
              std::string::npos)
        << error.what();
  }
}

/// The demo's week, ten scenarios in one run.
TEST(LongPredict, HalvingOneOfTheTenLargestTagsIsWhatTheRunOfItMakes) {
  const Question question("week", test::source_directory() / "scenarios/jingdezhen/base.toml", "");
  expect_halves(question, 10);
}
