#include "physics/similarity.hpp"

#include <gtest/gtest.h>

using namespace tq::physics;

TEST(Similarity, CheckValuesOfPsi) {
  const double values[][3] = {{-2, 1.494691, 2.431179},   {-.5, .7933591, 1.386294}, {-.1, .2836137, .5342838},
                              {.1, -.4921519, -.4938005}, {1, -4.284054, -4.435712}, {2, -7.459483, -8.023709}};
  for (const auto& [zeta, m, h] : values) {
    EXPECT_NEAR(psi_m(zeta), m, 6e-7) << zeta; // half of the last digit printed
    EXPECT_NEAR(psi_h(zeta), h, 6e-7) << zeta;
  }
  EXPECT_EQ(psi_m(0), 0.0);
  EXPECT_EQ(psi_h(0), 0.0);
}

TEST(Similarity, PhiIsTheSlopeOfPsi) {
  for (double zeta : {-3.0, -0.7, -0.02, 0.03, 0.4, 1.0, 4.0}) {
    const double step = 1e-5;
    EXPECT_NEAR(phi_m(zeta), 1 - zeta * (psi_m(zeta + step) - psi_m(zeta - step)) / (2 * step), 1e-8) << zeta;
    EXPECT_NEAR(phi_h(zeta), 1 - zeta * (psi_h(zeta + step) - psi_h(zeta - step)) / (2 * step), 1e-8) << zeta;
  }
  EXPECT_EQ(phi_m(0), 1.0);
  EXPECT_EQ(phi_h(0), 1.0);
}

TEST(Similarity, WindProfileCheckValues) {
  WindProfile profile{0.8, 0, 0, 1e9};
  const auto at_100 = [&] { return similarity_wind(similarity_friction_velocity(3, 10, profile), 100, profile); };
  EXPECT_NEAR(at_100(), 5.734955, 1e-6);
  profile.inverse_obukhov_length = 1.0 / 50; // nothing changes above z = L
  EXPECT_NEAR(at_100(), 7.327034, 1e-6);
  EXPECT_NEAR(power_law_wind(3, 100, 0.25), 5.334838, 1e-6);
  // u10 3 in 303.15 K by day: u* and L of the case in the surface layer's tests
  EXPECT_NEAR(similarity_friction_velocity(3, 10, {0.8, 0, -1 / 55.95536, 1e9}), .557864, 1e-6);
}

TEST(Similarity, DerivativeOfTheWindIsPhi) {
  for (double inverse : {-0.05, 0.0, 0.01}) {
    const WindProfile profile{0.5, 3, inverse, 1e9};
    const double z = 40, slope = (profile(z + 1e-4) - profile(z - 1e-4)) / 2e-4;
    EXPECT_NEAR(slope, phi_m((z - 3) * inverse) / (z - 3), 1e-9) << inverse;
  }
}

TEST(Similarity, CapsOfTheProfile) {
  const WindProfile shallow{0.5, 0, 0, 200};
  EXPECT_EQ(shallow(900), shallow(200));
  EXPECT_GT(shallow(200), shallow(199));
  const WindProfile stable{0.5, 0, 1.0 / 40, 500};
  EXPECT_EQ(stable(40), stable(300));
  EXPECT_GT(stable(40), stable(39));
}

TEST(Similarity, PositiveAndRisingFromTheGround) {
  for (double displacement : {0.0, 7.0, 14.0}) {
    for (double inverse : {-0.2, 0.0, 0.1}) {
      const WindProfile profile{1.0, displacement, inverse, 60};
      EXPECT_GT(profile(0), 0);
      for (double z = 0.5; z < 100; z += 0.5) {
        EXPECT_GE(profile(z), profile(z - 0.5)) << z << ' ' << displacement << ' ' << inverse;
        EXPECT_LT(profile(z) - profile(z - 0.5), 0.75) << z << ' ' << displacement << ' ' << inverse; // no jump
      }
    }
  }
}
