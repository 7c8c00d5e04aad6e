// tianqing resume DIRECTORY [--threads N] [--virtual-ranks XxY] [--quiet]
#include "run/resume.hpp"
#include "app/command.hpp"
#include "app/run_options.hpp"
#include "base/log.hpp"

#include <fmt/format.h>

namespace tq::app {

int resume(const Arguments& arguments) {
  namespace po = boost::program_options;
  RunOptions options;
  po::options_description visible("options");
  add_run_options(visible);
  po::variables_map values;
  if (!parse(arguments,
             "usage: tianqing resume DIR [options]\nGoes on with every run in DIR that was stopped or killed, from its "
             "newest "
             "checkpoint there. The results\nare the same to the bit as if nothing had happened, with any number of "
             "threads.",
             visible, "directory", values)) {
    return success;
  }
  const auto directories =
      values.count("directory") > 0 ? values["directory"].as<std::vector<std::string>>() : Arguments();
  if (directories.size() != 1) {
    throw UsageError("resume: give one folder of results");
  }
  options.directory = directories[0];
  read_run_options(values, options);

  std::vector<UnfinishedRun> runs = find_unfinished_runs(options);
  for (std::size_t n = 0; n < runs.size(); ++n) {
    if (options.progress) {
      log::info("{}: goes on from {}", runs[n].scenario.name, format_utc(runs[n].checkpoint->header().time));
    }
    const RunReport report = tq::resume(runs[n], options);
    end_run(runs[n].scenario, options, report, n + 1 < runs.size() ? &runs[n + 1].scenario : nullptr);
  }
  return success;
}

} // namespace tq::app
