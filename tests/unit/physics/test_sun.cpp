#include "physics/photolysis.hpp"
#include "physics/radiation.hpp"
#include "physics/solar.hpp"

#include <gtest/gtest.h>

using namespace tq;
using namespace tq::physics;

// Expected values: the formulas evaluated independently, to the digits given; hence relative 1e-6.
constexpr double digits = 1e-6;

namespace {
double sine_of_zenith_cosine(double zenith_degrees) { return std::cos(zenith_degrees * constants::pi / 180.0); }
} // namespace

TEST(Solar, ElevationOfTheCheckDays) {
  EXPECT_NEAR(solar_elevation_sine(172, 4, 29.29, 117.20), 0.9935799, digits);
  EXPECT_NEAR(solar_elevation_sine(355, 4, 29.29, 117.20), 0.6055245, digits);
  EXPECT_NEAR(solar_elevation_sine(80, 8, 29.29, 117.20), 0.4975745, digits);
  EXPECT_NEAR(solar_elevation_sine(172, 14, 29.29, 117.20), -0.4761499, digits);
}

TEST(Solar, MorningOfTheNextLocalDayMayBeNegativeUtc) {
  // 00 UTC of day 80 and 24 UTC of day 79 are one instant; a day moves the declination by 0.4 degrees only
  EXPECT_NEAR(solar_elevation_sine(80, -1, 29.29, 117.20), solar_elevation_sine(79, 23, 29.29, 117.20), 0.012);
}

TEST(Radiation, IncomingUnderCloud) {
  EXPECT_NEAR(solar_radiation(0.9935799, 0.0), 953.6441, 953 * digits);
  EXPECT_NEAR(solar_radiation(0.9935799, 0.5), 885.8885, 885 * digits);
  EXPECT_NEAR(solar_radiation(0.9935799, 1.0), 238.4110, 238 * digits);
  EXPECT_EQ(solar_radiation(0.029, 0.0), 0.0);
  EXPECT_EQ(solar_radiation(-0.5, 0.0), 0.0);
  EXPECT_EQ(solar_radiation(0.0304, 0.0, {1041.0, -69.0}), 0.0); // never negative
}

TEST(Radiation, CloudAndTransmissionAreInverse) {
  for (double cloud = 0; cloud <= 1.0; cloud += 0.125) {
    EXPECT_NEAR(cloud_from_transmission(cloud_transmission(cloud)), cloud, 1e-12);
  }
  EXPECT_EQ(cloud_from_transmission(1.2), 0.0);
  EXPECT_EQ(cloud_from_transmission(0.1), 1.0);
}

TEST(Photolysis, NitrogenDioxideByZenith) {
  EXPECT_NEAR(clear_sky_photolysis(photolysis_no2, sine_of_zenith_cosine(0)), 8.920091e-3, 9e-3 * digits);
  EXPECT_NEAR(clear_sky_photolysis(photolysis_no2, sine_of_zenith_cosine(30)), 8.263960e-3, 9e-3 * digits);
  EXPECT_NEAR(clear_sky_photolysis(photolysis_no2, sine_of_zenith_cosine(60)), 5.767151e-3, 9e-3 * digits);
  EXPECT_NEAR(clear_sky_photolysis(photolysis_no2, sine_of_zenith_cosine(80)), 1.633194e-3, 9e-3 * digits);
}

TEST(Photolysis, NothingAtNightAndLessUnderCloud) {
  EXPECT_EQ(photolysis_rate_no2(0.0, 0.0), 0.0);
  EXPECT_EQ(photolysis_rate_no2(-0.3, 0.0), 0.0);
  EXPECT_EQ(photolysis_rate_no2(1e-4, 0.0), 0.0); // exp(-2670) underflows, no NaN
  EXPECT_NEAR(photolysis_rate_no2(1.0, 1.0), 0.3 * 8.920091e-3, 1e-8);
}
