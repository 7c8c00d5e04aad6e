// Case `prairie_grass`: Project Prairie Grass (O'Neill, Nebraska, 1956; Barad 1958), sulfur dioxide released for ten
// minutes at 0.46 m over a mown prairie, crosswind-integrated concentration on arcs at 50 to 800 m.
#include "prairie_grass.hpp"

#include "base/constants.hpp"
#include "cases.hpp"
#include "files/csv.hpp"
#include "physics/mixing_height.hpp"
#include "scores.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <map>

namespace tq::validation {
namespace {

constexpr double latitude = 42.49;    // degrees, O'Neill
constexpr double uptake = 0.01;       // m s-1
constexpr double largest_bias = 0.15; // either way
constexpr double largest_nmse = 0.20;
constexpr double least_fac2 = 0.95;
constexpr double least_correlation = 0.93;
constexpr double farthest = 10e3; // m, of arcs: beyond, the grid has too few layers

/// A run that has meteorology, and what was found on its arcs.
struct Trial {
  std::string name;
  PrairieGrassRun run;
  std::vector<double> distances, observed, predicted; // m, s m-2, s m-2; distances rise
  bool stable() const { return run.obukhov_length > 0; }
};

/// Columns of numbers that are wanted of a table.
class Columns {
 public:
  Columns(const files::CsvTable& table, ProblemList& problems) : table_(table), problems_(problems) {}

  /// The number in a column; a problem, and 1, where there is none that `allowed` takes.
  double number(std::size_t row, const char* name, const std::function<bool(double)>& allowed, const char* what) {
    const std::size_t column = *table_.find(name);
    const std::size_t before = problems_.problems().size();
    const std::optional<double> value = table_.number(row, column, problems_);
    if (value && allowed(*value)) {
      return *value;
    }
    if (problems_.problems().size() == before) {
      problems_.add(table_.where(row, column),
                    fmt::format("{} = \"{}\": must be {}", name, table_.text(row, column), what));
    }
    return 1;
  }
  double above_zero(std::size_t row, const char* name) {
    return number(
        row, name, [](double v) { return v > 0; }, "a number above 0");
  }

 private:
  const files::CsvTable& table_;
  ProblemList& problems_;
};

files::CsvTable read_table(const std::filesystem::path& file, const std::vector<const char*>& columns) {
  files::CsvTable table = files::CsvTable::read(file);
  ProblemList problems;
  for (const char* column : columns) {
    table.require(column, problems);
  }
  problems.throw_if_any();
  return table;
}

/// The runs whose friction velocity is given, with what `arcs.csv` has of them. Throws InputError with all problems.
std::vector<Trial> read_trials(const std::filesystem::path& folder) {
  const files::CsvTable runs =
      read_table(folder / "runs.csv", {"run", "zs_m", "zr_m", "ustar_m_s", "L_m", "zi_m", "z0_m", "kappa_of_ustar"});
  const files::CsvTable arcs = read_table(folder / "arcs.csv", {"run", "arc_m", "CIC_over_Q_s_m2"});
  ProblemList problems;
  Columns of_runs(runs, problems), of_arcs(arcs, problems);
  std::map<std::string, std::map<double, double>> by_run; // arc to value
  for (std::size_t r = 0; r < arcs.rows(); ++r) {
    const double distance = of_arcs.number(
        r, "arc_m", [](double v) { return v > 0 && v <= farthest; }, "above 0 and at most 10000 m");
    by_run[std::string(arcs.text(r, *arcs.find("run")))][distance] = of_arcs.above_zero(r, "CIC_over_Q_s_m2");
  }
  std::vector<Trial> trials;
  for (std::size_t r = 0; r < runs.rows(); ++r) {
    if (runs.text(r, *runs.find("ustar_m_s")).empty()) {
      continue;
    }
    Trial trial{std::string(runs.text(r, *runs.find("run"))), {}, {}, {}, {}};
    PrairieGrassRun& run = trial.run;
    run.friction_velocity = of_runs.above_zero(r, "ustar_m_s");
    run.obukhov_length = of_runs.number(
        r, "L_m", [](double v) { return v != 0; }, "a number other than 0");
    run.mixing_height = trial.stable() ? 0 : of_runs.above_zero(r, "zi_m");
    run.roughness_length = of_runs.above_zero(r, "z0_m");
    run.von_karman = of_runs.above_zero(r, "kappa_of_ustar");
    run.source_height = of_runs.above_zero(r, "zs_m");
    run.sampler_height = of_runs.above_zero(r, "zr_m");
    for (const auto& [distance, value] : by_run[trial.name]) {
      trial.distances.push_back(distance);
      trial.observed.push_back(value);
    }
    if (trial.distances.empty()) {
      problems.add(runs.where(r, *runs.find("run")), fmt::format("run = {}: has no row in arcs.csv", trial.name));
    }
    trials.push_back(std::move(trial));
  }
  problems.throw_if_any();
  if (trials.empty()) {
    throw InputError({(folder / "runs.csv").string()}, "no run has a friction velocity (ustar_m_s)");
  }
  return trials;
}

/// Scores of the pairs that `wanted` takes; nothing where it takes none.
std::optional<Scores> scores_where(const std::vector<Trial>& trials,
                                   const std::function<bool(const Trial&, double distance)>& wanted,
                                   std::size_t& count) {
  std::vector<double> observed, predicted;
  for (const Trial& trial : trials) {
    for (std::size_t a = 0; a < trial.distances.size(); ++a) {
      if (wanted(trial, trial.distances[a])) {
        observed.push_back(trial.observed[a]);
        predicted.push_back(trial.predicted[a]);
      }
    }
  }
  count = observed.size();
  return observed.empty() ? std::nullopt : std::optional(scores_of(observed, predicted));
}

Table table_of_scores(const std::vector<Trial>& trials, const std::vector<double>& arcs) {
  Table table{"scores; FB above 0: the model has too little", {"where", "pairs", "FB", "NMSE", "FAC2", "R", "MG"}, {}};
  const auto add = [&](const std::string& name, const std::function<bool(const Trial&, double)>& wanted) {
    std::size_t count = 0;
    if (const std::optional<Scores> s = scores_where(trials, wanted, count)) {
      table.rows.push_back(
          {name, double(count), s->fractional_bias, s->nmse, s->fac2, s->correlation, s->geometric_bias});
    }
  };
  add("all", [](const Trial&, double) { return true; });
  for (const bool stable : {true, false}) {
    add(stable ? "stable" : "unstable", [=](const Trial& t, double) { return t.stable() == stable; });
  }
  for (const double arc : arcs) {
    add(fmt::format("{:g} m", arc), [=](const Trial&, double at) { return at == arc; });
    for (const bool stable : {true, false}) {
      add(fmt::format("{:g} m, {}", arc, stable ? "stable" : "unstable"),
          [=](const Trial& t, double at) { return at == arc && t.stable() == stable; });
    }
  }
  return table;
}

Table table_of_runs(const std::vector<Trial>& trials, const std::vector<double>& arcs) {
  Table table{"crosswind-integrated concentration over Q, s m-2, observed (O) and predicted (P)",
              {"run", "L m", "u* m s-1"},
              {}};
  for (const double arc : arcs) {
    table.columns.push_back(fmt::format("O {:g} m", arc));
    table.columns.push_back(fmt::format("P {:g} m", arc));
  }
  for (const Trial& trial : trials) {
    const SurfaceRelease release = release_of(trial.run);
    std::vector<Value> row{trial.name, 1 / release.wind.inverse_obukhov_length, release.friction_velocity};
    row.resize(table.columns.size());
    for (std::size_t a = 0; a < trial.distances.size(); ++a) {
      const auto at = std::size_t(std::find(arcs.begin(), arcs.end(), trial.distances[a]) - arcs.begin());
      row[3 + 2 * at] = trial.observed[a];
      row[4 + 2 * at] = trial.predicted[a];
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

} // namespace

SurfaceRelease release_of(const PrairieGrassRun& run) {
  const double ratio = constants::von_karman / run.von_karman;
  SurfaceRelease release;
  release.friction_velocity = run.friction_velocity * ratio;
  release.wind.roughness_length = run.roughness_length;
  release.wind.inverse_obukhov_length = 1 / (run.obukhov_length * ratio * ratio);
  release.wind.top = run.obukhov_length > 0
                         ? physics::stable_mixing_height(release.friction_velocity, release.wind.inverse_obukhov_length,
                                                         physics::coriolis_parameter(latitude))
                         : run.mixing_height;
  release.source_height = run.source_height;
  release.sampler_height = run.sampler_height;
  release.uptake = uptake;
  return release;
}

Report prairie_grass(const std::optional<std::filesystem::path>& folder) {
  if (!folder) {
    throw InputError({}, "prairie_grass: there are no observations to score: give --data DIR, a folder with runs.csv "
                         "and arcs.csv");
  }
  std::vector<Trial> trials = read_trials(*folder);
  std::vector<double> arcs;
  for (Trial& trial : trials) {
    trial.predicted = crosswind_integrated(release_of(trial.run), trial.distances, 1);
    arcs.insert(arcs.end(), trial.distances.begin(), trial.distances.end());
  }
  std::sort(arcs.begin(), arcs.end());
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());
  std::size_t count = 0;
  const Scores all = *scores_where(
      trials, [](const Trial&, double) { return true; }, count);
  Report report{"prairie_grass"};
  report.tables = {table_of_scores(trials, arcs), table_of_runs(trials, arcs)};
  report.demand_at_most("fractional bias, either way", std::abs(all.fractional_bias), largest_bias);
  report.demand_at_most("normalised mean square error", all.nmse, largest_nmse);
  report.demand_at_least("share within a factor of two", all.fac2, least_fac2);
  report.demand_at_least("correlation", all.correlation, least_correlation);
  return report;
}

} // namespace tq::validation
