#include "emission/profiles.hpp"

#include "base/log.hpp"
#include "base/lunar_calendar.hpp"
#include "config/schema.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace tq {

namespace {

config::Schema profiles_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = config::Type::text,
              .description = "Version of the file's form",
              .required = true,
              .choices = {"profiles/1"}});
  const auto weights = [&](const std::string& name, const std::string& text, std::size_t length) {
    schema.add({.key = "profile.*." + name,
                .type = config::Type::numbers,
                .description = text,
                .required = true,
                .minimum = 0,
                .length = length});
  };
  weights("monthly", "Relative weight of each month, January first", 12);
  weights("weekly", "Relative weight of each day of the week, Monday first", 7);
  weights("hourly", "Relative weight of each local hour, from 00:00 to 01:00 on", 24);
  const auto day = [&](const std::string& name, const std::string& text) {
    schema.add(
        {.key = "profile.*.spring_festival." + name,
         .type = config::Type::integer,
         .description = text + " on which work rests, from the first day of the Chinese new year on (0; -1 is the eve)",
         .required = true,
         .minimum = -20, // the first of January at the earliest
         .maximum = 30});
  };
  day("from", "First day");
  day("to", "Last day, included,");
  schema.add({.key = "profile.*.spring_festival.weight",
              .type = config::Type::number,
              .description = "What is left on those days",
              .required = true,
              .minimum = 0.001,
              .maximum = 1});
  return schema;
}

/// The hours of one civil year, each by the moment in it at which steps begin.
std::vector<CivilTime> hours_of_year(int year, const TimeZone& zone, Instant phase) {
  const Instant january = zone.to_instant({year, 1, 1, 0, 0, 0});
  const Instant late = (january - phase) % seconds_per_hour;
  Instant hour = late == 0 ? january : january + (late > 0 ? seconds_per_hour - late : -late);
  std::vector<CivilTime> hours;
  for (CivilTime civil = zone.to_civil(hour); civil.year == year; civil = zone.to_civil(hour += seconds_per_hour)) {
    hours.push_back(civil);
  }
  return hours;
}

double mean_weight(const Profile& profile, const std::vector<CivilTime>& hours) {
  double sum = 0;
  for (const CivilTime& civil : hours) {
    sum += profile.weight(civil);
  }
  return sum / double(hours.size());
}

template <std::size_t N>
void take_weights(const config::Settings& table, const std::string& key, std::array<double, N>& weights,
                  ProblemList& problems) {
  if (!table.has(key)) {
    return; // said already: missing, or not a list of N weights
  }
  const std::vector<double> values = table.numbers(key);
  std::copy_n(values.begin(), N, weights.begin());
  if (std::all_of(values.begin(), values.end(), [](double value) { return value == 0; })) {
    table.problem(problems, key, "have a weight above 0");
  }
}

} // namespace

double Profile::weight(const CivilTime& civil) const {
  const double product =
      monthly[std::size_t(civil.month - 1)] * weekly[std::size_t(weekday(civil))] * hourly[std::size_t(civil.hour)];
  if (spring_festival.to < spring_festival.from) {
    return product;
  }
  const std::optional<CivilTime> new_year = festival_day(Festival::new_years_day, civil.year);
  const Instant since = new_year ? from_utc(civil) - from_utc(*new_year) : 0; // s of civil time
  const bool rests =
      new_year && since >= spring_festival.from * seconds_per_day && since < (spring_festival.to + 1) * seconds_per_day;
  return rests ? product * spring_festival.weight : product;
}

std::vector<Profile> read_profiles(const std::filesystem::path& file, ProblemList& problems) {
  const config::Settings settings = config::Settings::check(config::read_toml(file), profiles_schema(), problems);
  std::vector<Profile> profiles;
  for (const std::string& name : settings.names("profile")) {
    const config::Settings table = settings.table("profile." + name);
    Profile profile;
    profile.name = name;
    take_weights(table, "monthly", profile.monthly, problems);
    take_weights(table, "weekly", profile.weekly, problems);
    take_weights(table, "hourly", profile.hourly, problems);
    if (table.has("spring_festival.from") && table.has("spring_festival.to") && table.has("spring_festival.weight")) {
      profile.spring_festival = {.from = int(table.integer("spring_festival.from")),
                                 .to = int(table.integer("spring_festival.to")),
                                 .weight = table.number("spring_festival.weight")};
      if (profile.spring_festival.to < profile.spring_festival.from) {
        table.problem(problems, "spring_festival.to", "not lie before the first day");
      }
    }
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

ProfileClock::ProfileClock(std::vector<Profile> profiles, const TimeZone& zone, Instant start, Instant end)
    : profiles_(std::move(profiles)), first_year_(zone.to_civil(start).year) {
  const int last_year = zone.to_civil(std::max(start, end - 1)).year;
  const auto rests = [](const Profile& profile) { return profile.spring_festival.to >= profile.spring_festival.from; };
  for (int year = first_year_; year <= last_year; ++year) {
    const auto resting = std::find_if(profiles_.begin(), profiles_.end(), rests);
    if (resting != profiles_.end() && !festival_day(Festival::new_years_day, year)) {
      log::warn("profile \"{}\" does not rest in {}: days of the Chinese new year are known from {} to {}",
                resting->name, year, first_festival_year, last_festival_year);
    }
    const std::vector<CivilTime> hours = hours_of_year(year, zone, start);
    std::vector<double>& means = mean_.emplace_back();
    for (const Profile& profile : profiles_) {
      means.push_back(mean_weight(profile, hours));
    }
  }
}

double ProfileClock::factor(std::size_t index, const CivilTime& civil) const {
  const std::size_t year = std::size_t(civil.year - first_year_);
  if (civil.year < first_year_ || year >= mean_.size()) {
    throw std::out_of_range(fmt::format("the year {} is outside the run", civil.year));
  }
  return profiles_[index].weight(civil) / mean_[year][index];
}

} // namespace tq
