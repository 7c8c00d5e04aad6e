#include "physics/cloud.hpp"

#include <gtest/gtest.h>

using namespace tq::physics;

// Check values computed apart from the engine with the equations of cloud.hpp.
TEST(Cloud, AirCondensesWhereBoltonSaysAndNearEspysLine) {
  EXPECT_NEAR(condensation_level(303.15, 293.15), 1263.66537, 1e-4);
  EXPECT_NEAR(condensation_level(293.15, 291.15), 253.271178, 1e-4);
  EXPECT_NEAR(condensation_level(273.15, 263.15), 1227.45518, 1e-4);
  EXPECT_EQ(condensation_level(290, 290), 0);
  for (const double spread : {1.0, 5.0, 15.0}) { // Espy: 125 m per K
    EXPECT_NEAR(condensation_level(293.15, 293.15 - spread) / (125 * spread), 1, 0.03);
  }
}

TEST(Cloud, LapseRatesAreThoseOfSaturatedAir) {
  EXPECT_NEAR(moist_adiabatic_lapse(283.15, 9e4), 5.049578e-3, 1e-8);
  EXPECT_NEAR(moist_adiabatic_lapse(293.15, 1e5), 4.225107e-3, 1e-8);
  EXPECT_NEAR(liquid_water_lapse(283.15, 9e4), 1.894069e-6, 1e-11);
  EXPECT_NEAR(liquid_water_lapse(273.15, 8.5e4), 1.449279e-6, 1e-11);
}

TEST(Cloud, ALayerHasWaterBetweenItsBaseAndItsTop) {
  const CloudLayer dry = cloud_layer(293.15, 288.15, 1e5, 0.6, 0), wet = cloud_layer(293.15, 291.15, 1e5, 0.0, 2);
  EXPECT_EQ(dry.base, condensation_level(293.15, 288.15));
  EXPECT_EQ(dry.depth, CloudRule().dry_depth);
  EXPECT_EQ(dry.water(dry.base - 1), 0);
  EXPECT_EQ(dry.water(dry.base + dry.depth + 1), 0);
  EXPECT_NEAR(dry.water(dry.base + 100) / 100, dry.lapse, 1e-18);
  EXPECT_GT(dry.lapse, 0.7 * 1.5e-6);
  EXPECT_LT(dry.lapse, 0.7 * 2.3e-6);
  EXPECT_EQ(wet.depth, CloudRule().rain_depth); // rain needs cloud, whatever the cover says
  EXPECT_EQ(wet.water(wet.base + 2000), CloudRule().most_water);
  EXPECT_EQ(cloud_layer(293.15, 288.15, 1e5, 0, 0).depth, 0);
}
