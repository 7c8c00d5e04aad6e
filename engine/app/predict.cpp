// tianqing predict RESULT SCENARIO [--csv FILE] [--pollutant ID] [--samples N --seed S --weather RESULT] ...
#include "planning/predict.hpp"
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/durable.hpp"
#include "diagnostics/uncertainty.hpp"
#include "run/scenario_pair.hpp"

#include <fmt/format.h>
#include <future>

namespace tq::app {

namespace {

EmissionChange change_of(const ScenarioPair& pair) {
  auto run = std::async(std::launch::async, [&] { return pair.run.emission->by_tag(); });
  TagEmission asked = pair.asked.emission->by_tag();
  return {.species = pair.run.species,
          .photostationary = pair.run.photostationary,
          .run = run.get(),
          .asked = std::move(asked),
          .run_background = hourly_background(pair.run),
          .asked_background = hourly_background(pair.asked)};
}

} // namespace

int predict(const Arguments& arguments) {
  namespace po = boost::program_options;
  PredictOptions options;
  std::string csv;
  std::vector<std::string> pollutants, weathers;
  long samples = 0, seed = 1;
  bool all_cells = false, overwrite = false;
  po::options_description visible("options");
  visible.add_options()("csv", po::value(&csv)->value_name("FILE"), "write days, months and all of it to FILE too")(
      "overwrite", po::bool_switch(&overwrite), "replace FILE if it exists already")(
      "pollutant", po::value(&pollutants)->value_name("ID"), "predict this one (all that have tags); may be repeated")(
      "all-cells", po::bool_switch(&all_cells), "list every management cell, not only the most changed")(
      "samples", po::value(&samples)->value_name("N"),
      "draw what is uncertain N times: [[uncertainty]], efficiency_range of measures, weather; tells 10 to 90 % "
      "ranges")("seed", po::value(&seed)->value_name("S"), "of the samples (1)")(
      "weather", po::value(&weathers)->value_name("RESULT"),
      "a run of the same scenario with another weather.generator.seed; may be repeated; every sample takes one");
  po::variables_map values;
  if (!parse(
          arguments,
          "usage: tianqing predict RESULT SCENARIO [options]\nWhat SCENARIO, which differs from that of RESULT in "
          "emission "
          "and background alone, would make of the air: at once, by\nscaling the tags of RESULT ([attribution]). Days, "
          "their index, good days and means, by management cell and for the city.",
          visible, "what", values)) {
    return success;
  }
  const auto what =
      values.count("what") > 0 ? values["what"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (what.size() != 2) {
    throw UsageError("predict: give a result with tags and a scenario");
  }
  if (values.count("samples") > 0 && (samples < long(fewest_samples) || samples > long(most_samples))) {
    throw UsageError(fmt::format("--samples {}: must be in [{}, {}]", samples, fewest_samples, most_samples));
  }
  if (seed < 0) {
    throw UsageError(fmt::format("--seed {}: must be at least 0", seed));
  }
  if (samples == 0 && !weathers.empty()) {
    throw UsageError("predict: --weather is for samples: give --samples too");
  }
  if (!csv.empty()) {
    check_targets({csv}, overwrite);
  }
  std::vector<std::filesystem::path> inputs(what.begin(), what.end());
  inputs.insert(inputs.end(), weathers.begin(), weathers.end());
  check_not_read({csv}, inputs);
  options.sampling = {.samples = std::size_t(samples), .seed = std::uint64_t(seed)};
  weathers.insert(weathers.begin(), what[0]);
  std::vector<TaggedAir> airs;
  std::vector<EmissionChange> changes;
  for (const std::string& result : weathers) {
    TaggedAir& air = airs.emplace_back(result, pollutants);
    auto change = std::async(std::launch::async, [&] {
      const ScenarioPair pair = load_scenario_pair(air.scenario_text(), result, what[1]);
      if (changes.empty()) {
        options.asked = pair.asked.name;
        options.title = pair.asked.title;
        options.uncertainties =
            read_uncertainty(pair.asked.settings.given("uncertainty") ? pair.asked.settings : pair.run.settings);
      }
      return change_of(pair);
    });
    air.read_tags();
    changes.push_back(change.get());
  }
  const Prediction prediction = tq::predict(airs, changes, options);
  fmt::print("{}", prediction_table(prediction, all_cells));
  if (!csv.empty()) {
    write_text(csv, prediction_csv(prediction));
    fmt::print("\nwrote {}\n", csv);
  }
  return success;
}

} // namespace tq::app
