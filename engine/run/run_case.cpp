#include "run/run_case.hpp"

#include "base/log.hpp"
#include "run/interrupt.hpp"
#include "run/progress.hpp"
#include "run/record.hpp"
#include "run/simulation.hpp"

#include <algorithm>
#include <cmath>
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
      : case_(c), report_(report), path_(result_path(c, options)), result_(open_result(options, checkpoint)) {
    report_.result = path_;
    if (checkpoint != nullptr) {
      report_.serialise(*checkpoint);
    }
    before_ = report_;
    const Instant latest = c.start + report_.hours * seconds_per_hour;
    prune_checkpoints(path_, latest, checkpoint != nullptr ? checkpoints_kept : 0);
    progress_.emplace(c.name, c.start, c.end, Status{.time = latest, .cell_tracer_steps = report_.cell_tracer_steps},
                      options.progress);
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
    const Instant end = hour.end;
    result_->write(std::move(hour));
    ++report_.hours;
    progress_->show({.time = end,
                     .cell_tracer_steps = report_.cell_tracer_steps,
                     .courant = plan.courant_horizontal,
                     .residual = report_.residual});
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
    return checkpoint;
  }

  void end_checkpoint(CheckpointWriter& checkpoint) {
    lock_ = checkpoint.commit();
    prune_checkpoints(path_, case_.end, checkpoints_kept);
  }

  /// `budget`: by tracer; `air`: what measures reacted to, or null.
  void finish(const TracerSet& tracers, const std::vector<BudgetTerms>& budget, const AirTriggers* air, const Timers& timers,
              double wall_seconds) {
    std::vector<std::string> names;
    for (const Species& species : case_.species.species()) {
      names.push_back(species.id);
    }
    std::vector<BudgetTerms> totals;
    for (const TracerSet::Family& family : tracers.families()) {
      totals.push_back(budget[std::size_t(family.first)]);
    }
    report_.budget_table = budget_table(totals, names);
    measure(timers, wall_seconds);
    result_->finish(make_summary(case_, report_, tracers, budget, air));
    if (report_.hours == case_.hours()) {
      prune_checkpoints(path_, case_.end, 0);
    }
  }

 private:
  static constexpr std::size_t checkpoints_kept = 2;

  std::unique_ptr<ResultFile> open_result(const RunOptions& options, CheckpointReader* checkpoint) const {
    const Grid& grid = case_.grid->grid;
    const ResultHeader header = make_header(case_);
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
  std::unique_ptr<ResultFile> result_;
  std::optional<Progress> progress_;
  std::optional<FileLock> lock_; // of the newest checkpoint
};

/// All steps of an hour.
template <class T> void advance(Simulation<T>& simulation, const Case& c, Instant hour) {
  try {
    simulation.begin_hour(hour);
    for (int step = 0; step < simulation.steps(); ++step) {
      simulation.step();
    }
    simulation.end_hour();
  } catch (const NumericalError& error) { // parts do not know the time
    throw NumericalError(fmt::format("{}, hour from {}: {}", c.name, format_utc(hour), error.what()));
  }
}

/// Collective; `recorder` on rank 0.
template <class T> void save(Simulation<T>& simulation, Recorder* recorder, Timers& timers, double wall_seconds) {
  const Timers::Scope timed(timers, "checkpoint");
  if (recorder == nullptr) {
    Archive none;
    simulation.serialise(none);
    return;
  }
  CheckpointWriter checkpoint = recorder->begin_checkpoint(timers, wall_seconds);
  simulation.serialise(checkpoint);
  recorder->end_checkpoint(checkpoint);
}

template <class T>
void run_rank(const Case& c, const RunOptions& options, const Decomposition& decomposition, Communicator& communicator,
              CheckpointReader* checkpoint, RunReport& report) {
  const auto began = Timers::Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Timers::Clock::now() - began).count(); };
  const Grid& grid = c.grid->grid;
  Timers timers;
  Simulation<T> simulation(c, decomposition, communicator, timers);
  const double cell_tracers = double(grid.nx()) * grid.ny() * grid.nz() * simulation.tracer_set().count();
  std::optional<Recorder> recorder;
  if (communicator.is_root()) {
    const Timers::Scope timed(timers, checkpoint != nullptr ? "checkpoint" : "output");
    recorder.emplace(c, options, report, checkpoint);
  }
  Instant hour = c.start;
  if (checkpoint != nullptr) {
    const Timers::Scope timed(timers, "checkpoint");
    Archive none{std::vector<std::byte>()};
    simulation.serialise(communicator.is_root() ? *checkpoint : none);
    hour = checkpoint->header().time;
  }
  const Instant interval = read_checkpoint_interval(c.settings);
  for (bool stop = false; hour < c.end && !stop;) {
    advance(simulation, c, hour);
    ResultHour record = make_hour(simulation, c, hour, decomposition, communicator);
    simulation.observe(recorder ? &record : nullptr);
    if (recorder) {
      const Timers::Scope timed(timers, "output");
      recorder->add(std::move(record), simulation.plan(), cell_tracers);
    }
    hour += seconds_per_hour;
    stop = communicator.any(interrupt_requested());
    if (hour < c.end && (stop || (interval > 0 && (hour - c.start) % interval == 0))) {
      save(simulation, recorder ? &*recorder : nullptr, timers, seconds());
    }
  }
  if (recorder) {
    if (options.progress) {
      simulation.air_flow().log_solves();
    }
    recorder->finish(simulation.tracer_set(), simulation.budget().terms(), simulation.air_triggers(), timers, seconds());
  }
}

} // namespace

RunReport run_case(const Case& c, const RunOptions& options, CheckpointReader* checkpoint) {
  const InterruptGuard guard;
  const Grid& grid = c.grid->grid;
  const Decomposition decomposition(grid.nx(), grid.ny(), options.ranks_x, options.ranks_y);
  const int threads = omp_get_max_threads();
  if (!c.gridded_weather && !c.wind_stations) { // before ranks share the threads
    c.wind->units();
    if (options.progress) {
      log::info("wind over terrain: {}", c.wind->description());
    }
  }
  RunReport report;
  const auto body = [&](Communicator& communicator) {
    omp_set_num_threads(threads); // of a virtual rank's own thread
    c.transport.double_precision ? run_rank<double>(c, options, decomposition, communicator, checkpoint, report)
                                 : run_rank<float>(c, options, decomposition, communicator, checkpoint, report);
  };
  try {
    if (decomposition.ranks() == 1) {
      SerialCommunicator alone;
      body(alone);
    } else {
      run_virtual_ranks(decomposition.ranks(), body);
    }
  } catch (...) {
    if (!report.result.empty() && report.hours == 0) { // nothing worth keeping, and it would stand in a rerun's way
      std::error_code ignored;
      std::filesystem::remove(report.result, ignored);
    }
    throw;
  }
  if (report.hours < c.hours()) {
    throw Interrupted(fmt::format("{}: stopped after {} of {} hours; {} holds those, `tianqing resume {}` goes on",
                                  c.name, report.hours, c.hours(), report.result.string(),
                                  options.directory.empty() ? "." : options.directory.string()));
  }
  return report;
}

} // namespace tq
