#include "physics/exponential.hpp"

#include <cmath>
#include <gtest/gtest.h>

using tq::physics::one_minus_exp;

TEST(Exponential, HasTheDigitsOfTheLibrary) {
  EXPECT_EQ(one_minus_exp(0.0), 0.0);
  for (double x = 1e-300; x < 800; x *= 1.0037) {
    EXPECT_NEAR(one_minus_exp(x) / -std::expm1(-x), 1.0, 4e-16) << x;
  }
  EXPECT_EQ(one_minus_exp(1e300), 1.0);
}

TEST(Exponential, IsMonotoneOverTheSeamsOfItsReduction) {
  for (int n = 0; n < 40; ++n) {
    const double seam = (n + 0.5) * 0.6931471805599453;
    EXPECT_LE(one_minus_exp(std::nextafter(seam, 0.0)), one_minus_exp(std::nextafter(seam, 1e3)) + 2e-16);
  }
}
