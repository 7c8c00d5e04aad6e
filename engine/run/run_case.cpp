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
#include <optional>
#include <omp.h>

namespace tq {

std::filesystem::path result_path(const Case& c, const RunOptions& options) {
  return options.directory / (c.name + ".nc");
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
    const Grid& grid = c.grid->grid;
    try {
      Decomposition(grid.nx(), grid.ny(), options.ranks_x, options.ranks_y);
    } catch (const std::invalid_argument& error) {
      problems.add({}, fmt::format("--virtual-ranks {}x{}: {}", options.ranks_x, options.ranks_y, error.what()));
    }
    try {
      check_result_target(result_path(c, options), options.overwrite);
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();
}

namespace {

/// Rank 0's hands: the result file, the progress and the report of the run.
class Recorder {
public:
  Recorder(const Case& c, const RunOptions& options, RunReport& report)
      : case_(c), report_(report), result_(result_path(c, options), c.grid->grid, c.grid->management, make_header(c),
                                           read_output(c.settings, options.overwrite)),
        progress_(c.name, c.start, c.end, options.progress) {
    report_.result = result_path(c, options);
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
    const Instant end = hour.end;
    result_.write(std::move(hour));
    ++report_.hours;
    progress_.show({.time = end,
                    .cell_tracer_steps = report_.cell_tracer_steps,
                    .courant = plan.courant_horizontal,
                    .residual = report_.residual});
  }

  void finish(const std::vector<BudgetTerms>& budget, const Timers& timers, double wall_seconds) {
    std::vector<std::string> names;
    for (const Species& species : case_.species.species()) {
      names.push_back(species.id);
    }
    report_.budget_table = budget_table(budget, names);
    report_.timers = timers;
    report_.wall_seconds = wall_seconds;
    result_.finish(make_summary(case_, report_));
  }

private:
  const Case& case_;
  RunReport& report_;
  ResultFile result_;
  Progress progress_;
};

/// All steps of an hour; false if a signal asked to stop, on all ranks at once.
template <class T>
bool advance(Simulation<T>& simulation, const Case& c, Instant hour, Communicator& communicator) {
  try {
    simulation.begin_hour(hour);
    for (int step = 0; step < simulation.steps(); ++step) {
      simulation.step();
      if (communicator.any(interrupt_requested())) {
        return false;
      }
    }
    simulation.end_hour();
    return true;
  } catch (const NumericalError& error) { // parts do not know the time
    throw NumericalError(fmt::format("{}, hour from {}: {}", c.name, format_utc(hour), error.what()));
  }
}

template <class T>
void run_rank(const Case& c, const RunOptions& options, const Decomposition& decomposition,
              Communicator& communicator, RunReport& report) {
  const auto began = Timers::Clock::now();
  const Grid& grid = c.grid->grid;
  Timers timers;
  Simulation<T> simulation(c, decomposition, communicator, timers);
  const double cell_tracers = double(grid.nx()) * grid.ny() * grid.nz() * simulation.tracer_set().count();
  std::optional<Recorder> recorder;
  if (communicator.is_root()) {
    recorder.emplace(c, options, report);
  }
  for (Instant hour = c.start; hour < c.end && advance(simulation, c, hour, communicator); hour += seconds_per_hour) {
    ResultHour record = make_hour(simulation, c, hour, decomposition, communicator);
    if (recorder) {
      const Timers::Scope timed(timers, "output");
      recorder->add(std::move(record), simulation.plan(), cell_tracers);
    }
  }
  if (recorder) {
    recorder->finish(simulation.budget().terms(), timers,
                     std::chrono::duration<double>(Timers::Clock::now() - began).count());
  }
}

} // namespace

RunReport run_case(const Case& c, const RunOptions& options) {
  const InterruptGuard guard;
  const Grid& grid = c.grid->grid;
  const Decomposition decomposition(grid.nx(), grid.ny(), options.ranks_x, options.ranks_y);
  const int threads = omp_get_max_threads();
  RunReport report;
  const auto body = [&](Communicator& communicator) {
    omp_set_num_threads(threads); // of a virtual rank's own thread
    c.transport.double_precision ? run_rank<double>(c, options, decomposition, communicator, report)
                                 : run_rank<float>(c, options, decomposition, communicator, report);
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
    throw Interrupted(fmt::format("{}: stopped after {} of {} hours; {} holds those", c.name, report.hours, c.hours(),
                                  report.result.string()));
  }
  return report;
}

} // namespace tq
