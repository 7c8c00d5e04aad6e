#include "meteorology/fill.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>

using namespace tq;

namespace {

using Kind = FillPolicy::Kind;
using Series = std::vector<double>;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

Series filled(Series values, FillPolicy policy, bool circular = false) {
  fill(values, policy, circular);
  return values;
}

void expect_equal(const Series& left, const Series& right, double tolerance = 1e-12) {
  ASSERT_EQ(left.size(), right.size());
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (std::isnan(right[i])) {
      EXPECT_TRUE(std::isnan(left[i])) << i;
    } else {
      EXPECT_NEAR(left[i], right[i], tolerance) << i;
    }
  }
}

} // namespace

TEST(Fill, InterpolatesGapsUpToTheLimitAndNotAtTheEnds) {
  const Series values = {none, 1, none, none, 4, none, none, none, 8, none};
  expect_equal(filled(values, {Kind::interpolate, 2}), {none, 1, 2, 3, 4, none, none, none, 8, none});
  expect_equal(filled(values, {Kind::interpolate, 3}), {none, 1, 2, 3, 4, 5, 6, 7, 8, none});
}

TEST(Fill, HoldsTheValueBefore) {
  expect_equal(filled({none, 1, none, none, 4, none}, {Kind::hold, 1}), {none, 1, none, none, 4, 4});
  expect_equal(filled({none, 1, none, none, 4, none}, {Kind::hold, 2}), {none, 1, 1, 1, 4, 4});
}

TEST(Fill, ConstantClosesAllAndErrorNone) {
  expect_equal(filled({none, 1, none}, {Kind::constant, 0, 7}), {7, 1, 7});
  expect_equal(filled({none, 1, none}, {Kind::error, 100}), {none, 1, none});
}

TEST(Fill, RepeatsWholeDaysBeforeOrAfter) {
  Series values(24 * 5);
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = double(i);
  }
  Series holes = values;
  std::fill(holes.begin() + 50, holes.begin() + 75, none); // 25 h take what was two days before
  std::fill(holes.begin(), holes.begin() + 2, none);       // nothing is before: a day after
  const Series closed = filled(holes, {Kind::repeat, 25});
  EXPECT_EQ(closed[0], 24);
  EXPECT_EQ(closed[50], 2);
  EXPECT_EQ(closed[74], 26);
  EXPECT_EQ(closed[75], 75);
  const Series limited = filled(holes, {Kind::repeat, 24});
  EXPECT_EQ(limited[1], 25);
  EXPECT_TRUE(std::isnan(limited[50]));
  const Series nowhere(30, none);
  expect_equal(filled(nowhere, {Kind::repeat, 100}), nowhere); // no day is there to be repeated
}

TEST(Fill, DirectionsTakeTheShorterWay) {
  // 350 to 20 degrees passes north; the vectors' mean of two ends lies in the middle by symmetry.
  expect_equal(filled({350, none, 20}, {Kind::interpolate, 3}, true), {350, 5, 20}, 1e-9);
  expect_equal(filled({20, none, 300}, {Kind::interpolate, 3}, true), {20, 340, 300}, 1e-9);
  // A third of the way from 0 to 90 degrees: atan2(1/3, 2/3).
  expect_equal(filled({0, none, none, 90}, {Kind::interpolate, 3}, true),
               {0, std::atan2(1, 2) * 180 / 3.14159265358979, std::atan2(2, 1) * 180 / 3.14159265358979, 90},
               1e-9);
  expect_equal(filled({90, none, 270}, {Kind::interpolate, 3}, true), {90, 90, 270}, 1e-9);
}

TEST(Fill, CalmsTakeTheLastWindsDirection) {
  Series direction = {0, none, 45, 0, none, none, 90};
  hold_direction_in_calms({0, 0, 2, 0, 0, 3, 1}, direction);
  expect_equal(direction, {45, 45, 45, 45, 45, none, 90});
}

TEST(Fill, GapsAndTheirText) {
  const std::vector<HourRun> runs = gaps({none, 1, none, none}, 3600 * 24);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(to_text(runs, TimeZone("UTC+8")), "1970-01-02 08:00 (1 h), 1970-01-02 10:00 (2 h)");
  EXPECT_EQ(to_text(runs, TimeZone(), 1), "1970-01-02 00:00 (1 h), and 1 more");
}
