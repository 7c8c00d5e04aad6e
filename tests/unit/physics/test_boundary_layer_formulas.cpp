#include "physics/diffusivity.hpp"
#include "physics/mixing_height.hpp"
#include "physics/wind_profile.hpp"

#include <gtest/gtest.h>

using namespace tq::physics;

TEST(WindProfile, LogarithmicBetweenTwoHeights) {
  const double u_star = friction_velocity(3.0, 10.0, 0.8);
  EXPECT_NEAR(logarithmic_wind(u_star, 10.0, 0.8), 3.0, 1e-12);
  EXPECT_NEAR(logarithmic_wind(u_star, 100.0, 0.8), 5.734955, 1e-6);
  EXPECT_EQ(logarithmic_wind(u_star, 0.8, 0.8), 0.0);
  EXPECT_EQ(logarithmic_wind(u_star, 0.1, 0.8), 0.0);
}

TEST(Diffusivity, CheckValues) {
  EXPECT_NEAR(parabolic_diffusivity(100, 0.35, 1000, -1.0 / 30), 83.58844, 1e-5);
  EXPECT_NEAR(parabolic_diffusivity(300, 0.35, 1000, -1.0 / 30), 151.69754, 1e-5);
  EXPECT_NEAR(parabolic_diffusivity(50, 0.2, 200, 1.0 / 50), 0.375, 1e-12);
  EXPECT_NEAR(parabolic_diffusivity(100, 0.35, 1000), 11.33999, 1e-5 + 1e-6);
}

TEST(Diffusivity, NothingAtGroundAndTop) {
  EXPECT_EQ(parabolic_diffusivity(0, 0.35, 1000), 0.0);
  EXPECT_EQ(parabolic_diffusivity(1000, 0.35, 1000), 0.0);
  EXPECT_EQ(parabolic_diffusivity(1500, 0.35, 1000, -0.1), 0.0);
  EXPECT_EQ(least_diffusivity(100, 0.5), 0.5);
  EXPECT_EQ(least_diffusivity(600, 0.5), 0.01);
  EXPECT_EQ(least_diffusivity(600, 0.0), 0.0);
}

TEST(MixingHeight, NieuwstadtCheckValues) {
  const double f = coriolis_parameter(29.29);
  EXPECT_NEAR(f, 7.135032e-5, 1e-9); // the check's Omega has one digit less
  EXPECT_NEAR(stable_mixing_height(0.3, 1.0 / 50, f), 169.5095, 1e-3);
  EXPECT_NEAR(stable_mixing_height(0.3, 1.0 / 200, f), 315.5357, 1e-2);
  EXPECT_NEAR(stable_mixing_height(0.15, 1.0 / 20, f), 76.38580, 1e-3);
  EXPECT_NEAR(stable_mixing_height(0.3, 0.0, f), 0.3 * 0.3 / f, 1e-9);
  EXPECT_EQ(coriolis_parameter(0), coriolis_parameter(10));
  EXPECT_EQ(coriolis_parameter(-29.29), f);
}

TEST(MixingHeight, EncroachmentCheckValue) {
  EXPECT_NEAR(encroachment_height(200, 0.1 * 3600, 0.005), 428.9522, 1e-4);
  EXPECT_EQ(encroachment_height(200, 0, 0.005), 200.0);
}

TEST(MixingHeight, ObukhovLengthIsGuarded) {
  // By hand, u 2, N 0, z 10, z0 .8, T 283.15: L0 = 19.796, Ln = 40.21, sqrt(Ln^2 - 2 L0 Ln) = 5.0
  EXPECT_NEAR(stable_obukhov_length(2.0, 10, 0.8, 283.15, 0), 25.4, 0.2);
  const double least = 5.0 * 10 / std::log(10 / 0.8);
  EXPECT_EQ(stable_obukhov_length(0.5, 10, 0.8, 283.15, 0), least);
  EXPECT_GT(stable_obukhov_length(4.0, 10, 0.8, 283.15, 0.5), stable_obukhov_length(4.0, 10, 0.8, 283.15, 0));
  // continuous where the two branches meet
  const double meet = 2.0 * std::sqrt(2.0 * least / 40.21811);
  EXPECT_NEAR(stable_obukhov_length(meet * 1.000001, 10, 0.8, 283.15, 0), least, 0.01 * least) << "a square root: slow approach";
}
