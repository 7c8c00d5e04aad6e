#include "transport/reconstruction.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tq {
namespace {

TEST(QuarticWeights, VanishWhenAllAirLeavesAndSumToHalfWhenNoneDoes) {
  const QuarticWeights<double> all = quartic_weights(1.0);
  for (const double v : {all.v0, all.v1, all.v2, all.v3}) {
    EXPECT_NEAR(v, 0, 1e-16);
  }
  const QuarticWeights<double> none = quartic_weights(0.0);
  EXPECT_NEAR(none.v0 + none.v1 + none.v2 + none.v3, 0.5, 1e-16);
}

TEST(QuarticWeights, AreExactForPolynomialsOfDegreeFour) {
  // Cell means of x^4 over cells [n, n+1]; the swept mean over [1-c, 1] of the upwind cell [0, 1].
  const auto mean = [](double a, double b) { return (std::pow(b, 5) - std::pow(a, 5)) / 5 / (b - a); };
  const auto d = [&](int n) { return mean(n, n + 1) - mean(n - 1, n); };
  for (const double c : {0.01, 0.3, 0.5, 0.9}) {
    const QuarticWeights<double> w = quartic_weights(c);
    EXPECT_NEAR(w.v0 * d(-1) + w.v1 * d(0) + w.v2 * d(1) + w.v3 * d(2), mean(1 - c, 1) - mean(0, 1), 1e-14);
  }
}

TEST(ParabolaWeights, AreExactForParabolasOverUnequalCells) {
  const double behind = 0.7, up = 1.3, ahead = 2.1; // the upwind cell is [0, 1.3]
  const auto mean = [](double a, double b) { return (b * b * b - a * a * a) / 3 / (b - a) + 2 * (a + b); };
  for (const double swept : {0.01, 0.5, 1.0, 1.3}) {
    const ParabolaWeights<double> w = parabola_weights(behind, up, ahead, swept);
    const double d_behind = mean(0, up) - mean(-behind, 0), d_ahead = mean(up, up + ahead) - mean(0, up);
    EXPECT_NEAR(w.behind * d_behind + w.ahead * d_ahead, mean(up - swept, up) - mean(0, up), 1e-14);
  }
}

/// Cell means of a function's integral over unit cells, as differences around the upwind cell [0, 1].
template <class Integral> Differences<double> differences_of(Integral integral) {
  const auto d = [&](int n) {
    return (integral(n + 1.0) - integral(double(n))) - (integral(double(n)) - integral(n - 1.0));
  };
  return {d(-1), d(0), d(1), d(2)};
}

TEST(PiecewiseParabolic, IsExactForAMonotoneParabola) {
  const auto integral = [](double x) { return x * x * x / 3 + 10 * x * x; };
  for (const double c : {0.01, 0.5, 1.0}) {
    const double swept = (integral(1.0) - integral(1 - c)) / c;
    EXPECT_NEAR(piecewise_parabolic(c, differences_of(integral)), swept - integral(1.0), 1e-13);
  }
}

TEST(PiecewiseParabolic, IsFlatAtExtremaAndNeverLeavesTheNeighbours) {
  EXPECT_EQ(piecewise_parabolic(0.3, Differences<double>{1, 1, -1, -1}), 0);
  EXPECT_EQ(piecewise_parabolic(0.3, Differences<double>{0, -2, 1, 0}), 0);
  // A front ahead: at most the whole difference, reached where nothing moves.
  for (const double c : {0.0, 0.2, 0.7, 1.0}) {
    const double value = piecewise_parabolic(c, Differences<double>{0, 0.1, 5, 0});
    EXPECT_GE(value, 0);
    EXPECT_LE(value, 0.2); // twice the smaller difference bounds the parabola's end
  }
}

TEST(IsSmooth, WantsSecondDifferencesOfOneSignAndLikeSize) {
  EXPECT_TRUE(is_smooth(Differences<double>{3, 1, -1, -3}));
  EXPECT_TRUE(is_smooth(Differences<double>{-3, -1, 1, 3}));
  EXPECT_FALSE(is_smooth(Differences<double>{0, 1, -1, 0}));  // a spike
  EXPECT_FALSE(is_smooth(Differences<double>{0, 0, 1, 1}));   // a kink
  EXPECT_FALSE(is_smooth(Differences<double>{10, 1, -1, -3})); // one second difference of 9 beside two of 2
}

TEST(Minmod, TakesTheSmallestOfOneSignElseZero) {
  EXPECT_EQ(minmod(1.0, 2.0, 3.0), 1.0);
  EXPECT_EQ(minmod(3.0, 2.0, 1.0), 1.0);
  EXPECT_EQ(minmod(-3.0, -2.0, -4.0), -2.0);
  EXPECT_EQ(minmod(1.0, 2.0, -1.0), 0.0);
  EXPECT_EQ(minmod(-1.0, 2.0, 1.0), 0.0);
  EXPECT_EQ(minmod(1.0, 0.0, 1.0), 0.0);
}

TEST(RemainingMass, IsWhatNeitherLeavesNorMixesAndNeverNegative) {
  EXPECT_EQ(remaining_mass(10.0, 3.0, 0.0, 0.0), 7.0);
  EXPECT_EQ(remaining_mass(10.0, 3.0, 2.0, 1.5), 3.5);
  EXPECT_EQ(remaining_mass(1.0, 3.0, 0.0, 0.0), 0.0);
}

TEST(SweptShare, IsAtMostOneAndFiniteWithoutMass) {
  EXPECT_EQ(swept_share(1.0, 4.0), 0.25);
  EXPECT_EQ(swept_share(5.0, 4.0), 1.0);
  EXPECT_EQ(swept_share(0.0, 0.0), 1.0);
}

} // namespace
} // namespace tq
