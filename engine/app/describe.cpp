// tianqing describe [KEY]
#include "app/command.hpp"
#include "app/options.hpp"
#include "config/schema.hpp"
#include "run/case.hpp"

#include <fmt/format.h>

namespace tq::app {

int describe(const Arguments& arguments) {
  boost::program_options::options_description visible("options");
  boost::program_options::variables_map values;
  if (!parse(arguments,
             "usage: tianqing describe [KEY...]\nPrints the reference of scenario parameters: all, or those whose key "
             "begins with KEY.\n`describe grid_file` prints the keys of a grid file.",
             visible, "key", values)) {
    return success;
  }
  const auto keys =
      values.count("key") > 0 ? values["key"].as<std::vector<std::string>>() : std::vector<std::string>{""};
  for (const std::string& key : keys) {
    fmt::print("{}", key == "grid_file" ? config::describe(grid_schema())
                                        : config::describe(scenario_schema(), key));
  }
  return success;
}

} // namespace tq::app
