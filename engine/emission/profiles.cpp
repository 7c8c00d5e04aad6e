#include "emission/profiles.hpp"

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
  return schema;
}

/// Hours of one civil year by month, weekday and hour of the day.
struct HourCounts {
  std::array<double, 12 * 7 * 24> count{};
  double total = 0;

  static std::size_t at(int month, int day_of_week, int hour) {
    return (std::size_t(month) * 7 + std::size_t(day_of_week)) * 24 + std::size_t(hour);
  }

  HourCounts(int year, const TimeZone& zone, Instant phase) {
    const Instant january = zone.to_instant({year, 1, 1, 0, 0, 0});
    const Instant late = (january - phase) % seconds_per_hour;
    Instant hour = late == 0 ? january : january + (late > 0 ? seconds_per_hour - late : -late);
    for (CivilTime civil = zone.to_civil(hour); civil.year == year; civil = zone.to_civil(hour += seconds_per_hour)) {
      count[at(civil.month - 1, weekday(civil), civil.hour)] += 1;
      total += 1;
    }
  }

  double mean_weight(const Profile& profile) const {
    double sum = 0;
    for (int month = 0; month < 12; ++month) {
      for (int day = 0; day < 7; ++day) {
        for (int hour = 0; hour < 24; ++hour) {
          sum += count[at(month, day, hour)] * (profile.monthly[std::size_t(month)] * profile.weekly[std::size_t(day)] *
                                                profile.hourly[std::size_t(hour)]);
        }
      }
    }
    return sum / total;
  }
};

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
  return monthly[std::size_t(civil.month - 1)] * weekly[std::size_t(weekday(civil))] * hourly[std::size_t(civil.hour)];
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
    profiles.push_back(std::move(profile));
  }
  return profiles;
}

ProfileClock::ProfileClock(std::vector<Profile> profiles, const TimeZone& zone, Instant start, Instant end)
    : profiles_(std::move(profiles)), first_year_(zone.to_civil(start).year) {
  const int last_year = zone.to_civil(std::max(start, end - 1)).year;
  for (int year = first_year_; year <= last_year; ++year) {
    const HourCounts hours(year, zone, start);
    std::vector<double>& means = mean_.emplace_back();
    for (const Profile& profile : profiles_) {
      means.push_back(hours.mean_weight(profile));
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
