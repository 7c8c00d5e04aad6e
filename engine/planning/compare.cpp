#include "planning/compare.hpp"

#include "base/error.hpp"
#include "diagnostics/day_gathering.hpp"
#include "planning/comparable.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <string_view>

namespace tq {

namespace {

constexpr std::size_t pollutants = standard_pollutants.size();

/// Concentrations of every hour in the reference state of its date, [(hour * pollutants + p) * places + place], p as in
/// standard_pollutants; the first place is the city. NaN where the result has no such pollutant.
std::vector<double> reported_hours(const ResultFacts& facts, const std::vector<double>& city_weight,
                                   const Standards& standards) {
  const std::size_t cells = facts.cells.size(), places = cells + 1;
  std::vector<double> hours(facts.start.size() * pollutants * places, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t p = 0; p < pollutants; ++p) {
    const auto found = facts.pollutants.find(standard_pollutants[p]);
    if (found == facts.pollutants.end()) {
      continue;
    }
    for (std::size_t h = 0; h < facts.start.size(); ++h) {
      double* values = &hours[(h * pollutants + p) * places];
      double city = 0;
      for (std::size_t c = 0; c < cells; ++c) {
        values[c + 1] = standards.reference_state(facts.start[h])
                            .reported(found->second.hours[h * cells + c], found->second.particle,
                                      facts.cells[c].air_density);
        city += values[c + 1] * city_weight[c];
      }
      values[0] = city;
    }
  }
  return hours;
}

/// Means and good days at all places.
std::vector<PlaceResult> place_results(const ResultFacts& facts, const std::vector<double>& city_weight,
                                       const Standards& standards) {
  const std::size_t places = facts.cells.size() + 1;
  const std::vector<double> hours = reported_hours(facts, city_weight, standards);
  std::vector<PlaceResult> results(places);
  std::vector<int> function_class = {2};
  for (const PlaceFacts& cell : facts.cells) {
    function_class.push_back(cell.function_class);
  }
  DayGathering days(standards, TimeZone(facts.time_zone), function_class,
                    [&](Instant, std::span<const DayQuality> day) {
                      for (std::size_t n = 0; n < places; ++n) {
                        results[n].days += day[n].valid() ? 1 : 0;
                        results[n].good_days += day[n].good() ? 1 : 0;
                      }
                    });
  for (std::size_t h = 0; h < facts.start.size(); ++h) {
    const std::span hour(&hours[h * pollutants * places], pollutants * places);
    days.add(facts.start[h], hour);
    for (std::size_t m = 0; m < compared_pollutants.size(); ++m) {
      const auto p = std::find(standard_pollutants.begin(), standard_pollutants.end(),
                               std::string_view(compared_pollutants[m])) -
                     standard_pollutants.begin();
      for (std::size_t n = 0; n < places; ++n) {
        results[n].mean[m] += hour[std::size_t(p) * places + n] / double(facts.start.size());
      }
    }
  }
  days.finish();
  return results;
}

RunResult run_result(const ResultFacts& facts, const std::vector<double>& city_weight, const Standards& standards) {
  RunResult run{.scenario = facts.scenario,
                .title = facts.title,
                .file = facts.file,
                .complete = facts.complete,
                .places = place_results(facts, city_weight, standards),
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
  for (std::size_t p = 0; p < compared_emissions.size(); ++p) {
    for (std::size_t c = 0; c < facts.cells.size(); ++c) {
      const double avoided = facts.emitted.at(compared_emissions[p]).avoided[c];
      run.places[c + 1].avoided[p] = avoided;
      run.places[0].avoided[p] += city_weight[c] > 0 ? avoided : 0;
    }
  }
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
  Comparison comparison{.grid = base.grid,
                        .start = base.start.front(),
                        .end = base.end,
                        .time_zone = base.time_zone,
                        .reference_state = standards.reference_state(base.start.front()).text(),
                        .edition = standards.edition(base.start.front()).id,
                        .places = {{"", "city", 0}},
                        .runs = {}};
  // The city is made of the cells that are nobody's parent: the parts of the others count.
  std::vector<double> city_weight;
  for (const PlaceFacts& cell : base.cells) {
    comparison.places.push_back({cell.id, cell.name, cell.area});
    const bool is_parent = std::any_of(base.cells.begin(), base.cells.end(),
                                       [&](const PlaceFacts& other) { return other.parent == cell.id; });
    city_weight.push_back(is_parent ? 0 : cell.area);
    comparison.places[0].area += city_weight.back();
  }
  for (double& weight : city_weight) {
    weight /= comparison.places[0].area;
  }
  for (const ResultFacts& facts : results) {
    comparison.runs.push_back(run_result(facts, city_weight, standards));
  }
  return comparison;
}

} // namespace tq
