#pragma once
#include "config/schema.hpp"
#include "grid/field.hpp"
#include "grid/grid.hpp"
#include "meteorology/boundary_layer.hpp"
#include "meteorology/observations.hpp"

#include <memory>
#include <string>
#include <vector>

namespace tq {

/// Wind of several stations: the main one, whose weather makes the boundary layer, and further ones that give wind alone.
///
/// Hour by hour a first guess is blended of the stations that have wind in that hour (wind/first_guess.hpp). The main
/// station always has. Each has the hour's profile, of the main station's 1/L and the mixing height, over ground of its
/// own roughness; its friction velocity is the one with which the profile has the measured wind at its anemometer. The
/// calm rule: wind below `minimum_wind` counts as the minimum; an hour of speed 0 has the direction of the last wind. A
/// station with a gap longer than its fill policy allows is left out of these hours.
/// Limits: one stability for all; directions by grid north as everywhere.
class WindStations {
public:
  /// A further station.
  struct Station {
    std::string id;
    double x = 0, y = 0;           // m, in the grid's coordinates
    double height = 0;             // m above sea, of the ground
    double roughness_length = 0.6; // m
    ObservedWind wind{};           // by hour from the run's start
  };
  struct Place {
    double x = 0, y = 0, height = 0; // m; of the ground above sea
  };

  /// The grid must outlive this. Logs the stations.
  WindStations(const Grid& grid, WeatherOptions options, Instant start, Place main, std::vector<Station> stations);

  /// The first guess at the cells' centres [m s-1], nx x ny x nz, in the hour of the layer.
  void blend(const BoundaryLayer& layer, View3<double> u, View3<double> v) const;

  /// "; wind of 2 stations: hill (...), valley (...)", to be added to that of the main station.
  std::string description() const;

  /// Hours of the run in which a station has no wind.
  static int missing(const Station& station);

private:
  std::string describe(const Station& station) const;

  const Grid& grid_;
  WeatherOptions options_;
  Instant start_;
  Place main_;
  std::vector<Station> stations_;
};

/// Declares [[weather.wind_station]].
void declare_wind_stations(config::Schema& schema);

/// Reads them for the hours [start, end) from the whole scenario; null if there are none, or after problems. A station
/// farther than 50 km from the domain is one, and so is a main station whose place is not given.
std::unique_ptr<WindStations> read_wind_stations(const config::Settings& scenario, const Grid& grid,
                                                 const WeatherOptions& options, const TimeZone& zone, Instant start,
                                                 Instant end, ProblemList& problems);

} // namespace tq
