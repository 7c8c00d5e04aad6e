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

template <class T>
void run_rank(const Case& c, const RunOptions& options, const Decomposition& decomposition,
              Communicator& communicator, RunReport& report) {
  const auto began = Timers::Clock::now();
  const Grid& grid = c.grid->grid;
  const bool root = communicator.is_root();
  Timers timers;
  Simulation<T> simulation(c, decomposition, communicator, timers);
  const double cell_tracers = double(grid.nx()) * grid.ny() * grid.nz() * simulation.tracer_set().count();

  RunReport progress_report;
  progress_report.result = result_path(c, options);
  std::unique_ptr<ResultFile> result;
  if (root) {
    result = std::make_unique<ResultFile>(progress_report.result, grid, c.grid->management, make_header(c),
                                          read_output(c.settings, options.overwrite));
  }
  Progress progress(c.name, c.start, c.end, root && options.progress);
  bool stopped = false;
  for (Instant hour = c.start; hour < c.end; hour += seconds_per_hour) {
    try {
      simulation.begin_hour(hour);
      for (int step = 0; step < simulation.steps() && !stopped; ++step) {
        simulation.step();
        stopped = communicator.any(interrupt_requested());
      }
    } catch (const NumericalError& error) { // parts do not know the time
      throw NumericalError(fmt::format("{}, hour from {}: {}", c.name, format_utc(hour), error.what()));
    }
    if (stopped) {
      break;
    }
    simulation.end_hour();
    ResultHour record = make_hour(simulation, c, hour, decomposition, communicator);
    if (root) {
      const Timers::Scope timed(timers, "output");
      progress_report.residual = 0;
      for (std::size_t n = 0; n < record.budget.size(); ++n) {
        const double residual = record.budget[n].residual();
        if (!std::isfinite(residual)) { // the largest of them would hide it
          const int species = simulation.tracer_set().id(int(n)).species;
          throw NumericalError(fmt::format("{}: {} is not finite in the hour from {}: {:g} kg in the air", c.name,
                                           c.species.species()[std::size_t(species)].id, format_utc(hour),
                                           record.budget[n].airborne));
        }
        progress_report.residual = std::max(progress_report.residual, std::abs(residual));
      }
      result->write(std::move(record));
      ++progress_report.hours;
      progress_report.cell_tracer_steps += cell_tracers * simulation.steps();
      progress_report.largest_courant =
          std::max(progress_report.largest_courant, simulation.plan().courant_horizontal);
      progress.show({.time = hour + seconds_per_hour,
                     .cell_tracer_steps = progress_report.cell_tracer_steps,
                     .courant = simulation.plan().courant_horizontal,
                     .residual = progress_report.residual});
    }
  }
  if (root) {
    std::vector<std::string> names;
    for (const Species& species : c.species.species()) {
      names.push_back(species.id);
    }
    progress_report.budget_table = budget_table(simulation.budget().terms(), names);
    progress_report.timers = timers;
    progress_report.wall_seconds = std::chrono::duration<double>(Timers::Clock::now() - began).count();
    result->finish(make_summary(c, progress_report));
    report = progress_report;
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
  if (decomposition.ranks() == 1) {
    SerialCommunicator alone;
    body(alone);
  } else {
    run_virtual_ranks(decomposition.ranks(), body);
  }
  if (report.hours < c.hours()) {
    throw Interrupted(fmt::format("{}: stopped after {} of {} hours; {} holds those", c.name, report.hours, c.hours(),
                                  report.result.string()));
  }
  return report;
}

} // namespace tq
