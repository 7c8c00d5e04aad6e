// Case `analytic`: the engine on three grids beside exact solutions.
#include "cases.hpp"
#include "plume.hpp"
#include "samples.hpp"
#include "settled_column.hpp"
#include "spreading.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <map>

namespace tq::validation {
namespace {

constexpr std::array refinements = {1, 2, 4};
constexpr double share_that_counts = 0.1;      // of an arc's largest value
constexpr double allowed_error = 0.02;         // on the finest grid
constexpr double least_order = 1.8;            // from the middle to the finest grid
constexpr double allowed_formula_error = 1e-5; // the parameters are given with six digits

using Samples = std::vector<Sample>;
using PerGrid = std::array<double, refinements.size()>;

/// What a set of samples with the same parameters gave.
struct Outcome {
  double formula = 0;   // largest relative distance of the formula from the samples
  int counted = 0;      // samples that count
  PerGrid largest = {}; // relative error of the engine at them
  PerGrid squares = {}; // that the order is of
};

void count(Outcome& outcome, std::size_t grid, double seen, double value) {
  outcome.largest[grid] = std::max(outcome.largest[grid], std::abs(seen / value - 1));
}

/// Samples by place: each arc (the same x and t) with those that reach a tenth of its largest value.
std::map<double, Samples> arcs_of(const Samples& samples, double Sample::*place) {
  std::map<double, Samples> arcs;
  for (const Sample& sample : samples) {
    arcs[sample.*place].push_back(sample);
  }
  for (auto& [at, arc] : arcs) {
    const double largest =
        std::max_element(arc.begin(), arc.end(), [](const auto& a, const auto& b) { return a.value < b.value; })->value;
    std::erase_if(arc, [&](const Sample& s) { return s.value < share_that_counts * largest; });
  }
  return arcs;
}

Outcome score_plume(const Samples& samples, const Plume& plume, double strength) {
  Outcome outcome;
  const std::map<double, Samples> by_distance = arcs_of(samples, &Sample::x);
  std::vector<Samples> arcs;
  for (const auto& [x, arc] : by_distance) {
    arcs.push_back(arc);
  }
  for (std::size_t a = 0; a < arcs.size(); a += 2) { // two arcs share a grid
    Samples both = arcs[a];
    if (a + 1 < arcs.size()) {
      both.insert(both.end(), arcs[a + 1].begin(), arcs[a + 1].end());
    }
    std::vector<Receptor> receptors;
    for (const Sample& s : both) {
      receptors.push_back({s.x, std::isnan(s.y) ? 0 : s.y, s.z});
      const double exact = strength * plume.concentration(receptors.back());
      outcome.formula = std::max(outcome.formula, std::abs(exact / s.value - 1));
    }
    outcome.counted += int(both.size());
    for (std::size_t g = 0; g < refinements.size(); ++g) {
      const PlumeResult result = run_plume(plume, 0, both.front().x, both.back().x, refinements[g], receptors);
      for (std::size_t r = 0; r < both.size(); ++r) {
        count(outcome, g, strength * result.values[r], both[r].value);
      }
      if (a == 0) {
        const double near = both.front().x, far = both.back().x;
        outcome.squares[g] = run_plume({plume.law, 0}, near / 2, near, far, refinements[g], {}).difference;
      }
    }
  }
  return outcome;
}

Outcome score_gaussian(const Samples& samples) {
  const Sample& s = samples.front();
  const PowerLaw law{parameter(s, "u=", above_zero), 0, parameter(s, "Kz=", above_zero), 0, parameter(s, "H=")};
  return score_plume(samples, {law, parameter(s, "Ky=", above_zero)}, parameter(s, "Q=", above_zero));
}

Outcome score_power_law(const Samples& samples) {
  const Sample& s = samples.front();
  const bool elevated = s.params.find("H=") != std::string::npos;
  return score_plume(samples,
                     {{parameter(s, "u=", above_zero), parameter(s, "u=", "*z^"), parameter(s, "K=", above_zero),
                       parameter(s, "K=", "*z^"), elevated ? parameter(s, "H=") : 0}},
                     1);
}

Outcome score_pulse(const Samples& samples) {
  Outcome outcome;
  const Sample& s = samples.front();
  const Pulse pulse{parameter(s, "M=", above_zero), parameter(s, "u=", above_zero), parameter(s, "K=", above_zero),
                    parameter(s, "lambda=")};
  for (const auto& [t, arc] : arcs_of(samples, &Sample::t)) {
    std::vector<double> places;
    for (const Sample& sample : arc) {
      places.push_back(sample.x);
      outcome.formula = std::max(outcome.formula, std::abs(pulse.concentration(sample.x, t) / sample.value - 1));
    }
    outcome.counted += int(arc.size());
    for (std::size_t g = 0; g < refinements.size(); ++g) {
      const PulseResult result = run_pulse(pulse, 0, t, refinements[g], places);
      for (std::size_t r = 0; r < arc.size(); ++r) {
        count(outcome, g, result.values[r], arc[r].value);
      }
      outcome.squares[g] += run_pulse(pulse, t / 4, t, refinements[g], {}).difference;
    }
  }
  return outcome;
}

/// Samples that are single numbers: `exact` and the engine's `run` on a grid.
Outcome score_numbers(const Samples& samples, const std::function<double(const Sample&)>& exact,
                      const std::function<double(const Sample&, int refinement)>& run) {
  Outcome outcome;
  for (const Sample& sample : samples) {
    outcome.formula = std::max(outcome.formula, std::abs(exact(sample) / sample.value - 1));
    ++outcome.counted;
    for (std::size_t g = 0; g < refinements.size(); ++g) {
      const double seen = run(sample, refinements[g]);
      count(outcome, g, seen, sample.value);
      outcome.squares[g] += (seen / sample.value - 1) * (seen / sample.value - 1);
    }
  }
  return outcome;
}

Outcome score_shear_puff(const Samples& samples) {
  const double k = parameter(samples.front(), "Kx=Kz=", above_zero),
               shear = parameter(samples.front(), "S=", above_zero);
  return score_numbers(
      samples, [&](const Sample& s) { return shear_puff(k, shear, s.t).xx; },
      [&](const Sample& s, int refinement) { return run_shear_puff(k, shear, s.t, refinement); });
}

Outcome score_channel(const Samples& samples, ChannelFlow flow, double factor) {
  const double wind = parameter(samples.front(), "U=", above_zero),
               depth = parameter(samples.front(), "h=", above_zero);
  // The rows do not say K: it is the one of these for which the formula gives the value.
  const auto diffusivity = [&](const Sample& s) {
    for (const double k : {0.1, 1.0, 10.0}) {
      if (std::abs(taylor_dispersion(k, wind, depth, factor) / s.value - 1) < 1e-6) {
        return k;
      }
    }
    throw InputError(s.where,
                     fmt::format("value = {}: must be the effective diffusivity for K = 0.1, 1 or 10 m2 s-1", s.value));
  };
  return score_numbers(
      samples, [&](const Sample& s) { return taylor_dispersion(diffusivity(s), wind, depth, factor); },
      [&](const Sample& s, int refinement) { return run_channel(flow, diffusivity(s), wind, depth, refinement); });
}

Outcome score_rouse(const Samples& samples) {
  const Sample& first = samples.front();
  const bool has_top = first.params.find("h=") != std::string::npos;
  const Rouse rouse{parameter(first, "K=", above_zero) * parameter(first, "K=", "*", above_zero),
                    parameter(first, "za=", above_zero), has_top ? parameter(first, "h=", above_zero) : 0};
  // The rows do not say how fast it settles: it is the one of these speeds for which the formula gives the value.
  std::map<double, Samples> by_speed;
  for (const Sample& s : samples) {
    bool found = false;
    for (const double speed : {0.001, 0.01, 0.05}) {
      if (std::abs(rouse.concentration(s.z, speed) / s.value - 1) < 1e-6) {
        by_speed[speed].push_back(s);
        found = true;
      }
    }
    if (!found) {
      throw InputError(s.where,
                       fmt::format("value = {}: must be that of Rouse's profile at z_m = {} for particles that "
                                   "settle at 0.001, 0.01 or 0.05 m s-1",
                                   s.value, s.z));
    }
  }
  Outcome outcome;
  for (auto& [speed, set] : by_speed) {
    for (Sample& s : set) {
      s.x = 0; // one arc
      outcome.formula = std::max(outcome.formula, std::abs(rouse.concentration(s.z, speed) / s.value - 1));
    }
    const Samples arc = arcs_of(set, &Sample::x)[0];
    std::vector<double> heights;
    for (const Sample& s : arc) {
      heights.push_back(s.z);
    }
    outcome.counted += int(arc.size());
    for (std::size_t g = 0; g < refinements.size(); ++g) {
      const ColumnResult result = run_rouse(rouse, speed, refinements[g], heights);
      for (std::size_t r = 0; r < arc.size(); ++r) {
        count(outcome, g, result.values[r], arc[r].value);
      }
      outcome.squares[g] += result.difference;
    }
  }
  return outcome;
}

/// A statistical theory: its K would depend on the time since release.
Outcome score_taylor_spread(const Samples& samples) {
  Outcome outcome;
  for (const Sample& s : samples) {
    const double exact = taylor_spread(parameter(s, "sv=", above_zero), parameter(s, "TL=", above_zero), s.t);
    outcome.formula = std::max(outcome.formula, std::abs(exact / s.value - 1));
  }
  return outcome;
}

struct Group {
  const char* name;
  const char* begins_with; // the names of its cases
  std::function<Outcome(const Samples&)> score;
};

std::vector<Group> groups() {
  return {{"Gaussian plume", "gaussian_plume", score_gaussian},
          {"Roberts", "roberts1923", score_power_law},
          {"Huang", "huang1979", score_power_law},
          {"Rouse", "rouse", score_rouse},
          {"Taylor-Aris, linear", "taylor_shear_linear",
           [](const Samples& s) { return score_channel(s, ChannelFlow::linear, 1.0 / 120); }},
          {"Taylor-Aris, parabola", "taylor_shear_poiseuille",
           [](const Samples& s) { return score_channel(s, ChannelFlow::parabola, 1.0 / 210); }},
          {"shear puff", "shear_puff", score_shear_puff},
          {"pulse", "1d_ADR_pulse", score_pulse},
          {"Taylor 1921", "taylor1921", score_taylor_spread}};
}

/// Refuses places and times that the solutions do not have.
void check_places(const Samples& samples) {
  ProblemList problems;
  for (const Sample& s : samples) {
    const auto starts = [&](const char* text) { return s.name.starts_with(text); };
    const auto demand = [&](const char* column, double value, bool allowed, const char* what) {
      if (!allowed) {
        problems.add({s.where.file, s.where.line, 0}, fmt::format("{} = {}: {}", column, value, what));
      }
    };
    if (starts("gaussian_plume") || starts("roberts1923") || starts("huang1979")) {
      demand("x_m", s.x, s.x > 0, "must be above 0");
      demand("z_m", s.z, s.z >= 0, "must be at least 0");
    }
    if (starts("1d_ADR_pulse") || starts("shear_puff") || starts("taylor1921")) {
      demand("t_s", s.t, s.t > 0, "must be above 0");
    }
    if (starts("1d_ADR_pulse")) {
      demand("x_m", s.x, std::isfinite(s.x), "must be a number");
    }
  }
  problems.throw_if_any();
}

void add_row(Table& table, const Group& group, const std::string& name, const Outcome& outcome) {
  std::vector<Value> row{group.name, name, double(outcome.counted), outcome.formula};
  if (outcome.counted == 0) {
    row[2] = "not a transport problem";
    row.resize(table.columns.size());
  } else {
    for (const double error : outcome.largest) {
      row.emplace_back(error);
    }
    for (std::size_t g = 1; g < refinements.size(); ++g) {
      row.emplace_back(0.5 * std::log2(outcome.squares[g - 1] / outcome.squares[g]));
    }
  }
  table.rows.push_back(std::move(row));
}

} // namespace

Report analytic(const std::optional<std::filesystem::path>& folder) {
  if (!folder) {
    throw InputError({}, "analytic: there are no samples to score: give --data DIR, a folder with samples.csv");
  }
  const Samples samples = read_samples(*folder);
  check_places(samples);
  Report report{"analytic"};
  Table table{
      "largest relative error at samples above 10 % of their arc's largest, on three grids; order from l2 errors "
      "of cell means",
      {"group", "case", "samples", "formula", "coarse", "middle", "fine", "order", "order (fine)"},
      {}};
  std::size_t scored = 0;
  for (const Group& group : groups()) {
    std::map<std::pair<std::string, std::string>, Samples> sets; // by case and parameters
    for (const Sample& s : samples) {
      if (s.name.starts_with(group.begins_with)) {
        sets[{s.name, s.params}].push_back(s);
        ++scored;
      }
    }
    Outcome whole;
    for (const auto& [key, set] : sets) {
      const Outcome outcome = group.score(set);
      add_row(table, group, fmt::format("{}: {}", key.first, key.second), outcome);
      whole.formula = std::max(whole.formula, outcome.formula);
      whole.counted += outcome.counted;
      for (std::size_t g = 0; g < refinements.size(); ++g) {
        whole.largest[g] = std::max(whole.largest[g], outcome.largest[g]);
        whole.squares[g] += outcome.squares[g];
      }
    }
    if (sets.empty()) {
      continue;
    }
    report.demand_at_most(fmt::format("{}: the formula gives the samples, relative distance", group.name),
                          whole.formula, allowed_formula_error);
    if (whole.counted > 0) {
      report.demand_at_most(fmt::format("{}: error on the finest grid", group.name), whole.largest.back(),
                            allowed_error);
      report.demand_at_least(fmt::format("{}: order in space", group.name),
                             0.5 * std::log2(whole.squares[1] / whole.squares[2]), least_order);
    }
  }
  report.tables.push_back(std::move(table));
  if (scored < samples.size()) {
    report.notes.push_back(fmt::format("{} samples are of cases that are not known here.", samples.size() - scored));
  }
  return report;
}

} // namespace tq::validation
