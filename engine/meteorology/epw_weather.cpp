#include "base/log.hpp"
#include "files/epw.hpp"
#include "meteorology/epw_traps.hpp"
#include "meteorology/observed_variables.hpp"
#include "physics/humidity.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq::observed {

namespace {

using config::Settings;
using files::EpwFile;
using files::EpwHour;

/// What an EPW file holds. Relative humidity only stands in for missing dew points.
constexpr std::array<std::pair<Variable, double EpwHour::*>, 8> members = {{
    {wind_speed, &EpwHour::wind_speed},
    {wind_direction, &EpwHour::wind_direction},
    {temperature, &EpwHour::temperature},
    {dew_point, &EpwHour::dew_point},
    {pressure, &EpwHour::pressure},
    {cloud_cover, &EpwHour::cloud_cover},
    {rain, &EpwHour::rain},
    {global_radiation, &EpwHour::global_radiation},
}};

/// Hour 1 is stamped 01:00, hour 24 the next day's 00:00.
std::vector<int> index_of(const EpwFile& epw) {
  std::vector<int> index(Rows::leap_year_hours, -1);
  for (std::size_t row = 0; row < epw.hours.size(); ++row) {
    const EpwHour& hour = epw.hours[row];
    const Instant start = from_utc({2000, hour.month, hour.day, hour.hour - 1, 0, 0});
    index[Rows::hour_of_leap_year(to_utc(start + seconds_per_hour))] = int(row);
  }
  return index;
}

std::vector<double> read_member(const EpwFile& epw, const std::string& path, Variable variable,
                                double EpwHour::*member, ProblemList& problems) {
  std::vector<double> values;
  values.reserve(epw.hours.size());
  ProblemCounter counter(variables()[variable].name, problems);
  ProblemCounter humidity_counter("relative_humidity", problems);
  for (const EpwHour& hour : epw.hours) {
    const SourceLocation where{path, hour.line, 0};
    double value = hour.*member;
    if (variable == dew_point && std::isnan(value) && !std::isnan(hour.relative_humidity)) {
      const double humidity = plausible(relative_humidity, hour.relative_humidity, where, humidity_counter);
      value = physics::dew_point(hour.temperature, humidity);
    }
    values.push_back(std::isnan(value) ? value : plausible(variable, value, where, counter));
  }
  return values;
}

/// Puts something better in the place of columns that were made up, if `repairs`, and says so.
void meet_traps(EpwFile& epw, bool repairs, WeatherFile& file) {
  const EpwTraps traps = EpwTraps::of(epw);
  const std::string otherwise = "taken as it stands, as weather.epw.repair = false";
  if (traps.wind_is_held()) {
    const std::string hours = fmt::format("{}", fmt::join(traps.observed_hours, ", "));
    const int replaced = repairs ? interpolate_held_wind(epw, traps.observed_hours) : 0;
    log::warn("weather: {}: wind was observed at hours {} of the day alone: in the other hours its speed does not "
              "change on {:.0f} % of the days or more, and its direction is {} (mean cosine of the hourly turn "
              "{:.2f}): {}",
              file.path, hours, 100 * traps.held_share, traps.direction_is_random() ? "random" : "held",
              traps.turn_cosine,
              repairs ? fmt::format("{} of {} hours are interpolated between observations", replaced, epw.hours.size())
                      : otherwise);
    if (repairs) {
      file.notes.push_back(fmt::format("wind of hours {} alone, interpolated between them", hours));
    }
  }
  if (traps.cloud_is_noise()) {
    log::warn("weather: {}: cloud cover is noise (correlation with the hour before {:.2f}){}: {}", file.path,
              traps.cloud_memory,
              traps.infrared_is_noise()
                  ? fmt::format(", and horizontal infrared follows it (correlation of hourly changes {:.2f})",
                                traps.infrared_correlation)
                  : "",
              repairs ? "cloud is taken from clearness instead, infrared is not used" : otherwise);
    file.cloud_from_clearness = repairs;
  }
}

} // namespace

void declare_epw_weather(config::Schema& schema) {
  schema.add(
      {.key = "weather.epw.file",
       .type = config::Type::path,
       .description =
           "EnergyPlus weather file, gzipped or not; its hours are mapped onto the run's by month, day "
           "and hour",
       .required = true});
  schema.add({.key = "weather.epw.repair",
              .type = config::Type::boolean,
              .description = "Whether columns that were made up are replaced: wind that is held between a few "
                             "observations a day, by wind interpolated between them; cloud that is noise, by cloud "
                             "from clearness",
              .default_value = true});
  declare_interval_values(schema, "weather.epw");
  declare_shift(schema, "weather.epw");
  for (const auto& [variable, member] : members) {
    declare_policy(schema, "weather.epw", variable);
  }
}

std::optional<WeatherFile> read_epw_weather(const config::Settings& scenario, ProblemList& problems) {
  if (!scenario.has("weather.epw.file")) {
    if (!scenario.given("weather.epw")) {
      scenario.problem(problems, "weather.epw.file", "be given, as weather.source = \"epw\"");
    }
    return {}; // otherwise the check of the scenario has told it
  }
  const std::size_t before = problems.problems().size();
  const Settings settings = scenario.table("weather.epw");
  const std::optional<std::filesystem::path> path = settings.existing_file("file", problems);
  if (!path) {
    return {};
  }
  EpwFile epw;
  try {
    epw = files::read_epw(*path);
  } catch (const InputError& error) {
    problems.add(error);
    return {};
  }
  WeatherFile file;
  file.path = path->string();
  file.title = fmt::format("EPW {} ({})", path->filename().string(), epw.city);
  file.interval_values = settings.text("interval_values");
  file.shift = int(settings.integer("shift"));
  file.coverage = "a typical year";
  if (epw.utc_offset != std::floor(epw.utc_offset)) {
    problems.add({file.path, 1, 9},
                 fmt::format("time zone = {}: must be whole hours from UTC", epw.utc_offset));
    return {};
  }
  file.place = {epw.latitude, epw.longitude};
  meet_traps(epw, settings.boolean("repair"), file);
  file.rows = Rows::typical(index_of(epw), TimeZone(fmt::format("UTC{:+d}", int(epw.utc_offset))));
  for (const auto& [variable, member] : members) {
    const VariableFacts& facts = variables()[variable];
    file.wanted[variable] = true;
    file.policies[variable] =
        read_policy(settings.table("variable." + facts.name), variable, facts.unit, problems);
    file.values[variable] = read_member(epw, file.path, variable, member, problems);
  }
  return problems.problems().size() == before ? std::optional(std::move(file)) : std::nullopt;
}

} // namespace tq::observed
