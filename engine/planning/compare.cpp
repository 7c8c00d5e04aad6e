#include "planning/compare.hpp"

#include "base/error.hpp"
#include "diagnostics/day_gathering.hpp"
#include "planning/compare_ranges.hpp"
#include "planning/origins.hpp"

#include <algorithm>
#include <numeric>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>
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
        values[c + 1] =
            standards.reference_state(facts.start[h])
                .reported(found->second.hours[h * cells + c], found->second.particle, facts.cells[c].air_density);
        city += values[c + 1] * city_weight[c];
      }
      values[0] = city;
    }
  }
  return hours;
}

/// Means, good days and days above the limits: of the city, then of the result's own cells.
std::vector<PlaceResult> own_places(const ResultFacts& facts, const std::vector<double>& city_weight,
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
                        results[n].days_above += day[n].exceeded != 0 ? 1 : 0;
                        for (std::size_t p = 0; p < pollutants; ++p) {
                          results[n].exceeded_days[p] += int(day[n].exceeded >> p & 1U);
                        }
                      }
                    });
  for (std::size_t h = 0; h < facts.start.size(); ++h) {
    const std::span hour(&hours[h * pollutants * places], pollutants * places);
    days.add(facts.start[h], hour);
    for (std::size_t m = 0; m < compared_pollutants.size(); ++m) {
      const auto p =
          std::find(standard_pollutants.begin(), standard_pollutants.end(), std::string_view(compared_pollutants[m])) -
          standard_pollutants.begin();
      for (std::size_t n = 0; n < places; ++n) {
        results[n].mean[m] += hour[std::size_t(p) * places + n] / double(facts.start.size());
      }
    }
  }
  days.finish();
  return results;
}

RunResult run_result(const ResultFacts& facts, const std::vector<double>& city_weight, const Standards& standards,
                     const std::vector<Comparison::Place>& places) {
  RunResult run{.scenario = facts.scenario,
                .title = facts.title,
                .file = facts.file,
                .complete = facts.complete,
                .places = {},
                .measures = facts.measures,
                .cost = {},
                .effect = {},
                .notes = {}};
  for (const MeasureFacts& measure : facts.measures) {
    MeasureFacts::Range& period = run.cost[measure.currency].period;
    period.central += measure.cost.central;
    period.low += measure.cost.low;
    period.high += measure.cost.high;
    run.cost[measure.currency].capital += measure.capital;
  }
  std::vector<PlaceResult> own = own_places(facts, city_weight, standards);
  for (std::size_t p = 0; p < compared_emissions.size(); ++p) {
    const ResultFacts::Emitted& emitted = facts.emitted.at(compared_emissions[p]);
    run.avoided[p] = emitted.total_avoided;
    for (std::size_t c = 0; c < facts.cells.size(); ++c) {
      own[c + 1].avoided[p] = emitted.avoided[c];
      own[0].avoided[p] += city_weight[c] > 0 ? emitted.avoided[c] : 0;
    }
  }
  for (const Comparison::Place& place : places) {
    const auto cell =
        std::find_if(facts.cells.begin(), facts.cells.end(), [&](const PlaceFacts& one) { return one.id == place.id; });
    if (place.id.empty() || cell != facts.cells.end()) {
      run.places.push_back(own[place.id.empty() ? 0 : std::size_t(cell - facts.cells.begin()) + 1]);
    } else {
      PlaceResult absent{.present = false};
      absent.mean.fill(no_range.central);
      absent.avoided.fill(no_range.central);
      run.places.push_back(absent);
    }
  }
  return run;
}

/// Throws InputError.
ResultFacts read_compared(const std::filesystem::path& file) {
  ResultFacts facts = read_result(file);
  ProblemList problems;
  for (const char* id : compared_pollutants) {
    if (!facts.pollutants.contains(id)) {
      problems.add({file.string()}, fmt::format("has no pollutant \"{}\"", id));
    }
  }
  problems.throw_if_any();
  return facts;
}

} // namespace

Comparison compare_results(const std::vector<std::filesystem::path>& files, const CompareOptions& options) {
  const Standards standards = Standards::load();
  std::optional<ResultFacts> base;
  std::vector<double> city_weight;
  Comparison comparison;
  ProblemList problems;
  for (const auto& file : files) {
    try {
      ResultFacts facts = read_compared(file);
      if (&file == &files.front()) {
        double area = 0;
        city_weight = city_weights(facts);
        const std::vector<double> areas = city_areas(facts);
        comparison = {.grid = facts.grid,
                      .start = facts.start.front(),
                      .end = facts.end,
                      .time_zone = facts.time_zone,
                      .reference_state = standards.reference_state(facts.start.front()).text(),
                      .edition = standards.edition(facts.start.front()).id,
                      .places = {{"", "city", std::accumulate(areas.begin(), areas.end(), 0.0), 2}},
                      .runs = {},
                      .samples = options.sampling.samples};
        for (const PlaceFacts& cell : facts.cells) {
          comparison.places.push_back({cell.id, cell.name, cell.area, cell.function_class});
        }
        comparison.runs.push_back(run_result(facts, city_weight, standards, comparison.places));
        base = std::move(facts);
      } else if (base) {
        const std::size_t earlier = problems.problems().size();
        std::vector<std::string> notes = check_comparable(*base, facts, problems, &options.allowed);
        if (problems.problems().size() > earlier) {
          continue;
        }
        RunResult run = run_result(facts, city_weights(facts), standards, comparison.places);
        run.notes = std::move(notes);
        if (standards.edition(facts.start.front()).id != comparison.edition) {
          run.notes.push_back(fmt::format("{} is judged by {}", facts.file.filename().string(),
                                          standards.edition(facts.start.front()).id));
        }
        if (const std::string state = standards.reference_state(facts.start.front()).text();
            state != standards.reference_state(base->start.front()).text()) {
          run.notes.push_back(fmt::format("{} is reported at another state, {}, and the change holds that too",
                                          facts.file.filename().string(), state));
        }
        const SampledChanges sampled =
            add_ranges(*base, facts, comparison.runs[0], city_weight, standards, options, run);
        add_effects(comparison.runs[0], sampled, run);
        comparison.runs.push_back(std::move(run));
      }
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();
  return comparison;
}

} // namespace tq
