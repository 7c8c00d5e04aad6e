// The engine beside exact solutions: a few samples of each kind. Figures of samples: the shared data,
// validation/analytic/samples.csv, ten digits.
#include "cell_means.hpp"
#include "plume.hpp"
#include "settled_column.hpp"
#include "spreading.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace tq {
namespace {

using namespace validation;

constexpr double digits = 1e-9;
constexpr double close = 0.02; // what the finest grid has to hold

const PowerLaw neutral{3.0, 0.2, 0.1, 0.8, 0};
const PowerLaw stable_elevated{2.0, 0.4, 0.05, 0.6, 2.0};

TEST(Solutions, GiveTheSamples) {
  const auto expect = [](double seen, double sample) { EXPECT_NEAR(seen, sample, digits * sample); };
  expect(neutral.concentration(50, 0), 1.529966256e-01);
  expect(neutral.concentration(100, 1.5), 6.447461425e-02);
  expect(stable_elevated.concentration(200, 1.5), 6.370232398e-02);
  expect(PowerLaw{3.0, 0.2, 0.1, 0.8, 50}.concentration(100, 1.5), 9.371852617e-16); // far in the tail
  expect(Plume{{5, 0, 5, 0, 50}, 20}.concentration({200, 50, 0}), 1.600764027e-06);
  expect(taylor_dispersion(1, 1, 10, 1.0 / 120), 1.833333333);
  expect(taylor_dispersion(10, 1, 10, 1.0 / 210), 10.04761905);
  expect(shear_puff(1, 0.05, 300).xx, 4.56e4);
  expect(Pulse{1, 2, 10, 1e-3}.concentration(150, 100), 4.320475718e-03);
  expect(Rouse{0.4 * 0.3, 1, 100}.concentration(10, 0.05), 3.682022018e-01);
  expect(Rouse{0.4 * 0.3, 1, 0}.concentration(50, 0.01), 7.218038036e-01);
  expect(taylor_spread(0.5, 100, 1), 4.991680537e-01);
}

TEST(Solutions, ElevatedPlumeOnTheGroundIsTheLimitFromAbove) {
  const double ground = stable_elevated.concentration(200, 0);
  EXPECT_NEAR(stable_elevated.concentration(200, 1e-9), ground, 1e-9 * ground);
}

TEST(Solutions, BesselFunctionOfHalfOrderIsElementary) {
  for (const double x : {0.01, 1.0, 39.9, 40.1, 600.0}) { // series below 40, expansion above
    const double expected = (1 + std::exp(-2 * x)) / std::sqrt(2 * std::numbers::pi * x);
    EXPECT_NEAR(scaled_bessel_i(-0.5, x), expected, 1e-13 * expected) << x;
  }
}

TEST(CellMeans, ParabolaInAPowerIsFoundExactly) {
  const std::vector<double> faces{0, 0.5, 1.5, 3, 5};
  const double power = 1.4;
  const auto antiderivative = [&](double s) { // of 2 - 3 w + 0.5 w^2, w = s^power
    return 2 * s - 3 * std::pow(s, power + 1) / (power + 1) + 0.5 * std::pow(s, 2 * power + 1) / (2 * power + 1);
  };
  for (const double at : {0.0, 0.3, 1.5, 4.9}) {
    const PointWeights w = weights_at(faces, at, power);
    double seen = 0;
    for (int c = 0; c < 3; ++c) {
      const double low = faces[std::size_t(w.first + c)], high = faces[std::size_t(w.first + c) + 1];
      seen += w.weight[std::size_t(c)] * (antiderivative(high) - antiderivative(low)) / (high - low);
    }
    EXPECT_NEAR(seen, 2 - 3 * std::pow(at, power) + 0.5 * std::pow(at, 2 * power), 1e-11) << at;
  }
}

TEST(Plumes, RobertsAndHuangWithinTwoPercent) {
  const PlumeResult ground = run_plume({neutral}, 0, 50, 100, 4, {{50, 0, 0}, {50, 0, 1.5}, {100, 0, 1.5}});
  EXPECT_NEAR(ground.values[0] / 1.529966256e-01, 1, close);
  EXPECT_NEAR(ground.values[1] / 8.915528108e-02, 1, close);
  EXPECT_NEAR(ground.values[2] / 6.447461425e-02, 1, close);
  const PlumeResult elevated = run_plume({stable_elevated}, 0, 100, 200, 4, {{100, 0, 1.5}, {200, 0, 1.5}});
  EXPECT_NEAR(elevated.values[0] / 8.576075484e-02, 1, close);
  EXPECT_NEAR(elevated.values[1] / 6.370232398e-02, 1, close);
}

TEST(Plumes, GaussianWithinTwoPercentOnTheMiddleGrid) {
  const PlumeResult seen = run_plume({{5, 0, 5, 0, 50}, 20}, 0, 100, 200, 2, {{200, 0, 50}, {200, 50, 50}});
  EXPECT_NEAR(seen.values[0] / 3.978888405e-05, 1, close);
  EXPECT_NEAR(seen.values[1] / (3.978888405e-05 * std::exp(-50.0 * 50 / (4 * 20 * 200 / 5))), 1, close);
}

TEST(Plumes, SecondOrderWhereTheExactPlumeEnters) {
  const double coarse = run_plume({neutral}, 25, 50, 100, 1, {}).difference;
  const double fine = run_plume({neutral}, 25, 50, 100, 2, {}).difference;
  EXPECT_NEAR(0.5 * std::log2(coarse / fine), 2, 0.15) << std::sqrt(coarse) << " " << std::sqrt(fine);
}

TEST(Puffs, PulseWithinTwoPercentAndSecondOrder) {
  const Pulse pulse{1, 2, 10, 1e-3};
  const PulseResult seen = run_pulse(pulse, 0, 100, 4, {150, 200, 250});
  EXPECT_NEAR(seen.values[0] / 4.320475718e-03, 1, close);
  EXPECT_NEAR(seen.values[1] / 8.071711294e-03, 1, close);
  EXPECT_NEAR(seen.values[2] / 4.320475718e-03, 1, close);
  const double coarse = run_pulse(pulse, 25, 100, 1, {}).difference, fine = run_pulse(pulse, 25, 100, 2, {}).difference;
  EXPECT_NEAR(0.5 * std::log2(coarse / fine), 2, 0.1);
}

TEST(Puffs, ShearStretchesAPuff) {
  const double coarse = run_shear_puff(1, 0.05, 300, 1) / 4.56e4 - 1,
               fine = run_shear_puff(1, 0.05, 300, 2) / 4.56e4 - 1;
  EXPECT_NEAR(fine, 0, 0.001);
  EXPECT_NEAR(std::log2(coarse / fine), 2, 0.2);
}

TEST(Puffs, ShearDispersesAlongAChannel) {
  EXPECT_NEAR(run_channel(ChannelFlow::linear, 1, 1, 10, 4) / 1.833333333, 1, close);
  EXPECT_NEAR(run_channel(ChannelFlow::parabola, 1, 1, 10, 4) / 1.476190476, 1, close);
}

TEST(SettledColumn, HasTheProfileOfRouse) {
  const Rouse rouse{0.4 * 0.3, 1, 100};
  const ColumnResult seen = run_rouse(rouse, 0.05, 2, {2, 10, 50});
  EXPECT_NEAR(seen.values[0] / 7.459911963e-01, 1, close);
  EXPECT_NEAR(seen.values[1] / 3.682022018e-01, 1, close);
  EXPECT_NEAR(seen.values[2] / 1.473958770e-01, 1, close);
  EXPECT_GE(0.5 * std::log2(run_rouse(rouse, 0.05, 1, {}).difference / seen.difference), 1.8);
}

} // namespace
} // namespace tq
