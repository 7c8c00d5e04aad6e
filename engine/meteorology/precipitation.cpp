#include "meteorology/precipitation.hpp"

#include "base/constants.hpp"
#include "meteorology/gridded_surface.hpp"

#include <algorithm>

namespace tq {

namespace {

constexpr double least_water = 1e-5; // kg kg-1, from which there is cloud

/// A layer over a column whose ground lies `rise` [m] above that over which it was computed.
void add_layer(const Grid& grid, int i, int j, const physics::CloudLayer& layer, double rise, Precipitation& result) {
  if (layer.depth <= 0) {
    return;
  }
  const double base = std::max(layer.base - rise, 0.0);
  result.cloud_base.view2()(i, j) = base;
  result.cloud_depth.view2()(i, j) = std::max(layer.base + layer.depth - rise - base, 0.0);
  for (int k = 0; k < grid.nz(); ++k) {
    result.cloud_water.view3()(i, j, k) =
        grid.air_density(i, j, k) * layer.water(grid.height_above_ground(i, j, k) + rise);
  }
}

/// A model's own water in a column.
void add_water(const Grid& grid, int i, int j, const GriddedWeather& weather, Precipitation& result) {
  double floor = 0, base = 0; // m above ground
  bool below = true;
  for (int k = 0; k < grid.nz(); ++k) {
    const double lid = floor + grid.thickness(i, j, k), water = weather.cloud_water.view3()(i, j, k);
    const double density =
        weather.pressure.view3()(i, j, k) / (constants::dry_air_gas * weather.temperature.view3()(i, j, k));
    result.cloud_water.view3()(i, j, k) = density * water;
    if (water >= least_water) {
      base = below ? floor : base;
      result.cloud_base.view2()(i, j) = base;
      result.cloud_depth.view2()(i, j) = lid - base;
      below = false;
    }
    floor = lid;
  }
}

void add_paths(const Grid& grid, Precipitation& result) {
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        result.cloud_path.view2()(i, j) += result.cloud_water.view3()(i, j, k) * grid.thickness(i, j, k);
      }
    }
  }
}

} // namespace

Precipitation::Precipitation(const Grid& grid) : cloud_water(grid.nx(), grid.ny(), grid.nz(), 1, 0) {
  for (Field<double>* field : {&rain, &cloud_cover, &cloud_base, &cloud_depth, &cloud_path}) {
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
      result.cloud_cover.view2()(i, j) = weather.rain > 0 ? 1.0 : weather.cloud_cover;
      add_layer(grid, i, j, layer, grid.terrain(i, j) - ground, result);
    }
  }
  add_paths(grid, result);
  return result;
}

Precipitation gridded_precipitation(const Grid& grid, const GriddedWeather& weather, physics::CloudRule rule) {
  Precipitation result(grid);
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const SurfaceWeather column = column_weather(weather, i, j);
      result.rain.view2()(i, j) = column.rain;
      result.cloud_cover.view2()(i, j) = column.cloud_cover;
      if (weather.cloud_water.nx() > 0) {
        add_water(grid, i, j, weather, result);
      } else {
        add_layer(grid, i, j,
                  physics::cloud_layer(column.temperature, column.dew_point, column.pressure, column.cloud_cover,
                                       column.rain, rule),
                  0, result);
      }
    }
  }
  add_paths(grid, result);
  return result;
}

Precipitation precipitation_of(const Grid& grid, const SurfaceWeather& station, const GriddedWeather* gridded) {
  return gridded != nullptr ? gridded_precipitation(grid, *gridded) : station_precipitation(grid, station);
}

} // namespace tq
