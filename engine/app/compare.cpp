// tianqing compare BASE OTHER... [--all-cells] [--csv FILE] [-e FILE] [--rank-by KIND] [--other-weather] ...
#include "planning/compare.hpp"
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/durable.hpp"
#include "planning/cell_table.hpp"
#include "planning/rank_ranges.hpp"

#include <fmt/format.h>

namespace tq::app {

int compare(const Arguments& arguments) {
  namespace po = boost::program_options;
  bool all_cells = false;
  CompareOptions options;
  std::string csv, map, rank_by = "pm2_5", uncertainty;
  long samples = long(options.sampling.samples), seed = long(options.sampling.seed);
  po::options_description visible("options");
  visible.add_options()("all-cells", po::bool_switch(&all_cells),
                        "list every management cell, not only the most changed")(
      "csv", po::value(&csv)->value_name("FILE"), "write all numbers to FILE too")(
      "export,e", po::value(&map)->value_name("FILE"),
      "write the changes of every management cell to FILE: .csv, .geojson, or .gpkg for a GeoPackage")(
      "rank-by", po::value(&rank_by)->value_name("KIND"),
      "what the ranking's cost is for: pm10, pm2_5, so2 or no2 (a ug m-3 less in the city's mean), or good_days "
      "(pm2_5)")("uncertainty", po::value(&uncertainty)->value_name("FILE"),
                 "how well it is known what tags bring, [[uncertainty]] (TOML), for the ranges of results with tags")(
      "samples", po::value(&samples)->value_name("N"),
      "that ranges are taken from (200)")("seed", po::value(&seed)->value_name("S"), "of the samples (1)")(
      "other-weather", po::bool_switch(&options.allowed.weather),
      "allow other weather: changes then hold the weather too")(
      "other-period", po::bool_switch(&options.allowed.period), "allow other periods of equal length")(
      "other-grid", po::bool_switch(&options.allowed.grid),
      "allow other grids and terrain: places are then found by the ids of management cells");
  po::variables_map values;
  if (!parse(
          arguments,
          "usage: tianqing compare BASE OTHER... [options]\nResults side by side against the first: the city, then its "
          "management cells; means, changes with the range that tags\nand the ranges of efficiencies give, good-air "
          "days "
          "(preliminary), days above limits, emission avoided, cost, cost\nper good day and per ug m-3; strategies "
          "ranked "
          "by cost.",
          visible, "result", values)) {
    return success;
  }
  const auto results =
      values.count("result") > 0 ? values["result"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (results.size() < 2) {
    throw UsageError("compare: give the base's result and at least one other");
  }
  if (!is_rank_kind(rank_by)) {
    throw UsageError(fmt::format("--rank-by {}: must be pm10, pm2_5, so2, no2 or good_days", rank_by));
  }
  if (samples < long(fewest_samples) || samples > long(most_samples)) {
    throw UsageError(fmt::format("--samples {}: must be in [{}, {}]", samples, fewest_samples, most_samples));
  }
  if (seed < 0) {
    throw UsageError(fmt::format("--seed {}: must be at least 0", seed));
  }
  if (!map.empty()) {
    files::check_table_format(map);
  }
  options.sampling = {.samples = std::size_t(samples), .seed = std::uint64_t(seed)};
  if (!uncertainty.empty()) {
    options.uncertainties = read_uncertainty_file(uncertainty);
  }
  std::vector<std::filesystem::path> inputs(results.begin(), results.end());
  inputs.emplace_back(uncertainty);
  check_not_read({csv, map}, inputs);
  const Comparison comparison = compare_results({results.begin(), results.end()}, options);
  fmt::print("{}", comparison_table(comparison, all_cells, rank_by));
  if (!csv.empty()) {
    write_text(csv, comparison_csv(comparison));
  }
  if (!map.empty()) {
    files::write_table(map, comparison_map(comparison, cell_table(read_result(results[0]))));
  }
  return success;
}

} // namespace tq::app
