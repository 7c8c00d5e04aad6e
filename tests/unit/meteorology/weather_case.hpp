#pragma once
#include "meteorology/observations.hpp"
#include "paths.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <string>

namespace tq::test {

/// The station's columns as in the files of the folder broken/, whose headers give the units.
inline const std::string station_columns = R"(
[weather.station.variable]
wind_speed        = { column = "ws" }
wind_direction    = { column = "wd" }
temperature       = { column = "t" }
relative_humidity = { column = "rh" }
pressure          = { column = "p" }
cloud_cover       = { column = "cloud" }
rain              = { column = "rain" }
global_radiation  = { column = "sun" }
)";

/// A scenario's [weather] and a weather file beside it.
class WeatherCase {
 public:
  WeatherCase(const std::string& toml, const std::string& weather_file)
      : folder_(scratch_directory("weather")) {
    std::ofstream(folder_ / "scenario.toml") << toml;
    std::ofstream(folder_ / "weather.csv", std::ios::binary) << weather_file;
  }
  ~WeatherCase() { std::filesystem::remove_all(folder_); }

  /// Reads the hours [start, end) given in UTC.
  std::unique_ptr<Observations> read(const std::string& start, const std::string& end) {
    config::Schema schema;
    schema.add({.key = "weather.source",
                .type = config::Type::text,
                .description = "Source",
                .choices = {"station", "epw"}});
    declare_observations(schema);
    const TimeZone utc;
    problems = {};
    const config::Settings scenario =
        config::Settings::check(config::read_toml(folder_ / "scenario.toml"), schema, problems);
    return read_observations(scenario, utc, *parse_instant(start, utc), *parse_instant(end, utc), problems);
  }

  /// All problems, one per line, folders left out.
  std::string message() const {
    try {
      problems.throw_if_any();
    } catch (const InputError& error) {
      return without_folder(error.what());
    }
    return "";
  }

  std::string without_folder(const std::string& text) const {
    const std::string folder = folder_.string() + "/";
    std::string result;
    std::size_t begin = 0;
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, begin)) {
      result += text.substr(begin, at - begin);
      begin = at + folder.size();
    }
    return result + text.substr(begin);
  }

  ProblemList problems;

 private:
  std::filesystem::path folder_;
};

inline Instant utc(const std::string& text) {
  return *parse_instant(text, TimeZone("UTC"));
}

} // namespace tq::test
