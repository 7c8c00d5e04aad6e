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
  Field<double> cloud_top;   // m above ground; 0 where there is no cloud
  Field<double> cloud_water; // kg of liquid per m3 of air; within the cloud, not spread over the clear part of the sky

  explicit Precipitation(const Grid& grid);
};

/// From what a station sees: its rain and cover everywhere; base, depth and water by physics/cloud.hpp. The base is one
/// height above sea, that over the ground at the centre of the grid, so hills reach into the cloud.
Precipitation station_precipitation(const Grid& grid, const SurfaceWeather& weather, physics::CloudRule rule = {});

/// From a weather model: its own rain, cover and water; cloud reaches from the floor of the lowest to the lid of the
/// highest cell with at least 1e-5 kg kg-1 of liquid.
Precipitation gridded_precipitation(const Grid& grid, const GriddedWeather& weather);

} // namespace tq
