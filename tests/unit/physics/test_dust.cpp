#include "physics/dust_construction.hpp"
#include "physics/dust_erosion.hpp"
#include "physics/dust_handling.hpp"
#include "physics/dust_roads.hpp"
#include "physics/road_silt.hpp"

#include <algorithm>
#include <gtest/gtest.h>

using namespace tq::physics;

namespace {

void expect_digits(double value, double expected, double relative = 1e-6) {
  EXPECT_NEAR(value, expected, relative * std::abs(expected));
}

constexpr ParticleSizes paved_k{0.15e-6, 0.62e-6, 3.23e-6}; // kg m-1
constexpr double gram_per_km = 1e-6;                        // kg m-1

constexpr BySize<PublicRoadFactors> public_road{{0.18 * pound_per_mile, 0.2, 0.5, 0.00036 * pound_per_mile},
                                                {1.8 * pound_per_mile, 0.2, 0.5, 0.00047 * pound_per_mile},
                                                {6.0 * pound_per_mile, 0.3, 0.3, 0.00047 * pound_per_mile}};

ParticleSizes public_dust(const UnpavedSurface& surface, double mph) {
  return by_size(public_road, [&](const PublicRoadFactors& factors) {
    return unpaved_public_dust(factors, surface, mph * mile_per_hour);
  });
}

} // namespace

// Computed with independent code from the equations of AP-42; printed to the digits that are compared.
TEST(DustRoads, PavedHasTheReferenceValues) {
  const ParticleSizes dirty = paved_road_dust(paved_k, 0.6e-3, 2.5 * short_ton);
  expect_digits(dirty.tsp / gram_per_km, 5.16677);
  expect_digits(dirty.pm10 / gram_per_km, 0.991764);
  expect_digits(dirty.pm2_5 / gram_per_km, 0.239943, 3e-6);
  expect_digits(paved_road_dust(paved_k.pm10, 0.2e-3, 2.5 * short_ton) / gram_per_km, 0.364945, 2e-6);
  expect_digits(paved_road_dust(paved_k.tsp, 1.2e-3, 3 * short_ton) / gram_per_km, 11.69287);
}

TEST(DustRoads, AYearOfAPavedRoadHasTheReferenceValueWithEitherFactorOfRain) {
  const double dry =
      paved_road_dust(paved_k.pm10, 0.6e-3, 2.5 * short_ton) * 1000 * 10000 * 365; // kg: 1 km, 10000 a day
  expect_digits(dry * dry_days_factor(150, 365) / 1000, 2.132292);
  expect_digits(dry * paved_rain_factor(150, 365) / 1000, 3.248026);
}

TEST(DustRoads, UnpavedHasTheReferenceValues) {
  const ParticleSizes dust = public_dust({0.11, 0.01}, 25);
  expect_digits(dust.tsp / pound_per_mile, 4.229130);
  expect_digits(dust.pm10 / pound_per_mile, 1.310785);
  expect_digits(dust.pm2_5 / pound_per_mile, 0.1307655);
  expect_digits(dust.tsp / gram_per_km, 1192.19, 1e-5);
  expect_digits(dust.pm10 / gram_per_km, 369.51, 1e-5);
  expect_digits(dust.pm2_5 / gram_per_km, 36.863, 2e-5);
  const IndustrialRoadFactors pm10{1.5 * pound_per_mile, 0.9, 0.45};
  expect_digits(unpaved_industrial_dust(pm10, {0.10, 0}, 20 * short_ton) / gram_per_km, 842.718, 2e-6);
}

TEST(DustRoads, SizesStayCumulativeWithinTheRangesOfTheFits) {
  for (const double silt : {0.018, 0.1, 0.35}) {
    for (const double moisture : {0.0003, 0.005, 0.13}) {
      for (const double speed : {10.0, 25.0, 55.0}) {
        const ParticleSizes dust = public_dust({silt, moisture}, speed);
        EXPECT_GT(dust.pm2_5, 0);
        EXPECT_LE(dust.pm2_5, dust.pm10) << silt << ' ' << moisture << ' ' << speed;
        EXPECT_LE(dust.pm10, dust.tsp) << silt << ' ' << moisture << ' ' << speed;
      }
    }
  }
  EXPECT_EQ(public_dust({0.0, 0.01}, 25).pm10, 0); // not what is taken off for exhaust, below zero
}

TEST(DustHandling, HasTheReferenceValues) {
  expect_digits(handling_dust(0.74, 3, 0.048) * 1000, 5.201925e-4);
  expect_digits(handling_dust(0.35, 3, 0.048) * 1000, 2.460370e-4);
  expect_digits(handling_dust(0.74, 5, 0.01) * 1000, 9.084588e-3);
}

TEST(DustHandling, PilesErodeAboveTheThresholdAlone) {
  expect_digits(neutral_friction_velocity(20, 10, 0.6), 2.843524);
  expect_digits(erosion_potential(1.3, 1.02) * 1000, 11.5472);
  expect_digits(erosion_potential(2.0449777, 1.12) * 1000, 72.74831);
  EXPECT_EQ(erosion_potential(1.02, 1.02), 0);
  EXPECT_EQ(erosion_potential(0.3, 1.02), 0);
}

TEST(DustConstruction, HasTheReferenceValues) {
  expect_digits(construction_dust(0.269), 1.037809e-7);
  const double year = construction_dust(0.269) * 20000 * 12 * construction_month; // kg: 20 000 m2 for 12 months
  expect_digits(year / 1000, 64.56);
  expect_digits(0.49 * year / 1000, 31.6344);
  expect_digits(0.1 * year / 1000, 6.456);
}

TEST(DustErosion, AnnualFormsHaveTheReferenceValues) {
  expect_digits(guideline_effectiveness(600, 13), 308.0445);
  expect_digits(guideline_erosion_climate(2.5, guideline_effectiveness(600, 13)), 8.29896e-5);
  std::array<double, 12> rain, temperature;
  rain.fill(50);
  temperature.fill(13);
  const double effectiveness = precipitation_effectiveness(rain, temperature);
  expect_digits(effectiveness, 42.21236);
  expect_digits(erosion_climate(2.5, effectiveness), 0.0338476, 2e-6);
  expect_digits(erosion_climate(2.1, effectiveness), 0.0200616, 2e-6);
  const ErodibleGround beijing{0.025, 188, 0.5, 0.85, 0.63};
  expect_digits(annual_soil_erosion(0.05, beijing, 0.029) * 10, 1.82472e-3, 3e-6); // t hm-2
}

TEST(DustErosion, DryAndColdMonthsCountAsTheirBounds) {
  std::array<double, 12> rain, temperature;
  rain.fill(50);
  temperature.fill(13);
  auto dry = rain, cold = temperature;
  dry[3] = 0;
  cold[0] = -20;
  const double usual = precipitation_effectiveness(rain, temperature);
  const double month = usual / 12;
  expect_digits(precipitation_effectiveness(dry, temperature), usual - month * (1 - std::pow(12.7 / 50, 10.0 / 9)));
  expect_digits(precipitation_effectiveness(rain, cold),
                usual + month * (std::pow((1.8 * 13 + 22) / (22 - 1.8 * 1.7), 10.0 / 9) - 1));
}

// Computed with independent code.
TEST(DustErosion, HoursHaveTheReferenceValues) {
  expect_digits(saltation_flux(0.5, 0.35, 1.2), 0.0346004587);
  expect_digits(sandblasting(0.08), 1.18032064e-3);
  expect_digits(moist_threshold_factor(0.05, 0.10), 1.90942266);
  expect_digits(moist_threshold_factor(0.03, 0), 1.88521637);
  EXPECT_EQ(moist_threshold_factor(0.018, 0.10), 1); // below what clay binds
  EXPECT_EQ(saltation_flux(0.35, 0.35, 1.2), 0);
  EXPECT_EQ(sandblasting(0.4), sandblasting(0.2)); // the law ends there
}

TEST(RoadSilt, HasTheExactSolution) {
  // Beside 200 000 steps of the midpoint rule.
  const SiltStep step = silt_after(1e-3, {0.6e-3, 86400, 0.181}, 2.0 / 3600, 0, 3600);
  expect_digits(step.end, 6.8843648099e-4, 1e-9);
  expect_digits(step.mean, 8.3376594304e-4, 1e-9);
}

TEST(RoadSilt, StaysInBalanceAndComesBackToIt) {
  const RoadSilt road{0.6e-3, 86400, 0.181};
  expect_digits(silt_after(0.6e-3, road, 0, 0, 3600).end, 0.6e-3, 1e-15);
  expect_digits(silt_after(0.6e-3, road, 0, 0, 3600).mean, 0.6e-3, 1e-15);
  double silt = 0.1e-3; // after a cleaning
  for (int hour = 0; hour < 24 * 20; ++hour) {
    const SiltStep step = silt_after(silt, road, 0, 0, 3600);
    EXPECT_GT(step.end, silt);
    EXPECT_LT(step.end, road.base);
    EXPECT_GT(step.mean, silt);
    EXPECT_LT(step.mean, step.end);
    silt = step.end;
  }
  expect_digits(silt, 0.6e-3 - 0.5e-3 * std::exp(-20.0), 1e-12);
  // A supply of 0.4 g m-2 a day on top shifts the balance by as much, where recovery takes a day.
  expect_digits(silt_after(1.0e-3, road, 0, 0.4e-3 / 86400, 3600).end, 1.0e-3, 1e-14);
}

TEST(RoadSilt, OneHourIsTwoHalves) {
  const RoadSilt road{0.2e-3, 86400, 0.181};
  const SiltStep whole = silt_after(0.5e-3, road, 1e-3, 1e-9, 3600);
  const SiltStep first = silt_after(0.5e-3, road, 1e-3, 1e-9, 1800);
  const SiltStep second = silt_after(first.end, road, 1e-3, 1e-9, 1800);
  expect_digits(second.end, whole.end, 1e-14);
  expect_digits((first.mean + second.mean) / 2, whole.mean, 1e-14);
}
