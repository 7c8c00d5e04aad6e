#include "physics/fleet.hpp"
#include "physics/vehicle_emission.hpp"
#include "physics/vehicle_wear.hpp"

#include <gtest/gtest.h>
#include <vector>

using namespace tq;
using namespace tq::physics;

namespace {

constexpr double km_h = 1 / 3.6;
constexpr SpeedFactors gasoline_nox = {{1.38, 1.13, 0.90, 0.86, 0.96}};
constexpr SideFactors gasoline_nox_heat = {1.15, 1.31}, gasoline_nox_humidity = {1.06, 0.92},
                      gasoline_nox_hot = {1.13, 0.87};
constexpr LoadFactors nox_load = {{0.83, 1, 1.09, 1.21, 1.43}};

double celsius(double t) {
  return t + constants::zero_celsius;
}

/// The largest change of `f` from one of `steps` equal steps to the next, over `slope` times a step: at most 1 where f
/// nowhere climbs faster than `slope`, and large where it jumps.
template <class F> double steepest(F f, double from, double to, int steps, double slope) {
  double result = 0, before = f(from);
  for (int i = 1; i <= steps; ++i) {
    const double now = f(from + (to - from) * i / steps);
    result = std::max(result, std::abs(now - before) / (slope * (to - from) / steps));
    before = now;
  }
  return result;
}

} // namespace

// A China IV car, 0.032 g/km of NOx: two figures worked out by hand from the guideline's tables.
TEST(VehicleEmission, CarsHaveTheReferenceValues) {
  EXPECT_NEAR(0.032 * temperature_correction(gasoline_nox_heat, celsius(5)) * speed_correction(gasoline_nox, 35 * km_h),
              0.03312, 1e-12);
  EXPECT_NEAR(1000 * 2 * 0.032 * speed_correction(gasoline_nox, 25 * km_h), 72.32, 1e-10); // g/h of 1000 on 2 km
}

TEST(VehicleEmission, TheBaseStateIsOne) {
  EXPECT_NEAR(speed_correction(gasoline_nox, 30 * km_h), 1, 1e-15);
  EXPECT_EQ(temperature_correction(gasoline_nox_heat, celsius(15)), 1);
  EXPECT_EQ(humidity_correction(gasoline_nox_humidity, 0.5), 1);
  EXPECT_EQ(hot_humidity_correction(gasoline_nox_hot, celsius(35), 0.5), 1);
  EXPECT_EQ(hot_humidity_correction(gasoline_nox_hot, celsius(20), 0.9), 1);
  EXPECT_EQ(load_correction(nox_load, 0.5), 1);
  EXPECT_EQ(altitude_correction(3.15, 1500), 1);
}

TEST(VehicleEmission, SpeedHasTheClassesFiguresInTheirMiddles) {
  const double middles[] = {10, 25, 35, 60, 100}; // km/h
  for (int i = 0; i < 5; ++i) {
    EXPECT_NEAR(speed_correction(gasoline_nox, middles[i] * km_h), gasoline_nox.at[i], 1e-14) << middles[i];
  }
  EXPECT_EQ(speed_correction(gasoline_nox, 0), 1.38);
  EXPECT_EQ(speed_correction(gasoline_nox, 200 * km_h), 0.96);
  // half way in ln v: sqrt(10 25) and sqrt(60 100) km/h
  EXPECT_NEAR(speed_correction(gasoline_nox, std::sqrt(250.0) * km_h), (1.38 + 1.13) / 2, 1e-14);
  EXPECT_NEAR(speed_correction(gasoline_nox, std::sqrt(6000.0) * km_h), (0.86 + 0.96) / 2, 1e-14);
}

// The steepest part climbs 0.13 over ln(30/25) from 25 km/h: 0.0286 per km/h. A step between classes would be 0.25.
TEST(VehicleEmission, NothingJumpsWithSpeedOrWeather) {
  EXPECT_LE(steepest([](double v) { return speed_correction(gasoline_nox, v * km_h); }, 1, 130, 100000, 0.0286), 1);
  EXPECT_GT(speed_correction(gasoline_nox, 80 * km_h), 0.86); // a class whose border belongs to nobody gives 0 here
  const double slope = 0.31 / 4 + 1e-6;                       // 1.31 is reached over 4 K
  EXPECT_LE(
      steepest([](double t) { return temperature_correction(gasoline_nox_heat, celsius(t)); }, -10, 40, 50000, slope),
      1);
  EXPECT_LE(steepest([](double h) { return humidity_correction(gasoline_nox_humidity, h); }, 0, 1, 10000, 1.61), 1);
  EXPECT_LE(steepest([](double t) { return hot_humidity_correction(gasoline_nox_hot, celsius(t), 0.8); }, -10, 40,
                     50000, 0.13 / 4 + 1e-6),
            1);
  EXPECT_LE(steepest([](double l) { return load_correction(nox_load, l); }, 0, 1, 10000, 0.9 + 1e-6), 1);
}

TEST(VehicleEmission, WeatherHasTheGuidelinesFiguresBeyondItsLimits) {
  EXPECT_DOUBLE_EQ(temperature_correction(gasoline_nox_heat, celsius(8)), 1.15);
  EXPECT_DOUBLE_EQ(temperature_correction(gasoline_nox_heat, celsius(10)), 1.075);
  EXPECT_DOUBLE_EQ(temperature_correction(gasoline_nox_heat, celsius(-20)), 1.15);
  EXPECT_DOUBLE_EQ(temperature_correction(gasoline_nox_heat, celsius(25)), 1.155);
  EXPECT_DOUBLE_EQ(temperature_correction(gasoline_nox_heat, celsius(30)), 1.31);
  EXPECT_DOUBLE_EQ(humidity_correction(gasoline_nox_humidity, 0.3), 1.06);
  EXPECT_DOUBLE_EQ(humidity_correction(gasoline_nox_humidity, 0.9), 0.92);
  EXPECT_DOUBLE_EQ(hot_humidity_correction(gasoline_nox_hot, celsius(30), 0.3), 1.13);
  EXPECT_DOUBLE_EQ(hot_humidity_correction(gasoline_nox_hot, celsius(24), 0.9), 0.935);
}

TEST(VehicleEmission, LoadAltitudeAndSulfur) {
  const double loads[] = {0, 0.5, 0.6, 0.75, 1};
  for (int i = 0; i < 5; ++i) {
    EXPECT_DOUBLE_EQ(load_correction(nox_load, loads[i]), nox_load.at[i]);
  }
  EXPECT_DOUBLE_EQ(load_correction(nox_load, 0.25), 0.915);
  EXPECT_EQ(altitude_correction(3.15, 1501), 3.15);
  EXPECT_NEAR(sulfur_dioxide_of_fuel(60e-3, 10e-6), 1.19884e-6, 1e-11); // 60 g/km with 10 mg/kg: 1.2 mg/km
}

// Worked out by hand from the guidebook's tables.
TEST(VehicleWear, CarsAndTrucksHaveTheReferenceValues) {
  const double tyre = 0.0107 * tyre_speed_factor(60 * km_h), brake = 0.0075 * brake_speed_factor(60 * km_h),
               road = 0.0150;
  EXPECT_NEAR(tyre + brake + road, 0.03626792, 1e-12);
  EXPECT_NEAR(0.60 * tyre + 0.98 * brake + 0.50 * road, 0.023481252, 1e-12);
  EXPECT_NEAR(0.42 * tyre + 0.39 * brake + 0.27 * road, 0.012728276, 5e-10);
  EXPECT_NEAR(0.0107 * heavy_tyre_ratio(4, 0.5), 0.04494, 1e-15);
  EXPECT_NEAR(0.0075 * heavy_brake_ratio(0.5), 0.02046465, 1e-15);
}

TEST(VehicleWear, SpeedHasConstantEndsAndNoJump) {
  EXPECT_EQ(tyre_speed_factor(30 * km_h), 1.39);
  EXPECT_EQ(tyre_speed_factor(100 * km_h), 0.902);
  EXPECT_EQ(brake_speed_factor(30 * km_h), 1.67);
  EXPECT_EQ(brake_speed_factor(110 * km_h), 0.185);
  EXPECT_NEAR(brake_speed_factor(92 * km_h), 0.266, 1e-12); // still on its way, other than tyres
  EXPECT_LE(steepest([](double v) { return tyre_speed_factor(v * km_h); }, 0, 130, 130000, 0.00974 + 1e-9), 1);
  EXPECT_LE(steepest([](double v) { return brake_speed_factor(v * km_h); }, 0, 130, 130000, 0.0270 + 1e-9), 1);
}

TEST(Fleet, SurvivalHasTheReferenceValues) {
  EXPECT_NEAR(weibull_survival(5, 14.46, 4.79), 0.99384, 5e-6);
  EXPECT_NEAR(weibull_survival(10, 14.46, 4.79), 0.84289, 5e-6);
  EXPECT_NEAR(weibull_survival(15, 14.46, 4.79), 0.30362, 5e-6);
  EXPECT_EQ(weibull_survival(0, 14.46, 4.79), 1);
}

TEST(Fleet, StockGrowsFromItsFootToSaturation) {
  // 500 exp(-5 exp(-0.25 G)) by hand: G = 0 leaves e^-5, G = 4 makes -5/e
  EXPECT_NEAR(gompertz_stock(500, -5, -0.25, 0), 500 * 0.006737946999, 1e-9);
  EXPECT_NEAR(gompertz_stock(500, -5, -0.25, 4), 79.456595, 1e-6);
  EXPECT_NEAR(gompertz_stock(500, -5, -0.25, 1000), 500, 1e-12);
}

// A stock that neither grows nor shrinks sells what it scraps; with the age structure of such a stock the balance
// repeats.
TEST(Fleet, SalesBalanceTheStock) {
  std::vector<double> sold = {100};
  for (int year = 1; year < 600; ++year) {
    double survivors = 0;
    for (int age = 1; age <= year; ++age) {
      survivors += sold[std::size_t(year - age)] * weibull_survival(age, 14.46, 4.79);
    }
    sold.push_back(registrations(100, survivors));
    EXPECT_NEAR(survivors + sold.back(), 100, 1e-10);
  }
  double lives = 0; // years that a vehicle is counted: sum of S
  for (int age = 0; age < 60; ++age) {
    lives += weibull_survival(age, 14.46, 4.79);
  }
  EXPECT_NEAR(sold.back(), 100 / lives, 1e-6);
  EXPECT_EQ(registrations(90, 100), 0);
}

TEST(Fleet, StandardsFollowTheDateOfRegistration) {
  const double begins[] = {2000, 2004.5, 2008.5, 2011.5, 2017, 2020.5};
  EXPECT_EQ(standard_at(1999.9, begins, 6), 0);
  EXPECT_EQ(standard_at(2000, begins, 6), 1);
  EXPECT_EQ(standard_at(2016.99, begins, 6), 4);
  EXPECT_EQ(standard_at(2017, begins, 6), 5);
  EXPECT_EQ(standard_at(2030, begins, 6), 6);
}
