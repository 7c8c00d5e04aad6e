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
  const std::vector<std::vector<UnfinishedRun*>> groups = group_unfinished(runs);
  for (std::size_t n = 0; n < groups.size(); ++n) {
    Cases cases;
    for (const UnfinishedRun* run : groups[n]) {
      cases.push_back(&run->scenario);
      if (options.progress) {
        log::info("{}: goes on from {}", run->scenario.name, format_utc(run->checkpoint->header().time));
      }
    }
    const std::vector<RunReport> reports = tq::resume(groups[n], options);
    end_runs(cases, options, reports, n + 1 < groups.size() ? &groups[n + 1].front()->scenario : nullptr);
  }
  return success;
}

} // namespace tq::app
