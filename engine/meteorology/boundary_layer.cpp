#include "meteorology/boundary_layer.hpp"

#include "base/constants.hpp"
#include "physics/mixing_height.hpp"
#include "physics/radiation.hpp"
#include "physics/solar.hpp"
#include "physics/wind_profile.hpp"

#include <algorithm>
#include <cmath>

namespace tq {
namespace {
constexpr Instant longest_calm = 72 * seconds_per_hour;
constexpr Instant longest_day = 24 * seconds_per_hour; // where the sun does not set
constexpr double collapse_time = 3600.0;               // s
} // namespace

BoundaryLayerModel::BoundaryLayerModel(const WeatherSource& source, StationSite site, WeatherOptions options)
    : source_(source), site_(site), options_(std::move(options)) {}

BoundaryLayer BoundaryLayerModel::at(Instant hour) const {
  const SurfaceWeather weather = source_.at(hour);
  BoundaryLayer layer;
  layer.time = hour;
  layer.calm = weather.wind_speed < options_.minimum_wind;
  layer.wind_speed = std::max(weather.wind_speed, options_.minimum_wind);
  layer.wind_direction = weather.wind_direction;
  if (layer.calm) {
    for (Instant before = hour - seconds_per_hour; before >= site_.first_hour && hour - before <= longest_calm;
         before -= seconds_per_hour) {
      const SurfaceWeather earlier = source_.at(before);
      if (earlier.wind_speed >= options_.minimum_wind) {
        layer.wind_direction = earlier.wind_direction;
        break;
      }
    }
  }
  layer.friction_velocity = friction_velocity(weather.wind_speed);
  layer.mixing_height = std::isnan(weather.mixing_height)
                            ? mixing_height(hour)
                            : std::clamp(weather.mixing_height, options_.minimum_mixing_height,
                                         options_.maximum_mixing_height);
  layer.sun_sine = sun_sine(hour);
  const double buoyancy = constants::gravity / weather.temperature * heat_flux(weather) * layer.mixing_height; // w*^3
  layer.mixing_velocity = std::cbrt(std::pow(layer.friction_velocity, 3) + 0.6 * buoyancy);
  return layer;
}

double BoundaryLayerModel::heat_flux(const SurfaceWeather& weather) const {
  const double density = weather.pressure / (constants::dry_air_gas * weather.temperature);
  return options_.heat_share * weather.global_radiation / (density * constants::dry_air_heat_capacity);
}

double BoundaryLayerModel::sun_sine(Instant hour) const {
  const CivilTime utc = to_utc(hour);
  return physics::solar_elevation_sine(day_of_year(utc), utc.hour + 0.5, site_.latitude, site_.longitude);
}

bool BoundaryLayerModel::sun_is_up(Instant hour) const { return sun_sine(hour) >= physics::lowest_sun_sine; }

double BoundaryLayerModel::friction_velocity(double wind_speed) const {
  return physics::friction_velocity(std::max(wind_speed, options_.minimum_wind), site_.anemometer_height,
                                    options_.roughness_length);
}

double BoundaryLayerModel::stable_height(const SurfaceWeather& weather) const {
  const double length = physics::stable_obukhov_length(std::max(weather.wind_speed, options_.minimum_wind),
                                                       site_.anemometer_height, options_.roughness_length,
                                                       weather.temperature, weather.cloud_cover);
  return std::max(physics::stable_mixing_height(friction_velocity(weather.wind_speed), 1.0 / length,
                                                physics::coriolis_parameter(site_.latitude)),
                  options_.minimum_mixing_height);
}

double BoundaryLayerModel::mixing_height(Instant hour) const {
  const double stable = stable_height(source_.at(hour));
  Instant last = hour; // the last hour with sun
  while (!sun_is_up(last) && last - seconds_per_hour >= site_.first_hour && hour - last < longest_day) {
    last -= seconds_per_hour;
  }
  double height = stable;
  if (sun_is_up(last)) {
    Instant sunrise = last;
    while (sun_is_up(sunrise - seconds_per_hour) && sunrise - seconds_per_hour >= site_.first_hour &&
           last - sunrise < longest_day) {
      sunrise -= seconds_per_hour;
    }
    double heat = 0; // K m, up to the middle of this hour or to sunset
    for (Instant then = sunrise; then <= last; then += seconds_per_hour) {
      heat += heat_flux(source_.at(then)) * double(seconds_per_hour) * (then == hour ? 0.5 : 1.0);
    }
    const double grown =
        physics::encroachment_height(stable_height(source_.at(sunrise)), heat, options_.lapse_aloft);
    const double since = last == hour ? 0.0 : double(hour - last) - 0.5 * double(seconds_per_hour);
    height = stable + std::max(grown - stable, 0.0) * std::exp(-since / collapse_time);
  }
  return std::clamp(height, options_.minimum_mixing_height, options_.maximum_mixing_height);
}

} // namespace tq
