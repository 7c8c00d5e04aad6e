#include "meteorology/wind_stations.hpp"

#include "meteorology/air_flow.hpp"
#include "paths.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr int nx = 13, ny = 9, nz = 6;
constexpr Instant start = 1512316800; // 2017-12-03T16:00Z

/// Flat ground at 40 m, but for the rightmost column at 140 m.
Grid make_grid() {
  GridSpecification s{.name = "test",
                      .epsg = 32650,
                      .nx = nx,
                      .ny = ny,
                      .dx = 500,
                      .dy = 500,
                      .x_west = 500000,
                      .y_south = 3240000,
                      .zeta_faces = {0, 20, 60, 150, 330, 700, 1300}};
  s.terrain.assign(std::size_t(nx * ny), 40.0);
  for (int j = 0; j < ny; ++j) {
    s.terrain[std::size_t(j * nx + nx - 1)] = 140.0;
  }
  return Grid(s);
}

struct Winds {
  Field<double> u{nx, ny, nz, 1, 0}, v{nx, ny, nz, 1, 0};
};

BoundaryLayer layer_at(int hour) {
  BoundaryLayer layer;
  layer.time = start + hour * seconds_per_hour;
  layer.friction_velocity = 0.4;
  layer.inverse_obukhov_length = 0.005;
  layer.wind_direction = 270;
  layer.mixing_height = 400;
  return layer;
}

const std::string beside = R"(
id        = "hill"
file      = "hill.csv"
longitude = 117.03
latitude  = 29.30
height    = 12
variable.wind_speed     = { column = "ws", unit = "m s-1", max_hours = 2 }
variable.wind_direction = { column = "wd" }
)";

/// A scenario's stations, six hours long.
class StationCase {
public:
  explicit StationCase(const std::string& wind_station, const std::string& weather = "[weather.wind]\nstation = [117.01, 29.30]\n")
      : folder_(test::scratch_directory("wind-stations")) {
    std::ofstream(folder_ / "scenario.toml")
        << "[weather]\nsource = \"station\"\n" << weather << "[[weather.wind_station]]" << wind_station;
    std::ofstream(folder_ / "hill.csv") << "date,ws,wd\n"
                                           "2017-12-03 16:00,2,100\n"
                                           "2017-12-03 17:00,,\n"
                                           "2017-12-03 18:00,4,120\n"
                                           "2017-12-03 19:00,0,0\n"
                                           "2017-12-03 20:00,,\n"
                                           "2017-12-03 21:00,,\n";
  }
  ~StationCase() { std::filesystem::remove_all(folder_); }

  std::unique_ptr<WindStations> read(const Grid& grid) {
    config::Schema schema;
    declare_weather(schema);
    declare_observations(schema);
    declare_wind_stations(schema);
    const config::Settings scenario =
        config::Settings::check(config::read_toml(folder_ / "scenario.toml"), schema, problems);
    const WeatherOptions options = read_weather(scenario, problems);
    return read_wind_stations(scenario, grid, options, TimeZone("UTC"), start, start + 6 * seconds_per_hour, problems);
  }

  std::string message() const {
    try {
      problems.throw_if_any();
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  }

  ProblemList problems;

private:
  std::filesystem::path folder_;
};

/// Speed and direction at 12 m above the hill's station, where it counts most, as if it were alone.
struct Seen {
  double speed, direction;
};
Seen seen(const WindStations& both, const Grid& grid, int hour) {
  const BoundaryLayer layer = layer_at(hour);
  const wind::StationWind main = station_wind(layer, WeatherOptions{});
  Winds w;
  both.blend(layer, w.u.view3(), w.v.view3());
  const files::Position hill = grid.projection().project({117.03, 29.30});
  const files::Position valley = grid.projection().project({117.01, 29.30});
  const int i = int((hill.x - 500000) / 500), j = int((hill.y - 3240000) / 500);
  const auto weight = [&](const files::Position& p) {
    return 1 / std::max(std::pow(grid.x_center(i) - p.x, 2) + std::pow(grid.y_center(j) - p.y, 2), 500.0 * 500.0);
  };
  const double share = weight(hill) / (weight(hill) + weight(valley)), height = grid.height_above_ground(i, j, 2);
  const wind::Components of_main = wind::wind_at(main, height);
  const double u = (w.u.view3()(i, j, 2) - (1 - share) * of_main.u) / share;
  const double v = (w.v.view3()(i, j, 2) - (1 - share) * of_main.v) / share;
  const double from = std::fmod(std::atan2(-u, -v) * 180 / constants::pi + 360, 360);
  return {std::hypot(u, v) * main.profile(12) / main.profile(height), from};
}

} // namespace

TEST(WindStations, BlendHasTheMeasuredWindsOfTheHour) {
  const Grid grid = make_grid();
  StationCase scenario(beside);
  const auto both = scenario.read(grid);
  ASSERT_TRUE(both) << scenario.message();
  const Seen first = seen(*both, grid, 0), filled = seen(*both, grid, 1), calm = seen(*both, grid, 3);
  EXPECT_NEAR(first.speed, 2, 1e-9);
  EXPECT_NEAR(first.direction, 100, 1e-6);
  EXPECT_NEAR(filled.speed, 3, 1e-9);
  EXPECT_NEAR(filled.direction, 110, 1e-6);
  EXPECT_NEAR(calm.speed, 0.5 * std::log(12 / 0.6) / std::log(10 / 0.6), 1e-9); // the minimum at 10 m, at 12 m
  EXPECT_NEAR(calm.direction, 120, 1e-6);
}

TEST(WindStations, HoursWithoutWindAreTheMainStations) {
  const Grid grid = make_grid();
  StationCase scenario(beside);
  const auto both = scenario.read(grid);
  ASSERT_TRUE(both) << scenario.message();
  const BoundaryLayer layer = layer_at(4);
  const wind::StationWind main = station_wind(layer, WeatherOptions{});
  Winds w;
  both->blend(layer, w.u.view3(), w.v.view3());
  for (const auto& [i, j, k] : {std::array{0, 0, 0}, std::array{6, 4, 2}, std::array{12, 8, 5}}) {
    const wind::Components expected = wind::wind_at(main, grid.height_above_ground(i, j, k));
    EXPECT_NEAR(w.u.view3()(i, j, k), expected.u, 1e-12);
    EXPECT_NEAR(w.v.view3()(i, j, k), expected.v, 1e-12);
  }
  EXPECT_EQ(both->description(), "; wind also of hill: 1.9 km from the main station, ground at 40 m, without wind in 2 of 6 "
                                 "hours (station hill.csv, anemometer at 12 m, 6 hours, 2 values filled (wind_speed 1 by "
                                 "interpolate, at most 1 h on end; wind_direction 1 by interpolate, at most 1 h on end))");
}

TEST(WindStations, OwnRoughnessAndElevationCount) {
  const Grid grid = make_grid();
  const auto read = [&](const std::string& more) { return StationCase(beside + more).read(grid); };
  const auto a = read(""), b = read("roughness_length = 0.05\n"), c = read("elevation = 240\n");
  ASSERT_TRUE(a && b && c);
  const BoundaryLayer layer = layer_at(0);
  Winds wa, wb, wc;
  a->blend(layer, wa.u.view3(), wa.v.view3());
  b->blend(layer, wb.u.view3(), wb.v.view3());
  c->blend(layer, wc.u.view3(), wc.v.view3());
  // Wind of 2 m s-1 at 12 m over smooth ground rises less with height.
  EXPECT_GT(wb.u.view3()(6, 6, 4), wa.u.view3()(6, 6, 4)); // the hill's is an easterly
  EXPECT_GT(wc.u.view3()(6, 6, 4), wa.u.view3()(6, 6, 4)); // 200 m up is as far as 4 km
  EXPECT_NE(c->description().find("ground at 240 m"), std::string::npos);
}

TEST(WindStations, GroundIsThatOfTheNearestCellOutside) {
  const Grid grid = make_grid();
  std::string east = beside;
  east.replace(east.find("117.03"), 6, "117.20");
  StationCase scenario(east);
  const auto both = scenario.read(grid);
  ASSERT_TRUE(both) << scenario.message();
  EXPECT_NE(both->description().find("18.5 km from the main station, ground at 140 m"), std::string::npos)
      << both->description();
}

TEST(WindStations, MainStationMustHaveAPlace) {
  const Grid grid = make_grid();
  StationCase scenario(beside, "");
  EXPECT_FALSE(scenario.read(grid));
  EXPECT_NE(scenario.message().find("weather.wind.station: must be given, as there are stations beside the main one"),
            std::string::npos)
      << scenario.message();
}
