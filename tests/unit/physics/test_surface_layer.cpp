#include "physics/radiation.hpp"
#include "physics/surface_layer.hpp"

#include <gtest/gtest.h>

using namespace tq::physics;

namespace {

const SurfaceProperties grass_and_houses{0.8, 0.0, 0.18, 0.5, 5.0, 0.0};

double relative(double expected) { return 1e-6 * std::fabs(expected); } // the digits of the check values

#define EXPECT_DIGITS(value, expected) EXPECT_NEAR(value, expected, relative(expected))

} // namespace

TEST(Radiation, LongWaves) {
  EXPECT_DIGITS(isothermal_long_wave(300, 0), -72.79910);
  EXPECT_DIGITS(isothermal_long_wave(283.15, 0.5), -61.25715);
  EXPECT_DIGITS(isothermal_long_wave(283.15, 0), -91.25715);
  EXPECT_DIGITS(isothermal_radiation(solar_radiation(0.9935799, 0), 0.18, 303.15, 0), 714.5903);
}

TEST(Radiation, CloudFromClearness) {
  for (double cloud : {0.0, 0.3, 0.7, 1.0}) {
    EXPECT_NEAR(cloud_from_radiation(solar_radiation(0.6, cloud), 0.6), cloud, 1e-12);
  }
  EXPECT_EQ(cloud_from_radiation(1300, 0.5), 0.0);
  EXPECT_EQ(cloud_from_radiation(0, 0.5), 1.0);
}

TEST(SurfaceEnergy, EvaporationSlope) {
  for (const auto& [celsius, inverse] : {std::pair{0., 1.457185}, {10., .7865956}, {20., .4462852}, {30., .2646539}}) {
    EXPECT_DIGITS(1 / evaporation_slope(273.15 + celsius, 1e5), inverse);
  }
}

TEST(SurfaceEnergy, SharesOfTheDay) {
  const DayShares shares = day_shares(714.5903, grass_and_houses, {303.15, 1e5});
  EXPECT_DIGITS(shares.heat, .2297613);
  EXPECT_DIGITS(shares.ground, .1818036);
  EXPECT_DIGITS(shares.available, 475.4380);
}

TEST(SurfaceEnergy, TermsOfTheNight) {
  const NightTerms d = night_terms(-61.25715, grass_and_houses, {283.15, 1e5});
  EXPECT_DIGITS(d.d1, 4.023595);
  EXPECT_DIGITS(d.d2, 837.8343);
  EXPECT_DIGITS(d.d3, .02138722);
  EXPECT_DIGITS(d.d4, .09764624);
}

TEST(SurfaceLayer, CheckValuesOfTheDay) {
  const SurfaceAir air{303.15, 1e5};
  const SurfaceLayer layer = solve_surface_layer(3, 10, 714.5903, grass_and_houses, air, 20);
  EXPECT_DIGITS(layer.friction_velocity, .557864);
  EXPECT_NEAR(layer.temperature_scale, -.429678, 6e-7);
  EXPECT_DIGITS(1 / layer.inverse_obukhov_length, -55.95536);
  EXPECT_DIGITS(layer.sensible_heat, 276.8357);
  SurfaceProperties wet = grass_and_houses;
  wet.moisture = 1;
  const SurfaceLayer moist = solve_surface_layer(3, 10, 714.5903, wet, air, 20);
  EXPECT_DIGITS(moist.sensible_heat, 109.9106);
  EXPECT_DIGITS(1 / moist.inverse_obukhov_length, -115.5411);
}

TEST(SurfaceLayer, CheckValuesOfTheNight) {
  const SurfaceAir air{283.15, 1e5};
  const SurfaceLayer layer = solve_surface_layer(4, 10, -61.25715, grass_and_houses, air, 1);
  EXPECT_DIGITS(layer.friction_velocity, .604300);
  EXPECT_DIGITS(layer.temperature_scale, .0701647);
  EXPECT_DIGITS(1 / layer.inverse_obukhov_length, 375.5549);
  EXPECT_DIGITS(layer.sensible_heat, -52.42797);

  const SurfaceLayer guarded = solve_surface_layer(2, 10, -91.25715, grass_and_houses, air, 20);
  EXPECT_EQ(guarded.inverse_obukhov_length, 1.0 / 20);
  EXPECT_NEAR(guarded.friction_velocity, .172536, 6e-7);
  EXPECT_NEAR(guarded.temperature_scale, .237338, 6e-7);
  EXPECT_DIGITS(guarded.sensible_heat, -50.63368);

  // Without a bound L falls below the anemometer; that the wind no longer changes above z = L is all that holds u*. Profiles
  // without that cap end at u* 0.03 and L 0.5 m.
  const SurfaceLayer collapsed = solve_surface_layer(2, 10, -91.25715, grass_and_houses, air, 1e-3);
  EXPECT_GT(collapsed.inverse_obukhov_length, 1.0 / 10);
  EXPECT_LT(collapsed.friction_velocity, guarded.friction_velocity);
}

TEST(SurfaceLayer, SolvesItsOwnEquationsInAnyWeather) {
  const SurfaceAir air{288.15, 1e5};
  for (double wind : {0.5, 1.0, 2.0, 5.0, 15.0}) {
    for (double radiation : {-90.0, -40.0, -1e-3, 0.0, 5.0, 50.0, 300.0, 700.0}) {
      const SurfaceLayer layer = solve_surface_layer(wind, 10, radiation, grass_and_houses, air, 20);
      const double u = layer.friction_velocity, inverse = layer.inverse_obukhov_length;
      ASSERT_GT(u, 0.02) << wind << ' ' << radiation;
      ASSERT_LT(u, 0.4 * wind) << wind << ' ' << radiation;
      EXPECT_NEAR(similarity_wind(u, 10, {0.8, 0, inverse}), wind, 1e-8 * wind);
      EXPECT_EQ(layer.sensible_heat > 0, layer.temperature_scale < 0);
      EXPECT_LE(inverse, 1.0 / 20);
      EXPECT_GE(inverse, -1.0 / 0.8);
      if (inverse < 0.999 / 20 && inverse > -0.999 / 0.8) {
        EXPECT_NEAR(inverse, 0.4 * 9.81 * layer.temperature_scale / (u * u * 288.15), 1e-6 * std::fabs(inverse) + 1e-12)
            << wind << ' ' << radiation;
      }
    }
  }
}

TEST(SurfaceLayer, HoltslagGuard) {
  // By hand, u 2, N 0, z 10, z0 .8, T 283.15: L0 = 19.796, Ln = 40.21, sqrt(Ln^2 - 2 L0 Ln) = 5.0
  EXPECT_NEAR(stable_obukhov_length(2.0, 10, 0.8, 283.15, 0), 25.4, 0.2);
  const double least = 5.0 * 10 / std::log(10 / 0.8);
  EXPECT_EQ(stable_obukhov_length(0.5, 10, 0.8, 283.15, 0), least);
  EXPECT_GT(stable_obukhov_length(4.0, 10, 0.8, 283.15, 0.5), stable_obukhov_length(4.0, 10, 0.8, 283.15, 0));
  // continuous where the two branches meet
  const double meet = 2.0 * std::sqrt(2.0 * least / 40.21811);
  EXPECT_NEAR(stable_obukhov_length(meet * 1.000001, 10, 0.8, 283.15, 0), least, 0.01 * least)
      << "a square root: slow approach";
}

TEST(SurfaceLayer, OfKnownStressAndHeat) {
  // rho cp = 1e5/(287.05 293.15) 1005: L = -1194.3 0.027 293.15/(0.4 9.81 100)
  const SurfaceLayer day = known_surface_layer(0.3, 100, 0.6, {293.15, 1e5}, 20);
  EXPECT_NEAR(1 / day.inverse_obukhov_length, -24.09, 0.03);
  EXPECT_EQ(day.friction_velocity, 0.3);
  EXPECT_EQ(day.sensible_heat, 100);
  EXPECT_NEAR(day.temperature_scale, -0.2791, 3e-4);
  const SurfaceLayer night = known_surface_layer(0.3, -40, 0.6, {293.15, 1e5}, 20);
  EXPECT_NEAR(1 / night.inverse_obukhov_length, 60.2, 0.1);
  EXPECT_EQ(known_surface_layer(0.1, -40, 0.6, {293.15, 1e5}, 20).inverse_obukhov_length, 1.0 / 20);
  EXPECT_EQ(known_surface_layer(0.02, 100, 0.6, {293.15, 1e5}, 20).inverse_obukhov_length, -1 / 0.6);
  EXPECT_EQ(known_surface_layer(0.3, 0, 0.6, {293.15, 1e5}, 20).inverse_obukhov_length, 0);
}
