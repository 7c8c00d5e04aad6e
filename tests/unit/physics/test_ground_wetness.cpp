#include "physics/ground_wetness.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq::physics;

namespace {

constexpr GroundWater pavement{};

/// Mean of dryness() over an hour by small steps.
double stepped_dryness(double water, const GroundWater& ground, double rain, double evaporation) {
  constexpr int steps = 100000;
  double sum = 0;
  for (int step = 0; step < steps; ++step) {
    const double next = std::clamp(water + (rain - evaporation) / steps, 0.0, ground.capacity);
    sum += 0.5 * (dryness(water, ground) + dryness(next, ground));
    water = next;
  }
  return sum / steps;
}

} // namespace

// Computed with independent code from the formula.
TEST(GroundWetness, EvaporationHasTheReferenceValues) {
  const double warm = potential_evaporation({298.15, 0.54, 101325, 3, 600, 0.2}, 0.15);
  EXPECT_NEAR(warm, 1.571754856e-4, 1e-12); // 0.57 mm h-1: a bright noon
  const double night = potential_evaporation({293.15, 0.52, 101325, 4, 0, 1}, 0.15) * 3600;
  EXPECT_NEAR(night, 0.075382368, 1e-8);
  EXPECT_EQ(potential_evaporation({278.15, 0.9, 101325, 1, 0, 0}, 0.15),
            0); // a clear cold night has dew, not less than none
}

TEST(GroundWetness, FactorFallsBetweenItsBounds) {
  EXPECT_EQ(dryness(0, pavement), 1);
  EXPECT_EQ(dryness(0.02, pavement), 1);
  EXPECT_NEAR(dryness(0.11, pavement), 0.5, 1e-15);
  EXPECT_EQ(dryness(0.2, pavement), 0);
  EXPECT_EQ(dryness(0.5, pavement), 0);
}

TEST(GroundWetness, HourlyMeanIsThatOfSmallSteps) {
  const double rows[][3] = {// water, rain, evaporation: each way through the bounds
                            {0, 0, 0.3},     {0.3, 0, 0.15}, {0.3, 0, 0.4},  {0.5, 0, 0.05}, {0.15, 0, 0.02},
                            {0.1, 0.015, 0}, {0.5, 0.01, 0}, {0.03, 0, 0.5}, {0.19, 0, 0.3}, {0.001, 0.02, 0.001}};
  for (const auto& [water, rain, evaporation] : rows) {
    const GroundHour hour = ground_after_hour(water, pavement, rain, evaporation);
    EXPECT_NEAR(hour.dryness, stepped_dryness(water, pavement, rain, evaporation), 2e-5) << water << ' ' << rain;
    EXPECT_NEAR(hour.water, std::clamp(water + rain - evaporation, 0.0, 0.5), 1e-15);
  }
}

TEST(GroundWetness, StillWaterAndTinyChangesHaveTheFactorOfTheirWater) {
  for (const double change : {0.0, 1e-18, 1e-12}) {
    EXPECT_NEAR(ground_after_hour(0.11, pavement, 0, change).dryness, 0.5, 1e-10) << change;
  }
}

TEST(GroundWetness, RainEmitsNothingUntilTheGroundDries) {
  double water = 0;
  const GroundHour shower = ground_after_hour(water, pavement, 3.0, 0.1);
  EXPECT_EQ(shower.water, 0.5); // what is more has drained
  EXPECT_EQ(shower.dryness, 0);
  EXPECT_EQ(ground_after_hour(0, pavement, 0.05, 0.5).dryness, 0); // even where sun dries it within the hour
  water = shower.water;
  for (int hour = 0; hour < 4; ++hour) { // 0.1 mm h-1: 0.5 to 0.4, 0.3, 0.2, 0.1
    const GroundHour next = ground_after_hour(water, pavement, 0, 0.1);
    EXPECT_NEAR(next.dryness, hour < 3 ? 0.0 : (0.1 / 0.18) / 2, 1e-12) << hour;
    water = next.water;
  }
}

TEST(GroundWetness, WateringHoldsCowherdsMeanBetweenPasses) {
  // 0.35 mm h-1, 40 vehicles an hour, 3 h between passes, 1 l m-2: 100 - 0.8 0.35 40 3/1 = 66.4 %.
  constexpr double evaporation = 0.35, traffic = 40, application = 1, hours = 3;
  EXPECT_NEAR(watering_efficiency(0, evaporation * hours, traffic, application), 0.664, 1e-12);
  double sum = 0; // hour by hour
  for (int hour = 0; hour < 3; ++hour) {
    sum += watering_efficiency(evaporation * hour, evaporation * (hour + 1), traffic, application);
  }
  EXPECT_NEAR(sum / 3, 0.664, 1e-12);
}

TEST(GroundWetness, WateringEndsAtNothing) {
  // 40 vehicles an hour and 1 mm: nothing is held after 1/0.64 mm of evaporation.
  EXPECT_EQ(watering_efficiency(0, 0, 40, 1), 1);
  EXPECT_EQ(watering_efficiency(2, 3, 40, 1), 0);
  EXPECT_EQ(watering_efficiency(2, 2, 40, 1), 0);
  EXPECT_NEAR(watering_efficiency(0, 2 / 0.64, 40, 1), 0.25,
              1e-12);                            // half the time on the way to nothing, then nothing
  EXPECT_EQ(watering_efficiency(0, 5, 0, 1), 1); // nobody drives: nobody carries the water away
}
