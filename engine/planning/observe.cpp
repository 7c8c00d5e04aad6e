#include "planning/observe.hpp"

#include "base/error.hpp"
#include "diagnostics/day_gathering.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

/// Indices of the stations that count for the city.
std::vector<std::size_t> city_stations(const Measurements& measurements, const std::vector<std::string>& left_out) {
  std::vector<std::string> ids;
  for (const Measurements::Station& station : measurements.stations) {
    ids.push_back(station.id);
  }
  ProblemList problems;
  for (const std::string& id : left_out) {
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
      problems.add({measurements.file.string()},
                   fmt::format("has no station \"{}\": there are {}{}", id, fmt::join(ids, ", "), suggestion(id, ids)));
    }
  }
  problems.throw_if_any();
  std::vector<std::size_t> counted;
  for (std::size_t n = 0; n < ids.size(); ++n) {
    if (std::find(left_out.begin(), left_out.end(), ids[n]) == left_out.end()) {
      counted.push_back(n);
    }
  }
  return counted;
}

} // namespace

Observed observe(const std::filesystem::path& file, const ObserveOptions& options) {
  const Standards standards = Standards::load();
  standards.choose(options.edition, 0);
  const Measurements measurements = read_measurements(file, options.reading);
  const TimeZone zone(measurements.time_zone);
  const std::vector<std::size_t> counted = city_stations(measurements, options.left_out);
  const std::size_t stations = measurements.stations.size();
  const bool has_city = counted.size() > 1;

  Observed observed{.file = file,
                    .time_zone = measurements.time_zone,
                    .edition = standards.choose(options.edition, measurements.start).id,
                    .reference_state = standards.reference_state(measurements.start).text(),
                    .function_class = options.function_class,
                    .places = {},
                    .city_stations = counted.size(),
                    .measured = measurements.measured,
                    .percentile = {},
                    .days = {},
                    .periods = {},
                    .quality = {}};
  for (const Measurements::Station& station : measurements.stations) {
    observed.places.push_back(station.id);
  }
  if (has_city) {
    observed.places.push_back("city");
  }
  for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
    observed.percentile[p] = standards.evaluation(standard_pollutants[p]).percentile;
  }

  PeriodGathering periods(standards, zone, measurements.start, measurements.end(), observed.places.size(),
                          options.edition);
  const auto take_day = [&](Instant start, std::span<const DayQuality> days) {
    Observed::Day& day = observed.days.emplace_back(start, std::vector(days.begin(), days.end()));
    if (has_city) {
      std::vector<DayQuality> of_city;
      for (const std::size_t n : counted) {
        of_city.push_back(days[n]);
      }
      const DayJudge judge(standards, standards.choose(options.edition, start), options.function_class);
      day.places.push_back(judge.of_stations(of_city));
    }
    periods.add(start, day.places);
  };
  DayGathering gathering(standards, zone, std::vector(stations, options.function_class), take_day, options.edition);
  std::vector<double> hour(standard_pollutants.size() * stations);
  for (std::size_t h = 0; h < measurements.hours; ++h) {
    for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
      for (std::size_t n = 0; n < stations; ++n) {
        hour[p * stations + n] = measurements.stations[n].values[p][h];
      }
    }
    gathering.add(measurements.start + Instant(h) * seconds_per_hour, hour);
  }
  gathering.finish();
  observed.periods = periods.periods();
  for (std::size_t at = 0; at < observed.periods.size(); ++at) {
    std::vector<PeriodQuality>& row = observed.quality.emplace_back();
    for (std::size_t n = 0; n < observed.places.size(); ++n) {
      row.push_back(periods.quality(at, n));
    }
  }
  return observed;
}

} // namespace tq
