#include "meteorology/stratified_uniform.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <vector>

using namespace tq;

namespace {

enum Purpose : std::uint64_t { order = 1, place };

double draw(std::uint64_t seed, std::int64_t counter) {
  return stratified_uniform(seed, Purpose::order, Purpose::place, counter);
}

/// Deviation from 1/2 of the mean of `count` seeds from `first` on, over many counters.
double error_of_mean(std::uint64_t first, int count) {
  constexpr int counters = 2000;
  double squares = 0;
  for (int counter = 0; counter < counters; ++counter) {
    double sum = 0;
    for (int n = 0; n < count; ++n) {
      sum += draw(first + std::uint64_t(n), counter);
    }
    squares += std::pow(sum / count - 0.5, 2) / counters;
  }
  return std::sqrt(squares);
}

} // namespace

TEST(StratifiedUniform, SetOfTwentyTakesEachTwentiethAndFiveTakeEachFifth) {
  for (const std::uint64_t first : {1u, 21u, 101u, 1001u}) {
    for (const std::int64_t counter : {-7, 0, 24204}) {
      std::set<int> twentieths;
      for (std::uint64_t five = 0; five < 4; ++five) {
        std::set<int> fifths;
        for (std::uint64_t n = 0; n < 5; ++n) {
          const double value = draw(first + 5 * five + n, counter);
          ASSERT_TRUE(value >= 0 && value < 1);
          twentieths.insert(int(value * 20));
          fifths.insert(int(value * 5));
        }
        EXPECT_EQ(fifths.size(), 5u) << first << ' ' << five << ' ' << counter;
      }
      EXPECT_EQ(twentieths.size(), 20u) << first << ' ' << counter;
    }
  }
}

// Independent draws would leave sqrt(1/12/20) = 0.0645; twentieths leave a twentieth of it, the worst start between
// sets a third.
TEST(StratifiedUniform, MeanOfTwentyConsecutiveSeedsIsClose) {
  EXPECT_NEAR(error_of_mean(1, 20), 0.0645 / 20, 0.0002);
  for (const std::uint64_t first : {4u, 6u, 11u, 13u}) {
    EXPECT_LT(error_of_mean(first, 20), 0.5 * 0.0645) << first;
  }
}

// Over counters one seed's draws are uniform; with the seed beside it they are as good as independent but for the
// five's share
// (-1/4 of the variance without replacement), with the same place of the next set and with the next counter fully so.
TEST(StratifiedUniform, OneSeedDrawsAsIndependentOnesDo) {
  constexpr int count = 20000;
  std::vector<double> tenths(10);
  double beside = 0, next_set = 0, next_counter = 0;
  for (int counter = 0; counter < count; ++counter) {
    const double value = draw(3, counter);
    tenths[std::size_t(value * 10)] += 1;
    beside += 12 * (value - 0.5) * (draw(4, counter) - 0.5) / count;
    next_set += 12 * (value - 0.5) * (draw(23, counter) - 0.5) / count;
    next_counter += 12 * (value - 0.5) * (draw(3, counter + 1) - 0.5) / count;
  }
  for (const double tenth : tenths) {
    EXPECT_NEAR(tenth, count / 10.0, 200); // 4.7 deviations
  }
  EXPECT_NEAR(beside, -0.24, 0.03); // -(1 - 1/25)/4
  EXPECT_NEAR(next_set, 0, 0.03);
  EXPECT_NEAR(next_counter, 0, 0.03);
}
