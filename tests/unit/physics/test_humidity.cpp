#include "physics/humidity.hpp"

#include <gtest/gtest.h>

using namespace tq::physics;

TEST(Humidity, SaturationPressureFollowsTheTables) {
  // Smithsonian tables (Goff-Gratch, over water): 6.1078, 12.272, 23.373, 42.430 hPa; the form is good to 0.4
  // %.
  EXPECT_NEAR(saturation_pressure(273.15), 610.78, 0.004 * 610.78);
  EXPECT_NEAR(saturation_pressure(283.15), 1227.2, 0.004 * 1227.2);
  EXPECT_NEAR(saturation_pressure(293.15), 2337.3, 0.004 * 2337.3);
  EXPECT_NEAR(saturation_pressure(303.15), 4243.0, 0.004 * 4243.0);
}

TEST(Humidity, DewPointIsTheInverse) {
  for (const double temperature : {243.15, 273.15, 288.15, 313.15}) {
    EXPECT_NEAR(dew_point(temperature, 1.0), temperature, 1e-9);
    for (const double humidity : {0.05, 0.3, 0.75}) {
      const double dew = dew_point(temperature, humidity);
      EXPECT_LT(dew, temperature);
      EXPECT_NEAR(saturation_pressure(dew), humidity * saturation_pressure(temperature), 1e-9);
    }
  }
}
