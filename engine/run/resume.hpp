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

/// Those that can go on together (group_cases, from the same time), in the order of their first.
std::vector<std::vector<UnfinishedRun*>> group_unfinished(std::vector<UnfinishedRun>& runs);

/// Runs one such group to its end, as run_together does. Where a result is damaged before the checkpoint, each goes on
/// alone, that one from an older checkpoint or from the first hour, with a warning.
std::vector<RunReport> resume(const std::vector<UnfinishedRun*>& group, const RunOptions& options);

} // namespace tq
