#include "emission/measure_units.hpp"

#include "activity_case.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr Instant day = seconds_per_day;

/// Active from 07 to 19 on days 1, 2 and 4.
MeasureActivity three_days() {
  MeasureActivity activity;
  for (const int d : {1, 2, 4}) {
    activity.starts.push_back(activity.hours.size());
    for (int hour = 7; hour < 19; ++hour) {
      activity.hours.push_back(d * day + hour * seconds_per_hour);
    }
  }
  return activity;
}

Source source_of(const std::string& id, const std::string& inventory, const std::string& geometry, double area,
                 Instant from, Instant to, const std::string& part = "") {
  Source source;
  source.id = id;
  source.inventory = inventory;
  source.geometry = geometry;
  source.area = area;
  Stream& stream = source.streams.emplace_back();
  stream.part = part;
  stream.from = from;
  stream.to = to;
  return source;
}

MeasuredUnits units_of(std::vector<Source> sources, const std::vector<std::string>& parts = {}) {
  Inventory inventory;
  inventory.sources = std::move(sources);
  Measure measure;
  measure.facets = {{parts, {}}};
  for (std::size_t s = 0; s < inventory.sources.size(); ++s) {
    measure.sources.push_back(s);
  }
  return count_units(inventory, measure, three_days());
}

} // namespace

TEST(MeasureUnits, ASiteIsOneUnitWhateverItsPhases) {
  const MeasuredUnits phases = units_of({source_of("earth", "sites", "site", 100, 0, 2 * day),
                                         source_of("walls", "sites", "site", 100, 2 * day, 9 * day)});
  EXPECT_EQ(phases.unit_days, 3);
  EXPECT_EQ(phases.area_days, 300);
  // On one day both are at work.
  EXPECT_EQ(units_of({source_of("earth", "sites", "site", 100, 0, 3 * day),
                      source_of("walls", "sites", "site", 100, 2 * day, 9 * day)})
                .unit_days,
            3);
}

TEST(MeasureUnits, CountOnDaysWithAnActiveHourInTheirDates) {
  const auto days = [](Instant from, Instant to) {
    return units_of({source_of("a", "sites", "site", 1, from, to)}).unit_days;
  };
  EXPECT_EQ(days(0, day), 0);
  EXPECT_EQ(days(0, day + 7 * seconds_per_hour), 0);
  EXPECT_EQ(days(0, day + 8 * seconds_per_hour), 1);
  EXPECT_EQ(days(2 * day + 18 * seconds_per_hour, 9 * day), 2);
  EXPECT_EQ(days(2 * day + 19 * seconds_per_hour, 9 * day), 1);
  EXPECT_EQ(days(3 * day, 4 * day), 0);
  EXPECT_EQ(days(5 * day, 9 * day), 0);
}

TEST(MeasureUnits, PlacesAreOfOneInventoryAndPointsStandAlone) {
  const MeasuredUnits units = units_of(
      {source_of("road", "roads", "street", 0, 0, 9 * day), source_of("road/dust", "roads", "street", 0, 0, 9 * day),
       source_of("muck", "trucks", "street", 0, 0, 9 * day), source_of("boiler-1", "boilers", "", 0, 0, 9 * day),
       source_of("boiler-2", "boilers", "", 0, 0, 2 * day)});
  EXPECT_EQ(units.unit_days, 3 + 3 + 3 + 1);
  EXPECT_EQ(units.area_days, 0);
}

TEST(MeasureUnits, OnlyStreamsOnWhichTheMeasureActsCount) {
  const std::vector<Source> sources = {source_of("a", "yards", "yard-1", 10, 0, 9 * day, "handling"),
                                       source_of("b", "yards", "yard-2", 20, 0, 9 * day, "wind")};
  EXPECT_EQ(units_of(sources, {"wind"}).unit_days, 3);
  EXPECT_EQ(units_of(sources, {"wind"}).area_days, 60);
  EXPECT_EQ(units_of(sources).unit_days, 6);
}

TEST(MeasureUnits, AMeasureIsPaidForSitesThatAreAtWork) {
  const test::City city;
  const std::filesystem::path folder = test::scratch_directory("units");
  std::ofstream(folder / "sites.csv") << "id,geometry,phase,from,to,area [ha]\n"
                                         "a-earth,site-a,earthworks,2017-01-01,2017-12-05,\n"
                                         "a-walls,site-a,building,2017-12-06,2018-06-30,\n"
                                         "b-earth,old-town,earthworks,2017-01-01,2017-12-06,\n"
                                         "c-earth,kiln-hall,earthworks,2017-01-01,2017-11-30,1\n";
  const std::string data = (test::emission_directory() / "data").string();
  const EmissionModel model =
      city.overlay("[[inventory]]\nid = \"dated\"\nkind = \"construction\"\nsources = \"" +
                   (folder / "sites.csv").string() + "\"\ngeometry = \"" + data +
                   "/geometry.geojson\"\n[[measure]]\nid = \"stop\"\nkind = \"ban\"\nselect = { source = [\"a-*\", "
                   "\"b-*\", \"c-*\"] }\n"
                   "from = 2017-12-05\nto = 2017-12-08\ncost = { per_unit_day = 100, per_m2_month = 0.5 }\n");
  std::filesystem::remove_all(folder);
  const MeasureRow& row = model.totals().measures.at(0);
  EXPECT_EQ(row.sources, 4);
  // Four days of site a and two of b, by the dates of both their rows; c is finished.
  const auto area = [&](const char* id) {
    for (const Source& source : model.inventory().sources) {
      if (source.id == id) {
        return source.area;
      }
    }
    return 0.0;
  };
  EXPECT_GT(area("b-earth"), 0);
  const double expected = 100 * (4 + 2) + 0.5 * (4 * area("a-walls") + 2 * area("b-earth")) / (365.0 / 12);
  EXPECT_NEAR(row.running, expected, 1e-12 * expected);
}

TEST(MeasureUnits, ProjectsCountOnceAndAreasAreThoseOfTheTable) {
  test::ActivityCase sites("construction");
  sites.measures = "[[measure]]\nid = \"net\"\nkind = \"scale\"\nefficiency = 0.5\n"
                   "cost = { project_share = 0.01, per_m2_month = 0.365 }\n";
  const EmissionModel model = sites.model("id,geometry,phase,area [ha],from,to,project_cost\n"
                                          "earth,site-a,earthworks,2,2017-12-04,2017-12-06,3e6\n"
                                          "walls,site-a,building,2,2017-12-07,2017-12-31,3e6\n");
  const MeasureRow& row = model.totals().measures[0];
  EXPECT_NEAR(row.capital, 30000, 1e-9);
  EXPECT_NEAR(row.running, 0.365 / (365.0 / 12) * 20000 * 7, 1e-9); // m2 of the column, 7 days
  try {
    sites.model("id,geometry,phase,area [ha],project_cost\nearth,site-a,earthworks,2,-3e6\n");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find("table.csv:2:5: project_cost = -3e6: must be 0 or more"),
              std::string::npos)
        << error.what();
  }
  test::ActivityCase boilers("amounts");
  boilers.measures = "[[measure]]\nid = \"net\"\nkind = \"ban\"\ncost = { per_m2_month = 0.3 }\n";
  try {
    boilers.model(
        "id,lon,lat,sector,profile,pm2_5 [t yr-1],pm10 [t yr-1],tsp [t yr-1],so2 [t yr-1],nox [t yr-1],co [t yr-1]\n"
        "stack,117.21,29.29,works,industry,1,1,1,3,1,1\n");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what())
                  .find("measure[net].cost.per_m2_month = 0.3: must not be given where no selected source "
                        "has an area"),
              std::string::npos)
        << error.what();
  }
}
