#include "meteorology/precipitation.hpp"

#include "base/constants.hpp"

#include <algorithm>

namespace tq {

namespace {

constexpr double least_water = 1e-5; // kg kg-1, from which there is cloud

} // namespace

Precipitation::Precipitation(const Grid& grid) : cloud_water(grid.nx(), grid.ny(), grid.nz(), 1, 0) {
  for (Field<double>* field : {&rain, &cloud_cover, &cloud_base, &cloud_top}) {
    *field = Field<double>(grid.nx(), grid.ny(), 1, 1, 0);
  }
}

Precipitation station_precipitation(const Grid& grid, const SurfaceWeather& weather, physics::CloudRule rule) {
  Precipitation result(grid);
  const physics::CloudLayer layer = physics::cloud_layer(weather.temperature, weather.dew_point, weather.pressure,
                                                         weather.cloud_cover, weather.rain, rule);
  const double ground = grid.terrain(grid.nx() / 2, grid.ny() / 2); // m above sea
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      result.rain.view2()(i, j) = weather.rain;
      if (layer.depth <= 0) {
        continue;
      }
      const double rise = grid.terrain(i, j) - ground;
      result.cloud_cover.view2()(i, j) = weather.rain > 0 ? 1.0 : weather.cloud_cover;
      result.cloud_base.view2()(i, j) = std::max(layer.base - rise, 0.0);
      result.cloud_top.view2()(i, j) = std::max(layer.base + layer.depth - rise, 0.0);
      for (int k = 0; k < grid.nz(); ++k) {
        result.cloud_water.view3()(i, j, k) =
            grid.air_density(i, j, k) * layer.water(grid.height_above_ground(i, j, k) + rise);
      }
    }
  }
  return result;
}

Precipitation gridded_precipitation(const Grid& grid, const GriddedWeather& weather) {
  Precipitation result(grid);
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      result.rain.view2()(i, j) = weather.rain.view2()(i, j);
      result.cloud_cover.view2()(i, j) = weather.cloud_cover.view2()(i, j);
      if (weather.cloud_water.nx() == 0) {
        continue;
      }
      double floor = 0; // m above ground
      bool below = true;
      for (int k = 0; k < grid.nz(); ++k) {
        const double lid = floor + grid.thickness(i, j, k), water = weather.cloud_water.view3()(i, j, k);
        const double density =
            weather.pressure.view3()(i, j, k) / (constants::dry_air_gas * weather.temperature.view3()(i, j, k));
        result.cloud_water.view3()(i, j, k) = density * water;
        if (water >= least_water) {
          result.cloud_base.view2()(i, j) = below ? floor : result.cloud_base.view2()(i, j);
          result.cloud_top.view2()(i, j) = lid;
          below = false;
        }
        floor = lid;
      }
    }
  }
  return result;
}

} // namespace tq
