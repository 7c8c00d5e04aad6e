#include "physics/photostationary.hpp"

#include <algorithm>
#include <gtest/gtest.h>

using namespace tq::physics;

namespace {
constexpr double air = 2.46e19; // molecules cm-3, of the check values
double rate_per_ppb(double temperature) { return rate_o3_no(temperature) * air * 1e-9; }
} // namespace

TEST(Photostationary, RateConstant) {
  EXPECT_NEAR(rate_o3_no(298.0), 1.954678e-14, 1e-20);
  EXPECT_NEAR(rate_o3_no(283.15), 1.501158e-14, 1e-20);
  EXPECT_NEAR(rate_per_ppb(298.0), 4.808508e-4, 1e-10);
}

TEST(Photostationary, StateOfTheCheckCases) {
  const double k = rate_per_ppb(298.0);
  EXPECT_NEAR(photostationary_no2(60, 70, k, 8e-3), 39.03134, 1e-5);
  EXPECT_NEAR(photostationary_no2(60, 40, k, 8e-3), 26.67909, 1e-5);
  EXPECT_NEAR(photostationary_no2(20, 60, rate_per_ppb(283.15), 5e-3), 15.34663, 1e-5);
  EXPECT_DOUBLE_EQ(photostationary_no2(60, 40, k, 0), 40); // dark: all O3 is used
  EXPECT_EQ(photostationary_no2(0, 40, k, 8e-3), 0);
}

TEST(Photostationary, LongTimesReachTheState) {
  const NitrogenOzone end = relax_photostationary({50, 10, 60}, rate_per_ppb(298.0), 8e-3, 7200);
  EXPECT_NEAR(end.no2, 39.03134, 1e-5);
  EXPECT_NEAR(end.no, 20.96866, 1e-5);
  EXPECT_NEAR(end.o3, 30.96866, 1e-5);
  const NitrogenOzone less = relax_photostationary({60, 0, 40}, rate_per_ppb(298.0), 8e-3, 7200);
  EXPECT_NEAR(less.no, 33.32091, 1e-5);
  EXPECT_NEAR(less.o3, 13.32091, 1e-5);
}

TEST(Photostationary, LittleNoInOzoneFallsWithItsEFolding) {
  // 51.99 s for 40 ppb of O3 (printed to four digits)
  const NitrogenOzone end = relax_photostationary({1e-6, 0, 40}, rate_per_ppb(298.0), 0, 51.99);
  EXPECT_NEAR(end.no / 1e-6, std::exp(-1.0), 1e-4);
}

TEST(Photostationary, FollowsTheDifferentialEquation) {
  const double k = rate_per_ppb(290.0), photolysis = 6e-3, step = 0.05;
  NitrogenOzone exact{80, 5, 35};
  double x = exact.no2;
  const double nox = 85, ox = 40;
  const auto slope = [&](double y) { return k * (nox - y) * (ox - y) - photolysis * y; };
  for (int n = 0; n < 2000; ++n) { // classic Runge-Kutta: error far below the tolerance at lambda dt = 1e-3
    const double a = slope(x), b = slope(x + 0.5 * step * a), c = slope(x + 0.5 * step * b), d = slope(x + step * c);
    x += step / 6 * (a + 2 * b + 2 * c + d);
  }
  EXPECT_NEAR(relax_photostationary(exact, k, photolysis, 100).no2, x, 1e-9);
}

TEST(Photostationary, TwoHalfStepsAreOneWhole) {
  const double k = rate_per_ppb(298.0);
  const NitrogenOzone start{120, 8, 45};
  const NitrogenOzone whole = relax_photostationary(start, k, 3e-3, 240);
  const NitrogenOzone halves = relax_photostationary(relax_photostationary(start, k, 3e-3, 120), k, 3e-3, 120);
  EXPECT_NEAR(whole.no2, halves.no2, 1e-11);
}

TEST(Photostationary, KeepsNitrogenAndOxygenAndSign) {
  const double k = rate_per_ppb(298.0);
  for (double no : {0.0, 1e-9, 3.0, 400.0}) {
    for (double no2 : {0.0, 1e-9, 20.0}) {
      for (double o3 : {0.0, 1e-9, 3.0, 80.0}) {
        for (double photolysis : {0.0, 1e-9, 9e-3}) {
          for (double seconds : {0.0, 1.0, 3600.0, 1e9}) {
            const NitrogenOzone end = relax_photostationary({no, no2, o3}, k, photolysis, seconds);
            EXPECT_NEAR(end.no + end.no2, no + no2, 1e-13 * (no + no2));
            EXPECT_NEAR(end.o3 + end.no2, o3 + no2, 1e-13 * (o3 + no2));
            EXPECT_GE(std::min({end.no, end.no2, end.o3}), 0.0);
          }
        }
      }
    }
  }
}

TEST(Photostationary, EqualNoAndOzoneInTheDark) {
  // both roots meet: 1/y grows by k t
  const double k = rate_per_ppb(298.0);
  const NitrogenOzone end = relax_photostationary({30, 0, 30}, k, 0, 500);
  EXPECT_NEAR(end.no, 30 / (1 + 30 * k * 500), 1e-10);
}
