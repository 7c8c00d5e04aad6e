#include "planning/compare.hpp"

#include "base/error.hpp"
#include "diagnostics/air_quality_index.hpp"
#include "planning/comparable.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <set>

namespace tq {

namespace {

/// Hourly concentrations in the reference state of their date, by pollutant.
using Series = std::map<std::string, std::vector<double>>;

Series reported_series(const ResultFacts& facts, std::size_t cell, const Standards& standards) {
  Series series;
  const std::size_t cells = facts.cells.size();
  for (const auto& [id, pollutant] : facts.pollutants) {
    std::vector<double>& values = series[id];
    for (std::size_t h = 0; h < facts.start.size(); ++h) {
      values.push_back(
          standards.reference_state(facts.start[h])
              .reported(pollutant.hours[h * cells + cell], pollutant.particle, facts.cells[cell].air_density));
    }
  }
  return series;
}

PlaceResult place_result(const Series& series, const std::vector<Day>& days, const Standards& standards) {
  PlaceResult place;
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    const std::vector<double>& values = series.at(compared_pollutants[p]);
    double sum = 0;
    for (const double value : values) {
      sum += value;
    }
    place.mean[p] = sum / double(values.size());
  }
  for (const Day& day : days) {
    Series hours;
    for (const auto& [id, values] : series) {
      std::vector<double>& row = hours[id];
      row.assign(24, std::numeric_limits<double>::quiet_NaN());
      for (const auto& [hour, index] : day.hours) {
        row[std::size_t(hour)] = values[index];
      }
    }
    if (const auto index = daily_index(standards, standards.edition(day.start), hours)) {
      ++place.days;
      place.good_days += index->good() ? 1 : 0;
    }
  }
  return place;
}

RunResult run_result(const ResultFacts& facts, const std::vector<Day>& days, const Standards& standards) {
  RunResult run{.scenario = facts.scenario,
                .title = facts.title,
                .file = facts.file,
                .complete = facts.complete,
                .places = {},
                .measures = facts.measures,
                .cost = {}};
  for (const MeasureFacts& measure : facts.measures) {
    MeasureFacts::Range& period = run.cost[measure.currency].period;
    period.central += measure.cost.central;
    period.low += measure.cost.low;
    period.high += measure.cost.high;
    run.cost[measure.currency].capital += measure.capital;
  }
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    run.avoided[p] = facts.emitted.at(compared_emissions[p]).total_avoided;
  }
  std::set<std::string> parents;
  for (const PlaceFacts& cell : facts.cells) {
    parents.insert(cell.parent);
  }
  const std::size_t cells = facts.cells.size();
  Series city;
  double area = 0;
  std::array<double, compared_pollutants.size()> avoided{};
  run.places.resize(1);
  for (std::size_t c = 0; c < cells; ++c) {
    const Series series = reported_series(facts, c, standards);
    run.places.push_back(place_result(series, days, standards));
    for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
      run.places.back().avoided[p] = facts.emitted.at(compared_emissions[p]).avoided[c];
    }
    if (parents.contains(facts.cells[c].id)) {
      continue; // its parts are counted
    }
    area += facts.cells[c].area;
    for (const auto& [id, values] : series) {
      std::vector<double>& sum = city[id];
      sum.resize(values.size());
      for (std::size_t h = 0; h < values.size(); ++h) {
        sum[h] += values[h] * facts.cells[c].area;
      }
    }
    for (std::size_t p = 0; p < avoided.size(); ++p) {
      avoided[p] += run.places.back().avoided[p];
    }
  }
  for (auto& [id, values] : city) {
    for (double& value : values) {
      value /= area;
    }
  }
  run.places[0] = place_result(city, days, standards);
  run.places[0].avoided = avoided;
  return run;
}

} // namespace

Comparison compare_results(const std::vector<std::filesystem::path>& files) {
  std::vector<ResultFacts> results;
  ProblemList problems;
  for (const auto& file : files) {
    try {
      results.push_back(read_result(file));
      for (const char* id : compared_pollutants) {
        if (!results.back().pollutants.contains(id)) {
          problems.add({file.string()}, fmt::format("has no pollutant \"{}\"", id));
        }
      }
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();
  for (std::size_t n = 1; n < results.size(); ++n) {
    check_comparable(results[0], results[n], problems);
  }
  problems.throw_if_any();

  const Standards standards = Standards::load();
  const ResultFacts& base = results.at(0);
  const std::vector<Day> days = civil_days(base);
  Comparison comparison{.grid = base.grid,
                        .start = base.start.front(),
                        .end = base.end,
                        .time_zone = base.time_zone,
                        .reference_state = standards.reference_state(base.start.front()).text(),
                        .edition = standards.edition(base.start.front()).id,
                        .places = {{"", "city", 0}},
                        .runs = {}};
  for (const PlaceFacts& cell : base.cells) {
    comparison.places.push_back({cell.id, cell.name, cell.area});
  }
  for (const ResultFacts& facts : results) {
    comparison.runs.push_back(run_result(facts, days, standards));
  }
  for (const PlaceFacts& cell : base.cells) {
    const bool is_parent = std::any_of(base.cells.begin(), base.cells.end(),
                                       [&](const PlaceFacts& other) { return other.parent == cell.id; });
    comparison.places[0].area += is_parent ? 0 : cell.area;
  }
  return comparison;
}

} // namespace tq
