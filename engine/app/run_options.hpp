#pragma once
#include "app/options.hpp"
#include "run/run_case.hpp"

namespace tq::app {

/// --threads, --virtual-ranks and --quiet: what `run` and `resume` share.
void add_run_options(boost::program_options::options_description& visible);

/// Takes these over and sets the number of threads. Throws UsageError.
void read_run_options(const boost::program_options::variables_map& values, RunOptions& options);

/// Tells what the runs of a group did; if a signal came meanwhile and `next` is to follow, throws Interrupted.
void end_runs(const Cases& cases, const RunOptions& options, const std::vector<RunReport>& reports, const Case* next);

} // namespace tq::app
