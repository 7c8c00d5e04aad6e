// tianqing compare BASE OTHER... [--all-cells] [--csv FILE]
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "planning/compare.hpp"

#include <fmt/format.h>
#include <fstream>

namespace tq::app {

int compare(const Arguments& arguments) {
  namespace po = boost::program_options;
  bool all_cells = false;
  std::string csv;
  po::options_description visible("options");
  visible.add_options()("all-cells", po::bool_switch(&all_cells), "list every management cell, not only the most changed")(
      "csv", po::value(&csv)->value_name("FILE"), "write all numbers to FILE too");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing compare BASE OTHER... [options]\nResults side by side against the first: the city, then its "
             "management cells;\nmeans, good-air days (preliminary), emission avoided, cost.",
             visible, "result", values)) {
    return success;
  }
  const auto results =
      values.count("result") > 0 ? values["result"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (results.size() < 2) {
    throw UsageError("compare: give the base's result and at least one other");
  }
  const Comparison comparison = compare_results({results.begin(), results.end()});
  fmt::print("{}", comparison_table(comparison, all_cells));
  if (!csv.empty()) {
    std::ofstream file(csv);
    file << comparison_csv(comparison);
    file.close();
    if (!file) {
      throw FileError("cannot write " + csv);
    }
  }
  return success;
}

} // namespace tq::app
