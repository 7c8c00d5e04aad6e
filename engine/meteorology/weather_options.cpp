#include "meteorology/weather_options.hpp"

namespace tq {
namespace {

using config::Parameter;
using config::Type;

void declare_number(config::Schema& schema, const std::string& key, const std::string& description, double value,
                    double minimum, double maximum, const std::string& unit) {
  schema.add(Parameter{.key = "weather." + key, .type = Type::number, .description = description,
                       .default_value = value, .unit = unit, .minimum = minimum, .maximum = maximum});
}

void declare_wind(config::Schema& schema) {
  const WindOptions standard;
  declare_number(schema, "wind.tolerance",
                 "The adjustment over terrain ends when this part of the first guess' divergence is left",
                 standard.tolerance, 1e-12, 1e-2, "");
  schema.add(Parameter{.key = "weather.wind.library", .type = Type::path,
                       .description = "File of the adjusted unit winds, made anew unless it fits grid and options; without "
                                      "it they lie in the user's cache folder, tianqing/wind",
                       .made = true});
  schema.add(Parameter{.key = "weather.wind.keep_library", .type = Type::boolean,
                       .description = "Whether adjusted unit winds are kept in a file for later runs",
                       .default_value = standard.keep_library});
  schema.add(Parameter{.key = "weather.wind.station_sees_valley", .type = Type::boolean,
                       .description = "The station's wind is already channelled by its valley: the wind over terrain is "
                                      "made such that it is the measured one at the station",
                       .default_value = standard.station_sees_valley});
  schema.add(Parameter{.key = "weather.wind.slope_winds", .type = Type::boolean,
                       .description = "Whether air drains down slopes that cool and rises along slopes that warm, beside "
                                      "the station's wind",
                       .default_value = standard.slope_winds});
  schema.add(Parameter{.key = "weather.wind.station", .type = Type::numbers,
                       .description = "Longitude and latitude of the station; without it the middle of the domain",
                       .length = 2});
  declare_number(schema, "wind.veering", "Turn of the wind from the ground to the mixing height, clockwise, in degrees",
                 standard.veering, -45.0, 45.0, "");
}

} // namespace

void declare_weather(config::Schema& schema) {
  const WeatherOptions standard;
  schema.add(Parameter{.key = "weather.source", .type = Type::text,
                       .description = "Where the hourly weather comes from; `generator` makes up plausible hours",
                       .default_value = standard.source, .choices = {"generator", "station", "epw", "wrf"}});
  schema.add(Parameter{.key = "weather.generator.seed", .type = Type::integer,
                       .description = "Number of the generated weather: another seed is another year",
                       .default_value = std::int64_t(standard.seed), .minimum = 0});
  declare_number(schema, "roughness_length", "Roughness length around the station, for its wind profile",
                 standard.roughness_length, 1e-4, 3.0, "m");
  declare_number(schema, "minimum_wind", "Calm air moves with this speed at 10 m, in the last direction there was",
                 standard.minimum_wind, 0.1, 2.0, "m s-1");
  declare_number(schema, "minimum_mixing_height", "The mixing height never falls below this",
                 standard.minimum_mixing_height, 20.0, 1000.0, "m");
  declare_number(schema, "maximum_mixing_height", "The mixing height never rises above this",
                 standard.maximum_mixing_height, 200.0, 6000.0, "m");
  declare_number(schema, "minimum_obukhov_length",
                 "Stable air over towns never has a smaller Obukhov length: 10 m in a small town, 25 to 30 in a city, 100 in "
                 "a megacity",
                 standard.minimum_obukhov_length, 1.0, 500.0, "m");
  declare_number(schema, "town_population",
                 "Inhabitants whose heat keeps the mixing height from falling below 400 m (P / 2e6)^(1/4); 0: none",
                 standard.town_population, 0.0, 5e7, "");
  declare_number(schema, "lapse_aloft", "Rise of potential temperature with height above the mixing layer, K per m",
                 standard.lapse_aloft, 1e-4, 0.05, "");
  declare_number(schema, "k_minimum",
                 "Least vertical diffusivity below 500 m over towns, 0.01 to 1 (dense); open country has 0.01",
                 standard.k_minimum, 0.0, 10.0, "m2 s-1");
  declare_number(schema, "profile_top", "The logarithmic wind profile ends here, or at the mixing height if that is lower",
                 standard.profile_top, 20.0, 2000.0, "m");
  declare_wind(schema);
}

WeatherOptions read_weather(const config::Settings& scenario, ProblemList& problems) {
  const config::Settings weather = scenario.table("weather");
  WeatherOptions options;
  options.source = weather.text("source");
  options.seed = std::uint64_t(weather.integer("generator.seed"));
  options.roughness_length = weather.number("roughness_length");
  options.minimum_wind = weather.number("minimum_wind");
  options.minimum_mixing_height = weather.number("minimum_mixing_height");
  options.maximum_mixing_height = weather.number("maximum_mixing_height");
  options.minimum_obukhov_length = weather.number("minimum_obukhov_length");
  options.town_population = weather.number("town_population");
  options.lapse_aloft = weather.number("lapse_aloft");
  options.k_minimum = weather.number("k_minimum");
  options.profile_top = weather.number("profile_top");
  options.wind.tolerance = weather.number("wind.tolerance");
  options.wind.library = weather.has("wind.library") ? weather.path("wind.library") : std::filesystem::path{};
  options.wind.keep_library = weather.boolean("wind.keep_library");
  options.wind.station_sees_valley = weather.boolean("wind.station_sees_valley");
  options.wind.slope_winds = weather.boolean("wind.slope_winds");
  options.wind.station = weather.given("wind.station") ? weather.numbers("wind.station") : std::vector<double>{};
  options.wind.veering = weather.number("wind.veering");
  if (options.maximum_mixing_height < options.minimum_mixing_height) {
    weather.problem(problems, "maximum_mixing_height", "be at least minimum_mixing_height");
  }
  return options;
}

} // namespace tq
