#include "meteorology/boundary_layer.hpp"

#include "base/constants.hpp"
#include "physics/mixing_height.hpp"
#include "physics/overturning.hpp"
#include "physics/radiation.hpp"
#include "physics/solar.hpp"

#include <algorithm>
#include <cmath>

namespace tq {
namespace {

constexpr Instant longest_calm = 72 * seconds_per_hour;
constexpr Instant longest_day = 36 * seconds_per_hour; // where the sun does not rise and set
constexpr double collapse_time = 5400.0;               // s
constexpr int growth_steps = 10;                       // per hour: 5e-3 m from those of a second

} // namespace

BoundaryLayerModel::BoundaryLayerModel(const WeatherSource& source, StationSite site, WeatherOptions options,
                                       std::vector<SurfaceTile> tiles)
    : source_(source), site_(site), options_(std::move(options)),
      least_height_(std::max(options_.minimum_mixing_height,
                             options_.town_population > 0 ? physics::urban_night_height(options_.town_population) : 0)),
      minimum_wind_(minimum_wind_at(options_, site_.anemometer_height, options_.roughness_length)),
      share_at_10_m_(options_.minimum_wind / minimum_wind_),
      surface_(options_, site_.anemometer_height, std::move(tiles)) {}

BoundaryLayer BoundaryLayerModel::at(Instant hour) const {
  const SurfaceWeather weather = source_.at(hour);
  SurfaceHour surface = surface_.at(weather);
  BoundaryLayer layer;
  layer.time = hour;
  layer.calm = weather.wind_speed < minimum_wind_;
  layer.wind_speed = std::max(weather.wind_speed, minimum_wind_);
  layer.wind_direction = layer.calm ? wind_direction(weather) : weather.wind_direction;
  layer.friction_velocity = surface.station.friction_velocity;
  layer.inverse_obukhov_length = surface.station.inverse_obukhov_length;
  layer.mean = surface.mean;
  layer.tiles = std::move(surface.tiles);
  layer.mixing_height = std::isnan(weather.mixing_height)
                            ? mixing_height(hour, weather, layer.mean)
                            : std::clamp(weather.mixing_height, options_.minimum_mixing_height,
                                         options_.maximum_mixing_height);
  layer.temperature = weather.temperature;
  layer.pressure = weather.pressure;
  const physics::SurfaceAir air{weather.temperature, weather.pressure};
  layer.convective_velocity = physics::convective_velocity(layer.mean.sensible_heat / air.heat_capacity(),
                                                           layer.mixing_height, weather.temperature);
  layer.stability_class =
      physics::stability_class(weather.global_radiation, share_at_10_m_ * layer.wind_speed, weather.cloud_cover);
  layer.sun_sine = sun_sine(hour);
  return layer;
}

double BoundaryLayerModel::wind_direction(const SurfaceWeather& calm) const {
  for (Instant before = calm.time - seconds_per_hour; before >= site_.first_hour && calm.time - before <= longest_calm;
       before -= seconds_per_hour) {
    const SurfaceWeather earlier = source_.at(before);
    if (earlier.wind_speed >= minimum_wind_) {
      return earlier.wind_direction;
    }
  }
  return calm.wind_direction;
}

double BoundaryLayerModel::sun_sine(Instant hour) const {
  const CivilTime utc = to_utc(hour);
  return physics::solar_elevation_sine(day_of_year(utc), utc.hour + 0.5, site_.latitude, site_.longitude);
}

bool BoundaryLayerModel::sun_is_up(Instant hour) const { return sun_sine(hour) >= physics::lowest_sun_sine; }

Instant BoundaryLayerModel::last_sunrise(Instant hour) const {
  Instant sunrise = hour;
  while (!(sun_is_up(sunrise) && !sun_is_up(sunrise - seconds_per_hour)) &&
         sunrise - seconds_per_hour >= site_.first_hour && hour - sunrise < longest_day) {
    sunrise -= seconds_per_hour;
  }
  return sunrise;
}

double BoundaryLayerModel::stable_height(const physics::SurfaceLayer& mean) const {
  const double height = physics::stable_mixing_height(
      mean.friction_velocity, std::max(mean.inverse_obukhov_length, 0.0), physics::coriolis_parameter(site_.latitude));
  return std::clamp(height, least_height_, std::max(least_height_, options_.maximum_mixing_height));
}

double BoundaryLayerModel::advance(double height, const SurfaceWeather& weather, const physics::SurfaceLayer& mean,
                                   double seconds) const {
  if (!(mean.sensible_heat > 0)) {
    return physics::collapsed_height(height, stable_height(mean), seconds, collapse_time);
  }
  const physics::SurfaceAir air{weather.temperature, weather.pressure};
  const physics::ConvectiveDrive drive{.heat = mean.sensible_heat / air.heat_capacity(),
                                       .friction_velocity = mean.friction_velocity,
                                       .temperature = weather.temperature,
                                       .lapse = options_.lapse_aloft};
  return std::min(physics::grown_height(height, drive, seconds, growth_steps), options_.maximum_mixing_height);
}

double BoundaryLayerModel::mixing_height(Instant hour, const SurfaceWeather& weather,
                                         const physics::SurfaceLayer& mean) const {
  const Instant sunrise = last_sunrise(hour);
  const SurfaceWeather first = source_.at(sunrise);
  const physics::SurfaceLayer at_first = surface_.at(first).mean;
  // of air that already rises at sunrise, the stable form would give the neutral height
  double height = at_first.inverse_obukhov_length > 0 ? stable_height(at_first) : least_height_;
  for (Instant then = sunrise; then < hour; then += seconds_per_hour) {
    const SurfaceWeather earlier = source_.at(then);
    height = advance(height, earlier, surface_.at(earlier).mean, double(seconds_per_hour));
  }
  return advance(height, weather, mean, 0.5 * double(seconds_per_hour));
}

} // namespace tq
