#include "planning/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr SampleOptions many{.samples = 4000, .seed = 7};

} // namespace

TEST(Sampling, EveryPartIsDrawnOncePerInput) {
  const SampleOptions options{.samples = 50, .seed = 3};
  const LatinHypercube draws(options, 4);
  for (std::size_t input = 0; input < 4; ++input) {
    std::vector<int> hits(options.samples, 0);
    for (std::size_t sample = 0; sample < options.samples; ++sample) {
      ++hits.at(std::size_t(draws.at(sample, input) * double(options.samples)));
    }
    EXPECT_EQ(hits, std::vector<int>(options.samples, 1)) << input;
  }
}

TEST(Sampling, InputsAreIndependent) {
  const LatinHypercube draws(many, 2);
  double product = 0;
  for (std::size_t sample = 0; sample < many.samples; ++sample) {
    product += (draws.at(sample, 0) - 0.5) * (draws.at(sample, 1) - 0.5);
  }
  const double correlation = 12 * product / double(many.samples);
  EXPECT_LT(std::abs(correlation), 4 / std::sqrt(double(many.samples))); // four standard deviations
}

TEST(Sampling, SeedsRepeatAndInputsDoNotDependOnTheirNumber) {
  const SampleOptions one{.samples = 20, .seed = 1}, other{.samples = 20, .seed = 2};
  const LatinHypercube few(one, 1), more(one, 3), again(one, 3), another(other, 3);
  int equal = 0;
  for (std::size_t sample = 0; sample < 20; ++sample) {
    EXPECT_EQ(few.at(sample, 0), more.at(sample, 0));
    EXPECT_EQ(again.at(sample, 2), more.at(sample, 2));
    equal += another.at(sample, 2) == more.at(sample, 2) ? 1 : 0;
  }
  EXPECT_EQ(equal, 0);
}

TEST(Sampling, WhatIsStatedIsTheMedian) {
  EXPECT_EQ(split_log_uniform(0.5, 0.25, 9), 1);
  EXPECT_DOUBLE_EQ(split_log_uniform(0.25, 0.25, 9), 0.5); // halfway in the logarithm
  EXPECT_DOUBLE_EQ(split_log_uniform(0.75, 0.25, 9), 3);
  EXPECT_DOUBLE_EQ(split_log_uniform(0, 0.25, 9), 0.25);
  EXPECT_DOUBLE_EQ(split_log_uniform(1, 0.25, 9), 9);
  EXPECT_EQ(split_uniform(0.5, 0, 1.2), 1);
  EXPECT_DOUBLE_EQ(split_uniform(0.25, 0, 1.2), 0.5);
  EXPECT_DOUBLE_EQ(split_uniform(0.75, 0, 1.2), 1.1);
}

TEST(Sampling, PercentilesOfOneInputAreThoseOfItsDistribution) {
  // One tag brings 10, another 5 that is certain: 10 % lie below 5 + 10 * 0.5^0.8, 90 % below 5 + 10 * 4^0.8.
  const std::vector<Uncertainty> dust = {{.id = "dust", .tags = {"road_*"}, .pollutants = {}, .low = 0.5, .high = 4}};
  const SampledTags sampled = sample_tags(dust, {"road_dust", "power"}, "pm10", many);
  const std::vector<Range> ranges = ranges_of_sums(sampled, std::vector<double>{10, 5}, 1);
  ASSERT_EQ(ranges.size(), 1u);
  EXPECT_EQ(ranges[0].central, 15);
  EXPECT_NEAR(ranges[0].low, 5 + 10 * std::pow(0.5, 0.8), 15 / double(many.samples));
  EXPECT_NEAR(ranges[0].high, 5 + 10 * std::pow(4, 0.8), 120 / double(many.samples));
}

TEST(Sampling, PercentilesOfASumOfTwoAreThoseOfTheConvolution) {
  // ln of each multiple is uniform in [-a, a]; the product's is triangular on [-2a, 2a], so 10 % lie below
  // -2a + sqrt(0.1 * 8 a^2) and 90 % below the opposite.
  const double a = std::log(2.0);
  const std::vector<Uncertainty> two = {{.id = "factor", .tags = {"road"}, .pollutants = {}, .low = 0.5, .high = 2},
                                        {.id = "traffic", .tags = {"*"}, .pollutants = {}, .low = 0.5, .high = 2}};
  const SampledTags sampled = sample_tags(two, {"road"}, "pm10", many);
  const Range range = ranges_of_sums(sampled, std::vector<double>{1}, 1)[0];
  const double end = 2 * a - std::sqrt(0.8) * a;
  // the hypercube does not stratify the product: standard error of a quantile, sqrt(p (1 - p) / n) / density, three
  // times
  const double tolerance = 3 * std::sqrt(0.09 / double(many.samples)) / (std::sqrt(0.8) * a / (4 * a * a));
  EXPECT_NEAR(std::log(range.low), -end, tolerance);
  EXPECT_NEAR(std::log(range.high), end, tolerance);
}

TEST(Sampling, APollutantThatIsNotNamedIsCertain) {
  const std::vector<Uncertainty> dust = {
      {.id = "dust", .tags = {"road"}, .pollutants = {"pm10"}, .low = 0.5, .high = 2}};
  const SampledTags sampled = sample_tags(dust, {"road"}, "so2", {.samples = 10, .seed = 1});
  EXPECT_EQ(sampled.multiple, std::vector<double>(10, 1.0));
}

TEST(Sampling, DifferencesOfRunsShareTheirDraws) {
  // What two runs have in common does not make their difference uncertain.
  const std::vector<Uncertainty> all = {{.id = "all", .tags = {"*"}, .pollutants = {}, .low = 0.1, .high = 10}};
  const SampledTags sampled = sample_tags(all, {"road", "power"}, "pm10", many);
  const Range same = ranges_of_sums(sampled, std::vector<double>{0, 0}, 1)[0];
  EXPECT_EQ(same.low, 0);
  EXPECT_EQ(same.high, 0);
}

TEST(Sampling, RangesThatTouchOverlap) {
  EXPECT_TRUE(overlap({1, 2, 3}, {3, 4, 5}));
  EXPECT_TRUE(overlap({3, 4, 5}, {1, 2, 3}));
  EXPECT_TRUE(overlap({1, 5, 9}, {4, 5, 6}));
  EXPECT_FALSE(overlap({1, 2, 3}, {3.1, 4, 5}));
}
