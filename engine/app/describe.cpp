// tianqing describe [KEY]
#include "app/command.hpp"
#include "app/options.hpp"
#include "config/schema.hpp"
#include "emission/activity_columns.hpp"
#include "emission/measure_library.hpp"
#include "run/case.hpp"

#include <fmt/format.h>

namespace tq::app {

namespace {

std::string reference(const std::string& key) {
  if (key == "grid_file") {
    return config::describe(grid_schema());
  }
  if (const ActivityKind* kind = find_kind(key)) {
    return describe(*kind);
  }
  if (key == "ready_measures") {
    return describe(load_measure_library());
  }
  std::vector<std::string> others = {"grid_file", "ready_measures"};
  for (const ActivityKind& kind : activity_kinds()) {
    others.push_back(kind.name);
  }
  return config::describe(scenario_schema(), key, others);
}

} // namespace

int describe(const Arguments& arguments) {
  boost::program_options::options_description visible("options");
  boost::program_options::variables_map values;
  if (!parse(arguments,
             "usage: tianqing describe [KEY...]\nPrints the reference of scenario parameters: all, or those whose key "
             "begins with KEY.\n`describe grid_file` prints the keys of a grid file, `describe construction` (or "
             "another kind of\ninventory) the columns of its table, `describe ready_measures` what a measure's "
             "`library` may name.",
             visible, "key", values)) {
    return success;
  }
  const auto keys =
      values.count("key") > 0 ? values["key"].as<std::vector<std::string>>() : std::vector<std::string>{""};
  for (const std::string& key : keys) {
    fmt::print("{}", reference(key));
  }
  return success;
}

} // namespace tq::app
