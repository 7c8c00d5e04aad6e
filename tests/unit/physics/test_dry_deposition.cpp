#include "physics/gas_deposition.hpp"
#include "physics/particle_deposition.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr double infinite = 1e25;
constexpr physics::DepositingGas so2{1.9, 1e5, 0}, o3{1.6, 0.01, 1}, no2{1.6, 0.01, 0.1}, nh3{0.97, 2e4, 0},
    hno3{1.9, 1e14, 0}, no{1.3, 3e-3, 0};
// Wesely 1989, table 2, midsummer
constexpr physics::CanopyResistances urban{infinite, infinite, 100, 400, 300, infinite, infinite};
constexpr physics::CanopyResistances agriculture{60, 2000, 200, 150, 150, 2000, 1000};
constexpr physics::CanopyResistances deciduous{70, 2000, 2000, 500, 200, 2000, 1000};
constexpr physics::CanopyResistances water{infinite, infinite, 0, 0, 2000, infinite, infinite};

/// In the sun at 25 degrees.
double noon(const physics::DepositingGas& gas, const physics::CanopyResistances& surface) {
  return physics::canopy_resistance(gas, surface, 298.15, 700, false);
}

void expect_close(double value, double wanted, double share) {
  EXPECT_NEAR(value / wanted, 1, share) << value;
}

} // namespace

TEST(GasDeposition, CanopiesResistAsWeselyHasThem) {
  expect_close(noon(so2, urban), 500, 1e-6);
  expect_close(noon(o3, urban), 400, 1e-4);
  expect_close(noon(no2, urban), 3099.998, 1e-6);
  expect_close(noon(nh3, urban), 2100, 1e-6);
  expect_close(noon(hno3, urban), 100, 1e-4);
  expect_close(noon(so2, agriculture), 87.6819, 1e-6);
  expect_close(noon(o3, agriculture), 75.8091, 1e-6);
  expect_close(noon(no2, agriculture), 102.4954, 1e-6);
  expect_close(noon(nh3, agriculture), 62.0735, 1e-6);
  expect_close(noon(so2, deciduous), 127.194, 1e-5);
  expect_close(noon(o3, deciduous), 105.2763, 1e-6);
  expect_close(noon(no2, deciduous), 122.9917, 1e-6);
}

TEST(GasDeposition, FilmsResist) {
  expect_close(physics::film_resistance(0.4, 1.5e-5, 2.42e-5 / 1.9), 17.35300, 1e-6);
  expect_close(physics::vapour_diffusivity(293, 101325), 2.42e-5, 1e-12);
}

TEST(GasDeposition, NightFrostAndRainChangeLeaves) {
  const auto r = [](const physics::DepositingGas& gas, double temperature, double sun, bool rain) {
    return physics::canopy_resistance(gas, agriculture, temperature, sun, rain);
  };
  // Without sun, by the ways left: 1/2000 + 1/(100 (1 + 100) + 2000) + 1/(200 + 150).
  expect_close(r(so2, 283.15, 0, false), 1 / (1.0 / 2000 + 1 / (10100.0 + 2000) + 1.0 / 350), 1e-4);
  EXPECT_GT(r(o3, 283.15, 0, false), 2 * r(o3, 283.15, 700, false));
  EXPECT_EQ(r(so2, 314.15, 700, false) > r(so2, 283.15, 700, false), true); // stomata shut above 40 degrees
  // At -3 degrees frost adds 1000 exp(-1).
  const double frost = 1000 * std::exp(-1.0);
  expect_close(r(so2, 270.15, 0, false),
               1 / (1 / (2000 + frost) + 1 / (10100 + 2000 + frost) + 1 / (200 + 150 + frost)), 1e-9);
  expect_close(r(so2, 283.15, 0, true), 1 / (1.0 / 5000 + 1.0 / 6000 + 1 / 12100.0 + 1.0 / 350), 1e-4);
  expect_close(r(o3, 283.15, 0, true), 1 / (1.0 / 1000 + 1.0 / 6000 + 1 / 11100.0 + 1.0 / 350), 1e-4);
}

TEST(GasDeposition, WaterTakesSulfurNotOzone) {
  expect_close(noon(so2, water), 1, 1e-9);
  expect_close(noon(o3, water), 1 / (1.0 / 2000 + 1e-7), 1e-9);
  EXPECT_GT(noon(no, urban), 1e6); // hardly dissolves
  EXPECT_TRUE(std::isfinite(noon({1, 0, 0}, urban)));
}

TEST(ParticleDeposition, FollowsEmerson) {
  constexpr physics::Collector town{1.5, 0.010, true};
  for (const auto& [diameter, wanted] :
       {std::pair{0.3e-6, 0.0802528e-2}, {1e-6, 0.185081e-2}, {2.5e-6, 0.373120e-2}, {10e-6, 1.265918e-2}}) {
    const double fall = physics::stokes_speed(diameter, 1500, 293.15, 101325);
    const double rest = 30 + physics::particle_surface_resistance(town, diameter, fall, 0.4, 293.15, 101325);
    expect_close(fall + 1 / rest, wanted, 1e-4);
  }
}

TEST(ParticleDeposition, SmoothGroundInterceptsNothingAndWaterHoldsWhatHitsIt) {
  const double fall = physics::settling_speed(5.5e-6, 1000, 288.15, 101325);
  const auto resistance = [&](const physics::Collector& surface) {
    return physics::particle_surface_resistance(surface, 5.5e-6, fall, 0.3, 288.15, 101325);
  };
  EXPECT_LT(resistance({100, 0, false}), resistance({100, 0, true}));
  EXPECT_LT(resistance({0.8, 0.007, true}), resistance({50, 0, true})); // forest and desert
}
