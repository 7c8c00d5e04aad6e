#include "files/epw.hpp"
#include "meteorology/observed_variables.hpp"
#include "physics/humidity.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

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

} // namespace

void declare_epw_weather(config::Schema& schema) {
  schema.add(
      {.key = "weather.epw.file",
       .type = config::Type::path,
       .description =
           "EnergyPlus weather file, gzipped or not; its hours are mapped onto the run's by month, day "
           "and hour",
       .required = true});
  declare_stamps(schema, "weather.epw");
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
