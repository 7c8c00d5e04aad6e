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
         {"diffusivity_volume", "", "vertical diffusivity at the floor of each layer", "m2 s-1", true}}}},
      {"rain", {{Quantity::rain, {"surface_rainfall_flux", "rainfall_flux", "rain of the cell", "kg m-2 s-1"}}}},
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
              .description = "fields of the hour's air that are written too: wind of the lowest layer, wind in all "
                             "layers, vertical diffusivity in all layers, rain of each cell",
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
