// tianqing run SCENARIO... [-o DIRECTORY] [--threads N] [--overwrite] [--apart] [--virtual-ranks XxY] [--quiet]
#include "app/command.hpp"
#include "app/run_options.hpp"
#include "base/log.hpp"
#include "run/case.hpp"
#include "run/run_case.hpp"
#include "run/summary.hpp"
#include "run/together.hpp"

namespace tq::app {

int run(const Arguments& arguments) {
  namespace po = boost::program_options;
  RunOptions options;
  std::string directory = "results";
  bool apart = false;
  po::options_description visible("options");
  visible.add_options()("output,o", po::value(&directory)->value_name("DIR"),
                        "folder of the results, made if absent (results)")(
      "overwrite", po::bool_switch(&options.overwrite), "replace results that exist already")(
      "apart", po::bool_switch(&apart), "one after the other: takes less memory, and longer");
  add_run_options(visible);
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing run SCENARIO... [options]\nRuns scenarios; each writes DIR/NAME.nc, NAME as in the scenario. Those "
             "that differ in their sources and measures\nalone advance together, in less time than one after the "
             "other; the results are the same to the bit.",
             visible, "scenario", values)) {
    return success;
  }
  if (values.count("scenario") == 0) {
    throw UsageError("run: give at least one scenario file");
  }
  options.directory = directory;
  read_run_options(values, options);

  ProblemList problems;
  std::vector<Case> cases;
  for (const std::string& file : values["scenario"].as<std::vector<std::string>>()) {
    try {
      cases.push_back(load_case(file));
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();
  check_results(cases, options);
  std::vector<Cases> groups;
  for (const Case& c : cases) {
    groups.push_back({&c});
  }
  if (!apart) {
    Cases all;
    for (const Case& c : cases) {
      all.push_back(&c);
    }
    groups = group_cases(all);
  }
  for (std::size_t n = 0; n < groups.size(); ++n) {
    for (const Case* c : groups[n]) {
      if (options.progress) {
        log::info("{}", describe_case(*c));
      }
    }
    const std::vector<RunReport> reports = run_together(groups[n], options);
    end_runs(groups[n], options, reports, n + 1 < groups.size() ? groups[n + 1].front() : nullptr);
  }
  return success;
}

} // namespace tq::app
