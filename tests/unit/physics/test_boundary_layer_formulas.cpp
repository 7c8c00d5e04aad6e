#include "physics/diffusivity.hpp"
#include "physics/mixing_height.hpp"
#include "physics/overturning.hpp"
#include "physics/stability_class.hpp"
#include "physics/velocity_sigmas.hpp"

#include <gtest/gtest.h>

using namespace tq::physics;

TEST(Diffusivity, CheckValues) {
  EXPECT_NEAR(parabolic_diffusivity(100, 0.35, 1000, -1.0 / 30), 83.58844, 1e-5);
  EXPECT_NEAR(parabolic_diffusivity(300, 0.35, 1000, -1.0 / 30), 151.69754, 1e-5);
  EXPECT_NEAR(parabolic_diffusivity(50, 0.2, 200, 1.0 / 50), 0.375, 1e-12);
  EXPECT_NEAR(parabolic_diffusivity(100, 0.35, 1000), 11.33999, 1e-5 + 1e-6);
}

TEST(Diffusivity, OtherProfilesCheckValues) {
  EXPECT_NEAR(cubic_diffusivity(300, 0.35, 1000, -1.0 / 30), 157.66293, 1e-5);
  EXPECT_NEAR(cubic_diffusivity(500, 0.35, 1000, -1.0 / 30), 136.79511, 1e-5);
  EXPECT_NEAR(cubic_diffusivity(40.001, 0.35, 1000, 1.0 / 30), cubic_diffusivity(40, 0.35, 1000, 1.0 / 30), 1e-4);
  EXPECT_EQ(cubic_diffusivity(1000, 0.35, 1000, -1.0 / 30), 0.0);
  EXPECT_NEAR(stable_gaussian_diffusivity(50, 0.2, 200, 1.0 / 50), .4790460, 1e-7);
}

TEST(Diffusivity, AboveTheMixingLayer) {
  EXPECT_NEAR(richardson_function(0.25), .03943178, 1e-8);
  EXPECT_NEAR(free_mixing_length(100), 26.66667, 1e-5);
  EXPECT_EQ(free_diffusivity(800, 0, 1e-4), 0.0);
  EXPECT_NEAR(free_diffusivity(100, 0.01, 0.25e-4), 26.66667 * 26.66667 * 0.01 * .03943178, 1e-6);
  EXPECT_EQ(free_diffusivity(1000, 10, 0), 1000.0);
  EXPECT_NEAR(urban_least_diffusivity(0.5), 0.505, 1e-12);
}

TEST(Diffusivity, Horizontal) {
  EXPECT_NEAR(smagorinsky_diffusivity(500, 2e-4), 2.0, 1e-12);
  EXPECT_EQ(bounded_horizontal_diffusivity(2, 500, 100), 10.0);
  EXPECT_EQ(bounded_horizontal_diffusivity(1e4, 500, 100), 250.0);
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
  EXPECT_NEAR(zilitinkevich_height(0.3, 1.0 / 50, f), 183.4035, 1e-3);
  EXPECT_NEAR(zilitinkevich_height(0.3, 1.0 / 200, f), 366.8070, 1e-2);
  EXPECT_NEAR(zilitinkevich_height(0.3, 0, f), 1051.152, 1e-2);
  EXPECT_EQ(zilitinkevich_height(0.3, 1e-9, f), zilitinkevich_height(0.3, 0, f));
  EXPECT_EQ(coriolis_parameter(0), coriolis_parameter(10));
  EXPECT_EQ(coriolis_parameter(-29.29), f);
}

TEST(MixingHeight, EncroachmentCheckValue) {
  EXPECT_NEAR(encroachment_height(200, 0.1 * 3600, 0.005), 428.9522, 1e-4);
  EXPECT_EQ(encroachment_height(200, 0, 0.005), 200.0);
}

TEST(MixingHeight, GrowthCheckValues) {
  ConvectiveDrive drive{.heat = 0.1, .friction_velocity = 0.35, .temperature = 300, .lapse = 0.005};
  EXPECT_NEAR(grown_height(200, drive, 3600, 3600), 504.6957, 1e-4);
  EXPECT_NEAR(grown_height(200, drive, 3600, 10), 504.6908, 1e-4);
  EXPECT_NEAR(grown_height(200, drive, 3600, 3600, encroachment), 428.9522, 1e-3);
  drive.friction_velocity = 0; // no L, no stirring: h^2 = h0^2 + 2 (1 + 2A) w'theta' t/gamma
  EXPECT_NEAR(grown_height(200, drive, 3600, 3600, {0.2, 0, 0}), 491.5282, 1e-3);
}

TEST(MixingHeight, CollapsesTowardsTheNight) {
  EXPECT_EQ(collapsed_height(1500, 150, 0, 5400), 1500.0);
  EXPECT_NEAR(collapsed_height(1500, 150, 5400, 5400), 150 + 1350 / std::exp(1.0), 1e-9);
  EXPECT_EQ(collapsed_height(100, 150, 3600, 5400), 150.0);
}

TEST(MixingHeight, TownsAtNight) {
  EXPECT_NEAR(urban_night_height(5e5), 282.84, 5e-3);
  EXPECT_NEAR(urban_warmth(5e5), 10.336, 5e-4);
  EXPECT_NEAR(urban_night_heat(5e5, 1200, 0.2), 0.03 * 1200 * 10.336 * 0.2, 0.005);
  EXPECT_EQ(urban_warmth(10), 0.0);
}

TEST(MixingHeight, StandardByClass) {
  const double f = coriolis_parameter(29.29);
  const double expected[] = {2354.6, 1219.3, 840.9, 504.6, 340.39, 143.54};
  for (int c = 0; c < 6; ++c) {
    EXPECT_NEAR(standard_mixing_height(c, 3, f), expected[c], 0.06) << c;
  }
}

TEST(Overturning, ShareOfConvection) {
  EXPECT_EQ(convective_share(1000, 0.0), 0.0);
  EXPECT_EQ(convective_share(1000, 0.01), 0.0);
  EXPECT_LT(convective_share(1000, -1e-9), 0.005); // nearly neutral
  // -h/L = 27: 1/(1 + 0.4^(-2/3)/0.72/3)
  EXPECT_NEAR(convective_share(810, -1.0 / 30), 1 / (1 + std::pow(0.4, -2.0 / 3) / 0.72 / 3), 1e-14);
  EXPECT_NEAR(convective_velocity(0.1, 1000, 300), std::cbrt(9.81 / 300 * 100), 1e-14);
  EXPECT_EQ(convective_velocity(-0.1, 1000, 300), 0.0);
}

TEST(VelocitySigmas, CheckValues) {
  const VelocitySigmas day = velocity_sigmas(100, 0.35, 1000, -1.0 / 30), night = velocity_sigmas(50, 0.2, 200, 1.0 / 50);
  EXPECT_NEAR(day.vertical, .902424, 1e-6);
  EXPECT_NEAR(day.lateral, 1.025058, 1e-6);
  EXPECT_NEAR(night.vertical, .210160, 1e-6);
  EXPECT_NEAR(night.lateral, .244949, 1e-6);
}

TEST(StabilityClass, Pasquill) {
  using enum StabilityClass;
  EXPECT_EQ(stability_class(700, 1.9, 0), a);
  EXPECT_EQ(stability_class(700, 2.9, 0), ab);
  EXPECT_EQ(stability_class(700, 4.9, 0), b);
  EXPECT_EQ(stability_class(700, 5, 0), c);
  EXPECT_EQ(stability_class(400, 1, 0), ab);
  EXPECT_EQ(stability_class(400, 2, 0), b);
  EXPECT_EQ(stability_class(400, 4, 0), bc);
  EXPECT_EQ(stability_class(400, 5.5, 0), cd);
  EXPECT_EQ(stability_class(400, 6, 0), d);
  EXPECT_EQ(stability_class(100, 1, 0), b);
  EXPECT_EQ(stability_class(100, 3, 0), c);
  EXPECT_EQ(stability_class(100, 5, 0), d);
  EXPECT_EQ(stability_class(0, 2, 0.6), e);
  EXPECT_EQ(stability_class(0, 3, 0.6), d);
  EXPECT_EQ(stability_class(0, 2, 0.5), f);
  EXPECT_EQ(stability_class(0, 4, 0.5), e);
  EXPECT_EQ(stability_class(0, 5, 0.5), d);
}
