// tianqing emissions SCENARIO [-o DIRECTORY] [--overwrite]
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "base/gnuplot.hpp"
#include "run/case.hpp"
#include "run/emission_record.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq::app {

int emissions(const Arguments& arguments) {
  namespace po = boost::program_options;
  std::string directory = "results", pollutant = "pm10";
  bool overwrite = false;
  po::options_description visible("options");
  visible.add_options()("output,o", po::value(&directory)->value_name("DIR"),
                        "folder of the tables and the map, made if absent (results)")(
      "pollutant", po::value(&pollutant)->value_name("ID"),
      "pollutant of the map (pm10)")("overwrite", po::bool_switch(&overwrite), "replace files that exist already");
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing emissions SCENARIO [options]\nWhat a scenario emits in its period, without its air: by "
             "sector, species, management cell, department and\nmonth, in DIR/NAME_emissions.csv, with a map, "
             "DIR/NAME_emissions.png.",
             visible, "scenario", values)) {
    return success;
  }
  const auto scenarios =
      values.count("scenario") > 0 ? values["scenario"].as<std::vector<std::string>>() : std::vector<std::string>{};
  if (scenarios.size() != 1) {
    throw UsageError("emissions: give one scenario file");
  }
  const auto known = std::find(inventory_pollutants().begin(), inventory_pollutants().end(), pollutant);
  if (known == inventory_pollutants().end()) {
    throw UsageError(
        fmt::format("--pollutant {}: must be one of {}", pollutant, fmt::join(inventory_pollutants(), ", ")));
  }
  const Case c = load_case(scenarios[0]);
  const std::filesystem::path table = std::filesystem::path(directory) / (c.name + "_emissions.csv");
  const std::filesystem::path picture = std::filesystem::path(directory) / (c.name + "_emissions.png");
  check_targets({table, picture}, overwrite);
  fmt::print("{}", c.emission->report());
  write_emission_table(c, table);
  fmt::print("wrote {}\n", table.string());
  const auto index = InventoryPollutant(known - inventory_pollutants().begin());
  if (draw_png(emission_map(c, index), picture, 1000, 900)) {
    fmt::print("wrote {}\n", picture.string());
  } else {
    fmt::print("no picture: gnuplot is missing (./setup installs it)\n");
  }
  return success;
}

} // namespace tq::app
