// tianqing run SCENARIO... [-o DIRECTORY] [--threads N] [--overwrite] [--virtual-ranks XxY] [--quiet]
#include "app/command.hpp"
#include "app/run_options.hpp"
#include "base/log.hpp"
#include "run/case.hpp"
#include "run/run_case.hpp"
#include "run/summary.hpp"

namespace tq::app {

int run(const Arguments& arguments) {
  namespace po = boost::program_options;
  RunOptions options;
  std::string directory = "results";
  po::options_description visible("options");
  visible.add_options()("output,o", po::value(&directory)->value_name("DIR"),
                        "folder of the results, made if absent (results)")(
      "overwrite", po::bool_switch(&options.overwrite), "replace results that exist already");
  add_run_options(visible);
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing run SCENARIO... [options]\nRuns scenarios one after the other; each writes DIR/NAME.nc, "
             "NAME as in the scenario.",
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
  for (std::size_t n = 0; n < cases.size(); ++n) {
    if (options.progress) {
      log::info("{}", describe_case(cases[n]));
    }
    const RunReport report = run_case(cases[n], options);
    end_run(cases[n], options, report, n + 1 < cases.size() ? &cases[n + 1] : nullptr);
  }
  return success;
}

} // namespace tq::app
