#include "physics/slope_wind.hpp"

#include <gtest/gtest.h>

using namespace tq::physics;

namespace {

double downslope(double tangent, double length) {
  const double sine = tangent / std::hypot(1.0, tangent);
  return slope_wind_strength(-20, 1200, 280) * katabatic_shape({length, length * sine, sine});
}

double upslope(double tangent, double length) {
  const double sine = tangent / std::hypot(1.0, tangent);
  return slope_wind_strength(250, 1200, 300) * anabatic_shape({length, length * sine, sine});
}

} // namespace

// Computed apart with these formulas; eight digits.
TEST(SlopeWind, CheckValues) {
  EXPECT_NEAR(slope_wind_strength(-20, 1200, 280), 0.083583376, 1e-9);
  EXPECT_NEAR(slope_wind_strength(250, 1200, 300), 0.18956966, 1e-8);
  EXPECT_NEAR(katabatic_shape({2000, 200, 0.1}), 25.800815, 1e-6);
  EXPECT_NEAR(katabatic_shape({2000, 200, 0.05}), 20.478120, 1e-6); // flatter here than above
  EXPECT_NEAR(katabatic_shape({5000, 1000, 0.2}), 26.629876, 1e-6); // as from 300 m
  EXPECT_NEAR(anabatic_shape({2000, 200, 0.1}), 7.9370053, 1e-7);   // 500^(1/3)
  EXPECT_NEAR(anabatic_shape({8000, 1600, 0.2}), 9.0856030, 1e-7);  // 750^(1/3)
  EXPECT_NEAR(anabatic_shape({500, 25, 0.05}), 3.9685026, 1e-7);
}

TEST(SlopeWind, NothingOnLevelGroundAndAtTheEnds) {
  EXPECT_EQ(slope_wind_strength(0, 1200, 280), 0.0);
  EXPECT_EQ(katabatic_shape({2000, 200, 0}), 0.0);
  EXPECT_EQ(anabatic_shape({2000, 200, 0}), 0.0);
  EXPECT_EQ(katabatic_shape({0, 0, 0.1}), 0.0);
  EXPECT_EQ(anabatic_shape({0, 0, 0.1}), 0.0);
}

TEST(SlopeWind, IsAsStrongAsIsMeasuredOnSlopes) {
  for (const double tangent : {0.05, 0.1, 0.3}) {
    for (const double length : {500.0, 2000.0, 5000.0}) {
      EXPECT_GT(downslope(tangent, length), 1.0) << tangent << ' ' << length;
      EXPECT_LT(downslope(tangent, length), 2.5) << tangent << ' ' << length;
      EXPECT_GT(upslope(tangent, length), 0.7) << tangent << ' ' << length;
      EXPECT_LT(upslope(tangent, length), 1.8) << tangent << ' ' << length;
    }
  }
  EXPECT_GT(downslope(0.1, 500), downslope(0.05, 500));
  EXPECT_GT(downslope(0.1, 2000), downslope(0.1, 500));
}
