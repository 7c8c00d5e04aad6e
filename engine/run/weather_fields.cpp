#include "run/weather_fields.hpp"

#include <algorithm>

namespace tq {

namespace {

using Quantity = WeatherField::Quantity;

/// What each word of `output.weather` stands for.
struct Choice {
  std::string word;
  std::vector<WeatherField> fields;
};

const std::vector<Choice>& choices() {
  static const std::vector<Choice> table = {
      {"surface_wind",
       {{Quantity::x_wind, {"surface_x_wind", "x_wind", "wind along x in the lowest layer", "m s-1"}},
        {Quantity::y_wind, {"surface_y_wind", "y_wind", "wind along y in the lowest layer", "m s-1"}}}},
      {"wind",
       {{Quantity::x_wind, {"x_wind_volume", "x_wind", "wind along x in all layers", "m s-1", true}},
        {Quantity::y_wind, {"y_wind_volume", "y_wind", "wind along y in all layers", "m s-1", true}}}},
      {"diffusivity",
       {{Quantity::diffusivity,
         {"diffusivity_volume", "",
          "vertical diffusivity at the floor of each layer, without the overturning by convection", "m2 s-1", true}}}},
      {"surface_layer",
       {{Quantity::friction_velocity, {"surface_friction_velocity", "", "friction velocity of the cell", "m s-1"}},
        {Quantity::inverse_obukhov_length,
         {"surface_inverse_obukhov_length", "", "inverse of the Obukhov length of the cell, negative in unstable air",
          "m-1"}},
        {Quantity::mixing_height,
         {"surface_mixing_height", "atmosphere_boundary_layer_thickness", "mixing height above the cell's ground",
          "m"}}}},
      {"rain", {{Quantity::rain, {"surface_rainfall_flux", "rainfall_flux", "rain of the cell", "kg m-2 s-1"}}}},
      {"cloud",
       {{Quantity::cloud_cover, {"cloud_area_fraction", "cloud_area_fraction", "cloud cover of the cell", "1"}},
        {Quantity::cloud_base, {"cloud_base", "", "base of the cloud above the cell's ground, 0 in it", "m"}},
        {Quantity::cloud_depth, {"cloud_depth", "", "depth of the cloud above the cell's ground, 0 without cloud", "m"}},
        {Quantity::cloud_path,
         {"cloud_water_path", "atmosphere_mass_content_of_cloud_liquid_water", "liquid water of the column's cloud",
          "kg m-2"}}}},
      {"cloud_water",
       {{Quantity::cloud_water,
         {"cloud_water_volume", "mass_concentration_of_cloud_liquid_water_in_air", "liquid water of cloud", "kg m-3",
          true}}}},
  };
  return table;
}

} // namespace

void declare_weather_fields(config::Schema& schema) {
  std::vector<std::string> words;
  for (const Choice& choice : choices()) {
    words.push_back(choice.word);
  }
  schema.add({.key = "output.weather",
              .type = config::Type::texts,
              .description = "fields of the hour's air that are written too: wind of the lowest layer; in all layers wind, "
                             "vertical diffusivity, water of cloud; of each cell friction velocity, Obukhov length and "
                             "mixing height, rain, cover, base, depth and water of cloud",
              .default_value = std::vector<std::string>{},
              .choices = words});
}

std::vector<WeatherField> read_weather_fields(const config::Settings& scenario) {
  const std::vector<std::string> wanted = scenario.texts("output.weather");
  std::vector<WeatherField> result;
  for (const Choice& choice : choices()) {
    if (std::find(wanted.begin(), wanted.end(), choice.word) != wanted.end()) {
      result.insert(result.end(), choice.fields.begin(), choice.fields.end());
    }
  }
  return result;
}

} // namespace tq
