#include "meteorology/wind_stations.hpp"

#include "base/log.hpp"
#include "meteorology/air_flow.hpp"
#include "meteorology/observed_variables.hpp"
#include "meteorology/wind/first_guess.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq {
namespace {

constexpr double farthest = 50e3; // m from the domain

/// The place and the terrain of its cell; outside, of the nearest. A problem of `key` where it is too far away.
WindStations::Place place_of(const config::Settings& settings, const std::string& key, double longitude,
                             double latitude, const Grid& grid, ProblemList& problems) {
  const GridSpecification& domain = grid.specification();
  const double x_east = domain.x_west + domain.nx * domain.dx, y_north = domain.y_south + domain.ny * domain.dy;
  const files::Position at = grid.projection().project({longitude, latitude});
  const double inside_x = std::clamp(at.x, domain.x_west, x_east), inside_y = std::clamp(at.y, domain.y_south, y_north);
  const double away = std::hypot(at.x - inside_x, at.y - inside_y);
  if (!(away <= farthest)) {
    settings.problem(problems, key,
                     fmt::format("lie at most {:g} km from the domain, x {:.0f} to {:.0f} m, y {:.0f} to {:.0f} m; "
                                 "longitude {}, latitude {} is x {:.0f} m, y {:.0f} m, {:.1f} km away",
                                 1e-3 * farthest, domain.x_west, x_east, domain.y_south, y_north, longitude, latitude,
                                 at.x, at.y, 1e-3 * away));
    return {};
  }
  const int i = std::min(int((inside_x - domain.x_west) / domain.dx), domain.nx - 1);
  const int j = std::min(int((inside_y - domain.y_south) / domain.dy), domain.ny - 1);
  return {at.x, at.y, grid.terrain(i, j)};
}

WindStations::Station read_one(const config::Settings& item, const Grid& grid, const WeatherOptions& options,
                               const TimeZone& zone, Instant start, Instant end, ProblemList& problems) {
  WindStations::Station station{.id = item.text("id")};
  const WindStations::Place place =
      place_of(item, "", item.number("longitude"), item.number("latitude"), grid, problems);
  station.x = place.x;
  station.y = place.y;
  station.height = item.has("elevation") ? item.number("elevation") : place.height;
  station.roughness_length = item.has("roughness_length") ? item.number("roughness_length") : options.roughness_length;
  const double height = item.number("height");
  if (station.roughness_length > 0.5 * height) {
    item.problem(problems, "roughness_length", fmt::format("be at most half the anemometer's height of {} m", height));
  }
  std::optional<ObservedWind> wind =
      read_observed_wind(item, "wind station " + station.id, zone, start, end, problems);
  if (wind) {
    station.wind = std::move(*wind);
  }
  return station;
}

} // namespace

WindStations::WindStations(const Grid& grid, WeatherOptions options, Instant start, Place main,
                           std::vector<Station> stations)
    : grid_(grid), options_(std::move(options)), start_(start), main_(main), stations_(std::move(stations)) {
  log::info("wind stations: the main one, ground at {:.0f} m", main_.height);
  for (const Station& station : stations_) {
    const bool much = 10 * std::size_t(missing(station)) > station.wind.speed.size();
    const std::string text = "wind station " + describe(station);
    if (much) {
      log::warn("{}", text);
    } else {
      log::info("{}", text);
    }
  }
}

int WindStations::missing(const Station& station) {
  return int(std::ranges::count_if(station.wind.speed, [](double speed) { return std::isnan(speed); }));
}

std::string WindStations::describe(const Station& station) const {
  return fmt::format("{}: {:.1f} km from the main station, ground at {:.0f} m, without wind in {} of {} hours",
                     station.id, 1e-3 * std::hypot(station.x - main_.x, station.y - main_.y), station.height,
                     missing(station), station.wind.speed.size());
}

std::string WindStations::description() const {
  std::string text = "; wind also of";
  for (const Station& station : stations_) {
    text += fmt::format("{} {} ({})", &station == &stations_.front() ? "" : ",", describe(station),
                        station.wind.description);
  }
  return text;
}

void WindStations::blend(const BoundaryLayer& layer, View3<double> u, View3<double> v) const {
  const wind::StationWind main = station_wind(layer, options_);
  std::vector<WindStation> blowing = {{main_.x, main_.y, main_.height, main}};
  const std::size_t hour = std::size_t((layer.time - start_) / seconds_per_hour);
  for (const Station& station : stations_) {
    if (std::isnan(station.wind.speed[hour])) {
      continue;
    }
    wind::StationWind wind = main;
    wind.profile.roughness_length = station.roughness_length;
    wind.direction = station.wind.direction[hour];
    wind.friction_velocity =
        std::max(station.wind.speed[hour],
                 minimum_wind_at(options_, station.wind.height, station.roughness_length)) /
        physics::similarity_wind(1.0, station.wind.height, wind.profile);
    blowing.push_back({station.x, station.y, station.height, wind});
  }
  blend_stations(grid_, blowing, u, v);
}

void declare_wind_stations(config::Schema& schema) {
  using config::Type;
  const std::string prefix = "weather.wind_station[].";
  schema.add({.key = prefix + "longitude",
              .type = Type::number,
              .description = "of a further station of wind, WGS84; at most 50 km from the domain",
              .required = true,
              .unit = "degree",
              .minimum = -180,
              .maximum = 180});
  schema.add({.key = prefix + "latitude",
              .type = Type::number,
              .description = "of the station, WGS84",
              .required = true,
              .unit = "degree",
              .minimum = -90,
              .maximum = 90});
  schema.add({.key = prefix + "elevation",
              .type = Type::number,
              .description = "Height of its ground above sea; without it that of the grid's terrain there",
              .unit = "m",
              .minimum = -500,
              .maximum = 9000});
  schema.add({.key = prefix + "roughness_length",
              .type = Type::number,
              .description = "Roughness length around it; without it weather.roughness_length",
              .unit = "m",
              .minimum = 1e-4,
              .maximum = 3});
  observed::declare_wind_station(schema, "weather.wind_station[]");
}

std::unique_ptr<WindStations> read_wind_stations(const config::Settings& scenario, const Grid& grid,
                                                 const WeatherOptions& options, const TimeZone& zone, Instant start,
                                                 Instant end, ProblemList& problems) {
  const std::string key = "weather.wind_station";
  if (!scenario.given(key)) {
    return nullptr;
  }
  if (options.source != "station") {
    scenario.problem(problems, key,
                     fmt::format("be left out, as weather.source = \"{}\": only a \"station\" has others beside it",
                                 options.source));
    return nullptr;
  }
  const std::size_t before = problems.problems().size();
  WindStations::Place main;
  if (options.wind.station.empty()) {
    scenario.problem(problems, "weather.wind.station", "be given, as there are stations beside the main one");
  } else {
    main = place_of(scenario, "weather.wind.station", options.wind.station[0], options.wind.station[1], grid, problems);
  }
  if (options.wind.station_sees_valley) {
    scenario.problem(problems, "weather.wind.station_sees_valley", "be false, as there are several stations");
  }
  std::vector<WindStations::Station> stations;
  for (const config::Settings& item : scenario.each(key)) {
    if (item.has("id") && item.has("longitude") && item.has("latitude")) { // otherwise reported already
      stations.push_back(read_one(item, grid, options, zone, start, end, problems));
    }
  }
  return problems.problems().size() == before && !stations.empty()
             ? std::make_unique<WindStations>(grid, options, start, main, std::move(stations))
             : nullptr;
}

} // namespace tq
