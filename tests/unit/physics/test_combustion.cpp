#include "physics/ammonia.hpp"
#include "physics/biogenic.hpp"
#include "physics/combustion.hpp"

#include <gtest/gtest.h>

using namespace tq::physics;

TEST(Combustion, SulfurAndAshHaveTheCheckValues) {
  EXPECT_NEAR(coal_sulfur_dioxide(0.007, 0.15), 11.9e-3, 1e-12);
  EXPECT_NEAR(0.5 * coal_sulfur_dioxide(0.007, 0.15), 5.95e-3, 1e-12); // behind a scrubber of 50 %
  const double particles = coal_particles(0.20, 0.85);
  EXPECT_NEAR(0.07 * particles, 2.1e-3, 1e-12);
  EXPECT_NEAR(0.20 * particles, 6.0e-3, 1e-12);
}

TEST(Combustion, ControlsFollowEachOther) {
  EXPECT_NEAR(combined_efficiency(0.58, 0.22), 0.6724, 1e-12);
  EXPECT_NEAR(combined_efficiency(0.22, 0.30), 0.454, 1e-12);
  EXPECT_NEAR(combined_efficiency(0.22, 0.42), 0.5476, 1e-12);
  EXPECT_EQ(combined_efficiency(0.0, 0.0), 0.0);
  EXPECT_EQ(combined_efficiency(1.0, 0.3), 1.0);
}

TEST(Combustion, GasReplacesCoalForTheSameHeat) {
  const double gas = replacing_fuel(20.9, 0.75, 35.6, 0.90); // m3 per kg
  EXPECT_NEAR(gas, 0.48923, 1e-5);
  EXPECT_NEAR(gas * 2.09, 1.0225, 1e-4); // g NOx per kg of coal
}

TEST(Combustion, OxygenDilutes) {
  EXPECT_NEAR(at_reference_oxygen(180, 18, 12), 540, 1e-9);
  EXPECT_EQ(at_reference_oxygen(50, 9, 9), 50);
  EXPECT_NEAR(at_reference_oxygen(at_reference_oxygen(50, 9, 3.5), 3.5, 9), 50, 1e-12);
}

TEST(Combustion, StandardCoalHoldsSevenThousandKilocalories) {
  EXPECT_NEAR(standard_coal_heat, 7e6 * 4.1868e3, 5e-5 * standard_coal_heat); // the table's digits
}

TEST(Combustion, HeatIsNeededBelowTheBaseAlone) {
  EXPECT_EQ(heating_degrees(278.15, 291.15), 13.0);
  EXPECT_EQ(heating_degrees(291.15, 291.15), 0.0);
  EXPECT_EQ(heating_degrees(300.0, 291.15), 0.0);
}

// Computed apart with the constants of Guenther et al. 1993; eight digits.
TEST(Biogenic, IsopreneFollowsLight) {
  EXPECT_EQ(isoprene_light_factor(0), 0.0);
  EXPECT_NEAR(isoprene_light_factor(100), 0.27786980, 1e-8);
  EXPECT_NEAR(isoprene_light_factor(500), 0.85659197, 1e-8);
  EXPECT_NEAR(isoprene_light_factor(1000), 0.99964018, 1e-8); // the standard: 1 but for rounded constants
  EXPECT_NEAR(isoprene_light_factor(2000), 1.0481786, 1e-7);
  EXPECT_NEAR(photosynthetic_light(500), 1035, 1e-9);
}

TEST(Biogenic, IsopreneFollowsTemperatureToAnOptimum) {
  const double rows[][2] = {
      {283, 0.07242352}, {293, 0.28687236}, {303, 1.00265008}, {308, 1.63237947}, {318, 1.43953733}};
  for (const auto& [temperature, expected] : rows) {
    EXPECT_NEAR(isoprene_temperature_factor(temperature), expected, 1e-8) << temperature;
  }
  double best = 0;
  for (double temperature = 300; temperature < 325; temperature += 0.1) {
    best = isoprene_temperature_factor(temperature) > isoprene_temperature_factor(best) ? temperature : best;
  }
  EXPECT_NEAR(best, 312.5, 1.0); // Guenther et al. 1993: about 39 degC
}

TEST(Biogenic, MonoterpenesGrowByNinePerCentAKelvin) {
  EXPECT_EQ(monoterpene_factor(303), 1.0);
  EXPECT_NEAR(monoterpene_factor(293), 0.40656966, 1e-8);
  EXPECT_NEAR(monoterpene_factor(313), 2.4596031, 1e-7);
}

TEST(Ammonia, WarmWindTakesMore) {
  EXPECT_EQ(ammonia_factor(290, 2, 290, 2), 1.0);
  EXPECT_NEAR(ammonia_factor(300, 2, 290, 2), 1.2498206, 1e-7);
  EXPECT_NEAR(ammonia_factor(290, 5, 290, 2), 1.1339419, 1e-7);
}
