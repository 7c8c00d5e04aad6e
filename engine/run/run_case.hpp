#pragma once
#include "base/timer.hpp"
#include "output/checkpoint.hpp"
#include "run/case.hpp"

#include <filesystem>
#include <vector>

namespace tq {

struct RunOptions {
  std::filesystem::path directory = "results";
  bool overwrite = false;
  int ranks_x = 1; // virtual ranks west to east
  int ranks_y = 1; // south to north
  bool progress = true;
};

/// What a run can tell of itself when it is over; of one that was resumed, all of it.
struct RunReport {
  std::filesystem::path result;
  int hours = 0; // completed
  double wall_seconds = 0;
  double cell_tracer_steps = 0;
  double largest_courant = 0;
  double shortest_step = 0, longest_step = 0; // s, of the outer steps
  int most_substeps = 0;                      // of a level in an outer step
  double residual = 0;      // of the budget, relative, largest over species
  std::string budget_table; // kg, by species
  Timers timers;

  /// What adds up over the hours.
  void serialise(Archive& archive);
};

/// DIRECTORY/NAME.nc.
std::filesystem::path result_path(const Case& c, const RunOptions& options);

/// Before any work: results that exist already (unless `overwrite`) and cases that would write to one file are an
/// InputError; a directory that cannot be written a FileError.
void check_results(const std::vector<Case>& cases, const RunOptions& options);

/// Says if the grid cannot be cut into the virtual ranks asked for.
void check_ranks(const Case& c, const RunOptions& options, ProblemList& problems);

/// Runs a case to its last hour and writes its result; from its first hour, or from where a checkpoint was written. The
/// run leaves checkpoints as the scenario asks for, which go when it is complete. After a signal it ends its hour, leaves a
/// checkpoint and a result of all hours so far, and throws Interrupted.
RunReport run_case(const Case& c, const RunOptions& options, CheckpointReader* checkpoint = nullptr);

} // namespace tq
