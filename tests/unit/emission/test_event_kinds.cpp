#include "activity_case.hpp"

#include <gtest/gtest.h>

using namespace tq;
using enum InventoryPollutant;
using test::ActivityCase;

namespace {

double of(const InventoryAmounts& amounts, InventoryPollutant pollutant) {
  return amounts[std::size_t(pollutant)];
}

} // namespace

TEST(BurningKind, BurnsInItsHoursAlone) {
  ActivityCase burning("burning");
  burning.start = "2017-10-20";
  burning.end = "2017-10-25";
  const auto model = [&](const std::string& tonnes) {
    return burning.model("id,geometry,matter,amount [t],date,days,first_hour,last_hour\n"
                         "b,site-a,straw," +
                         tonnes + ",2017-10-21,3,14,18\n");
  };
  const EmissionModel once = model("60");
  const InventoryAmounts all = ActivityCase::emitted(once, burning.at("2017-10-20"), burning.at("2017-10-25"));
  EXPECT_NEAR(of(all, co), 60 * 102.0, 1e-9); // kg
  EXPECT_NEAR(of(all, pm2_5), 60 * 13.69, 1e-9);
  EXPECT_NEAR(of(all, pm10), 60 * 15.06, 1e-9);
  const InventoryAmounts hour =
      ActivityCase::emitted(once, burning.at("2017-10-22T14:00"), burning.at("2017-10-22T15:00"));
  EXPECT_NEAR(of(hour, co), 60 * 102.0 / 12, 1e-10);
  EXPECT_EQ(of(ActivityCase::emitted(once, burning.at("2017-10-22T18:00"), burning.at("2017-10-23T14:00")), co), 0.0);
  EXPECT_EQ(of(ActivityCase::emitted(once, burning.at("2017-10-24"), burning.at("2017-10-25")), co), 0.0);
  const InventoryAmounts twice =
      ActivityCase::emitted(model("120"), burning.at("2017-10-20"), burning.at("2017-10-25"));
  EXPECT_NEAR(of(twice, co), 2 * of(all, co), 1e-9);
}

TEST(FireworksKind, NewYearsEveIsOnTheLunarCalendar) {
  ActivityCase fireworks("fireworks");
  fireworks.start = "2017-01-26";
  fireworks.end = "2017-01-30";
  const EmissionModel model = fireworks.model("id,geometry,festival,product,amount [t],base [m],top [m]\n"
                                              "c,old-town,new_years_eve,firecrackers,60,0,2\n"
                                              "s,old-town,new_years_eve,shells,40,50,200\n");
  const auto emitted = [&](const char* from, const char* to) {
    return ActivityCase::emitted(model, fireworks.at(from), fireworks.at(to));
  };
  const InventoryAmounts all = emitted("2017-01-26", "2017-01-30");
  EXPECT_NEAR(of(all, pm2_5), 100 * 51.94, 1e-9); // kg
  EXPECT_NEAR(of(all, so2), 60 * 15.0 + 40 * 3.02, 1e-9);
  // The weights that fit the measured evening and morning.
  EXPECT_NEAR(of(emitted("2017-01-27T17:00", "2017-01-27T20:00"), pm2_5), 0.50 * 5194, 1e-9);
  EXPECT_NEAR(of(emitted("2017-01-27T20:00", "2017-01-28T00:00"), pm2_5), 0.15 * 5194, 1e-9);
  EXPECT_NEAR(of(emitted("2017-01-28T00:00", "2017-01-28T02:00"), pm2_5), 0.10 * 5194, 1e-9);
  EXPECT_NEAR(of(emitted("2017-01-28T06:00", "2017-01-28T10:00"), pm2_5), 0.25 * 5194, 1e-9);
  EXPECT_EQ(of(emitted("2017-01-26", "2017-01-27T17:00"), pm2_5), 0.0);
  EXPECT_EQ(of(emitted("2017-01-28T10:00", "2017-01-30"), pm2_5), 0.0);
  // Sulfur dioxide goes ahead: until 19 h it is the larger part of the evening's.
  EXPECT_GT(of(emitted("2017-01-27T17:00", "2017-01-27T19:00"), so2),
            0.5 * of(emitted("2017-01-27", "2017-01-28"), so2));
  EXPECT_LT(of(emitted("2017-01-27T17:00", "2017-01-27T19:00"), pm2_5),
            0.5 * of(emitted("2017-01-27", "2017-01-28"), pm2_5));
}

TEST(FireworksKind, EachYearOfTheRunHasItsFestivalAndADateHasOne) {
  ActivityCase fireworks("fireworks");
  fireworks.start = "2018-02-19";
  fireworks.end = "2019-02-11";
  const EmissionModel model = fireworks.model("id,geometry,festival,date,amount [t]\n"
                                              "shops,old-town,fifth_day,,10\n"
                                              "opening,old-town,,2018-05-18,1\n");
  const auto emitted = [&](const char* from, const char* to) {
    return of(ActivityCase::emitted(model, fireworks.at(from), fireworks.at(to)), pm10);
  };
  EXPECT_NEAR(emitted("2018-02-20T07:00", "2018-02-20T11:00"), 999.2, 1e-9); // a morning
  EXPECT_NEAR(emitted("2019-02-09", "2019-02-10"), 999.2, 1e-9);
  EXPECT_NEAR(emitted("2018-05-18T18:00", "2018-05-18T21:00"), 99.92, 1e-9); // an evening
  EXPECT_EQ(emitted("2018-05-19", "2018-06-19"), 0.0);
}
