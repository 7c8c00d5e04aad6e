#include "meteorology/wind/first_guess.hpp"

#include "base/archive.hpp"
#include "base/constants.hpp"
#include "base/random.hpp"
#include "meteorology/wind/hourly.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr int nx = 12, ny = 9;

GridSpecification specification() {
  GridSpecification s{.name = "test",
                      .epsg = 32650,
                      .nx = nx,
                      .ny = ny,
                      .dx = 500,
                      .dy = 400,
                      .zeta_faces = {0, 20, 60, 150, 330, 700, 1300}};
  for (int n = 0; n < nx * ny; ++n) {
    s.terrain.push_back(300 * RandomStream(1, 2, n).uniform());
  }
  return s;
}

wind::StationWind blowing(double direction, double friction_velocity) {
  return {
      .profile = {.roughness_length = 0.5, .top = 500}, .friction_velocity = friction_velocity, .direction = direction};
}

struct Winds {
  Field<double> u{nx, ny, 6, 1, 0}, v{nx, ny, 6, 1, 0};
};

} // namespace

// Science: h 200, H 2000, s 500: z 650, J .9; h_x .1: z_x .075; u 5, w 0: omega = (w - u z_x)/J = -.4166667.
TEST(FirstGuess, HasTheVerticalFluxOfTerrainFollowingLevels) {
  GridSpecification s{.name = "slope",
                      .epsg = 32650,
                      .nx = 9,
                      .ny = 1,
                      .dx = 500,
                      .dy = 500,
                      .zeta_faces = {0, 250, 500, 750, 2000},
                      .surface_temperature = 400,
                      .lapse_rate = constants::gravity / constants::dry_air_gas}; // of constant density
  for (int i = 0; i < 9; ++i) {
    s.terrain.push_back(50.0 * i);
  }
  const Grid grid(s);
  constexpr int i = 4, k = 2; // the face at s = 500
  const double height = grid.height_above_ground(i, 0, 1) + 0.5 * grid.thickness(i, 0, 1);
  EXPECT_NEAR(grid.terrain(i, 0) + height, 650, 1e-9);
  EXPECT_NEAR(grid.jacobian(i, 0), 0.9, 1e-12);
  const WindMetric metric(grid);
  EXPECT_NEAR(metric.slope_x.view2()(i, 0) * metric.share[k], 0.075, 1e-12);
  Field<double> u(9, 1, 4, 1, 0), v(9, 1, 4, 1, 0);
  for (int level = 0; level < 4; ++level) {
    std::fill(u.view3().line(0, level), u.view3().line(0, level) + 9, 5.0);
  }
  const FaceFlow flow = horizontal_flow(metric, u.view3(), v.view3());
  const double mass_per_depth = grid.air_mass(i, 0, k) / (grid.zeta_face(k + 1) - grid.zeta_face(k)); // rho J dx dy
  EXPECT_NEAR(flow.z.view3()(i, 0, k) / mass_per_depth, -0.4166667, 1e-7);
}

TEST(FirstGuess, UniformWindIsFreeOfDivergenceAboveTheGround) {
  GridSpecification s = specification();
  s.surface_temperature = 400;
  s.lapse_rate = constants::gravity / constants::dry_air_gas; // of constant density
  const Grid grid(s);
  Winds w;
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < ny; ++j) {
      std::fill(w.u.view3().line(j, k), w.u.view3().line(j, k) + nx, 3.0);
      std::fill(w.v.view3().line(j, k), w.v.view3().line(j, k) + nx, -2.0);
    }
  }
  const FaceFlow flow = horizontal_flow(WindMetric(grid), w.u.view3(), w.v.view3());
  const auto x = flow.x.view3(), y = flow.y.view3(), z = flow.z.view3();
  double through_ground = 0;
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        const double out = x(i + 1, j, k) - x(i, j, k) + y(i, j + 1, k) - y(i, j, k) + z(i, j, k + 1) - z(i, j, k);
        ASSERT_NEAR(out / x(i, j, k), 0, 1e-12);
      }
    }
  }
  for (int i = 0; i < nx; ++i) {
    through_ground = std::max(through_ground, std::fabs(z(i, 4, 0)));
    EXPECT_EQ(z(i, 4, grid.nz()), 0.0);
  }
  EXPECT_GT(through_ground, 0.01 * x(3, 3, 0));
}

TEST(FirstGuess, OneStationGivesItsProfileEverywhere) {
  const Grid grid(specification());
  const WindStation station{.x = 700, .y = 900, .height = 50, .wind = blowing(250, 0.4)};
  Winds w;
  blend_stations(grid, std::span(&station, 1), w.u.view3(), w.v.view3());
  for (int k = 0; k < grid.nz(); ++k) {
    const double speed = physics::similarity_wind(0.4, grid.height_above_ground(5, 3, k), station.wind.profile);
    EXPECT_NEAR(w.u.view3()(5, 3, k), speed * std::sin(70 * constants::pi / 180), 1e-12);
    EXPECT_NEAR(w.v.view3()(5, 3, k), speed * std::cos(70 * constants::pi / 180), 1e-12);
  }
}

TEST(FirstGuess, NearStationsOfTheSameHeightCountMost) {
  GridSpecification s = specification();
  s.terrain.assign(s.terrain.size(), 0.0);
  s.terrain[std::size_t(4 * nx + 9)] = 200;
  const Grid grid(s);
  const std::array stations = {
      WindStation{.x = grid.x_center(2), .y = grid.y_center(4), .height = 0, .wind = blowing(270, 0.5)},
      WindStation{.x = grid.x_center(9), .y = grid.y_center(4), .height = 200, .wind = blowing(90, 0.5)}};
  Winds w;
  blend_stations(grid, stations, w.u.view3(), w.v.view3());
  const double free = physics::similarity_wind(0.5, 1000, stations[0].wind.profile);
  const auto share = [&](int i) { return w.u.view3()(i, 4, 5) / free; }; // 1: the first alone, -1: the second
  const double apart = 7 * 500, up = height_weight * 200;
  const auto weights = [&](double one, double other) { return (1 / one - 1 / other) / (1 / one + 1 / other); };
  EXPECT_NEAR(share(2), weights(500 * 400, apart * apart + up * up), 1e-12);
  EXPECT_NEAR(share(9), weights(apart * apart + up * up, 500 * 400), 1e-12);
  EXPECT_GT(share(8), 0); // beside the hill the valley's station is nearer than the top's
}

TEST(FirstGuess, NoStationIsRefused) {
  Winds w;
  EXPECT_THROW(blend_stations(Grid(specification()), {}, w.u.view3(), w.v.view3()), std::invalid_argument);
}

TEST(HourlyWind, GoesOnToTheSameBits) {
  const Grid grid(specification());
  const auto hour = [&](HourlyWind& hourly, double direction) {
    const WindStation station{.wind = blowing(direction, 0.4)};
    Winds w;
    blend_stations(grid, std::span(&station, 1), w.u.view3(), w.v.view3());
    const Field<double>& x = hourly.solve(w.u.view3(), w.v.view3(), 0.7).x;
    return std::vector<double>(x.view3().line(3, 2), x.view3().line(3, 2) + nx + 1);
  };
  HourlyWind whole(grid, {}), first(grid, {}), second(grid, {}), cold(grid, {});
  hour(whole, 200);
  const int needed_cold = whole.report().iterations;
  const std::vector<double> expected = hour(whole, 210);
  EXPECT_LT(whole.report().iterations, needed_cold);
  EXPECT_LE(whole.report().residual, 1.01e-8);

  hour(first, 200);
  Archive written;
  SerialCommunicator alone;
  first.serialise(written, alone);
  Archive read(written.bytes());
  second.serialise(read, alone);
  EXPECT_EQ(hour(second, 210), expected);
  EXPECT_NE(hour(cold, 210), expected); // equal within the tolerance alone
}
