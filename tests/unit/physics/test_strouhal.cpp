#include "physics/strouhal.hpp"

#include <gtest/gtest.h>

using tq::physics::strouhal_weight_ratio;

TEST(Strouhal, HasItsCheckValues) {
  EXPECT_NEAR(strouhal_weight_ratio(100, 0.01, 2), 0.767079, 1e-6); // Str 0.5
  EXPECT_NEAR(strouhal_weight_ratio(200, 0.01, 2), 0.472367, 1e-6); // Str 1
  EXPECT_NEAR(strouhal_weight_ratio(400, 0.01, 2), 0.119873, 1e-6); // Str 2
}

TEST(Strouhal, UnstableAirTurnsTheSignWithinBounds) {
  EXPECT_EQ(strouhal_weight_ratio(100, 0, 2), 1);
  EXPECT_NEAR(strouhal_weight_ratio(100, -0.01, 2) * strouhal_weight_ratio(100, 0.01, 2), 1, 1e-15);
  EXPECT_EQ(strouhal_weight_ratio(1000, 0.02, 2), 0.1);
  EXPECT_EQ(strouhal_weight_ratio(1000, -0.02, 2), 5);
  EXPECT_EQ(strouhal_weight_ratio(10, 0.01, 0), strouhal_weight_ratio(10, 0.01, 0.2)); // calm
}
