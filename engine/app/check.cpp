// tianqing check SCENARIO...
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/error.hpp"
#include "run/case.hpp"
#include "run/summary.hpp"

#include <fmt/format.h>

namespace tq::app {

int check(const Arguments& arguments) {
  boost::program_options::options_description visible("options");
  boost::program_options::variables_map values;
  if (!parse(arguments,
             "usage: tianqing check SCENARIO...\nReads scenarios and all that they refer to, reports every problem, "
             "and estimates what a run needs.",
             visible, "scenario", values)) {
    return success;
  }
  if (values.count("scenario") == 0) {
    throw UsageError("check: give at least one scenario file");
  }
  ProblemList problems;
  for (const std::string& file : values["scenario"].as<std::vector<std::string>>()) {
    try {
      fmt::print("{}\n", describe_case(load_case(file)));
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();
  return success;
}

} // namespace tq::app
