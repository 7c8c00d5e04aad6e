#include "run/case.hpp"

#include "base/checksum.hpp"
#include "chemistry/photostationary.hpp"
#include "deposition/settling.hpp"
#include "diagnostics/uncertainty.hpp"
#include "meteorology/gridded_surface.hpp"
#include "meteorology/observations.hpp"
#include "meteorology/weather_generator.hpp"
#include "meteorology/wrf_weather.hpp"
#include "run/background.hpp"
#include "run/emission_weather.hpp"
#include "run/ground.hpp"
#include "run/record.hpp"

#include <fmt/format.h>
#include <tuple>

namespace tq {

namespace {

constexpr Instant longest_run = 366 * seconds_per_day;

void declare_run(config::Schema& schema) {
  using config::Type;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "version of the scenario format",
              .required = true,
              .choices = {"scenario/1"}});
  schema.add({.key = "name",
              .type = Type::text,
              .description = "short name; the result is NAME.nc",
              .required = true});
  schema.add({.key = "title", .type = Type::text, .description = "one line for people", .default_value = ""});
  schema.add({.key = "run.start",
              .type = Type::time,
              .description = "begin of the run; whole hours",
              .required = true});
  schema.add({.key = "run.end", .type = Type::time, .description = "end of the run; whole hours", .required = true});
  schema.add({.key = "run.time_zone",
              .type = Type::text,
              .description = "civil time of profiles, measures and days, such as Asia/Shanghai or UTC+8",
              .default_value = "UTC"});
  schema.add({.key = "grid.file", .type = Type::path, .description = "the grid file (describe grid_file)",
              .required = true});
}

TimeZone read_zone(const config::Settings& settings, ProblemList& problems) {
  try {
    return TimeZone(settings.text("run.time_zone"));
  } catch (const std::invalid_argument&) {
    settings.problem(problems, "run.time_zone", "be a name such as Asia/Shanghai, UTC, or an offset such as UTC+8");
    return TimeZone();
  }
}

/// A required key is one of its table: where the whole table is absent, this names what is missing.
void require_tables(const config::Settings& settings, ProblemList& problems) {
  for (const auto& [table, key, type] : {std::tuple{"run", "run.start", "time"}, std::tuple{"run", "run.end", "time"},
                                         std::tuple{"grid", "grid.file", "path"}}) {
    if (!settings.given(table)) {
      problems.add(settings.where(key), fmt::format("{}: is required ({})", key, type));
    }
  }
}

void read_period(Case& c, ProblemList& problems) {
  if (!c.settings.has("run.start") || !c.settings.has("run.end")) {
    return; // reported as missing
  }
  c.start = c.settings.time("run.start", c.zone);
  c.end = c.settings.time("run.end", c.zone);
  for (const auto& [key, instant] : {std::pair{"run.start", c.start}, std::pair{"run.end", c.end}}) {
    if (instant % seconds_per_hour != 0) {
      c.settings.problem(problems, key, "be a whole hour");
    }
  }
  if (c.end <= c.start) {
    c.settings.problem(problems, "run.end", "be after run.start");
  } else if (c.end - c.start > longest_run) {
    c.settings.problem(problems, "run.end", "be at most 366 days after run.start");
  }
}

void check_name(const Case& c, ProblemList& problems) {
  if (c.name.empty() || c.name.find('/') != std::string::npos || c.name[0] == '.') {
    c.settings.problem(problems, "name", "be the name of a file: no slash, no dot in front");
  }
}

void read_weather_source(Case& c, ProblemList& problems) {
  c.weather_options = read_weather(c.settings, problems);
  if (c.weather_options.source == "generator") {
    c.weather = make_generator(c.weather_options.seed);
  } else if (c.weather_options.source == "wrf") {
    if (c.grid) { // without it nothing can be said
      const Grid& grid = c.grid->grid;
      c.gridded_weather = read_wrf(c.settings, grid, c.weather_options.roughness_length, c.start, c.end, problems);
      if (c.gridded_weather) {
        c.weather = std::make_unique<GriddedSurface>(*c.gridded_weather, grid);
        c.site.first_hour = c.start;
        c.site.anemometer_height = GriddedSurface::height;
      }
    }
  } else {
    std::unique_ptr<Observations> observations = read_observations(c.settings, c.zone, c.start, c.end, problems);
    if (observations) {
      c.site.first_hour = c.start;
      c.site.anemometer_height = observations->height();
      if (c.weather_options.roughness_length > 0.5 * observations->height()) {
        c.settings.problem(problems, "weather.roughness_length",
                           fmt::format("be at most half the anemometer's height of {} m", observations->height()));
      }
    }
    c.weather = std::move(observations);
  }
  if (c.grid) {
    c.wind_stations = read_wind_stations(c.settings, c.grid->grid, c.weather_options, c.zone, c.start, c.end, problems);
  }
}

void add_inputs(Case& c, const std::vector<std::filesystem::path>& files) {
  for (const std::filesystem::path& file : files) {
    c.inputs.emplace_back(std::filesystem::absolute(file).string(), checksum_of_file(file));
  }
}

/// Runs `part`; an InputError that it throws joins the problems.
template <class Part> void collect(ProblemList& problems, Part part) {
  try {
    part();
  } catch (const InputError& error) {
    problems.add(error);
  }
}

} // namespace

config::Schema scenario_schema() {
  config::Schema schema;
  declare_run(schema);
  declare_tracers(schema);
  declare_weather(schema);
  declare_observations(schema);
  declare_wind_stations(schema);
  declare_wrf(schema);
  declare_emission(schema);
  declare_background(schema);
  declare_transport(schema);
  declare_chemistry(schema);
  declare_settling(schema);
  declare_deposition(schema);
  declare_attribution(schema);
  declare_uncertainty(schema);
  declare_receptors(schema);
  declare_output(schema);
  return schema;
}

Case load_case(const std::filesystem::path& scenario) { return load_case(config::read_scenario(scenario), scenario); }

Case load_case(config::Node scenario, const std::filesystem::path& file) {
  ProblemList problems;
  Case c;
  c.file = file.string();
  c.settings = config::Settings::check(std::move(scenario), scenario_schema(), problems);
  require_tables(c.settings, problems);
  c.species = SpeciesTable::load();
  c.species.add_tracers(c.settings, problems);
  c.name = c.settings.has("name") ? c.settings.text("name") : "x";
  check_name(c, problems);
  c.title = c.settings.text("title");
  c.zone = read_zone(c.settings, problems);
  read_period(c, problems);
  c.transport = read_transport(c.settings, problems);
  c.weather_fields = read_weather_fields(c.settings);
  c.volume = read_volume(c.settings, c.species, problems);
  c.deposition = read_deposition(c.settings, c.species, problems);
  if (c.settings.has("grid.file")) {
    collect(problems, [&] {
      if (const auto file = c.settings.existing_file("grid.file", problems)) {
        c.grid = std::make_unique<GridFile>(read_grid_file(*file));
      }
    });
  }
  c.photostationary = c.settings.boolean("chemistry.photostationary");
  c.settling = c.settings.boolean("deposition.settling");
  c.rain_out = c.settings.boolean("chemistry.rain_out");
  check_uncertainty(c.settings, c.species.pollutant_ids(), problems);
  c.attribution = read_attribution(c.settings, c.species, c.photostationary, problems);
  if (c.end > c.start && c.end - c.start <= longest_run) {
    collect(problems, [&] { read_weather_source(c, problems); });
  }
  if (c.grid) {
    c.ground = change_ground(c.settings, c.zone, c.start, c.end, *c.grid, problems);
  }
  add_inputs(c, c.settings.files());
  if (c.grid) {
    add_inputs(c, c.grid->files);
    const files::Position center = c.grid->grid.projection().unproject(
        {0.5 * (c.grid->grid.x_center(0) + c.grid->grid.x_center(c.grid->grid.nx() - 1)),
         0.5 * (c.grid->grid.y_center(0) + c.grid->grid.y_center(c.grid->grid.ny() - 1))});
    c.site.longitude = center.x;
    c.site.latitude = center.y;
    const WindOptions& wind = c.weather_options.wind;
    if (wind.station_sees_valley && !wind.station.empty()) {
      const files::Position place = c.grid->grid.projection().project({wind.station[0], wind.station[1]});
      const Grid& grid = c.grid->grid;
      const double columns = (place.x - grid.x_center(0)) / grid.dx(), rows = (place.y - grid.y_center(0)) / grid.dy();
      if (!(columns >= -0.5 && rows >= -0.5 && columns <= grid.nx() - 0.5 && rows <= grid.ny() - 0.5)) {
        c.settings.problem(problems, "weather.wind.station", "lie in the domain, as station_sees_valley is true");
      }
    }
    c.wind = std::make_unique<WindLibrary>(
        c.grid->grid, WindLibraryOptions{.roughness_length = c.weather_options.roughness_length,
                                         .limits = {.tolerance = wind.tolerance},
                                         .file = wind.keep_library ? wind.library : std::filesystem::path{},
                                         .folder = wind.keep_library ? wind_cache_folder() : std::filesystem::path{}});
    const double surface_density = c.grid->grid.air_density(c.grid->grid.nx() / 2, c.grid->grid.ny() / 2, 0);
    c.receptors = read_receptors(c.settings, c.grid->grid, problems);
    c.background = read_background(c.settings, c.species, c.zone, surface_density, problems);
    collect(problems, [&] {
      // Where the weather has problems, they end the reading; emission is still checked for its own.
      const auto weather = [&c] { return c.weather ? emission_weather(c) : EmissionWeather(std::size_t(c.hours())); };
      c.emission = std::make_unique<EmissionModel>(c.grid->grid, c.grid->management, c.species, c.settings, c.zone,
                                                   weather, problems);
      c.groups = c.emission->groups();
    });
  }
  problems.throw_if_any();
  return c;
}

} // namespace tq
