#include "planning/comparable.hpp"

#include "diagnostics/day_gathering.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {

bool same_grid(const ResultFacts& a, const ResultFacts& b) { return a.crs == b.crs && a.x == b.x && a.y == b.y; }

auto refusal(const ResultFacts& base, const ResultFacts& other, ProblemList& problems) {
  return [&](const std::string& what) {
    problems.add({other.file.string()}, fmt::format("cannot be compared with {}: {}", base.file.string(), what));
  };
}

} // namespace

void check_same_places(const ResultFacts& base, const ResultFacts& other, ProblemList& problems) {
  const auto refuse = refusal(base, other, problems);
  if (!same_grid(base, other)) {
    refuse(fmt::format("another grid (\"{}\" of {} x {} cells, not \"{}\" of {} x {})", other.grid, other.x.size(),
                       other.y.size(), base.grid, base.x.size(), base.y.size()));
  }
  const auto same_cell = [](const PlaceFacts& a, const PlaceFacts& b) {
    return a.id == b.id && a.parent == b.parent && a.function_class == b.function_class && a.area == b.area &&
           a.air_density == b.air_density;
  };
  if (!std::equal(other.cells.begin(), other.cells.end(), base.cells.begin(), base.cells.end(), same_cell)) {
    refuse("other management cells or terrain");
  }
}

bool same_weather(const ResultFacts& base, const ResultFacts& other) {
  return other.start == base.start && other.end == base.end && other.weather == base.weather;
}

void check_comparable(const ResultFacts& base, const ResultFacts& other, ProblemList& problems) {
  const auto refuse = refusal(base, other, problems);
  check_same_places(base, other, problems);
  if (other.start != base.start || other.end != base.end) {
    refuse(fmt::format("another period ({} to {}, not {} to {}){}", format_utc(other.start.front()),
                       format_utc(other.end), format_utc(base.start.front()), format_utc(base.end),
                       other.complete && base.complete ? "" : "; a run was stopped before its end"));
  } else if (same_grid(base, other) && other.weather != base.weather) { // on another grid the sun stands elsewhere
    for (const auto& [name, series] : base.weather) {
      const auto& seen = other.weather.at(name);
      const std::size_t n =
          std::size_t(std::mismatch(series.begin(), series.end(), seen.begin(), seen.end()).first - series.begin());
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

std::vector<Day> civil_days(const ResultFacts& facts) {
  const TimeZone zone(facts.time_zone);
  std::map<Instant, Day> days;
  for (std::size_t h = 0; h < facts.start.size(); ++h) {
    const Instant start = start_of_day(zone, facts.start[h]);
    days[start].start = start;
    days[start].hours[zone.to_civil(facts.start[h]).hour] = h;
  }
  std::vector<Day> list;
  for (auto& [start, day] : days) {
    list.push_back(std::move(day));
  }
  return list;
}

} // namespace tq
