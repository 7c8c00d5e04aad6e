#pragma once
#include "run/run_case.hpp"

#include <memory>

namespace tq {

/// A run that did not end, as its checkpoints tell.
struct UnfinishedRun {
  std::vector<std::filesystem::path> checkpoints; // newest first
  std::unique_ptr<CheckpointReader> checkpoint;   // the newest that is not damaged
  std::unique_ptr<FileLock> lock;                 // of the newest
  Case scenario;
};

/// All of `options.directory`, ready to be resumed. A damaged checkpoint is told as a warning where there is an older
/// one. Throws InputError with all problems: nothing to resume, a run that still goes on, a scenario that has changed.
/// Throws FileError where no checkpoint can be read or the result is missing.
std::vector<UnfinishedRun> find_unfinished_runs(const RunOptions& options);

/// Runs it to its end, as run_case does. Where the result is damaged before the checkpoint, goes on from an older one,
/// or from the first hour, with a warning.
RunReport resume(UnfinishedRun& run, RunOptions options);

} // namespace tq
