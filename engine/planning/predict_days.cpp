#include "planning/predict_days.hpp"

#include "planning/comparable.hpp"
#include "planning/origins.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tq {

namespace {

constexpr std::size_t pollutants = standard_pollutants.size();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

} // namespace

PredictedDays::PredictedDays(const TaggedAir& air, const EmissionChange& change, const Standards& standards, bool daily)
    : air_(air), change_(change), standards_(standards), parts_(pollutant_parts(change.species, air.pollutants())),
      factors_(change, air.tags(), parts_, air.facts().start.size()), places_(air.facts().cells.size() + 1),
      city_weight_(city_weights(air.facts())), run_mean_(places_), asked_mean_(places_) {
  const ResultFacts& facts = air.facts();
  const std::size_t cells = facts.cells.size(), hours = facts.start.size();
  const std::size_t block = parts_.size() * tags() * places_;
  means_ = {std::vector<double>(block, 0.0), std::vector<double>(block, 0.0)};
  std::vector<int> function_class = {2};
  for (const PlaceFacts& cell : facts.cells) {
    function_class.push_back(cell.function_class);
  }
  const TimeZone zone(facts.time_zone);
  DayGathering of_run(standards, zone, function_class, [&](Instant start, std::span<const DayQuality> day) {
    days_.push_back({start, {day.begin(), day.end()}, {}});
  });
  std::size_t judged = 0;
  DayGathering of_asked(standards, zone, function_class, [&](Instant, std::span<const DayQuality> day) {
    days_[judged++].asked = {day.begin(), day.end()};
  });
  std::vector<double> run(pollutants * places_), asked(pollutants * places_);
  std::vector<std::vector<double>> delta(parts_.size(),
                                         std::vector<double>(cells)); // kg m-3 ambient, smaller ones included
  Instant day = 0;
  std::size_t day_hours = 0;
  for (std::size_t h = 0; h < hours; ++h) {
    if (const Instant start = start_of_day(zone, facts.start[h]); daily && (h == 0 || start != day)) {
      finish_day(day_hours);
      daily_.push_back({std::vector<double>(block, 0.0), std::vector<double>(block, 0.0)});
      day = start;
      day_hours = 0;
    }
    ++day_hours;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
      scale(h, part, delta);
    }
    const ReferenceState& state = standards.reference_state(facts.start[h]);
    std::fill(run.begin(), run.end(), none);
    std::fill(asked.begin(), asked.end(), none);
    for (std::size_t p = 0; p < pollutants; ++p) {
      const auto found = facts.pollutants.find(standard_pollutants[p]);
      if (found == facts.pollutants.end()) {
        continue;
      }
      const auto part = std::find_if(parts_.begin(), parts_.end(),
                                     [&](const PollutantPart& one) { return one.pollutant == standard_pollutants[p]; });
      double* const of_run_here = &run[p * places_];
      double* const of_asked_here = &asked[p * places_];
      of_run_here[0] = of_asked_here[0] = 0;
      for (std::size_t c = 0; c < cells; ++c) {
        const double total = found->second.hours[h * cells + c];
        const double change_here = part != parts_.end() ? delta[std::size_t(part - parts_.begin())][c] : 0.0;
        const auto reported = [&](double value) {
          return state.reported(value, found->second.particle, facts.cells[c].air_density);
        };
        of_run_here[c + 1] = reported(total);
        of_asked_here[c + 1] = reported(std::max(0.0, total + change_here));
        of_run_here[0] += of_run_here[c + 1] * city_weight_[c];
        of_asked_here[0] += of_asked_here[c + 1] * city_weight_[c];
      }
    }
    of_run.add(facts.start[h], run);
    of_asked.add(facts.start[h], asked);
    for (std::size_t n = 0; n < places_; ++n) {
      for (std::size_t p = 0; p < pollutants; ++p) {
        run_mean_[n][p] += run[p * places_ + n] / double(hours);
        asked_mean_[n][p] += asked[p * places_ + n] / double(hours);
      }
    }
  }
  finish_day(day_hours);
  of_run.finish();
  of_asked.finish();
  for (double& value : means_.run) {
    value /= double(hours);
  }
  for (double& value : means_.asked) {
    value /= double(hours);
  }
}

void PredictedDays::finish_day(std::size_t hours) {
  if (daily_.empty()) {
    return;
  }
  for (std::vector<double>* values : {&daily_.back().run, &daily_.back().asked}) {
    for (double& value : *values) {
      value /= double(hours);
    }
  }
}

void PredictedDays::scale(std::size_t h, std::size_t part, std::vector<std::vector<double>>& delta) {
  const ResultFacts& facts = air_.facts();
  const std::size_t cells = facts.cells.size();
  const PollutantPart& one = parts_[part];
  const float* const own = air_.hour(one.pollutant, h);
  const float* inner = nullptr;
  if (one.smaller.empty()) {
    std::fill(delta[part].begin(), delta[part].end(), 0.0);
  } else {
    inner = air_.hour(one.smaller, h);
    const auto before = std::find_if(parts_.begin(), parts_.end(),
                                     [&](const PollutantPart& other) { return other.pollutant == one.smaller; });
    delta[part] = delta[std::size_t(before - parts_.begin())];
  }
  const bool particle = facts.pollutants.at(one.pollutant).particle;
  const ReferenceState& state = standards_.reference_state(facts.start[h]);
  for (std::size_t tag = 0; tag < tags(); ++tag) {
    const double factor = factors_.at(part, h, tag);
    double* const run = &means_.run[(part * tags() + tag) * places_];
    double* const asked = &means_.asked[(part * tags() + tag) * places_];
    double* const run_today = daily_.empty() ? nullptr : &daily_.back().run[(part * tags() + tag) * places_];
    double* const asked_today = daily_.empty() ? nullptr : &daily_.back().asked[(part * tags() + tag) * places_];
    double city = 0;
    const auto add = [&](std::size_t place, double value) {
      run[place] += value;
      asked[place] += factor * value;
      if (run_today != nullptr) {
        run_today[place] += value;
        asked_today[place] += factor * value;
      }
    };
    for (std::size_t c = 0; c < cells; ++c) {
      const double value = double(own[tag * cells + c]) - (inner != nullptr ? double(inner[tag * cells + c]) : 0.0);
      delta[part][c] += (factor - 1) * value;
      const double reported = state.reported(value, particle, facts.cells[c].air_density);
      add(c + 1, reported);
      city += reported * city_weight_[c];
    }
    add(0, city);
  }
}

std::vector<std::size_t> PredictedDays::parts_of(std::size_t p) const {
  std::vector<std::size_t> list;
  std::string wanted = standard_pollutants[p];
  for (std::size_t part = parts_.size(); part-- > 0;) { // smaller ones stand before those that hold them
    if (parts_[part].pollutant == wanted) {
      list.push_back(part);
      wanted = parts_[part].smaller;
    }
  }
  return list;
}

} // namespace tq
