// What a run hands to its result file.
#include "paths.hpp"
#include "run/record.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace tq;

TEST(Record, AVolumesLowestLayerIsTheSurfaceField) {
  Case c = load_case(test::source_directory() / "tests/scenarios/small/base.toml");
  const Grid& grid = c.grid->grid;
  c.volume = {c.species.find_pollutant("so2"), c.species.find_pollutant("pm10")};
  SerialCommunicator communicator;
  const Decomposition decomposition(grid.nx(), grid.ny(), 1, 1);
  Timers timers;
  Simulation<float> simulation(c, decomposition, communicator, timers);
  simulation.begin_hour(c.start);
  for (int step = 0; step < simulation.steps(); ++step) {
    simulation.step();
  }
  simulation.end_hour();
  const ResultHour hour = make_hour(simulation, c.start, decomposition, communicator);
  const std::size_t plane = std::size_t(grid.nx()) * std::size_t(grid.ny()), block = plane * std::size_t(grid.nz());
  ASSERT_EQ(hour.volume.size(), 2 * block);
  for (std::size_t v = 0; v < 2; ++v) {
    const auto surface = hour.concentration.begin() + std::ptrdiff_t(std::size_t(c.volume[v]) * plane);
    const auto lowest = hour.volume.begin() + std::ptrdiff_t(v * block);
    EXPECT_TRUE(std::equal(surface, surface + std::ptrdiff_t(plane), lowest));
    // Above the highest source, after an hour, the air is still about the background's.
    const int k = grid.nz() - 1;
    const std::vector<double> outside = c.background.at(c.start, 0);
    const int species = v == 0 ? c.species.find("so2") : c.species.find("pm_fine");
    const double background =
        outside[std::size_t(species)] + (v == 0 ? 0 : outside[std::size_t(c.species.find("pm_coarse"))]);
    const double top = lowest[std::ptrdiff_t(std::size_t(k) * plane)];
    EXPECT_NEAR(top, background * grid.air_density(0, 0, k), 0.05 * top);
  }
}

TEST(Record, TheHeaderNamesWhatTheScenarioAsksFor) {
  Case c = load_case(test::source_directory() / "scenarios/jingdezhen/base.toml");
  c.volume = {1};
  const ResultHeader header = make_header(c);
  EXPECT_EQ(header.volume, c.volume);
  ASSERT_EQ(header.receptors.size(), 5U);
  EXPECT_EQ(header.receptors[1].id, "2343A");
  EXPECT_EQ(header.receptors[1].name, "Laoganbu activity centre");
}

TEST(Record, FieldsOfTheAirAreWhatTheForcingSays) {
  Case c = load_case(test::source_directory() / "tests/scenarios/small/base.toml");
  const Grid& grid = c.grid->grid;
  for (const auto& [quantity, all_layers] :
       {std::pair{WeatherField::Quantity::x_wind, false}, std::pair{WeatherField::Quantity::y_wind, true},
        std::pair{WeatherField::Quantity::diffusivity, true}, std::pair{WeatherField::Quantity::rain, false},
        std::pair{WeatherField::Quantity::friction_velocity, false},
        std::pair{WeatherField::Quantity::mixing_height, false},
        std::pair{WeatherField::Quantity::cloud_water, true}}) {
    c.weather_fields.push_back({quantity, {"x", "", "", "", all_layers}});
  }
  const std::size_t plane = std::size_t(grid.nx()) * std::size_t(grid.ny()), nz = std::size_t(grid.nz());
  const auto hour_of = [&](int ranks_x, int ranks_y) {
    const Decomposition decomposition(grid.nx(), grid.ny(), ranks_x, ranks_y);
    ResultHour hour;
    run_virtual_ranks(decomposition.ranks(), [&](Communicator& communicator) {
      Timers timers;
      Simulation<double> simulation(c, decomposition, communicator, timers);
      simulation.begin_hour(c.start);
      ResultHour mine = make_hour(simulation, c.start, decomposition, communicator);
      if (communicator.is_root()) {
        hour = std::move(mine);
        // One cell, by hand: rho K A / distance, and the flux through both faces of what the cell holds.
        if (decomposition.ranks() == 1) {
          const int i = 5, j = 4, k = 3;
          const std::size_t at = std::size_t(j * grid.nx() + i);
          const Forcing<double>& f = simulation.forcing();
          const double density = grid.air_density(i, j, 0), face = grid.dy() * grid.thickness(i, j, 0);
          EXPECT_NEAR(hour.weather_fields[0][at], 0.5 * (f.flux_x(i, j, 0) + f.flux_x(i + 1, j, 0)) / (density * face),
                      1e-12);
          const double distance = 0.5 * (grid.thickness(i, j, k - 1) + grid.thickness(i, j, k));
          const double mean_density = 0.5 * (grid.air_density(i, j, k - 1) + grid.air_density(i, j, k));
          EXPECT_NEAR(hour.weather_fields[2][std::size_t(k) * plane + at] /
                          (f.mixing_z(i, j, k) * distance / (mean_density * grid.cell_area())),
                      1, 1e-12);
          EXPECT_EQ(hour.weather_fields[2][at], 0);
        }
      }
    });
    return hour;
  };
  const ResultHour one = hour_of(1, 1), six = hour_of(2, 3);
  ASSERT_EQ(one.weather_fields.size(), 7U);
  EXPECT_EQ(one.weather_fields[0].size(), plane);
  EXPECT_EQ(one.weather_fields[1].size(), nz * plane);
  EXPECT_EQ(one.weather_fields, six.weather_fields);
  const double speed = std::hypot(one.weather.x_wind, one.weather.y_wind);
  const auto [low, high] = std::minmax_element(one.weather_fields[0].begin(), one.weather_fields[0].end());
  EXPECT_GT(*high, *low);
  EXPECT_LT(std::max(std::abs(*low), std::abs(*high)), 3 * speed); // terrain turns and squeezes it
  EXPECT_EQ(one.weather_fields[3], std::vector<double>(plane, one.weather.rain));
  EXPECT_EQ(one.weather_fields[5], std::vector<double>(plane, one.weather.mixing_height));
  EXPECT_EQ(one.weather_fields[6].size(), nz * plane);
}
