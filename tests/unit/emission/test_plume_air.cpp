#include "emission/plume_air.hpp"

#include <gtest/gtest.h>

using namespace tq;
using namespace tq::physics;

namespace {

constexpr Chimney stack{60, 2, 12, 430};

EmissionHour night() {
  EmissionHour hour;
  hour.temperature = 278;
  hour.wind_speed = 1.8;
  hour.friction_velocity = 0.12;
  hour.sensible_heat = -15;
  hour.inverse_obukhov_length = 0.05;
  hour.mixing_height = 90;
  return hour;
}

EmissionHour noon() {
  EmissionHour hour;
  hour.temperature = 300;
  hour.wind_speed = 2.5;
  hour.friction_velocity = 0.3;
  hour.sensible_heat = 200;
  hour.inverse_obukhov_length = -0.04;
  hour.mixing_height = 1100;
  return hour;
}

EmissionHour storm() {
  EmissionHour hour;
  hour.wind_speed = 12;
  hour.friction_velocity = 1.1;
  hour.mixing_height = 1500;
  return hour;
}

double top(const EmissionHour& hour, const Chimney& chimney = stack) {
  const PlumeProfile profile(hour);
  return plume_reach(chimney, profile.air()).top;
}

} // namespace

TEST(PlumeProfile, HasAFaceAtTheMixingHeightAndTheStationsWindAtTenMetres) {
  for (const EmissionHour& hour : {night(), noon(), storm()}) {
    const PlumeProfile profile(hour);
    const PlumeAir air = profile.air();
    bool face = false;
    double below = 0;
    for (int k = 0; k < air.count; ++k) {
      const PlumeLayer& layer = air.layers[k];
      face = face || layer.top == hour.mixing_height;
      EXPECT_EQ(layer.mixed, layer.top <= hour.mixing_height);
      EXPECT_GE(layer.top, below);
      EXPECT_GE(layer.wind, k == 0 ? hour.wind_speed * 0.999 : air.layers[k - 1].wind);
      EXPECT_LE(layer.gradient, 0.035);
      below = layer.top;
    }
    EXPECT_TRUE(face);
    EXPECT_NEAR(air.layers[0].wind, hour.wind_speed, 1e-12); // its middle is at 10 m
  }
}

TEST(PlumeProfile, NeutralAirIsAdiabaticBelowTheMixingHeight) {
  const PlumeProfile profile(storm());
  const PlumeLayer& low = profile.air().layers[0];
  EXPECT_EQ(low.gradient, 0.0);
  EXPECT_NEAR(low.temperature, storm().temperature - 0.0976, 1e-4); // 10 m x 9.76 K km-1
  EXPECT_EQ(plume_regime(low, profile.air().convective_scale), PlumeRegime::neutral);
}

TEST(PlumeProfile, RegimesFollowTheHour) {
  const PlumeProfile dark(night()), bright(noon());
  EXPECT_EQ(plume_regime(dark.air().layers[2], dark.air().convective_scale), PlumeRegime::stable);
  EXPECT_EQ(plume_regime(bright.air().layers[2], bright.air().convective_scale), PlumeRegime::unstable);
  EXPECT_EQ(plume_regime(bright.air().layers[bright.air().count - 1], bright.air().convective_scale),
            PlumeRegime::stable);
}

TEST(PlumeProfile, PlumesRiseHighAtNoonAndLittleInAStorm) {
  EXPECT_GT(top(noon()), top(night()));
  EXPECT_GT(top(noon()), top(storm()));
  EXPECT_GT(top(night()), 60);
  EXPECT_LT(top(night()), 250);
  EXPECT_GT(top(noon()), 3 * 60);
}

TEST(PlumeProfile, RiseGrowsWithHeatInEveryHour) {
  for (const EmissionHour& hour : {night(), noon(), storm()}) {
    double before = 0;
    for (double diameter = 0.5; diameter < 5; diameter *= 1.05) {
      const double now = top(hour, {60, diameter, 12, 430});
      EXPECT_GE(now, before) << diameter;
      before = now;
    }
  }
}
