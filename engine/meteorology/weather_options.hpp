#pragma once
#include "base/error.hpp"
#include "config/schema.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace tq {

/// The keys of [weather.wind].
struct WindOptions {
  double tolerance = 1e-8;              // of the adjustment
  std::filesystem::path library;        // file; empty: in the user's cache folder
  bool keep_library = true;
  bool station_sees_valley = false;
  bool slope_winds = true;
  std::vector<double> station;          // longitude, latitude; empty: the middle of the domain
  double veering = 0;                   // degrees clockwise from the ground to the mixing height
};

/// The keys of [weather] that hold for every source, and of [weather.generator].
struct WeatherOptions {
  std::string source = "generator"; // generator, station, epw or wrf
  std::uint64_t seed = 1;           // of the generator
  double roughness_length = 0.6;    // m, around the station
  double minimum_wind = 0.5;        // m s-1, at 10 m
  double minimum_mixing_height = 150; // m
  double maximum_mixing_height = 3000; // m
  double minimum_obukhov_length = 20; // m, of stable air in towns
  double town_population = 0;       // whose heat keeps the mixing height up at night; 0: none
  double lapse_aloft = 0.005;       // K m-1, potential temperature above the mixing layer
  double k_minimum = 0.5;           // m2 s-1, below 500 m above towns
  double profile_top = 300;         // m above ground, where the logarithmic profile ends at the latest
  WindOptions wind;
};

/// Declares [weather] and [weather.generator].
void declare_weather(config::Schema& schema);

/// Reads them from the whole scenario.
WeatherOptions read_weather(const config::Settings& scenario, ProblemList& problems);

} // namespace tq
