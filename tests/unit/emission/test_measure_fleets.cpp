#include "activity_case.hpp"
#include "physics/fleet.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

using enum InventoryPollutant;

const std::string fleets =
    "schema = \"fleets/1\"\n[fleet.four]\nyear = 2017\n"
    "fuel = { car = { gasoline = 1.0 }, heavy_truck = { diesel = 1.0 } }\n"
    "standards = { car.gasoline = [0, 0, 0, 0, 1, 0, 0], heavy_truck.diesel = [0, 0, 0, 0, 1, 0, 0] }\n"
    "[fleet.better]\nyear = 2017\n"
    "fuel = { car = { gasoline = 1.0 }, heavy_truck = { diesel = 0.8, electric = 0.2 } }\n"
    "standards = { car.gasoline = [0, 0, 0, 0, 0, 1, 0], heavy_truck.diesel = [0, 0, 0, 0, 0.5, 0.5, 0] }\n";

/// Roads with their dust at sources 0 and 1, 2 and 3, 4 and 5: cars and trucks of fleet four, and trucks of the better.
const std::string roads =
    "id,geometry,management_cell,fleet,speed [km h-1],silt [g m-2],car [day-1],heavy_truck [day-1]\n"
    "cars,ring-road,W-1,four,40,0.6,9000,0\n"
    "trucks,ring-road,W-1,four,40,0.6,0,900\n"
    "better,ring-road,,better,40,0.6,0,900\n";

EmissionModel with(const std::string& measures) {
  const std::filesystem::path folder = test::scratch_directory("fleets");
  std::ofstream(folder / "fleets.toml") << fleets;
  test::ActivityCase roads_case("roads");
  roads_case.measures = "fleets = \"" + (folder / "fleets.toml").string() + "\"\n" + measures;
  EmissionModel made = roads_case.model(roads);
  std::filesystem::remove_all(folder);
  return made;
}

EmissionModel with_fleet(const std::string& fleet, const std::string& more = "") {
  return with("[[measure]]\nid = \"fleet\"\nkind = \"activity\"\nfleet = { " + fleet + " }\n" + more);
}

/// What a source emits by what it emits without measures.
double factor(const EmissionModel& model, std::size_t source, InventoryPollutant pollutant) {
  static const EmissionTotals base = with("").totals();
  return model.totals().sources.at(source)[std::size_t(pollutant)] / base.sources.at(source)[std::size_t(pollutant)];
}

} // namespace

TEST(MeasureFleets, TheFleetsOwnYearIsTheBaseToTheBit) {
  const EmissionModel base = with(""),
                      model = with_fleet("year = 2017, growth = { car = 0.1 }, electric = { car = 1 }"),
                      silent = with_fleet("year = 2017"); // trucks of one fleet are partly electric
  EXPECT_EQ(model.measures().at(0).sources.size(), 6U);
  for (Instant hour = from_utc({2017, 12, 4, 0, 0, 0}); hour < from_utc({2017, 12, 5, 0, 0, 0});
       hour += seconds_per_hour) {
    EXPECT_EQ(model.hourly_total(hour), base.hourly_total(hour));
    EXPECT_EQ(silent.hourly_total(hour), base.hourly_total(hour));
  }
  EXPECT_EQ(model.totals().sources, base.totals().sources);
}

TEST(MeasureFleets, WearAndDustGrowWithTheVehicles) {
  const EmissionModel model =
      with_fleet("year = 2022, growth = { car = 0.1, heavy_truck = -0.05 }, electric = { car = 1 }");
  EXPECT_NEAR(factor(model, 1, tsp), 1.61051, 1e-12);
  EXPECT_NEAR(factor(model, 3, pm10), std::pow(0.95, 5), 1e-12);
  EXPECT_NEAR(factor(model, 5, pm2_5), std::pow(0.95, 5), 1e-12); // electric or not
  const EmissionModel wear = with_fleet("year = 2022, growth = { car = 0.1 }", "select = { part = \"wear.*\" }\n");
  EXPECT_EQ(factor(wear, 0, nox), 1);
  EXPECT_EQ(factor(wear, 1, tsp), 1);
  EXPECT_GT(factor(wear, 0, tsp), 1.2); // exhaust stays
  EXPECT_LT(factor(wear, 0, tsp), 1.61051);
}

// Cars of standard IV were registered from the middle of 2011 to the end of 2016. What is left of them at the end of
// 2018 burns; half as many again, and as many as were scrapped, are electric.
TEST(MeasureFleets, ElectricVehiclesHaveNoExhaust) {
  const auto alive = [](int age) { return physics::weibull_survival(age, 14.46, 4.79); };
  double before = 0.5 * alive(6), left = 0.5 * alive(7);
  for (int age = 1; age <= 5; ++age) {
    before += alive(age);
    left += alive(age + 1);
  }
  const std::string fleet = "year = 2018, growth = { car = 0.5 }, electric = { car = 1 }";
  const EmissionModel model = with_fleet(fleet);
  for (const InventoryPollutant pollutant : {so2, nox, co, voc}) {
    EXPECT_NEAR(factor(model, 0, pollutant), left / before, 1e-12);
  }
  EXPECT_NEAR(factor(model, 1, tsp), 1.5, 1e-12);
  const EmissionModel half =
      with_fleet(fleet, "coverage = 0.8\ncompliance = 0.5\nselect = { species = [\"nox\", \"pm10\"] }\n");
  EXPECT_NEAR(factor(half, 0, nox), 1 + 0.4 * (left / before - 1), 1e-12);
  EXPECT_NEAR(factor(half, 1, pm10), 1.2, 1e-12);
  EXPECT_EQ(factor(half, 0, so2), 1);
}

// A fifth of the better trucks is electric, and so is a fifth of what is registered, unless the measure says otherwise.
TEST(MeasureFleets, ClassesThatAreNotNamedStayAsElectricAsTheyAre) {
  const double left = factor(with_fleet("year = 2020, growth = { heavy_truck = 0.1 }"), 4, so2);
  const auto named = [](const std::string& share) {
    return factor(with_fleet("year = 2020, growth = { heavy_truck = 0.1 }, electric = { heavy_truck = " + share + " }"),
                  4, so2);
  };
  EXPECT_NEAR(left, named("0.2"), 1e-12);
  EXPECT_LT(left, 0.99 * named("0"));
  EXPECT_GT(left, 1.01 * named("0.5"));
}

// Of the better trucks 40 % are IV, 40 % V and 20 % electric; behind a limit of V 2/3 are V and 1/3 are electric. Of
// fleet four nothing may enter.
TEST(MeasureFleets, EachRoadKnowsItsFleet) {
  const EmissionModel model = with_fleet("year = 2017, minimum_standard = { heavy_truck = \"V\" }");
  EXPECT_NEAR(factor(model, 4, nox), (2.0 / 3 * 4.721) / (0.4 * 5.554 + 0.4 * 4.721), 1e-12);
  EXPECT_NEAR(factor(model, 5, tsp), 1, 1e-12);
  EXPECT_EQ(factor(model, 2, nox), 0);
  EXPECT_EQ(factor(model, 3, tsp), 0);
  EXPECT_EQ(factor(model, 0, nox), 1);
  // A low-emission zone is a management cell.
  const EmissionModel zone =
      with_fleet("year = 2017, minimum_standard = { heavy_truck = \"V\" }", "select = { cell = \"W-1\" }\n");
  EXPECT_EQ(factor(zone, 2, nox), 0);
  EXPECT_EQ(factor(zone, 4, nox), 1);
  EXPECT_EQ(factor(zone, 5, tsp), 1);
}

TEST(MeasureFleets, MultiplyWithOthersInAnyOrderAndKeepTheirDays) {
  const std::string fleet = "kind = \"activity\"\nfleet = { year = 2022, growth = { car = 0.1 } }\nfrom = 2017-12-05\n"
                            "to = 2017-12-05\nhours = \"07-19\"\n",
                    scale = "kind = \"scale\"\nefficiency = 0.3\n", a = "[[measure]]\nid = \"a\"\n",
                    b = "[[measure]]\nid = \"b\"\n";
  const EmissionModel one = with(a + fleet + b + scale), other = with(a + scale + b + fleet), base = with("");
  const auto dust = std::size_t(base.species().super()); // of the roads, and of tyres
  for (int hour = 0; hour < 48; ++hour) {
    const Instant start = from_utc({2017, 12, 3, 16, 0, 0}) + hour * seconds_per_hour;
    const std::vector<double> rates = one.hourly_total(start);
    EXPECT_EQ(rates, other.hourly_total(start)) << hour;
    const double ratio = rates[dust] / base.hourly_total(start)[dust];
    if (hour >= 24 + 7 && hour < 24 + 19) {
      EXPECT_GT(ratio, 0.71) << hour;
    } else {
      EXPECT_NEAR(ratio, 0.7, 1e-12) << hour;
    }
  }
}

TEST(MeasureFleets, TheReportListsFactorsOfEachFleetAndPart) {
  const std::string report =
      with_fleet("year = 2022, growth = { car = 0.1 }", "select = { source = \"cars*\" }\n").report();
  EXPECT_NE(report.find("measure fleet (activity): 2 sources, 168 h on 7 days; factors four exhaust.car.gasoline: "),
            std::string::npos)
      << report;
  EXPECT_NE(report.find(" four wear.car: all 1.611 four dust.car: all 1.611; avoided alone"), std::string::npos) << report;
}
