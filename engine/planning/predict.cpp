#include "planning/predict.hpp"

#include "base/error.hpp"
#include "planning/predict_days.hpp"
#include "planning/predict_ranges.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

constexpr std::size_t pollutants = standard_pollutants.size();

/// What the scenario's files say now must be what the run emitted.
void check_emission(const TaggedAir& air, const TagEmission& run, ProblemList& problems) {
  constexpr double tolerance = 1e-4; // a run sums its hours in single precision
  for (std::size_t n = 0; n < run.species.size(); ++n) {
    const std::vector<double>* const emitted = air.emitted(run.species[n]);
    for (std::size_t tag = 0; emitted != nullptr && tag < run.tags.size(); ++tag) {
      double sum = 0;
      for (std::size_t hour = 0; hour < air.facts().start.size(); ++hour) {
        sum += run.of(hour, tag, n);
      }
      if (std::abs(sum - (*emitted)[tag]) > tolerance * std::max(sum, (*emitted)[tag])) {
        problems.add(
            {air.facts().file.string()},
            fmt::format("its tag \"{}\" emitted {:.6g} kg of {}, but its scenario's files make it {:.6g} kg: {}",
                        run.tags[tag], (*emitted)[tag], run.species[n], sum,
                        run.triggered.empty() ? "they have changed since"
                                              : fmt::format("measures that react to the modelled air ({}) acted",
                                                            fmt::join(run.triggered, ", "))));
        return; // the others are likely to be off for the same reason
      }
    }
  }
}

/// Runs of one scenario in other weathers.
void check_further(const TaggedAir& first, const TaggedAir& other, ProblemList& problems) {
  const ResultFacts &a = first.facts(), &b = other.facts();
  const auto refuse = [&](const char* what) {
    problems.add({b.file.string()}, fmt::format("cannot be sampled with {}: {}", a.file.string(), what));
  };
  if (!std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                  [](const PlaceFacts& x, const PlaceFacts& y) { return x.id == y.id && x.area == y.area; })) {
    refuse("other management cells");
  }
  if (a.start.size() != b.start.size() || a.start.front() != b.start.front() || a.time_zone != b.time_zone) {
    refuse("another period");
  }
  if (first.tags() != other.tags() || first.pollutants() != other.pollutants()) {
    refuse("other tags");
  }
}

void check_uncertainties(const TaggedAir& air, const std::vector<Uncertainty>& uncertainties, ProblemList& problems) {
  for (const Uncertainty& one : uncertainties) {
    const bool any = std::any_of(air.tags().begin(), air.tags().end(), [&](const std::string& tag) {
      return std::any_of(air.pollutants().begin(), air.pollutants().end(),
                         [&](const std::string& pollutant) { return one.names(tag, pollutant); });
    });
    if (!any) {
      problems.add(one.where, fmt::format("uncertainty[{}]: must name a tag of {}: {}", one.id,
                                          air.facts().file.string(), fmt::join(air.tags(), ", ")));
    }
  }
}

std::vector<std::string> cautions(const PredictedDays& days, const Prediction& prediction) {
  std::vector<std::string> list;
  std::vector<std::string> unscaled;
  for (std::size_t p = 0; p < pollutants; ++p) {
    if (!prediction.predicted[p] && days.air().facts().pollutants.contains(standard_pollutants[p])) {
      unscaled.emplace_back(standard_pollutants[p]);
    }
  }
  if (!unscaled.empty()) {
    list.push_back(fmt::format("{}: no tags, left as in the run, also in the index", fmt::join(unscaled, ", ")));
  }
  constexpr std::size_t no2 = 1; // of standard_pollutants
  if (days.change().photostationary && prediction.predicted[no2]) {
    list.emplace_back(
        "no2: its nitrogen is scaled, shared out with no as in the run; as o3 stays, more or less of it may become no2");
  }
  for (std::size_t part = 0; part < days.parts().size(); ++part) {
    const std::string& pollutant = days.parts()[part].pollutant;
    if (const double kilograms = days.factors().unfollowed()[part]; kilograms > 0) {
      list.push_back(fmt::format("{}: {:.6g} kg are emitted in groups that the run has no tag of: left out", pollutant,
                                 kilograms));
    }
    for (std::size_t tag = 0; tag < days.tags(); ++tag) {
      const TagFactors::Amounts& amounts = days.factors().amounts(part, tag);
      const bool background = tag + 2 >= days.tags();
      if (amounts.added > 0) {
        list.push_back(background
                           ? fmt::format("{}: there is no background of it in the run: left out", pollutant)
                           : fmt::format("{}: {:.6g} kg of tag {} are emitted before the run has any of it: left out",
                                         pollutant, amounts.added, days.air().tags()[tag]));
      }
    }
  }
  std::vector<std::string> varying;
  for (std::size_t tag = 0; tag + 2 < days.tags(); ++tag) {
    for (std::size_t part = 0; part < days.parts().size(); ++part) {
      const TagFactors::Amounts& amounts = days.factors().amounts(part, tag);
      if (amounts.most - amounts.least > 0.01) {
        varying.push_back(days.air().tags()[tag]);
        break;
      }
    }
  }
  if (!varying.empty()) {
    list.push_back(fmt::format("emission changes by a factor that varies with the hour in {}: what an hour's air holds of it "
                               "is taken from two hours of memory, whose error is in no +-",
                               fmt::join(varying, ", ")));
  }
  for (const auto& [whose, emission] :
       {std::pair{"the run", &days.change().run}, std::pair{"what is asked", &days.change().asked}}) {
    if (!emission->triggered.empty()) {
      list.push_back(fmt::format("measures of {} that react to the modelled air are left out: {}", whose,
                                 fmt::join(emission->triggered, ", ")));
    }
  }
  if (!days.air().facts().complete) {
    list.emplace_back("the run was stopped before its end");
  }
  return list;
}

void add_places(const PredictedDays& days, Prediction& prediction) {
  const std::vector<PlaceFacts>& cells = days.air().facts().cells;
  for (std::size_t n = 0; n < days.places(); ++n) {
    Prediction::Place& place = prediction.places.emplace_back();
    place.name = n == 0 ? "city" : cells[n - 1].name;
    place.id = n == 0 ? "" : cells[n - 1].id;
    place.run = days.run_mean()[n];
    place.asked = days.asked_mean()[n];
    for (std::size_t c = 0; n == 0 && c < cells.size(); ++c) {
      place.area += days.city_weight()[c] > 0 ? cells[c].area : 0;
    }
    place.area = n == 0 ? place.area : cells[n - 1].area;
    for (std::size_t p = 0; p < pollutants; ++p) {
      for (const std::size_t part : days.parts_of(p)) {
        prediction.predicted[p] = true;
        for (std::size_t tag = 0; tag < days.tags(); ++tag) {
          const TagFactors::Amounts& amounts = days.factors().amounts(part, tag);
          place.error[p] += amounts.run > 0 ? amounts.uneven / amounts.run *
                                                  days.tag_means().run[(part * days.tags() + tag) * days.places() + n]
                                            : 0.0;
        }
      }
    }
  }
}

} // namespace

Prediction predict(const std::vector<TaggedAir>& airs, const std::vector<EmissionChange>& changes,
                   const PredictOptions& options) {
  ProblemList problems;
  for (std::size_t n = 0; n < airs.size(); ++n) {
    check_emission(airs[n], changes[n].run, problems);
    check_further(airs[0], airs[n], problems);
  }
  check_uncertainties(airs[0], options.uncertainties, problems);
  problems.throw_if_any();

  const Standards standards = Standards::load();
  const bool sampled = options.sampling.samples > 0;
  const PredictedDays days(airs[0], changes[0], standards, sampled);
  const ResultFacts& facts = airs[0].facts();
  Prediction prediction{.result = facts.file,
                        .scenario = facts.scenario,
                        .asked = options.asked,
                        .title = options.title,
                        .time_zone = facts.time_zone,
                        .edition = standards.edition(facts.start.front()).id,
                        .reference_state = standards.reference_state(facts.start.front()).text(),
                        .start = facts.start.front(),
                        .end = facts.end,
                        .places = {},
                        .tags = {},
                        .days = days.days(),
                        .periods = {},
                        .run_quality = {},
                        .asked_quality = {},
                        .cautions = {},
                        .samples = options.sampling.samples,
                        .results = airs.size()};
  add_places(days, prediction);
  for (std::size_t part = 0; part < days.parts().size(); ++part) {
    for (std::size_t tag = 0; tag < days.tags(); ++tag) {
      const TagFactors::Amounts& amounts = days.factors().amounts(part, tag);
      if (amounts.asked != amounts.run || amounts.moved > 0) {
        prediction.tags.push_back(
            {airs[0].tags()[tag], days.parts()[part].pollutant, days.parts()[part].smaller, amounts});
      }
    }
  }
  const TimeZone zone(facts.time_zone);
  PeriodGathering run(standards, zone, facts.start.front(), facts.end, days.places());
  PeriodGathering asked(standards, zone, facts.start.front(), facts.end, days.places());
  for (const Prediction::Day& day : days.days()) {
    run.add(day.start, day.run);
    asked.add(day.start, day.asked);
  }
  prediction.periods = run.periods();
  for (std::size_t at = 0; at < prediction.periods.size(); ++at) {
    std::vector<PeriodQuality>& of_run = prediction.run_quality.emplace_back();
    std::vector<PeriodQuality>& of_asked = prediction.asked_quality.emplace_back();
    for (std::size_t n = 0; n < days.places(); ++n) {
      of_run.push_back(run.quality(at, n));
      of_asked.push_back(asked.quality(at, n));
    }
  }
  prediction.cautions = cautions(days, prediction);
  if (sampled) {
    std::vector<PredictedDays> further;
    for (std::size_t n = 1; n < airs.size(); ++n) {
      further.emplace_back(airs[n], changes[n], standards, true);
    }
    add_ranges(days, further, standards, options, prediction);
  }
  return prediction;
}

} // namespace tq
