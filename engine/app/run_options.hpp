#pragma once
#include "app/options.hpp"
#include "run/run_case.hpp"

namespace tq::app {

/// --threads, --virtual-ranks and --quiet: what `run` and `resume` share.
void add_run_options(boost::program_options::options_description& visible);

/// Takes these over and sets the number of threads. Throws UsageError.
void read_run_options(const boost::program_options::variables_map& values, RunOptions& options);

/// Tells what a run did; if a signal came meanwhile and `next` is to follow, throws Interrupted.
void end_run(const Case& c, const RunOptions& options, const RunReport& report, const Case* next);

} // namespace tq::app
