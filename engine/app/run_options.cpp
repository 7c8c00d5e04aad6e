#include "app/run_options.hpp"

#include "base/log.hpp"
#include "run/interrupt.hpp"
#include "run/summary.hpp"

#include <fmt/format.h>
#include <omp.h>

namespace tq::app {

namespace po = boost::program_options;

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

void add_run_options(po::options_description& visible) {
  visible.add_options()("threads", po::value<int>()->value_name("N"), "threads of each rank (all cores)")(
      "virtual-ranks", po::value<std::string>()->value_name("XxY"),
      "cut the domain into X by Y parts within this process; the result is the same to the bit")(
      "quiet,q", "no progress and no summary");
}

void read_run_options(const po::variables_map& values, RunOptions& options) {
  if (values.count("threads") > 0) {
    const int threads = values["threads"].as<int>();
    check_threads(threads);
    omp_set_num_threads(threads);
  }
  if (values.count("virtual-ranks") > 0) {
    read_ranks(values["virtual-ranks"].as<std::string>(), options);
  }
  options.progress = values.count("quiet") == 0;
}

void end_runs(const Cases& cases, const RunOptions& options, const std::vector<RunReport>& reports, const Case* next) {
  for (std::size_t n = 0; n < cases.size() && options.progress; ++n) {
    log::info("{}", summarise(*cases[n], reports[n]));
  }
  if (next != nullptr && interrupt_requested()) { // in the last hour, so these runs are complete
    throw Interrupted(fmt::format("stopped before {}", next->name));
  }
}

} // namespace tq::app
