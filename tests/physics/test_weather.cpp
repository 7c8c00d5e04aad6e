#include "base/constants.hpp"
#include "files/csv.hpp"
#include "meteorology/boundary_layer.hpp"
#include "meteorology/climate.hpp"
#include "meteorology/weather_generator.hpp"
#include "paths.hpp"

#include <array>
#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>

using namespace tq;

TEST(GeneratedWeather, AfternoonsCarryAwayFarMoreThanNights) {
  // Ventilation = mixing height x wind. In a basin with weak winds the afternoon's is several times the night's, in every
  // season: the reason why mornings and evenings are dirty.
  const auto source = make_generator(1);
  const BoundaryLayerModel model(*source, {29.29, 117.20}, {});
  for (int month : {1, 4, 7, 10}) {
    double afternoon = 0, night = 0;
    for (int day = 1; day <= 28; ++day) {
      const Instant midnight = from_utc({2017, month, day, 0, 0, 0}) - 8 * seconds_per_hour;
      for (int hour = 0; hour < 3; ++hour) {
        const BoundaryLayer at_day = model.at(midnight + (13 + hour) * seconds_per_hour);
        const BoundaryLayer at_night = model.at(midnight + (2 + hour) * seconds_per_hour);
        afternoon += at_day.mixing_height * at_day.wind_speed;
        night += at_night.mixing_height * at_night.wind_speed;
      }
    }
    EXPECT_GT(afternoon, 3 * night) << month;
    EXPECT_LT(afternoon, 30 * night) << month;
  }
}

TEST(SharedWeather, ClimateTableIsThatOfTheTypicalYear) {
  const auto file = test::shared_directory() / "data/jdz_typical_year_hourly.csv.gz";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  const files::CsvTable table = files::CsvTable::read(file);
  ProblemList problems;
  std::array<double, 12> temperature{}, radiation{}, humidity{}, hours{};
  const auto month = table.require("month", problems), t = table.require("T_C", problems),
             ghi = table.require("GHI", problems), rh = table.require("RH_pct", problems);
  problems.throw_if_any();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto m = std::size_t(*table.number(row, *month, problems) - 1);
    temperature[m] += *table.number(row, *t, problems);
    radiation[m] += *table.number(row, *ghi, problems);
    humidity[m] += *table.number(row, *rh, problems);
    hours[m] += 1;
  }
  const Climate climate = Climate::jingdezhen();
  for (std::size_t m = 0; m < 12; ++m) {
    // half of the last digit printed in the table, and a little for how the hours are counted
    EXPECT_NEAR(climate.temperature[m] - constants::zero_celsius, temperature[m] / hours[m], 0.06) << m;
    EXPECT_NEAR(climate.global_radiation[m], radiation[m] / hours[m], 0.006 * 1000 / 24) << m;
    EXPECT_NEAR(climate.relative_humidity[m], 0.01 * humidity[m] / hours[m], 0.006) << m;
  }
}
