#include "base/random.hpp"
#include "diagnostics/scores.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <omp.h>
#include <vector>

using namespace tq;

namespace {

constexpr double gap = std::numeric_limits<double>::quiet_NaN();
constexpr double ug = 1e-9;

std::vector<double> in_ug(std::vector<double> values) {
  for (double& value : values) {
    value *= ug;
  }
  return values;
}

} // namespace

// Worked out by hand from the formulas of the header.
TEST(Scores, CheckValues) {
  const auto observed = in_ug({10, 20, 30, 40, 50}), modelled = in_ug({12, 18, 33, 35, 60});
  const Scores score = scores(observed, modelled, ug, measurement_uncertainty("pm10"));
  EXPECT_NEAR(score[fb], -0.05194805, 1e-8);
  EXPECT_NEAR(score[nmse], 0.02995781, 1e-8);
  EXPECT_NEAR(score[mg], 0.9567508, 1e-7);
  EXPECT_NEAR(score[vg], 1.021119, 1e-6);
  EXPECT_EQ(score[fac2], 1);
  EXPECT_NEAR(score[correlation], 0.9587294, 1e-7);
  EXPECT_NEAR(score[ioa], 0.9695410, 1e-7);
  EXPECT_NEAR(score[rmse], 5.329165 * ug, 1e-6 * ug);
  EXPECT_NEAR(score[mean_bias], 1.6 * ug, 1e-9 * ug);
  EXPECT_NEAR(score[mqi], 0.2838923, 1e-7);
}

TEST(Scores, GapsAndThresholds) {
  const Scores with_gaps = scores(in_ug({10, gap, 30, 40}), in_ug({12, 18, gap, 85}), ug);
  const Scores without = scores(in_ug({10, 40}), in_ug({12, 85}), ug);
  for (std::size_t s = 0; s < score_count; ++s) {
    EXPECT_TRUE(with_gaps[s] == without[s] || std::isnan(without[s])) << score_names[s];
  }
  EXPECT_EQ(without[fac2], 0.5);         // 85 is more than twice 40
  EXPECT_TRUE(std::isnan(without[mqi])); // nobody says how uncertain they are
  // 0 counts as the threshold: ln 1 - ln 1 = 0 for both pairs.
  EXPECT_EQ(scores(in_ug({0, 0.5}), in_ug({1, 0}), ug)[mg], 1);
  // Exactly half and exactly twice are within.
  EXPECT_EQ(scores(std::vector{10.0, 10.0}, std::vector{5.0, 20.0}, 1)[fac2], 1);
}

TEST(Scores, WhatIsNotDefinedIsNotANumber) {
  const Scores empty = scores({}, {}, ug);
  for (const double score : empty) {
    EXPECT_TRUE(std::isnan(score));
  }
  const Scores flat = scores(std::vector{5.0, 5.0}, std::vector{5.0, 5.0}, 1);
  EXPECT_TRUE(std::isnan(flat[correlation]));
  EXPECT_TRUE(std::isnan(flat[ioa]));
  EXPECT_EQ(flat[fb], 0);
}

TEST(Scores, UncertaintyAtTheReference) {
  for (const auto& [pollutant, expected] : {std::pair{"no2", 48.0}, {"o3", 21.6}, {"pm10", 14.0}, {"pm2_5", 9.0}}) {
    const MeasurementUncertainty u = *measurement_uncertainty(pollutant);
    // At O = RV the uncertainty is U_r RV; a model that is off by twice that has MQI 1.
    const std::vector<double> observed = {u.reference}, modelled = {u.reference + 2 * expected * ug};
    EXPECT_NEAR(scores(observed, modelled, ug, u)[mqi], 1, 1e-12) << pollutant;
  }
  EXPECT_FALSE(measurement_uncertainty("so2"));
}

TEST(ScoreRange, HoldsTheMeanAsOftenAsItSays) {
  // 60 values of mean 100 and standard deviation 10 against a model that is always 100: MB = 100 - Obar, whose standard error is
  // 10/sqrt(60) = 1.29. Of 200 such samples, 95 % must hold 0: within 3 standard deviations of the binomial, 181 to 199; the
  // bootstrap of 60 is a little narrow, so from 176.
  int holds = 0;
  double width = 0;
  for (int sample = 0; sample < 200; ++sample) {
    RandomStream random(3, 1, sample);
    std::vector<double> observed, modelled(60, 100.0);
    std::vector<int> block;
    for (int n = 0; n < 60; ++n) {
      observed.push_back(100 + 10 * random.normal());
      block.push_back(n);
    }
    const ScoreRange range = score_range(observed, modelled, block, 1, {}, std::uint64_t(sample), 400);
    holds += range.low[mean_bias] <= 0 && range.high[mean_bias] >= 0 ? 1 : 0;
    width += (range.high[mean_bias] - range.low[mean_bias]) / 200;
  }
  EXPECT_GE(holds, 176);
  EXPECT_LE(holds, 199);
  EXPECT_NEAR(width, 2 * 1.96 * 1.29, 0.3);
}

TEST(ScoreRange, BlocksMakeItWiderWhereNeighboursAreAlike) {
  std::vector<double> observed, modelled;
  std::vector<int> day, hour;
  for (int n = 0; n < 480; ++n) {
    RandomStream random(9, 2, n / 24); // one value a day
    observed.push_back(100 + 10 * random.normal());
    modelled.push_back(100);
    day.push_back(n / 24);
    hour.push_back(n);
  }
  const auto width = [&](const std::vector<int>& block, std::uint64_t seed) {
    const ScoreRange range = score_range(observed, modelled, block, 1, {}, seed);
    return range.high[mean_bias] - range.low[mean_bias];
  };
  EXPECT_GT(width(day, 1), 3 * width(hour, 1)); // sqrt(24) = 4.9
  EXPECT_EQ(width(day, 1), width(day, 1));
  EXPECT_NE(width(day, 1), width(day, 2));
  const double before = width(day, 1);
  const int threads = omp_get_max_threads();
  omp_set_num_threads(3);
  EXPECT_EQ(width(day, 1), before);
  omp_set_num_threads(threads);
}
