#include "activity_case.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tq;
using test::ActivityCase;

namespace {

/// A chimney of 60 m in 24 hours: stable until 8 h, then convective up to 1100 m.
EmissionModel chimney(ActivityCase& c, const std::string& stack) {
  c.start = "2017-12-04";
  c.end = "2017-12-05";
  c.city.hours = test::weather_of([](EmissionHour& hour, const CivilTime& civil) {
    const bool night = civil.hour < 8;
    hour.wind_speed = night ? 1.8 : 2.5;
    hour.friction_velocity = night ? 0.12 : 0.3;
    hour.sensible_heat = night ? -15 : 200;
    hour.inverse_obukhov_length = night ? 0.05 : -0.04;
    hour.mixing_height = night ? 400 : 1100;
  });
  return c.model("id,sector,profile,lon,lat,pm2_5 [t yr-1],pm10 [t yr-1],tsp [t yr-1],so2 [t yr-1],nox [t yr-1],co "
                 "[t yr-1],stack_height [m],stack_diameter [m],exit_velocity [m s-1],exit_temperature [degC]\n"
                 "s,industry,constant,117.2,29.28,1,2,3,4,5,6," +
                 stack + "\n");
}

/// Emission of SO2 by level [kg s-1].
std::vector<double> levels(const ActivityCase& c, const EmissionModel& model, const std::string& time) {
  const Field<double> field = test::hour_of(c.city, model, c.at(time));
  const View3<const double> view = field.view()[model.species().so2()];
  std::vector<double> sums(std::size_t(model.levels()), 0.0);
  for (int k = 0; k < model.levels(); ++k) {
    for (int j = 0; j < c.city.grid.ny(); ++j) {
      for (int i = 0; i < c.city.grid.nx(); ++i) {
        sums[std::size_t(k)] += view(i, j, k);
      }
    }
  }
  return sums;
}

double mean_level(const std::vector<double>& levels) {
  double sum = 0, moment = 0;
  for (std::size_t k = 0; k < levels.size(); ++k) {
    sum += levels[k];
    moment += double(k) * levels[k];
  }
  return moment / sum;
}

} // namespace

TEST(PlumeLevels, KeepTheEmissionInEveryHour) {
  ActivityCase c("amounts");
  const EmissionModel model = chimney(c, "60,2,12,150");
  for (int hour = 0; hour < 24; ++hour) {
    double sum = 0;
    for (const double rate : levels(c, model, fmt::format("2017-12-04 {:02}:00", hour))) {
      EXPECT_GE(rate, 0.0);
      sum += rate;
    }
    EXPECT_NEAR(sum * common_year, 4000, 4000e-12) << hour;
  }
}

TEST(PlumeLevels, FollowTheHoursAir) {
  ActivityCase c("amounts");
  const EmissionModel model = chimney(c, "60,2,12,150");
  const std::vector<double> night = levels(c, model, "2017-12-04 03:00"), noon = levels(c, model, "2017-12-04 12:00");
  EXPECT_EQ(night[0] + night[1] + night[2], 0.0); // nothing below 50 m
  EXPECT_GT(mean_level(noon), mean_level(night) + 0.5);
}

TEST(PlumeLevels, ColdVentsStayLowAndHugeOnesInTheGrid) {
  ActivityCase c("amounts");
  const std::vector<double> vent = levels(c, chimney(c, "8,0.3,2,5"), "2017-12-04 12:00");
  EXPECT_EQ(vent.size(), 1U); // 10.6 m: no other level is reached in any hour
  const EmissionModel huge = chimney(c, "240,12,30,180");
  EXPECT_EQ(huge.levels(), c.city.grid.nz());
  const std::vector<double> top = levels(c, huge, "2017-12-04 12:00");
  double sum = 0;
  for (const double rate : top) {
    sum += rate;
  }
  EXPECT_NEAR(sum * common_year, 4000, 4000e-12);
}
