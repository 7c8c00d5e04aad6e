#include "run/weather_record.hpp"

#include "base/log.hpp"
#include "diagnostics/air_fields.hpp"
#include "output/weather_file.hpp"
#include "run/hour_flow.hpp"

#include <optional>

namespace tq {

namespace {

/// A column of the file and where its value comes from.
struct Column {
  WeatherColumn facts;
  double (*value)(const WeatherHour&);
};

const std::vector<Column>& columns() {
  static const std::vector<Column> table = {
      {{"wind_speed", "wind_speed", "wind speed at the anemometer's height, as the engine takes it", "m s-1"},
       [](const WeatherHour& h) { return h.layer.wind_speed; }},
      {{"wind_from_direction", "wind_from_direction", "direction the wind comes from, as the engine takes it",
        "degree"},
       [](const WeatherHour& h) { return h.layer.wind_direction; }},
      {{"observed_wind_speed", "", "wind speed as it came, calms too", "m s-1"},
       [](const WeatherHour& h) { return h.surface.wind_speed; }},
      {{"air_temperature", "air_temperature", "air temperature at 2 m", "K"},
       [](const WeatherHour& h) { return h.surface.temperature; }},
      {{"dew_point_temperature", "dew_point_temperature", "dew point at 2 m", "K"},
       [](const WeatherHour& h) { return h.surface.dew_point; }},
      {{"surface_air_pressure", "surface_air_pressure", "air pressure at the station", "Pa"},
       [](const WeatherHour& h) { return h.surface.pressure; }},
      {{"cloud_area_fraction", "cloud_area_fraction", "cloud cover", "1"},
       [](const WeatherHour& h) { return h.surface.cloud_cover; }},
      {{"surface_downwelling_shortwave_flux_in_air", "surface_downwelling_shortwave_flux_in_air",
        "solar radiation on a level surface", "W m-2", "time: mean"},
       [](const WeatherHour& h) { return h.surface.global_radiation; }},
      {{"rainfall_flux", "rainfall_flux", "rain", "kg m-2 s-1", "time: mean"},
       [](const WeatherHour& h) { return h.surface.rain / double(seconds_per_hour); }},
      {{"mixing_height", "atmosphere_boundary_layer_thickness", "mixing height above the ground", "m"},
       [](const WeatherHour& h) { return h.layer.mixing_height; }},
      {{"friction_velocity", "", "friction velocity", "m s-1"},
       [](const WeatherHour& h) { return h.layer.friction_velocity; }},
      {{"inverse_obukhov_length", "", "inverse of the Obukhov length at the anemometer, negative in unstable air",
        "m-1"},
       [](const WeatherHour& h) { return h.layer.inverse_obukhov_length; }},
      {{"surface_upward_sensible_heat_flux", "surface_upward_sensible_heat_flux",
        "sensible heat flux, mean over the grid", "W m-2"},
       [](const WeatherHour& h) { return h.layer.mean.sensible_heat; }},
      {{"stability_class", "", "Pasquill's stability class: 0 A, 1 AB, 2 B, 3 BC, 4 C, 5 CD, 6 D, 7 E, 8 F", "1"},
       [](const WeatherHour& h) { return double(h.layer.stability_class); }},
  };
  return table;
}

} // namespace

std::vector<WeatherHour> weather_hours(const Case& c) {
  const BoundaryLayerModel model(*c.weather, c.site, c.weather_options, surface_tiles(c.grid->land_cover));
  std::vector<WeatherHour> hours(std::size_t(c.hours()));
  if (c.gridded_weather) { // in their order, so that each output is read once
    for (Instant hour = c.start; hour < c.end; hour += seconds_per_hour) {
      c.weather->at(hour);
    }
  }
#pragma omp parallel for schedule(dynamic, 24)
  for (std::size_t n = 0; n < hours.size(); ++n) {
    const Instant hour = c.start + Instant(n) * seconds_per_hour;
    hours[n] = {c.weather->at(hour), model.at(hour)};
  }
  return hours;
}

void write_weather(const Case& c, const std::vector<WeatherHour>& hours, const std::filesystem::path& file,
                   bool surface_wind) {
  const Grid& grid = c.grid->grid;
  WeatherHeader header{.scenario = c.name,
                       .title = c.title,
                       .scenario_text = c.settings.resolved(),
                       .time_zone = c.zone.name(),
                       .weather = c.weather_description(),
                       .columns = {},
                       .surface_wind = surface_wind};
  for (const Column& column : columns()) {
    header.columns.push_back(column.facts);
  }
  const Decomposition whole(grid.nx(), grid.ny(), 1, 1);
  SerialCommunicator alone;
  std::optional<HourFlow<double>> flow;
  Forcing<double> forcing{};
  if (surface_wind) {
    flow.emplace(c, whole.of(0), 0.0);
    flow->fill(forcing);
  }
  WeatherFile out(file, grid, header);
  std::vector<double> values, x_wind, y_wind;
  if (flow) {
    x_wind.resize(std::size_t(grid.nx()) * std::size_t(grid.ny()));
    y_wind.resize(x_wind.size());
  }
  for (const WeatherHour& hour : hours) {
    values.clear();
    for (const Column& column : columns()) {
      values.push_back(column.value(hour));
    }
    if (flow) {
      flow->update(hour.layer);
      collect_wind(alone, whole, grid, forcing, true, 1, x_wind);
      collect_wind(alone, whole, grid, forcing, false, 1, y_wind);
    }
    out.append(hour.layer.time, values, x_wind, y_wind);
  }
  if (flow && !c.gridded_weather && !c.wind_stations) {
    log::info("wind over terrain: {}", c.wind->description());
  } else if (flow) {
    flow->log_solves();
  }
  out.finish();
}

} // namespace tq
