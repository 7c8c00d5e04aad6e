#pragma once
#include "config/schema.hpp"
#include "output/result_file.hpp"

#include <vector>

namespace tq {

/// A field of the hour's air that a result holds on request.
struct WeatherField {
  enum class Quantity {
    x_wind,
    y_wind,
    diffusivity,
    friction_velocity,
    inverse_obukhov_length,
    mixing_height,
    rain,
    cloud_cover,
    cloud_base,
    cloud_depth,
    cloud_path,
    cloud_water
  };
  Quantity quantity;
  ResultField facts;
};

/// Declares `output.weather`.
void declare_weather_fields(config::Schema& schema);

/// Those that `output.weather` asks for, in the order of the file.
std::vector<WeatherField> read_weather_fields(const config::Settings& scenario);

} // namespace tq
