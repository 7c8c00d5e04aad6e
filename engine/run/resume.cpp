#include "run/resume.hpp"

#include "base/log.hpp"
#include "output/result_file.hpp"
#include "run/together.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <sstream>

namespace tq {

namespace fs = std::filesystem;

namespace {

/// The newest that can be read, or nothing; damaged ones are told and dropped from the list.
std::unique_ptr<CheckpointReader> newest(std::vector<fs::path>& checkpoints) {
  while (!checkpoints.empty()) {
    try {
      return std::make_unique<CheckpointReader>(checkpoints.front());
    } catch (const FileError& error) {
      log::warn("{}", error.what());
      checkpoints.erase(checkpoints.begin());
    }
  }
  return nullptr;
}

/// The first lines in which two texts differ, "" for the end of one.
std::pair<std::string, std::string> first_difference(const std::string& one, const std::string& other) {
  std::istringstream first(one), second(other);
  std::string a, b;
  do {
    a.clear();
    b.clear();
    std::getline(first, a);
    std::getline(second, b);
  } while (a == b && (first || second));
  return {a, b};
}

/// What the scenario and its files are must be what they were.
void check_unchanged(const Case& c, const CheckpointReader& checkpoint, ProblemList& problems) {
  const CheckpointHeader& header = checkpoint.header();
  const std::string again = fmt::format("{} cannot go on; run the scenario again, or give back what it was", c.name);
  const std::string text = c.settings.resolved();
  if (text != header.scenario_text) {
    const auto [now, then] = first_difference(text, header.scenario_text);
    problems.add({c.file}, fmt::format("has changed since {} was written, from `{}` to `{}`: {}",
                                       checkpoint.path().string(), then, now, again));
    return; // its files may be others, too
  }
  for (const auto& input : c.inputs) {
    if (std::find(header.inputs.begin(), header.inputs.end(), input) == header.inputs.end()) {
      problems.add({input.first},
                   fmt::format("has changed since {} was written: {}", checkpoint.path().string(), again));
    }
  }
}

} // namespace

std::vector<UnfinishedRun> find_unfinished_runs(const RunOptions& options) {
  const fs::path& folder = options.directory;
  if (!fs::is_directory(folder)) {
    throw InputError({folder.string()}, fs::exists(folder) ? "is not a folder" : "no such folder");
  }
  const std::vector<fs::path> results = results_with_checkpoints(folder);
  if (results.empty()) {
    throw InputError({folder.string()}, "holds no checkpoint: there is nothing to resume");
  }
  ProblemList problems;
  std::vector<UnfinishedRun> runs;
  for (const fs::path& result : results) {
    UnfinishedRun run;
    run.checkpoints = checkpoints_of(result);
    std::optional<FileLock> lock = FileLock::take(run.checkpoints.front());
    if (!lock) {
      problems.add({run.checkpoints.front().string()}, "is of a run that still goes on");
      continue;
    }
    run.lock = std::make_unique<FileLock>(std::move(*lock));
    run.checkpoint = newest(run.checkpoints);
    if (!run.checkpoint) {
      throw FileError(fmt::format(
          "{}: no checkpoint of it can be read; `tianqing run SCENARIO --overwrite` starts again", result.string()));
    }
    const CheckpointHeader& header = run.checkpoint->header();
    if (header.scenario != result.stem()) {
      problems.add({run.checkpoint->path().string()},
                   fmt::format("is a checkpoint of \"{}\": its name must say that", header.scenario));
      continue;
    }
    if (!fs::exists(result)) {
      throw FileError(fmt::format("{}: no such file, but {} goes on with it; `tianqing run {} -o {}` starts again",
                                  result.string(), run.checkpoint->path().string(), header.scenario_file,
                                  folder.string()));
    }
    try {
      run.scenario = load_case(header.scenario_file);
      check_unchanged(run.scenario, *run.checkpoint, problems);
      check_ranks(run.scenario, options, problems);
    } catch (const InputError& error) {
      problems.add(error);
    }
    runs.push_back(std::move(run));
  }
  problems.throw_if_any();
  return runs;
}

namespace {

RunReport resume_alone(UnfinishedRun& run, RunOptions options) {
  const Cases alone{&run.scenario};
  while (run.checkpoint) {
    try {
      return run_together(alone, options, {run.checkpoint.get()}).front();
    } catch (const DamagedResult& error) {
      log::warn("{}", error.what());
    }
    run.checkpoints.erase(run.checkpoints.begin());
    run.checkpoint = newest(run.checkpoints);
    log::warn("{}: goes on {}", run.scenario.name,
              run.checkpoint ? "from " + run.checkpoint->path().string() : "from its first hour");
  }
  options.overwrite = true;
  return run_together(alone, options).front();
}

} // namespace

std::vector<std::vector<UnfinishedRun*>> group_unfinished(std::vector<UnfinishedRun>& runs) {
  std::vector<std::pair<Instant, Cases>> by_time;
  std::map<const Case*, UnfinishedRun*> run_of;
  for (UnfinishedRun& run : runs) {
    const Instant time = run.checkpoint->header().time;
    const auto found = std::find_if(by_time.begin(), by_time.end(), [&](const auto& one) { return one.first == time; });
    (found != by_time.end() ? *found : by_time.emplace_back(time, Cases())).second.push_back(&run.scenario);
    run_of[&run.scenario] = &run;
  }
  std::vector<std::vector<UnfinishedRun*>> groups;
  for (const auto& [time, cases] : by_time) {
    for (const Cases& together : group_cases(cases)) {
      std::vector<UnfinishedRun*>& group = groups.emplace_back();
      for (const Case* c : together) {
        group.push_back(run_of[c]);
      }
    }
  }
  return groups;
}

std::vector<RunReport> resume(const std::vector<UnfinishedRun*>& group, const RunOptions& options) {
  std::vector<RunReport> reports;
  if (group.size() > 1) {
    Cases cases;
    std::vector<CheckpointReader*> checkpoints;
    for (UnfinishedRun* run : group) {
      cases.push_back(&run->scenario);
      checkpoints.push_back(run->checkpoint.get());
    }
    try {
      return run_together(cases, options, checkpoints);
    } catch (const DamagedResult& error) {
      log::warn("{}; each run goes on alone", error.what());
    }
    for (UnfinishedRun* run : group) { // what was read of them is behind
      run->checkpoint = std::make_unique<CheckpointReader>(run->checkpoint->path());
    }
  }
  for (UnfinishedRun* run : group) {
    reports.push_back(resume_alone(*run, options));
  }
  return reports;
}

} // namespace tq
