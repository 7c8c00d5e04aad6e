#include "meteorology/surface_layer.hpp"

#include "physics/radiation.hpp"

#include <algorithm>

namespace tq {
namespace {

constexpr double blending_height = 60; // m above ground

/// Mean of what the station's ground shares with the domain; its roughness is its own.
physics::SurfaceProperties station_ground(const std::vector<SurfaceTile>& tiles, double roughness_length) {
  physics::SurfaceProperties mean{roughness_length, 0, 0, 0, 0, 0};
  for (const SurfaceTile& tile : tiles) {
    mean.albedo += tile.share * tile.ground.albedo;
    mean.moisture += tile.share * tile.ground.moisture;
    mean.ground_heat += tile.share * tile.ground.ground_heat;
    mean.anthropogenic_heat += tile.share * tile.ground.anthropogenic_heat;
  }
  return mean;
}

} // namespace

std::vector<SurfaceTile> surface_tiles(const LandCover& cover) {
  std::vector<SurfaceTile> tiles;
  for (std::size_t c = 0; c < cover.classes().size(); ++c) {
    const LandCoverClass& k = cover.classes()[c];
    tiles.push_back(
        {{k.roughness_length, k.displacement, k.albedo, k.moisture, k.ground_heat, k.anthropogenic_heat},
         cover.domain_share(int(c)),
         k.anthropogenic_heat > 0});
  }
  return tiles;
}

double minimum_wind_at(const WeatherOptions& options, double height, double roughness_length) {
  constexpr double standard_height = 10; // m
  const physics::WindProfile neutral{roughness_length};
  return options.minimum_wind * (neutral(height) / neutral(standard_height));
}

physics::SurfaceLayer known_surface_layer(const SurfaceWeather& weather, double height, double town,
                                          const WeatherOptions& options) {
  const double minimum_wind = minimum_wind_at(options, height, options.roughness_length);
  const double guard =
      physics::stable_obukhov_length(std::max(weather.wind_speed, minimum_wind), height, options.roughness_length,
                                     weather.temperature, weather.cloud_cover);
  const double least_length = guard + town * (std::max(guard, options.minimum_obukhov_length) - guard);
  const physics::WindProfile calm{options.roughness_length, 0, weather.sensible_heat < 0 ? 1.0 / least_length : 0.0};
  const double least_velocity = physics::similarity_friction_velocity(minimum_wind, height, calm);
  return physics::known_surface_layer(std::max(weather.friction_velocity, least_velocity), weather.sensible_heat,
                                      options.roughness_length, {weather.temperature, weather.pressure}, least_length);
}

SurfaceLayerModel::SurfaceLayerModel(const WeatherOptions& options, double anemometer_height,
                                     std::vector<SurfaceTile> tiles)
    : options_(options), anemometer_height_(anemometer_height), tiles_(std::move(tiles)) {
  if (tiles_.empty()) {
    SurfaceTile only;
    only.ground.roughness_length = options.roughness_length;
    only.town = true;
    tiles_.push_back(only);
  }
  station_ = station_ground(tiles_, options.roughness_length);
  for (const SurfaceTile& tile : tiles_) {
    town_ += tile.town ? tile.share : 0.0;
  }
}

SurfaceHour SurfaceLayerModel::at(const SurfaceWeather& weather) const {
  SurfaceHour hour;
  if (weather.knows_surface_layer()) {
    hour.station = hour.mean = known_surface_layer(weather, anemometer_height_, town_, options_);
    return hour;
  }
  const physics::SurfaceAir air{weather.temperature, weather.pressure};
  const double wind = std::max(weather.wind_speed,
                               minimum_wind_at(options_, anemometer_height_, station_.roughness_length));
  const auto radiation = [&](const physics::SurfaceProperties& ground) {
    return physics::isothermal_radiation(weather.global_radiation, ground.albedo, weather.temperature,
                                         weather.cloud_cover) +
           ground.anthropogenic_heat;
  };
  const double guard = physics::stable_obukhov_length(wind, anemometer_height_, station_.roughness_length,
                                                      weather.temperature, weather.cloud_cover);
  const double town_guard = std::max(guard, options_.minimum_obukhov_length);
  hour.station =
      physics::solve_surface_layer(wind, anemometer_height_, radiation(station_), station_, air, town_guard);
  const double aloft =
      physics::similarity_wind(hour.station.friction_velocity, blending_height,
                               {station_.roughness_length, 0, hour.station.inverse_obukhov_length});
  for (const SurfaceTile& tile : tiles_) {
    hour.tiles.push_back(tile.share > 0
                             ? physics::solve_surface_layer(aloft, blending_height, radiation(tile.ground), tile.ground,
                                                            air, tile.town ? town_guard : guard)
                             : physics::SurfaceLayer{});
  }
  hour.mean = mean_surface_layer(hour.tiles, [&](std::size_t c) { return tiles_[c].share; }, air);
  return hour;
}

} // namespace tq
