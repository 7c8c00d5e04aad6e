#include "emission/fleets.hpp"

#include "base/text_file.hpp"
#include "paths.hpp"
#include "physics/fleet.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <numeric>

using namespace tq;

namespace {

struct Town {
  VehicleTable vehicles = VehicleTable::load();
  Fleet fleet;

  Town() {
    ProblemList problems;
    const auto fleets = read_fleets(data_directory() / "emission/fleets.toml", vehicles, problems);
    problems.throw_if_any();
    fleet = fleets.at(0);
  }
  std::size_t of(const char* id) const { return std::size_t(vehicles.find(id)); }
  FleetClass& operator[](const char* id) { return fleet.classes[of(id)]; }
  /// Growth of every class.
  std::vector<double> all(double value) const { return std::vector<double>(fleet.classes.size(), value); }
  /// Electric share of every class.
  std::vector<std::optional<double>> electric(double share) const {
    return std::vector<std::optional<double>>(fleet.classes.size(), share);
  }
};

std::vector<std::string> problems_of(const std::string& text) {
  const auto file = test::scratch_directory("fleets") / "fleets.toml";
  std::ofstream(file) << "schema = \"fleets/1\"\n[fleet.a]\nyear = 2017\n" << text;
  ProblemList problems;
  read_fleets(file, VehicleTable::load(), problems);
  std::vector<std::string> found;
  for (const Problem& problem : problems.problems()) {
    found.push_back(std::to_string(problem.where.line) + ": " + problem.text);
  }
  return found;
}

} // namespace

TEST(Fleets, TheShippedFleetIsWhole) {
  const Town town;
  EXPECT_EQ(town.fleet.year, 2017);
  for (const FleetClass& vehicle : town.fleet.classes) {
    EXPECT_NEAR(vehicle.total(), 1, 1e-12);
  }
  EXPECT_NEAR(town.fleet.classes[town.of("car")].burning[0][4], 0.45 * 0.985, 1e-15);
  EXPECT_EQ(town.fleet.roads.size(), 6u);
  for (const auto& [road, shares] : town.fleet.roads) {
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12) << road;
  }
}

TEST(Fleets, NothingChangesWhereNothingIsAsked) {
  const Town town;
  const Fleet same = aged(town.fleet, town.vehicles, {.year = 2017});
  for (std::size_t c = 0; c < same.classes.size(); ++c) {
    EXPECT_EQ(same.classes[c].burning, town.fleet.classes[c].burning);
  }
}

TEST(Fleets, TheStockGrowsAsAsked) {
  const Town town;
  FleetChange change{.year = 2020, .growth = town.all(0.1)};
  change.growth[town.of("bus")] = -0.2;
  const Fleet later = aged(town.fleet, town.vehicles, change);
  EXPECT_NEAR(later.classes[town.of("car")].total(), 1.331, 1e-12);
  EXPECT_NEAR(later.classes[town.of("heavy_truck")].total(), 1.331, 1e-12);
  EXPECT_NEAR(later.classes[town.of("bus")].total(), 0.512, 1e-12);
}

// Taxis that are all new at the end of 2017; worked out year by year. Half of 2020 sells standard V.
TEST(Fleets, YearsOfSalesAndScrappingAreThoseOnPaper) {
  Town town;
  town["taxi"] = {};
  town["taxi"].burning[0] = {0, 0, 0, 0, 0, 1, 0};
  const auto alive = [](int age) { return age >= 8 ? 0.0 : physics::weibull_survival(age, 14.46, 4.79); };
  const double sold_18 = 1.1 - alive(1);
  const double sold_19 = 1.21 - alive(2) - sold_18 * alive(1);
  const double sold_20 = 1.331 - alive(3) - sold_18 * alive(2) - sold_19 * alive(1);
  const Fleet later =
      aged(town.fleet, town.vehicles, {.year = 2020, .growth = town.all(0.1), .electric = town.electric(0.25)});
  const FleetClass& taxi = later.classes[town.of("taxi")];
  const double lived = sold_18 * alive(2) + sold_19 * alive(1);
  EXPECT_NEAR(taxi.burning[0][5], alive(3) + 0.75 * (lived + 0.5 * sold_20), 1e-12);
  EXPECT_NEAR(taxi.burning[0][6], 0.75 * 0.5 * sold_20, 1e-12);
  EXPECT_NEAR(taxi.electric, 0.25 * (lived + sold_20), 1e-12);
  // At eight all of 2017 go at once.
  const Fleet last = aged(town.fleet, town.vehicles, {.year = 2025});
  EXPECT_NEAR(last.classes[town.of("taxi")].total(), 1, 1e-12);
  EXPECT_GT(last.classes[town.of("taxi")].burning[0][6], 0.94);
}

// Three tenths of the taxis, all new in 2017, are electric, and so is what replaces and joins them in 2018, unless
// another share is given.
TEST(Fleets, WhatIsRegisteredIsElectricAsTheFleetIs) {
  Town town;
  town["taxi"] = {};
  town["taxi"].burning[0] = {0, 0, 0, 0, 0, 0.7, 0};
  town["taxi"].electric = 0.3;
  FleetChange change{.year = 2018, .growth = town.all(0.5)};
  const FleetClass as_it_is = aged(town.fleet, town.vehicles, change).classes[town.of("taxi")];
  EXPECT_NEAR(as_it_is.electric, 0.45, 1e-12);
  EXPECT_NEAR(as_it_is.burning[0][5], 1.05, 1e-12);
  change.electric = town.electric(0);
  const FleetClass burning = aged(town.fleet, town.vehicles, change).classes[town.of("taxi")];
  EXPECT_NEAR(burning.electric, 0.3 * physics::weibull_survival(1, 14.46, 4.79), 1e-12);
  EXPECT_NEAR(burning.total(), 1.5, 1e-12);
}

// A third standard on the road since 2008.5 with an even law: cohorts of 2008 (half a year) to 2011 (half a year).
TEST(Fleets, AStandardIsSpreadOverTheYearsThatSoldIt) {
  Town town;
  town["car"] = {};
  town["car"].burning[0] = {0, 0, 0, 1, 0, 0, 0};
  const auto alive = [](int age) { return physics::weibull_survival(age, 14.46, 4.79); };
  const double weight[] = {0.5 * alive(9), alive(8), alive(7), 0.5 * alive(6)}; // 2008 to 2011
  const double sum = weight[0] + weight[1] + weight[2] + weight[3];
  double left = 0;
  for (int i = 0; i < 4; ++i) {
    left += weight[i] / sum * alive(12 - i) / alive(9 - i);
  }
  const Fleet later = aged(town.fleet, town.vehicles, {.year = 2020});
  EXPECT_NEAR(later.classes[town.of("car")].burning[0][3], left, 1e-12);
}

TEST(Fleets, AShrinkingStockLosesItsOldest) {
  const Town town;
  const Fleet later = aged(town.fleet, town.vehicles, {.year = 2018, .growth = town.all(-0.5)});
  const FleetClass& car = later.classes[town.of("car")];
  EXPECT_NEAR(car.total(), 0.5, 1e-12);
  EXPECT_EQ(car.burning[0][1] + car.burning[0][2] + car.burning[0][3], 0);
  EXPECT_GT(car.burning[0][4], 0.1);
  EXPECT_GT(car.burning[0][5], 0.29);
}

TEST(Fleets, ALowEmissionZoneLetsTheBetterDrive) {
  const Town town;
  FleetChange change{.year = 2017};
  change.minimum_standard.assign(town.fleet.classes.size(), 4);
  const Fleet inside = aged(town.fleet, town.vehicles, change);
  const FleetClass& truck = inside.classes[town.of("heavy_truck")];
  EXPECT_NEAR(truck.total(), 1, 1e-12);
  EXPECT_NEAR(truck.burning[1][4], 0.40 / 0.60, 1e-12);
  EXPECT_EQ(truck.burning[1][3], 0);
  EXPECT_EQ(inside.classes[town.of("motorcycle")].total(), 0); // none meets IV
}

TEST(Fleets, BrokenFleetsHaveExactMessages) {
  const auto says = [](const std::string& text, const std::vector<std::string>& messages) {
    EXPECT_EQ(problems_of(text), messages) << text;
  };
  says("fuel.car = { gasoline = 0.9 }\nstandards.car.gasoline = [0, 0, 0, 0, 1, 0, 0]\n",
       {"4: fleet.a.fuel.car: must sum to 1, but its fuels sum to 0.9"});
  says("fuel.cra = { electric = 1 }\n",
       {"4: fleet.a.fuel.cra: must stand at a class of vehicles; did you mean \"car\"?"});
  says("fuel.car = { gasoline = 1 }\n", {"4: fleet.a.fuel.car.gasoline = 1: must stand beside standards.car.gasoline"});
  says("fuel.car = { gasoline = 1 }\nstandards.car.gasoline = [0, 0, 0, 0, 1, 0, 1]\n",
       {"5: fleet.a.standards.car.gasoline = [0, 0, 0, 0, 1, 0, 1]: must sum to 1"});
  says("fuel.taxi = { diesel = 1 }\nstandards.taxi.diesel = [0, 0, 0, 0, 1, 0, 0]\n",
       {"4: fleet.a.fuel.taxi.diesel = 1: must be a fuel for which vehicles.toml has emission factors"});
  says("fuel.car = { electric = 1 }\nroads.primary = { car = 0.5, bus = 0.4 }\n",
       {"5: fleet.a.roads.primary.bus = 0.4: must be 0, as the fleet has no fuel.bus",
        "5: fleet.a.roads.primary: must sum to 1, but its classes sum to 0.9"});
}
