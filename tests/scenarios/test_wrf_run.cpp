// A run on a weather model's output: its own surface and cloud, cell by cell, up to what the result is given.
#if TIANQING_GEO // writes netCDF
#include "meteorology/gridded_surface.hpp"
#include "paths.hpp"
#include "run/record.hpp"
#include "wrf_sample.hpp"

#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

/// The small valley under a wrfout of four hours whose fields change from west to east.
class WrfRun : public testing::Test {
 protected:
  WrfRun() : folder(test::scratch_directory("wrf_run")) {
    test::WrfSample sample;
    sample.start = *parse_instant("2017-12-03 16:00", TimeZone("UTC"));
    sample.nt = 4;
    sample.nx = sample.ny = 12;
    sample.longitude = 116.9;
    sample.latitude = 29.1;
    sample.cloud_water = [](double x, double, double z, double) { return z > 200 ? 2e-5 * x : 0; };
    sample.rain = [](double x, double, double, double t) { return 0.5 * x * t; };
    sample.write(folder / "wrfout");
    std::ofstream(folder / "run.toml")
        << "base = \"" << (test::source_directory() / "tests/scenarios/small/base.toml").string() << "\"\n"
        << "name = \"wrf\"\n[run]\nend = 2017-12-04T03:00:00+08:00\n[weather]\nsource = \"wrf\"\n"
        << "files = [\"wrfout\"]\n[output]\nweather = [\"surface_layer\", \"rain\", \"cloud\", \"cloud_water\"]\n";
  }
  ~WrfRun() override { std::filesystem::remove_all(folder); }

  std::filesystem::path folder;
};

} // namespace

TEST_F(WrfRun, CellsHaveTheModelsOwnSurfaceRainAndCloud) {
  const Case c = load_case(folder / "run.toml");
  const Grid& grid = c.grid->grid;
  const auto hour_of = [&](int ranks_x, int ranks_y, auto look) {
    const Decomposition decomposition(grid.nx(), grid.ny(), ranks_x, ranks_y);
    ResultHour hour;
    run_virtual_ranks(decomposition.ranks(), [&](Communicator& communicator) {
      Timers timers;
      Simulation<double> simulation(c, decomposition, communicator, timers);
      for (const Instant start : {c.start, c.start + seconds_per_hour}) {
        simulation.begin_hour(start);
        for (int step = 0; step < simulation.steps(); ++step) {
          simulation.step();
        }
        simulation.end_hour();
      }
      ResultHour mine = make_hour(simulation, c.start + seconds_per_hour, decomposition, communicator);
      if (communicator.is_root()) {
        look(simulation);
        hour = std::move(mine);
      }
    });
    return hour;
  };
  const auto model = c.gridded_weather->at(c.start + seconds_per_hour); // u* 0.35, heat 75 W m-2, 400 m and more
  const ResultHour one = hour_of(1, 1, [&](const Simulation<double>& simulation) {
    EXPECT_NEAR(simulation.boundary_layer().friction_velocity, 0.35, 1e-6);
    EXPECT_NEAR(simulation.boundary_layer().mixing_height, mean_of(model->mixing_height), 1e-9);
  });
  ASSERT_EQ(one.weather_fields.size(), 9U);
  for (std::size_t n = 0; n < c.weather_fields.size(); ++n) {
    const std::string& name = c.weather_fields[n].facts.name;
    for (const auto& [i, j] : {std::pair{0, 0}, {grid.nx() - 1, 3}}) {
      const double value = one.weather_fields[n][std::size_t(j * grid.nx() + i)];
      double path = 0, base = 0, lid = 0;
      bool cloudy = false;
      for (int k = 0; k < grid.nz(); ++k) {
        const double thickness = grid.thickness(i, j, k), water = model->cloud_water.view3()(i, j, k);
        path += thickness * water * model->pressure.view3()(i, j, k) / (287.05 * model->temperature.view3()(i, j, k));
        cloudy = cloudy || water >= 1e-5;
        base += cloudy ? 0 : thickness;
        lid += thickness;
      }
      ASSERT_TRUE(cloudy);
      if (name == "surface_friction_velocity") {
        EXPECT_NEAR(value, 0.35, 1e-6);
      } else if (name == "surface_inverse_obukhov_length") {
        EXPECT_NEAR(1 / value, -1.0 * 1e5 / 287.05 * 1005 * std::pow(0.35, 3) / (0.4 * 9.81 * 75), 1.5); // 990 hPa
      } else if (name == "surface_mixing_height") {
        EXPECT_EQ(value, model->mixing_height.view2()(i, j));
      } else if (name == "surface_rainfall_flux") {
        EXPECT_DOUBLE_EQ(value, model->rain.view2()(i, j) / 3600);
      } else if (name == "cloud_area_fraction") {
        EXPECT_NEAR(value, 0.25, 1e-6);
      } else if (name == "cloud_base") {
        EXPECT_NEAR(value, base, 1e-9);
      } else if (name == "cloud_depth") {
        EXPECT_NEAR(value, lid - base, 1e-9);
      } else if (name == "cloud_water_path") {
        EXPECT_NEAR(value / path, 1, 1e-9);
      }
    }
  }
  const auto [west, east] = std::pair{one.weather_fields[2][0], one.weather_fields[2][std::size_t(grid.nx()) - 1]};
  EXPECT_GT(east, west + 20); // 10 m per 3 km of the model
  const ResultHour six = hour_of(2, 3, [](const Simulation<double>&) {});
  EXPECT_EQ(one.weather_fields, six.weather_fields);
  EXPECT_EQ(one.concentration, six.concentration);
}

#endif
