#include "planning/evaluate.hpp"

#include "base/error.hpp"
#include "diagnostics/day_gathering.hpp"
#include "planning/read_result.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace tq {

namespace {

constexpr std::size_t pollutants = standard_pollutants.size();
constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr double threshold = 1e-9; // kg m-3, for logarithms; of CO a hundred times more

/// Pairs of one pollutant and average at one station, or at all.
struct Pairs {
  std::vector<double> observed, modelled;
  std::vector<int> day;  // since 1970: blocks of the bootstrap
  std::vector<Instant> when;

  void add(double o, double p, Instant at, const TimeZone& zone) {
    if (!std::isnan(o) && !std::isnan(p)) {
      observed.push_back(o);
      modelled.push_back(p);
      day.push_back(int(from_utc(zone.to_civil(at)) / seconds_per_day));
      when.push_back(at);
    }
  }
};

/// Both series of one station over the hours that both files hold.
struct StationSeries {
  std::string id;
  ByPollutant<std::vector<double>> observed, modelled; // kg m-3 in the reference state; NaN is a gap
};

const char* season_of(int month) {
  constexpr std::array names = {"DJF", "MAM", "JJA", "SON"};
  return names[std::size_t(month % 12 / 3)];
}

class Evaluator {
public:
  Evaluator(const Standards& standards, Evaluation& evaluation, std::uint64_t seed)
      : standards_(standards), evaluation_(evaluation), zone_(evaluation.time_zone), seed_(seed) {}

  void evaluate(const std::vector<StationSeries>& stations, const std::vector<Instant>& hours) {
    std::vector<std::vector<std::pair<Instant, std::array<DayQuality, 2>>>> days;
    for (const StationSeries& station : stations) {
      days.push_back(daily(station, hours));
    }
    for (std::size_t p = 0; p < pollutants; ++p) {
      Pairs all_hours, all_days;
      const std::string daily_average = standards_.evaluation(standard_pollutants[p]).daily;
      std::vector<std::pair<std::string, Pairs>> by_hour, by_day;
      for (std::size_t n = 0; n < stations.size(); ++n) {
        Pairs& own_hours = by_hour.emplace_back(stations[n].id, Pairs()).second;
        for (std::size_t h = 0; h < hours.size(); ++h) {
          own_hours.add(stations[n].observed[p][h], stations[n].modelled[p][h], hours[h], zone_);
        }
        Pairs& own_days = by_day.emplace_back(stations[n].id, Pairs()).second;
        for (const auto& [start, day] : days[n]) {
          own_days.add(day[0].judged[p], day[1].judged[p], start, zone_);
        }
      }
      for (auto* list : {&by_hour, &by_day}) {
        if (stations.size() > 1) {
          list->insert(list->begin(), {"all", together(*list)});
        }
        const std::string average = list == &by_hour ? "1h" : daily_average;
        for (const auto& [station, pairs] : *list) {
          add_rows(station, p, average, pairs);
        }
      }
    }
  }

private:
  /// Days of what is observed and of what is modelled in the hours that are observed.
  std::vector<std::pair<Instant, std::array<DayQuality, 2>>> daily(const StationSeries& station,
                                                                   const std::vector<Instant>& hours) const {
    std::vector<std::pair<Instant, std::array<DayQuality, 2>>> days;
    DayGathering gathering(standards_, zone_, {2, 2}, [&](Instant start, std::span<const DayQuality> day) {
      days.push_back({start, {day[0], day[1]}});
    });
    std::vector<double> values(2 * pollutants);
    for (std::size_t h = 0; h < hours.size(); ++h) {
      for (std::size_t p = 0; p < pollutants; ++p) {
        const double observed = station.observed[p][h];
        values[2 * p] = observed;
        values[2 * p + 1] = std::isnan(observed) ? gap : station.modelled[p][h];
      }
      gathering.add(hours[h], values);
    }
    gathering.finish();
    return days;
  }

  /// All stations' pairs, day by day, so that a block holds the whole city.
  static Pairs together(const std::vector<std::pair<std::string, Pairs>>& stations) {
    std::vector<std::array<std::size_t, 2>> order; // station, pair
    for (std::size_t n = 0; n < stations.size(); ++n) {
      for (std::size_t at = 0; at < stations[n].second.when.size(); ++at) {
        order.push_back({n, at});
      }
    }
    const auto when = [&](const auto& place) { return stations[place[0]].second.when[place[1]]; };
    std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) { return when(a) < when(b); });
    Pairs all;
    for (const auto& [n, at] : order) {
      const Pairs& own = stations[n].second;
      all.observed.push_back(own.observed[at]);
      all.modelled.push_back(own.modelled[at]);
      all.day.push_back(own.day[at]);
      all.when.push_back(own.when[at]);
    }
    return all;
  }

  void add_rows(const std::string& station, std::size_t p, const std::string& average, const Pairs& pairs) {
    add_row(station, p, average, "all", pairs);
    for (const char* season : {"DJF", "MAM", "JJA", "SON"}) {
      add_row(station, p, average, season,
              part(pairs, [&](const CivilTime& civil) { return season_of(civil.month) == std::string_view(season); }));
    }
    for (int hour = 0; hour < 24 && average == "1h"; ++hour) {
      add_row(station, p, average, fmt::format("{:02}", hour),
              part(pairs, [&](const CivilTime& civil) { return civil.hour == hour; }));
    }
  }

  template <class Chosen> Pairs part(const Pairs& pairs, const Chosen& chosen) const {
    Pairs some;
    for (std::size_t at = 0; at < pairs.when.size(); ++at) {
      if (chosen(zone_.to_civil(pairs.when[at]))) {
        some.add(pairs.observed[at], pairs.modelled[at], pairs.when[at], zone_);
      }
    }
    return some;
  }

  void add_row(const std::string& station, std::size_t p, const std::string& average, const std::string& part,
               const Pairs& pairs) {
    if (pairs.when.empty()) {
      return;
    }
    const std::string pollutant = standard_pollutants[p];
    const bool has_quality_objective = (average == "1h") == (pollutant == "no2");
    const auto uncertainty = has_quality_objective ? measurement_uncertainty(pollutant) : std::nullopt;
    const double least = pollutant == "co" ? 100 * threshold : threshold;
    EvaluationRow row{.station = station, .pollutant = pollutant, .average = average, .part = part,
                      .pairs = pairs.when.size(), .range = {}};
    for (std::size_t at = 0; at < row.pairs; ++at) {
      row.observed_mean += pairs.observed[at] / double(row.pairs);
      row.modelled_mean += pairs.modelled[at] / double(row.pairs);
    }
    row.score = scores(pairs.observed, pairs.modelled, least, uncertainty);
    row.range = score_range(pairs.observed, pairs.modelled, pairs.day, least, uncertainty, seed_);
    evaluation_.rows.push_back(std::move(row));
  }

  const Standards& standards_;
  Evaluation& evaluation_;
  TimeZone zone_;
  std::uint64_t seed_;
};

/// Sorts stations and receptors into common ones and the rest. Throws InputError where none is common.
void match_stations(const ReceptorFacts& result, const Measurements& measured, Evaluation& evaluation) {
  std::vector<std::string> measured_ids;
  for (const Measurements::Station& station : measured.stations) {
    measured_ids.push_back(station.id);
    const bool found = std::find(result.ids.begin(), result.ids.end(), station.id) != result.ids.end();
    (found ? evaluation.stations : evaluation.only_observed).push_back(station.id);
  }
  for (const std::string& id : result.ids) {
    if (std::find(measured_ids.begin(), measured_ids.end(), id) == measured_ids.end()) {
      evaluation.only_modelled.push_back(id);
    }
  }
  if (evaluation.stations.empty()) {
    throw InputError({result.file.string()},
                     fmt::format("has no receptor with the id of a station in {}: receptors are {}, stations {}",
                                 measured.file.string(), fmt::join(result.ids, ", "), fmt::join(measured_ids, ", ")));
  }
}

} // namespace

Evaluation evaluate(const std::filesystem::path& result_file, const std::filesystem::path& observations,
                    const MeasurementOptions& options, std::uint64_t seed) {
  const Standards standards = Standards::load();
  const ReceptorFacts result = read_receptors(result_file);
  const Measurements measured = read_measurements(observations, options);
  Evaluation evaluation{.scenario = result.scenario, .result = result_file, .observations = observations,
                        .time_zone = result.time_zone, .reference_state = {}, .complete = result.complete,
                        .stations = {}, .only_modelled = {}, .only_observed = {}, .rows = {}};
  match_stations(result, measured, evaluation);

  std::vector<Instant> hours;
  std::vector<std::size_t> indices; // of those hours in the result
  for (std::size_t h = 0; h < result.start.size(); ++h) {
    if (result.start[h] >= measured.start && result.start[h] < measured.end()) {
      hours.push_back(result.start[h]);
      indices.push_back(h);
    }
  }
  if (hours.empty()) {
    throw InputError({result_file.string()},
                     fmt::format("has no hour in common with {}: the result covers {} to {}, the measurements {} to {}",
                                 observations.string(), format_utc(result.start.front()),
                                 format_utc(result.start.back() + seconds_per_hour), format_utc(measured.start),
                                 format_utc(measured.end())));
  }
  evaluation.start = hours.front();
  evaluation.end = hours.back() + seconds_per_hour;
  evaluation.reference_state = standards.reference_state(evaluation.start).text();

  std::vector<StationSeries> series;
  for (const Measurements::Station& station : measured.stations) {
    const auto receptor = std::find(result.ids.begin(), result.ids.end(), station.id) - result.ids.begin();
    if (std::size_t(receptor) == result.ids.size()) {
      continue;
    }
    StationSeries& own = series.emplace_back();
    own.id = station.id;
    for (std::size_t p = 0; p < pollutants; ++p) {
      const auto modelled = result.pollutants.find(standard_pollutants[p]);
      for (std::size_t n = 0; n < hours.size(); ++n) {
        own.observed[p].push_back(station.values[p][std::size_t((hours[n] - measured.start) / seconds_per_hour)]);
        own.modelled[p].push_back(
            modelled == result.pollutants.end()
                ? gap
                : standards.reference_state(hours[n])
                      .reported(modelled->second.hours[indices[n] * result.ids.size() + std::size_t(receptor)],
                                modelled->second.particle, result.air_density[std::size_t(receptor)]));
      }
    }
  }
  Evaluator(standards, evaluation, seed).evaluate(series, hours);
  return evaluation;
}

} // namespace tq
