#pragma once
#include "output/result_file.hpp"
#include "run/case.hpp"
#include "run/run_case.hpp"
#include "run/simulation.hpp"

namespace tq {

/// Declares `output.*`.
void declare_output(config::Schema& schema);

/// Indices of the pollutants in `output.volume`.
std::vector<int> read_volume(const config::Settings& scenario, const SpeciesTable& species, ProblemList& problems);

/// Time between checkpoints [s]; 0: none but at a stop.
Instant read_checkpoint_interval(const config::Settings& scenario);

ResultOptions read_output(const config::Settings& scenario, bool overwrite);

/// What the result file says of the case before hour 0.
ResultHeader make_header(const Case& c);

/// Collects one hour of a scenario from all ranks; complete on rank 0. Collective.
template <class T>
ResultHour make_hour(Simulation<T>& simulation, Instant start, const Decomposition& decomposition,
                     Communicator& communicator, int scenario = 0);

/// What the result file of a scenario says at the end. On rank 0.
template <class T> ResultSummary make_summary(const RunReport& report, Simulation<T>& simulation, int scenario = 0);

} // namespace tq
