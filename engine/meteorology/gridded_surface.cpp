#include "meteorology/gridded_surface.hpp"

#include "base/constants.hpp"
#include "physics/humidity.hpp"
#include "physics/radiation.hpp"
#include "physics/solar.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

double dew_point_of(double humidity, double temperature, double pressure) {
  constexpr double ratio = 0.622; // of the molar masses of water and dry air
  constexpr double driest = 1e-3;
  const double vapour = humidity * pressure / (ratio + humidity); // Pa
  return physics::dew_point(temperature, std::clamp(vapour / physics::saturation_pressure(temperature), driest, 1.0));
}

SurfaceWeather column_surface(const GriddedWeather& weather, int i, int j) {
  const auto value = [&](const Field<double>& field) { return field.view2()(i, j); };
  SurfaceWeather column;
  column.time = weather.time;
  column.wind_speed = std::hypot(value(weather.surface_u), value(weather.surface_v));
  column.temperature = value(weather.surface_temperature);
  column.pressure = value(weather.surface_pressure);
  column.cloud_cover = value(weather.cloud_cover);
  column.rain = value(weather.rain);
  if (weather.mixing_height.nx() > 0) {
    column.mixing_height = value(weather.mixing_height);
  }
  if (weather.friction_velocity.nx() > 0 && weather.heat_flux.nx() > 0) {
    column.friction_velocity = value(weather.friction_velocity);
    column.sensible_heat = value(weather.heat_flux);
  }
  if (weather.global_radiation.nx() > 0) {
    column.global_radiation = value(weather.global_radiation);
  }
  return column;
}

SurfaceWeather column_weather(const GriddedWeather& weather, int i, int j) {
  SurfaceWeather column = column_surface(weather, i, j);
  const double u = weather.surface_u.view2()(i, j), v = weather.surface_v.view2()(i, j);
  const double direction = std::atan2(-u, -v) * (180.0 / constants::pi);
  column.wind_direction = direction < 0 ? direction + 360.0 : direction;
  column.dew_point = dew_point_of(weather.surface_humidity.view2()(i, j), column.temperature, column.pressure);
  return column;
}

GriddedSurface::GriddedSurface(const GriddedWeatherSource& source, const Grid& grid)
    : source_(source), i_(grid.nx() / 2), j_(grid.ny() / 2) {
  const files::Position place = grid.projection().unproject({grid.x_center(i_), grid.y_center(j_)});
  longitude_ = place.x;
  latitude_ = place.y;
}

SurfaceWeather GriddedSurface::at(Instant hour) const {
  const std::lock_guard lock(mutex_);
  const auto found = hours_.find(hour);
  return found != hours_.end() ? found->second : hours_.emplace(hour, make(hour)).first->second;
}

SurfaceWeather GriddedSurface::make(Instant hour) const {
  const std::shared_ptr<const GriddedWeather> weather = source_.at(hour);
  SurfaceWeather surface = column_weather(*weather, i_, j_);
  if (weather->mixing_height.nx() > 0) {
    surface.mixing_height = mean_of(weather->mixing_height);
  }
  if (surface.knows_surface_layer()) {
    surface.friction_velocity = std::sqrt(mean_of(weather->friction_velocity, [](double u) { return u * u; }));
    surface.sensible_heat = mean_of(weather->heat_flux);
  }
  if (weather->global_radiation.nx() == 0) {
    const CivilTime utc = to_utc(hour);
    surface.global_radiation = physics::solar_radiation(
        physics::solar_elevation_sine(day_of_year(utc), utc.hour + 0.5, latitude_, longitude_), surface.cloud_cover);
  }
  return surface;
}

} // namespace tq
