// tianqing screen BASE WITH [--edition ID] [--all-cells] [--csv FILE]
#include "planning/screen.hpp"
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/error.hpp"

#include <fmt/format.h>
#include <fstream>

namespace tq::app {

int screen(const Arguments& arguments) {
  namespace po = boost::program_options;
  bool all_cells = false;
  std::string csv, edition;
  po::options_description visible("options");
  visible.add_options()("edition", po::value(&edition)->value_name("ID"),
                        "limits of this edition, such as GB3095_2026_FINAL; otherwise of that in force at the start")(
      "all-cells", po::bool_switch(&all_cells), "list every management cell, not only those where the plant counts")(
      "csv", po::value(&csv)->value_name("FILE"), "write all numbers to FILE too");
  po::variables_map values;
  if (!parse(
          arguments,
          "usage: tianqing screen BASE WITH [options]\nWhat a proposed plant adds: results without and with it against "
          "the limits of GB 3095, at the worst\ngrid cells, in class I areas and management cells.",
          visible, "result", values)) {
    return success;
  }
  const auto results =
      values.count("result") > 0 ? values["result"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (results.size() != 2) {
    throw UsageError("screen: give the result without the plant and the one with it");
  }
  const Screening screening = screen_results(results[0], results[1], edition);
  fmt::print("{}", screening_table(screening, all_cells));
  if (!csv.empty()) {
    std::ofstream file(csv);
    file << screening_csv(screening);
    file.close();
    if (!file) {
      throw FileError("cannot write " + csv);
    }
  }
  return success;
}

} // namespace tq::app
