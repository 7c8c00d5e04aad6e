#include "planning/compare.hpp"

#include "base/error.hpp"
#include "diagnostics/air_quality_index.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <set>

namespace tq {

namespace {

/// Why `other` cannot be held against `base`.
void check_comparable(const ResultFacts& base, const ResultFacts& other, ProblemList& problems) {
  const auto refuse = [&](const std::string& what) {
    problems.add({other.file.string()}, fmt::format("cannot be compared with {}: {}", base.file.string(), what));
  };
  const bool same_grid = other.crs == base.crs && other.x == base.x && other.y == base.y;
  if (!same_grid) {
    refuse(fmt::format("another grid (\"{}\" of {} x {} cells, not \"{}\" of {} x {})", other.grid, other.x.size(),
                       other.y.size(), base.grid, base.x.size(), base.y.size()));
  }
  const auto same_cell = [](const PlaceFacts& a, const PlaceFacts& b) {
    return a.id == b.id && a.parent == b.parent && a.area == b.area && a.air_density == b.air_density;
  };
  if (!std::equal(other.cells.begin(), other.cells.end(), base.cells.begin(), base.cells.end(), same_cell)) {
    refuse("other management cells or terrain");
  }
  if (other.start != base.start || other.end != base.end) {
    refuse(fmt::format("another period ({} to {}, not {} to {}){}", format_utc(other.start.front()), format_utc(other.end),
                       format_utc(base.start.front()), format_utc(base.end),
                       other.complete && base.complete ? "" : "; a run was stopped before its end"));
  } else if (same_grid && other.weather != base.weather) { // on another grid the sun stands elsewhere
    for (const auto& [name, series] : base.weather) {
      const auto& seen = other.weather.at(name);
      const std::size_t n = std::size_t(
          std::mismatch(series.begin(), series.end(), seen.begin(), seen.end()).first - series.begin());
      if (n < series.size()) {
        refuse(fmt::format("other weather ({} is {}, not {}, in the hour from {})", name, seen[n], series[n],
                           format_utc(base.start[n])));
        break;
      }
    }
  }
  if (other.time_zone != base.time_zone) {
    refuse(fmt::format("days of another time zone (\"{}\", not \"{}\")", other.time_zone, base.time_zone));
  }
}

/// Hourly concentrations in the reference state of their date, by pollutant.
using Series = std::map<std::string, std::vector<double>>;

Series reported_series(const ResultFacts& facts, std::size_t cell, const Standards& standards) {
  Series series;
  const std::size_t cells = facts.cells.size();
  for (const auto& [id, pollutant] : facts.pollutants) {
    std::vector<double>& values = series[id];
    for (std::size_t h = 0; h < facts.start.size(); ++h) {
      values.push_back(standards.reference_state(facts.start[h])
                           .reported(pollutant.hours[h * cells + cell], pollutant.particle,
                                     facts.cells[cell].air_density));
    }
  }
  return series;
}

/// Civil days: the hours that belong to each, by hour of the day.
struct Day {
  Instant start = 0;
  std::map<int, std::size_t> hours; // civil hour -> index
};

std::vector<Day> civil_days(const ResultFacts& facts) {
  const TimeZone zone(facts.time_zone);
  std::map<Instant, Day> days;
  for (std::size_t h = 0; h < facts.start.size(); ++h) {
    CivilTime civil = zone.to_civil(facts.start[h]);
    const int hour = civil.hour;
    civil.hour = civil.minute = civil.second = 0;
    const Instant start = zone.to_instant(civil);
    days[start].start = start;
    days[start].hours[hour] = h;
  }
  std::vector<Day> list;
  for (auto& [start, day] : days) {
    list.push_back(std::move(day));
  }
  return list;
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
    run.cost[measure.currency] += measure.capital + measure.running;
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
