#pragma once
#include "meteorology/gridded_weather.hpp"
#include "meteorology/surface_weather.hpp"
#include "physics/cloud.hpp"

namespace tq {

/// Rain and cloud of one hour on the whole grid; surface fields (i, j), cells (i, j, k), without halo.
struct Precipitation {
  Field<double> rain;        // kg m-2 in the hour (= mm h-1)
  Field<double> cloud_cover; // 0..1
  Field<double> cloud_base;  // m above ground; 0 where there is no cloud
  Field<double> cloud_depth; // m, from the base, or the ground that reaches into the cloud, to the top; 0: no cloud
  Field<double> cloud_path;  // kg of liquid per m2 of ground, of all cells of the column
  Field<double> cloud_water; // kg of liquid per m3 of air; see below whether within the cloud or of the cell

  explicit Precipitation(const Grid& grid);
};

/// From what a station sees: its rain and cover everywhere; base, depth and water by physics/cloud.hpp. The base is one
/// height above sea, that over the ground at the centre of the grid, so hills reach into the cloud. Water is that
/// within the cloud, not spread over the clear part of the sky.
Precipitation station_precipitation(const Grid& grid, const SurfaceWeather& weather, physics::CloudRule rule = {});

/// From a weather model: its own rain, cover and water, which is the mean of the model's cell; cloud reaches from the
/// floor of the lowest to the lid of the highest cell with at least 1e-5 kg kg-1 of liquid. Of a model that tells no
/// water, base, depth and water over each column are those that a station there would be given.
Precipitation gridded_precipitation(const Grid& grid, const GriddedWeather& weather, physics::CloudRule rule = {});

/// Of an hour of any source: by `gridded`, where weather is that of a model, else (null) by `station`.
Precipitation precipitation_of(const Grid& grid, const SurfaceWeather& station, const GriddedWeather* gridded);

} // namespace tq
