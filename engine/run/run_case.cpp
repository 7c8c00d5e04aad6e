#include "run/run_case.hpp"

#include "base/log.hpp"
#include "diagnostics/tag_departure.hpp"
#include "run/interrupt.hpp"
#include "run/progress.hpp"
#include "run/quality_record.hpp"
#include "run/record.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <fmt/format.h>
#include <map>
#include <omp.h>
#include <optional>

namespace tq {

std::filesystem::path result_path(const Case& c, const RunOptions& options) {
  return options.directory / (c.name + ".nc");
}

void check_ranks(const Case& c, const RunOptions& options, ProblemList& problems) {
  const Grid& grid = c.grid->grid;
  try {
    Decomposition(grid.nx(), grid.ny(), options.ranks_x, options.ranks_y);
  } catch (const std::invalid_argument& error) {
    problems.add({}, fmt::format("--virtual-ranks {}x{}: {}", options.ranks_x, options.ranks_y, error.what()));
  }
}

void RunReport::serialise(Archive& archive) {
  archive("report.hours", hours);
  archive("report.wall_seconds", wall_seconds);
  archive("report.cell_tracer_steps", cell_tracer_steps);
  archive("report.largest_courant", largest_courant);
  archive("report.shortest_step", shortest_step);
  archive("report.longest_step", longest_step);
  archive("report.most_substeps", most_substeps);
  std::vector<std::pair<std::string, double>> parts = timers.parts();
  std::size_t count = parts.size();
  archive("report.timers", count);
  parts.resize(count);
  timers = {};
  for (auto& [part, seconds] : parts) {
    archive("report.part", part);
    archive("report.seconds", seconds);
    timers.add(part, seconds);
  }
}

void check_results(const std::vector<Case>& cases, const RunOptions& options) {
  ProblemList problems;
  std::map<std::string, const Case*> names;
  for (const Case& c : cases) {
    const auto [earlier, fresh] = names.emplace(c.name, &c);
    if (!fresh) {
      problems.add(c.settings.where("name"),
                   fmt::format("name = \"{}\": must differ between {} and {}, or both results go to {}", c.name,
                               earlier->second->file, c.file, result_path(c, options).string()));
    }
    check_ranks(c, options, problems);
    try {
      check_result_target(result_path(c, options), options.overwrite);
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();
}

namespace {

/// Rank 0's hands: the result file, the checkpoints, the progress and the report of the run.
class Recorder {
 public:
  /// Reads its part of the checkpoint, if there is one.
  Recorder(const Case& c, const RunOptions& options, RunReport& report, CheckpointReader* checkpoint)
      : case_(c), report_(report), path_(result_path(c, options)), quality_(c), result_(open_result(options, checkpoint)) {
    report_.result = path_;
    if (checkpoint != nullptr) {
      report_.serialise(*checkpoint);
      quality_.serialise(*checkpoint);
    }
    before_ = report_;
    const Instant latest = c.start + report_.hours * seconds_per_hour;
    prune_checkpoints(path_, latest, checkpoint != nullptr ? checkpoints_kept : 0);
  }

  /// Throws NumericalError if a budget is not finite.
  void add(ResultHour hour, const StepPlan& plan, double cell_tracers) {
    report_.residual = 0;
    for (std::size_t n = 0; n < hour.budget.size(); ++n) {
      const double residual = hour.budget[n].residual();
      if (!std::isfinite(residual)) { // the largest of them would hide it
        throw NumericalError(fmt::format("{}: {} is not finite in the hour from {}: {:g} kg in the air", case_.name,
                                         case_.species.species()[n].id, format_utc(hour.start),
                                         hour.budget[n].airborne));
      }
      report_.residual = std::max(report_.residual, std::abs(residual));
    }
    report_.cell_tracer_steps += cell_tracers * plan.steps;
    report_.largest_courant = std::max(report_.largest_courant, plan.courant_horizontal);
    report_.shortest_step = report_.hours == 0 ? plan.dt : std::min(report_.shortest_step, plan.dt);
    report_.longest_step = std::max(report_.longest_step, plan.dt);
    report_.most_substeps =
        std::max(report_.most_substeps, *std::max_element(plan.substeps.begin(), plan.substeps.end()));
    hour.quality = quality_.add(hour);
    result_->write(std::move(hour));
    ++report_.hours;
  }

  /// A checkpoint of all but the simulation, which the caller adds.
  CheckpointWriter begin_checkpoint(const Timers& timers, double wall_seconds) {
    measure(timers, wall_seconds);
    const Instant time = case_.start + report_.hours * seconds_per_hour;
    CheckpointWriter checkpoint(checkpoint_path(path_, time),
                                {.scenario = case_.name,
                                 .scenario_file = std::filesystem::absolute(case_.file).string(),
                                 .scenario_text = case_.settings.resolved(),
                                 .inputs = case_.inputs,
                                 .time = time});
    result_->serialise(checkpoint);
    report_.serialise(checkpoint);
    quality_.serialise(checkpoint);
    return checkpoint;
  }

  void end_checkpoint(CheckpointWriter& checkpoint) {
    lock_ = checkpoint.commit();
    prune_checkpoints(path_, case_.end, checkpoints_kept);
  }

  template <class T>
  void finish(Simulation<T>& simulation, int scenario, double tag_departure, const Timers& timers, double wall_seconds) {
    std::vector<std::string> names;
    for (const Species& species : case_.species.species()) {
      names.push_back(species.id);
    }
    report_.budget_table = budget_table(simulation.total_budget(scenario), names);
    report_.tag_departure = tag_departure;
    measure(timers, wall_seconds);
    ResultSummary summary = make_summary(report_, simulation, scenario);
    summary.quality = quality_.finish();
    report_.air_quality = quality_.describe();
    result_->finish(summary);
    if (report_.hours == case_.hours()) {
      prune_checkpoints(path_, case_.end, 0);
    }
  }

 private:
  static constexpr std::size_t checkpoints_kept = 2;

  std::unique_ptr<ResultFile> open_result(const RunOptions& options, CheckpointReader* checkpoint) const {
    const Grid& grid = case_.grid->grid;
    ResultHeader header = make_header(case_);
    header.quality = quality_.header();
    const ResultOptions output = read_output(case_.settings, options.overwrite);
    return checkpoint != nullptr
               ? std::make_unique<ResultFile>(path_, grid, case_.grid->management, header, output, *checkpoint)
               : std::make_unique<ResultFile>(path_, grid, case_.grid->management, header, output);
  }

  /// Adds the time since the start or the checkpoint to that before.
  void measure(const Timers& timers, double wall_seconds) {
    report_.timers = before_.timers;
    report_.timers.add(timers);
    report_.wall_seconds = before_.wall_seconds + wall_seconds;
  }

  const Case& case_;
  RunReport& report_;
  RunReport before_; // of a run that is resumed
  std::filesystem::path path_;
  QualityRecord quality_;
  std::unique_ptr<ResultFile> result_;
  std::optional<FileLock> lock_; // of the newest checkpoint
};

/// "base", or "base and 7 others".
std::string names_of(const Cases& cases) {
  const std::string& first = cases.front()->name;
  return cases.size() == 1 ? first
                           : fmt::format("{} and {} other{}", first, cases.size() - 1, cases.size() == 2 ? "" : "s");
}

/// "results/base.nc, results/coal-to-gas.nc".
std::string results_of(const std::vector<RunReport>& reports) {
  std::string text;
  for (const RunReport& report : reports) {
    text += (text.empty() ? "" : ", ") + report.result.string();
  }
  return text;
}

Status status(const std::vector<RunReport>& reports, Instant end, const StepPlan& plan) {
  Status status{.time = end,
                .cell_tracer_steps = reports.front().cell_tracer_steps,
                .courant = plan.courant_horizontal};
  for (const RunReport& report : reports) {
    status.residual = std::max(status.residual, report.residual);
  }
  return status;
}

/// All steps of an hour.
template <class T> void advance(Simulation<T>& simulation, const Cases& cases, Instant hour) {
  try {
    simulation.begin_hour(hour);
    for (int step = 0; step < simulation.steps(); ++step) {
      simulation.step();
    }
    simulation.end_hour();
  } catch (const NumericalError& error) { // parts do not know the time
    throw NumericalError(fmt::format("{}, hour from {}: {}", names_of(cases), format_utc(hour), error.what()));
  }
}

/// Collective; `recorders` by scenario on rank 0, none elsewhere.
template <class T>
void save(Simulation<T>& simulation, std::deque<Recorder>& recorders, Timers& timers, double wall_seconds) {
  const Timers::Scope timed(timers, "checkpoint");
  for (int scenario = 0; scenario < simulation.scenarios(); ++scenario) {
    if (recorders.empty()) {
      Archive none;
      simulation.serialise(none, scenario);
      continue;
    }
    Recorder& recorder = recorders[std::size_t(scenario)];
    CheckpointWriter checkpoint = recorder.begin_checkpoint(timers, wall_seconds);
    simulation.serialise(checkpoint, scenario);
    recorder.end_checkpoint(checkpoint);
  }
}

template <class T>
void run_rank(const Cases& cases, const RunOptions& options, const Decomposition& decomposition,
              Communicator& communicator, const std::vector<CheckpointReader*>& checkpoints,
              std::vector<RunReport>& reports) {
  const auto began = Timers::Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Timers::Clock::now() - began).count(); };
  const Case& shared = *cases.front();
  const Grid& grid = shared.grid->grid;
  Timers timers;
  Simulation<T> simulation(cases, decomposition, communicator, timers);
  const double cell_tracers = double(grid.nx()) * grid.ny() * grid.nz() * simulation.tracer_set().count();
  std::deque<Recorder> recorders; // on rank 0
  std::optional<Progress> progress;
  Instant hour = checkpoints.empty() ? shared.start : checkpoints.front()->header().time;
  if (communicator.is_root()) {
    const Timers::Scope timed(timers, checkpoints.empty() ? "output" : "checkpoint");
    for (std::size_t n = 0; n < cases.size(); ++n) {
      recorders.emplace_back(*cases[n], options, reports[n], checkpoints.empty() ? nullptr : checkpoints[n]);
    }
    progress.emplace(names_of(cases), shared.start, shared.end,
                     Status{.time = hour, .cell_tracer_steps = reports.front().cell_tracer_steps}, options.progress);
  }
  if (!checkpoints.empty()) {
    const Timers::Scope timed(timers, "checkpoint");
    for (int scenario = 0; scenario < simulation.scenarios(); ++scenario) {
      Archive none{std::vector<std::byte>()};
      simulation.serialise(communicator.is_root() ? *checkpoints[std::size_t(scenario)] : none, scenario);
    }
  }
  const Instant interval = read_checkpoint_interval(shared.settings);
  for (bool stop = false; hour < shared.end && !stop;) {
    advance(simulation, cases, hour);
    for (int scenario = 0; scenario < simulation.scenarios(); ++scenario) {
      ResultHour record = make_hour(simulation, hour, decomposition, communicator, scenario);
      simulation.observe(recorders.empty() ? nullptr : &record, scenario);
      if (!recorders.empty()) {
        const Timers::Scope timed(timers, "output");
        recorders[std::size_t(scenario)].add(std::move(record), simulation.plan(), cell_tracers);
      }
    }
    hour += seconds_per_hour;
    if (progress) {
      progress->show(status(reports, hour, simulation.plan()));
    }
    stop = communicator.any(interrupt_requested());
    if (hour < shared.end && (stop || (interval > 0 && (hour - shared.start) % interval == 0))) {
      save(simulation, recorders, timers, seconds());
    }
  }
  if (communicator.is_root() && options.progress) {
    simulation.air_flow().log_solves();
  }
  for (int scenario = 0; scenario < simulation.scenarios(); ++scenario) {
    const double departure =
        tag_departure(communicator, simulation.tracer_set(), simulation.mixing_ratio(), scenario);
    if (!recorders.empty()) {
      recorders[std::size_t(scenario)].finish(simulation, scenario, departure, timers, seconds());
    }
  }
}

} // namespace

std::vector<RunReport> run_together(const Cases& cases, const RunOptions& options,
                                    const std::vector<CheckpointReader*>& checkpoints) {
  const InterruptGuard guard;
  const Case& shared = *cases.front();
  const Grid& grid = shared.grid->grid;
  const Decomposition decomposition(grid.nx(), grid.ny(), options.ranks_x, options.ranks_y);
  const int threads = omp_get_max_threads();
  if (!shared.gridded_weather && !shared.wind_stations) { // before ranks share the threads
    shared.wind->units();
    if (options.progress) {
      log::info("wind over terrain: {}", shared.wind->description());
    }
  }
  std::vector<RunReport> reports(cases.size());
  const auto body = [&](Communicator& communicator) {
    omp_set_num_threads(threads); // of a virtual rank's own thread
    const auto run = shared.transport.double_precision ? run_rank<double> : run_rank<float>;
    run(cases, options, decomposition, communicator, checkpoints, reports);
  };
  try {
    if (decomposition.ranks() == 1) {
      SerialCommunicator alone;
      body(alone);
    } else {
      run_virtual_ranks(decomposition.ranks(), body);
    }
  } catch (...) {
    for (const RunReport& report : reports) {
      if (!report.result.empty() && report.hours == 0) { // nothing worth keeping, and it would stand in a rerun's way
        std::error_code ignored;
        std::filesystem::remove(report.result, ignored);
      }
    }
    throw;
  }
  const RunReport& first = reports.front();
  if (first.hours < shared.hours()) {
    throw Interrupted(fmt::format("{}: stopped after {} of {} hours; {} hold{} those, `tianqing resume {}` goes on",
                                  names_of(cases), first.hours, shared.hours(), results_of(reports),
                                  reports.size() == 1 ? "s" : "",
                                  options.directory.empty() ? "." : options.directory.string()));
  }
  return reports;
}

} // namespace tq
