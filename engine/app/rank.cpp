// tianqing rank RESULT [--by KIND] [--of PLACES] [--pollutant ID] [--base RESULT [--normalise RESULT]] [-n ROWS] [--csv
// FILE]
#include "planning/rank.hpp"
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/durable.hpp"

#include <fmt/format.h>

namespace tq::app {

int rank(const Arguments& arguments) {
  namespace po = boost::program_options;
  RankQuestion question;
  std::string base, normalise, uncertainty, csv;
  int rows = 0;
  long samples = 0, seed = 0;
  po::options_description visible("options");
  visible.add_options()(
      "by", po::value(&question.by)->value_name("KIND"),
      "level, change (since the result of --base) or own: what the place's own sources add to the city, "
      "from a result with tags (level; with --base change)")(
      "of", po::value(&question.of)->value_name("PLACES")->default_value("cell"), "rank each cell, unit or district")(
      "pollutant", po::value(&question.pollutant)->value_name("ID")->default_value("pm10"),
      "of this pollutant, or aqi (mean daily index) or composite (composite index)")(
      "base", po::value(&base)->value_name("RESULT"), "the result before: another scenario, or another period")(
      "normalise", po::value(&normalise)->value_name("RESULT"),
      "where that has other weather: a run of its emission in the weather of RESULT, so that the change is the "
      "emission's "
      "alone")("uncertainty", po::value(&uncertainty)->value_name("FILE"),
               "how well it is known what tags bring, [[uncertainty]] (TOML): then values have 10 to 90 % ranges, and "
               "those that "
               "overlap share their place")("samples", po::value(&samples)->value_name("N")->default_value(200),
                                            "draw it so often")(
      "seed", po::value(&seed)->value_name("S")->default_value(1), "of the draws")(
      "from", po::value(&question.from)->value_name("TIME"), "of the hours from then on, in each result (the first)")(
      "to", po::value(&question.to)->value_name("TIME"), "of the hours until then (the last)")(
      "rows,n", po::value(&rows)->value_name("N")->default_value(10), "show so many of the best and of the worst")(
      "csv", po::value(&csv)->value_name("FILE"), "write all places to FILE too");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing rank RESULT [options]\nThe red and black list: the cleanest and the dirtiest management "
             "cells, units or districts.",
             visible, "result", values)) {
    return success;
  }
  const auto results =
      values.count("result") > 0 ? values["result"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (results.size() != 1) {
    throw UsageError("rank: give one result");
  }
  if (values.count("by") == 0 && !base.empty()) {
    question.by = "change";
  }
  const bool change = question.by == "change";
  if (change == base.empty()) {
    throw UsageError(change ? "rank: a change needs --base RESULT" : "rank: --base is for --by change");
  }
  if (!change && !normalise.empty()) {
    throw UsageError("rank: --normalise is for --by change");
  }
  if (rows < 1) {
    throw UsageError(fmt::format("--rows {}: must be at least 1", rows));
  }
  if (samples < long(fewest_samples) || samples > long(most_samples)) {
    throw UsageError(fmt::format("--samples {}: must be in [{}, {}]", samples, fewest_samples, most_samples));
  }
  if (seed < 0) {
    throw UsageError(fmt::format("--seed {}: must be at least 0", seed));
  }
  question.sampling = {.samples = std::size_t(samples), .seed = std::uint64_t(seed)};
  question.uncertainty = uncertainty;
  question.base = base;
  question.normalise = normalise;
  check_not_read({csv}, {results[0], base, normalise, uncertainty});
  const Ranking ranking = make_ranking(results[0], question);
  fmt::print("{}", ranking_table(ranking, std::size_t(rows)));
  if (!csv.empty()) {
    write_text(csv, ranking_csv(ranking));
  }
  return success;
}

} // namespace tq::app
