#pragma once
#include "config/schema.hpp"
#include "deposition/dry.hpp"
#include "diagnostics/receptors.hpp"
#include "emission/emission_model.hpp"
#include "grid/grid_file.hpp"
#include "meteorology/boundary_layer.hpp"
#include "meteorology/gridded_weather.hpp"
#include "meteorology/weather_options.hpp"
#include "meteorology/wind/library.hpp"
#include "meteorology/wind_stations.hpp"
#include "run/attribution.hpp"
#include "run/background.hpp"
#include "run/weather_fields.hpp"
#include "state/species.hpp"
#include "transport/options.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tq {

/// All parameters that a scenario file may hold: each module declares its own.
config::Schema scenario_schema();

/// A scenario and everything it refers to, read and checked: all that a run needs before its first hour.
struct Case {
  std::string file;
  std::vector<std::pair<std::string, std::uint32_t>> inputs; // files that it names, absolute, with their checksums
  std::string name;
  std::string title;
  Instant start = 0;
  Instant end = 0;
  TimeZone zone;
  config::Settings settings;
  SpeciesTable species;
  std::unique_ptr<GridFile> grid; // its land cover as measures make it
  std::vector<std::string> ground; // what they change there, for people
  WeatherOptions weather_options;
  std::unique_ptr<GriddedWeatherSource> gridded_weather; // of a weather model; null where weather is that of one place
  std::unique_ptr<WeatherSource> weather;
  std::unique_ptr<WindStations> wind_stations; // null where wind is not that of several stations
  std::unique_ptr<WindLibrary> wind; // over the grid; solved or read at the first hour
  StationSite site; // of the weather; the sun is that of the domain's centre
  std::unique_ptr<EmissionModel> emission;
  SourceGroups groups; // what tags follow; none where the scenario does not ask for them
  Attribution attribution; // which species have them
  TransportOptions transport;
  bool photostationary = true;
  bool rain_out = true;
  bool settling = true;
  std::vector<Receptor> receptors;
  std::vector<int> volume;                 // pollutants whose means are written in all layers
  std::vector<WeatherField> weather_fields; // that are written too
  Background background;
  DepositionOptions deposition;

  /// Number of tags by species.
  std::vector<int> tags() const {
    std::vector<int> tags;
    for (const bool tagged : attribution.species) {
      tags.push_back(tagged ? groups.tags() : 0);
    }
    return tags;
  }
  int hours() const { return int((end - start) / seconds_per_hour); }
  /// Where weather and wind come from, for people.
  std::string weather_description() const {
    return weather->description() + (wind_stations ? wind_stations->description() : "");
  }
};

/// Throws InputError with all problems of the scenario and of the files that it names.
Case load_case(const std::filesystem::path& scenario);
/// The same of a scenario that is read already; `file` names it in messages.
Case load_case(config::Node scenario, const std::filesystem::path& file);

} // namespace tq
