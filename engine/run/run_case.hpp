#pragma once
#include "base/timer.hpp"
#include "output/checkpoint.hpp"
#include "run/case.hpp"
#include "run/simulation.hpp"

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

/// What a run can tell of itself when it is over; of one that was resumed, all of it. Times, and the steps that make the
/// rate, are those of all scenarios that advanced together.
struct RunReport {
  std::filesystem::path result;
  int hours = 0; // completed
  double wall_seconds = 0;
  double cell_tracer_steps = 0;
  double largest_courant = 0;
  double shortest_step = 0, longest_step = 0; // s, of the outer steps
  int most_substeps = 0;                      // of a level in an outer step
  double residual = 0;      // of the budget, relative, largest over species
  double tag_departure = 0; // of the tags' sum from its total at the end, relative, largest over cells
  std::string budget_table; // kg, by species
  std::string air_quality;  // of the city, in a line; "" without management cells
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

/// Runs cases of one group (group_cases) together to their last hour and writes the result of each; from their first hour,
/// or from where their checkpoints were written, all at the same time. Each result is what the case gives alone, to the
/// bit, but for the times that it took. The run leaves checkpoints as the scenarios ask for, one for each, which go when
/// it is complete. After a signal it ends its hour, leaves checkpoints and results of all hours so far, and throws
/// Interrupted. Reports are in the order of the cases.
std::vector<RunReport> run_together(const Cases& cases, const RunOptions& options,
                                    const std::vector<CheckpointReader*>& checkpoints = {});

} // namespace tq
