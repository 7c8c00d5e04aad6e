#include "emission/measures.hpp"

#include "base/log.hpp"
#include "city.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

const Measure& only(const EmissionModel& model) {
  return model.measures().at(0);
}

double factor(const test::City& city, const EmissionModel& model, const char* species) {
  return only(model).facets.at(0).factor[std::size_t(city.species.find(species))];
}

std::vector<std::string> selected(const EmissionModel& model) {
  std::vector<std::string> ids;
  for (const std::size_t s : only(model).sources) {
    ids.push_back(model.inventory().sources[s].id);
  }
  return ids;
}

EmissionModel with_measure(const test::City& city, const std::string& rest) {
  return city.overlay("[[measure]]\nid = \"m\"\n" + rest);
}

using Ids = std::vector<std::string>;

} // namespace

TEST(Measures, MatchesWildcards) {
  EXPECT_TRUE(matches("ZS-*", "ZS-04"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*kiln*", "old kilns"));
  EXPECT_TRUE(matches("a*b*c", "a-b-b-c"));
  EXPECT_TRUE(matches("exact", "exact"));
  EXPECT_FALSE(matches("exact", "exactly"));
  EXPECT_FALSE(matches("ZS-*", "XZS-04"));
  EXPECT_FALSE(matches("a*b", "a-b-c"));
  EXPECT_FALSE(matches("", "a"));
}

TEST(Measures, AreActiveByLocalDateWeekdayAndHour) {
  Measure measure;
  measure.first_day = day_number({2017, 12, 5, 0, 0, 0});
  measure.last_day = day_number({2017, 12, 7, 0, 0, 0});
  measure.weekdays = {true, true, false, true, true, true, true}; // not on Wednesday the 6th
  measure.first_hour = 7;
  measure.last_hour = 19;
  EXPECT_FALSE(measure.active({2017, 12, 4, 12, 0, 0}));
  EXPECT_FALSE(measure.active({2017, 12, 5, 6, 0, 0}));
  EXPECT_TRUE(measure.active({2017, 12, 5, 7, 0, 0}));
  EXPECT_FALSE(measure.active({2017, 12, 6, 12, 0, 0}));
  EXPECT_TRUE(measure.active({2017, 12, 7, 18, 0, 0})); // the last day counts
  EXPECT_FALSE(measure.active({2017, 12, 7, 19, 0, 0}));
  EXPECT_FALSE(measure.active({2017, 12, 8, 12, 0, 0}));
  measure.first_hour = 22;
  measure.last_hour = 6;
  EXPECT_TRUE(measure.active({2017, 12, 5, 23, 0, 0}));
  EXPECT_TRUE(measure.active({2017, 12, 5, 0, 0, 0}));
  EXPECT_FALSE(measure.active({2017, 12, 5, 6, 0, 0}));
  EXPECT_FALSE(measure.active({2017, 12, 6, 0, 0, 0})); // a Wednesday
}

TEST(Measures, SelectByEveryKey) {
  const test::City city;
  const auto of = [&](const std::string& select) {
    return selected(with_measure(city, "kind = \"ban\"\nselect = { " + select + " }\n"));
  };
  EXPECT_EQ(of("sector = \"construction\""), (Ids{"site-1", "site-2"}));
  EXPECT_EQ(of("sector = [\"construction\", \"traffic\"]"), (Ids{"site-1", "site-2", "road-1"}));
  EXPECT_EQ(of("source = \"site-*\", enterprise = \"*Two\""), (Ids{"site-2"}));
  EXPECT_EQ(of("cell = \"W-*\", sector = \"construction\""), (Ids{"site-1", "site-2"}));
  EXPECT_EQ(of("cell = \"CITY\"").size(), 5U); // and every cell below
  EXPECT_EQ(of("district = \"Changjiang\", department = \"environment\""), (Ids{"stack-1", "kiln-1"}));
  EXPECT_EQ(of("unit = \"west street office\", sector = \"c*\""), (Ids{"site-1", "site-2"}));
  EXPECT_EQ(selected(with_measure(city, "kind = \"ban\"\n")).size(), 5U);
}

TEST(Measures, EfficiencyOfOneNumberHoldsForAllSpecies) {
  const test::City city;
  const EmissionModel model =
      with_measure(city, "kind = \"scale\"\nefficiency = 0.5\ncoverage = 0.8\ncompliance = 0.9\n");
  for (const char* species : {"pm_fine", "pm_coarse", "pm_super", "so2", "no", "no2", "co"}) {
    EXPECT_EQ(factor(city, model, species), 1 - 0.5 * 0.8 * 0.9) << species;
  }
}

TEST(Measures, EfficiencyByNameFollowsTheRules) {
  const test::City city;
  const auto model = [&](const std::string& table) {
    return with_measure(city, "kind = \"scale\"\nefficiency = { " + table + " }\n");
  };
  const EmissionModel coarse = model("pm2_5 = 0.25, coarse = 0.5, nox = 0.125");
  EXPECT_EQ(factor(city, coarse, "pm_fine"), 0.75);
  EXPECT_EQ(factor(city, coarse, "pm_coarse"), 0.5);
  EXPECT_EQ(factor(city, coarse, "pm_super"), 0.5); // coarse holds for super too
  EXPECT_EQ(factor(city, coarse, "no"), 0.875);
  EXPECT_EQ(factor(city, coarse, "no2"), 0.875);
  EXPECT_EQ(factor(city, coarse, "so2"), 1.0); // not named
  const EmissionModel super = model("coarse = 0.5, super = 0.75, nox = 0.5, no2 = 0.25");
  EXPECT_EQ(factor(city, super, "pm_super"), 0.25);
  EXPECT_EQ(factor(city, super, "pm_fine"), 1.0);
  EXPECT_EQ(factor(city, super, "no"), 0.5);
  EXPECT_EQ(factor(city, super, "no2"), 0.75); // the narrow name wins
  const EmissionModel wide = model("tsp = 0.25, pm10 = 0.5, fine = 0.75, so2 = 1.0, co = 0.5");
  EXPECT_EQ(factor(city, wide, "pm_fine"), 0.25);
  EXPECT_EQ(factor(city, wide, "pm_coarse"), 0.5);
  EXPECT_EQ(factor(city, wide, "pm_super"), 0.75);
  EXPECT_EQ(factor(city, wide, "so2"), 0.0);
  EXPECT_EQ(factor(city, wide, "co"), 0.5);
}

TEST(Measures, SpeciesLimitWhatIsTouched) {
  const test::City city;
  const EmissionModel model =
      with_measure(city, "kind = \"ban\"\ncoverage = 0.5\nselect = { species = [\"pm10\", \"so2\"] }\n");
  EXPECT_EQ(factor(city, model, "pm_fine"), 0.5);
  EXPECT_EQ(factor(city, model, "pm_coarse"), 0.5);
  EXPECT_EQ(factor(city, model, "pm_super"), 1.0);
  EXPECT_EQ(factor(city, model, "so2"), 0.5);
  EXPECT_EQ(factor(city, model, "co"), 1.0);
}

TEST(Measures, CostCountsActiveDaysAndTreatedArea) {
  const test::City city;
  const EmissionModel model = with_measure(city, R"(kind = "scale"
select = { sector = "construction" }
efficiency = 0.5
coverage = 0.25
from = 2017-12-06
to = 2017-12-09
weekdays = ["wednesday", "thursday", "friday"]
hours = "07-19"
cost = { capital = 5000.0, per_day = 100.0, per_m2_month = 0.3, payer = "developer" }
)");
  const MeasureRow& row = model.totals().measures.at(0);
  EXPECT_EQ(row.days, 3);
  EXPECT_EQ(row.hours, 36);
  EXPECT_EQ(row.sources, 2);
  EXPECT_EQ(row.capital, 5000);
  const double area = model.inventory().sources[0].area + model.inventory().sources[1].area;
  EXPECT_GT(area, 1e6);
  EXPECT_NEAR(row.running, 300 + 0.3 * 0.25 * area * 3 / (365.0 / 12), 1e-9 * row.running);
  EXPECT_EQ(row.payer, "developer");
  EXPECT_EQ(row.currency, "CNY");
}

TEST(Measures, WarnIfNeverActive) {
  const test::City city;
  const int before = log::warning_count();
  const EmissionModel model = with_measure(city, "kind = \"ban\"\nfrom = 2018-01-01\n");
  EXPECT_EQ(log::warning_count(), before + 1);
  EXPECT_EQ(model.totals().measures.at(0).days, 0);
}
