#include "run/emission_weather.hpp"

#include "meteorology/boundary_layer.hpp"
#include "physics/humidity.hpp"
#include "physics/similarity.hpp"

#include <algorithm>

namespace tq {

double wind_at_ten_metres(const Case& c, const BoundaryLayer& layer) {
  constexpr double height = 10;
  return c.gridded_weather ? layer.wind_speed
                           : physics::similarity_wind(layer.friction_velocity, height,
                                                      {c.weather_options.roughness_length, 0,
                                                       layer.inverse_obukhov_length, layer.mixing_height});
}

EmissionWeather emission_weather(const Case& c) {
  const BoundaryLayerModel model(*c.weather, c.site, c.weather_options, surface_tiles(c.grid->land_cover));
  EmissionWeather hours(std::size_t(c.hours()));
  for (int h = 0; h < c.hours(); ++h) {
    const Instant time = c.start + h * seconds_per_hour;
    const SurfaceWeather weather = c.weather->at(time);
    const BoundaryLayer layer = model.at(time);
    hours[std::size_t(h)] = {.time = time,
                             .temperature = weather.temperature,
                             .relative_humidity = std::min(1.0, physics::saturation_pressure(weather.dew_point) /
                                                                    physics::saturation_pressure(weather.temperature)),
                             .pressure = weather.pressure,
                             .wind_speed = wind_at_ten_metres(c, layer),
                             .friction_velocity = layer.friction_velocity,
                             .inverse_obukhov_length = layer.inverse_obukhov_length,
                             .sensible_heat = layer.mean.sensible_heat,
                             .mixing_height = layer.mixing_height,
                             .rain = weather.rain,
                             .radiation = weather.global_radiation,
                             .cloud_cover = weather.cloud_cover,
                             .sun_sine = layer.sun_sine};
  }
  return hours;
}

} // namespace tq
