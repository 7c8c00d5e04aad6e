#pragma once
#include "meteorology/gridded_surface.hpp"
#include "meteorology/wrf_weather.hpp"
#include "physics/map_projection.hpp"
#include "paths.hpp"
#include "weather_case.hpp"
#include "wrf_sample.hpp"

#include <fmt/format.h>

namespace tq::test {

/// Flat ground at sea level, UTM zone 50 N, 8 x 6 cells of 1 km inside the default sample, layers of 10 to 300 m.
inline Grid wrf_grid(std::vector<double> terrain = {}, double x_west = 514000) {
  return Grid({.name = "x",
               .epsg = 32650,
               .nx = 8,
               .ny = 6,
               .dx = 1000,
               .dy = 1000,
               .x_west = x_west,
               .y_south = 3236000,
               .zeta_faces = {0, 8, 20, 60, 120, 300, 600},
               .terrain = std::move(terrain)});
}

/// A folder of wrfout files and the weather that a scenario makes of them.
class WrfCase {
 public:
  WrfCase() : folder_(scratch_directory("wrf")) {}
  ~WrfCase() { std::filesystem::remove_all(folder_); }

  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }
  void write(const std::string& name, const WrfSample& sample) const { sample.write(folder_ / name); }

  /// The hours [start, end) given in UTC, of `files` as a TOML value.
  std::unique_ptr<GriddedWeatherSource> read(const Grid& grid, const std::string& files, Instant start, Instant end) {
    std::ofstream(folder_ / "scenario.toml") << "[weather]\nsource = \"wrf\"\n"
                                             << (files.empty() ? "" : "files = " + files + "\n");
    config::Schema schema;
    schema.add({.key = "weather.source", .type = config::Type::text, .description = "Source"});
    declare_wrf(schema);
    problems = {};
    const config::Settings scenario =
        config::Settings::check(config::read_toml(folder_ / "scenario.toml"), schema, problems);
    return read_wrf(scenario, grid, 0.6, start, end, problems);
  }

  /// All problems, one per line, folders left out.
  std::string message() const {
    try {
      problems.throw_if_any();
    } catch (const InputError& error) {
      std::string text = error.what();
      const std::string folder = folder_.string() + "/";
      for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
        text.erase(at, folder.size());
      }
      return text;
    }
    return "";
  }

  ProblemList problems;

 private:
  std::filesystem::path folder_;
};

/// Where the centre of a cell of the engine lies on the sample's grid, in cells.
inline physics::SphereMap::Point index_on(const WrfSample& sample, const Grid& grid, int i, int j) {
  const physics::SphereMap map{physics::SphereMap::Kind(sample.map_kind), sample.true_latitude_1,
                               sample.true_latitude_2, sample.standard_longitude};
  const files::Position place = grid.projection().unproject({grid.x_center(i), grid.y_center(j)});
  const auto at = map.project(place.x, place.y), origin = map.project(sample.longitude, sample.latitude);
  return {(at.x - origin.x) / sample.dx, (at.y - origin.y) / sample.dx};
}

} // namespace tq::test
