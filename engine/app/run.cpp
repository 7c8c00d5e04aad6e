// tianqing run SCENARIO... [-o DIRECTORY] [--threads N] [--overwrite] [--virtual-ranks XxY] [--quiet]
#include "app/command.hpp"
#include "app/options.hpp"
#include "base/log.hpp"
#include "run/case.hpp"
#include "run/run_case.hpp"
#include "run/summary.hpp"

#include <fmt/format.h>
#include <omp.h>

namespace tq::app {

namespace {

void read_ranks(const std::string& text, RunOptions& options) {
  int ranks[2];
  if (!read_extents(text, ranks) || ranks[0] < 1 || ranks[1] < 1) {
    throw UsageError(fmt::format("--virtual-ranks {}: must be two numbers such as 2x3", text));
  }
  options.ranks_x = ranks[0];
  options.ranks_y = ranks[1];
}

} // namespace

int run(const Arguments& arguments) {
  namespace po = boost::program_options;
  RunOptions options;
  int threads = 0;
  std::string directory = "results";
  po::options_description visible("options");
  visible.add_options()("output,o", po::value(&directory)->value_name("DIR"),
                        "folder of the results, made if absent (results)")(
      "threads", po::value(&threads)->value_name("N"), "threads of each rank (all cores)")(
      "overwrite", po::bool_switch(&options.overwrite), "replace results that exist already")(
      "virtual-ranks", po::value<std::string>()->value_name("XxY"),
      "cut the domain into X by Y parts within this process; the result is the same to the bit")(
      "quiet,q", "no progress and no summary");
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
  if (values.count("threads") > 0) {
    check_threads(threads);
  }
  if (values.count("virtual-ranks") > 0) {
    read_ranks(values["virtual-ranks"].as<std::string>(), options);
  }
  options.directory = directory;
  options.progress = values.count("quiet") == 0;
  if (threads > 0) {
    omp_set_num_threads(threads);
  }

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
  for (const Case& c : cases) {
    if (options.progress) {
      log::info("{}", describe_case(c));
    }
    const RunReport report = run_case(c, options);
    if (options.progress) {
      log::info("{}", summarise(c, report));
    }
  }
  return success;
}

} // namespace tq::app
