#include "emission/vehicles.hpp"

#include "paths.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr double g_per_km = 1e-6, km_h = 1 / 3.6;

std::size_t vehicle(const VehicleTable& table, const char* id) {
  const int found = table.find(id);
  EXPECT_GE(found, 0) << id;
  return std::size_t(found);
}

/// The shipped table with one text replaced.
std::vector<std::string> problems_after(const std::string& from, const std::string& to) {
  std::ifstream in(test::source_directory() / "engine/data/emission/vehicles.toml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  const auto file = test::scratch_directory("vehicles") / "vehicles.toml";
  std::ofstream(file) << text;
  std::vector<std::string> found;
  try {
    VehicleTable::read(file);
  } catch (const InputError& error) {
    for (const Problem& problem : error.problems()) {
      found.push_back(problem.text);
    }
  }
  return found;
}

} // namespace

// Means of two fleets, worked out by hand from the guideline's factors.
TEST(Vehicles, FleetMeansHaveTheReferenceValues) {
  const VehicleTable table = VehicleTable::load();
  const Exhaust car =
      table.exhaust(vehicle(table, "car"), Fuel::gasoline, {0, 0.02, 0.05, 0.18, 0.45, 0.30, 0}, 30 * km_h, 0);
  EXPECT_NEAR(car.nox, 0.06188 * g_per_km, 1e-15);
  EXPECT_NEAR(car.co, 0.9166 * g_per_km, 1e-15);
  EXPECT_NEAR(car.pm2_5, 0.00458 * g_per_km, 1e-15);
  const Exhaust truck =
      table.exhaust(vehicle(table, "heavy_truck"), Fuel::diesel, {0, 0, 0.02, 0.38, 0.40, 0.20, 0}, 30 * km_h, 0);
  EXPECT_NEAR(truck.nox, 6.3394 * g_per_km, 1e-15);
}

// 1000 vehicles per hour on 2 km at 25 km/h; a car in the cold at 35 km/h.
TEST(Vehicles, ACarOfStandardFourHasTheReferenceValues) {
  const VehicleTable table = VehicleTable::load();
  const std::size_t car = vehicle(table, "car");
  const ByStandard four = {0, 0, 0, 0, 1, 0, 0};
  EXPECT_NEAR(1000 * 2000 * table.exhaust(car, Fuel::gasoline, four, 25 * km_h, 0).nox, 72.32e-3, 1e-12); // kg/h
  const std::size_t group = table.exhaust(car, Fuel::gasoline)->correction;
  EXPECT_NEAR(table.exhaust(car, Fuel::gasoline, four, 35 * km_h, 0).nox *
                  table.weather_correction(group, ExhaustGroup::nox, 278.15, 0.5),
              0.03312 * g_per_km, 1e-15);
}

TEST(Vehicles, ExhaustIsWhole) {
  const VehicleTable table = VehicleTable::load();
  for (std::size_t v = 0; v < table.classes().size(); ++v) {
    for (std::size_t f = 0; f < fuel_count; ++f) {
      if (table.exhaust(v, Fuel(f)) == nullptr) {
        EXPECT_EQ(table.exhaust(v, Fuel(f), {1, 1, 1, 1, 1, 1, 1}, 10, 0).co, 0);
        continue;
      }
      for (std::size_t s = 0; s < standard_count; ++s) {
        ByStandard one{}, two{};
        one[s] = 1;
        two[s] = 2;
        const Exhaust e = table.exhaust(v, Fuel(f), one, 11, 0), twice = table.exhaust(v, Fuel(f), two, 11, 0);
        for (const double amount :
             {e.co, e.voc, e.nox, e.no2, e.pm2_5, e.black_carbon, e.organic_carbon, e.so2, e.nh3}) {
          EXPECT_GT(amount, 0) << table.classes()[v].id << ' ' << fuel_names()[f] << ' ' << standard_names()[s];
        }
        EXPECT_LT(e.no2, 0.4 * e.nox);
        EXPECT_LE(e.black_carbon + e.organic_carbon, e.pm2_5);
        EXPECT_NEAR(e.pm10, e.pm2_5 / 0.9, 1e-18);
        EXPECT_DOUBLE_EQ(twice.nox, 2 * e.nox);
        EXPECT_DOUBLE_EQ(twice.so2, 2 * e.so2);
      }
    }
  }
}

TEST(Vehicles, WeatherLoadAndAltitudeAreThoseOfTheGroup) {
  const VehicleTable table = VehicleTable::load();
  const auto group = [&](const char* id, Fuel fuel) { return table.exhaust(vehicle(table, id), fuel)->correction; };
  const std::size_t car = group("car", Fuel::gasoline), bus = group("bus", Fuel::diesel);
  EXPECT_DOUBLE_EQ(table.weather_correction(car, ExhaustGroup::nox, 303.15, 0.8), 1.31 * 0.92 * 0.87);
  EXPECT_DOUBLE_EQ(table.weather_correction(car, ExhaustGroup::co, 303.15, 0.2), 1.23 * 0.97);
  EXPECT_DOUBLE_EQ(table.weather_correction(car, ExhaustGroup::pm, 263.15, 0.8), 1);
  EXPECT_DOUBLE_EQ(table.weather_correction(bus, ExhaustGroup::pm, 263.15, 0.8), 1.87);
  EXPECT_DOUBLE_EQ(table.weather_correction(bus, ExhaustGroup::nox, 303.15, 0.2), 1.15 * 1.04 * 1.12);
  EXPECT_EQ(table.weather_correction(bus, ExhaustGroup::other, 263.15, 0.8), 1);
  for (std::size_t c = 0; c < table.corrections().size(); ++c) {
    for (std::size_t p = 0; p < corrected_count; ++p) {
      EXPECT_EQ(table.weather_correction(c, ExhaustGroup(p), 288.15, 0.5), 1);
    }
  }
  const ByStandard five = {0, 0, 0, 0, 0, 1, 0};
  const std::size_t light = vehicle(table, "light_truck");
  EXPECT_DOUBLE_EQ(table.exhaust(light, Fuel::gasoline, five, 30 * km_h, 2000).nox,
                   3.15 * table.exhaust(light, Fuel::gasoline, five, 30 * km_h, 1500).nox);
}

TEST(Vehicles, WearHasTheReferenceValues) {
  const VehicleTable table = VehicleTable::load();
  const VehicleClass& car = table.classes()[vehicle(table, "car")];
  const physics::ParticleSizes tyre = table.tyre_wear(car, 60 * km_h), brake = table.brake_wear(car, 60 * km_h),
                               road = table.road_wear(car);
  EXPECT_NEAR(tyre.tsp + brake.tsp + road.tsp, 0.03626792 * g_per_km, 1e-16);
  EXPECT_NEAR(tyre.pm10 + brake.pm10 + road.pm10, 0.023481252 * g_per_km, 1e-15);
  EXPECT_NEAR(tyre.pm2_5 + brake.pm2_5 + road.pm2_5, 0.012728276 * g_per_km, 1e-15);
  const VehicleClass& truck = table.classes()[vehicle(table, "heavy_truck")];
  EXPECT_NEAR(truck.tyre, 0.04494 * g_per_km, 1e-18);
  EXPECT_NEAR(truck.brake, 0.02046465 * g_per_km, 1e-18);
  EXPECT_EQ(truck.road, 0.0760 * g_per_km);
}

TEST(Vehicles, BrokenTablesHaveExactMessages) {
  const auto says = [](const std::string& from, const std::string& to, const std::vector<std::string>& texts) {
    EXPECT_EQ(problems_after(from, to), texts) << to;
  };
  says("vehicles/1", "vehicles/2", {"schema = \"vehicles/2\": must be \"vehicles/1\""});
  says("\"car.diesel\"", "\"cart.diesel\"",
       {"exhaust[cart.diesel].id = \"cart.diesel\": must name a class and a fuel, but \"cart\" is none; did you mean "
        "\"car\"?"});
  says("\"diesel_car\"", "\"diesel_cart\"",
       {"exhaust[car.diesel].correction = \"diesel_cart\": must name a group of corrections, but \"diesel_cart\" is "
        "none; did "
        "you mean \"diesel_car\"?"});
  says("oc = 0.40", "oc = 0.80", {"fuel[gasoline].oc = 0.8: must be at most 1 together with bc"});
  says("life = [14.46, 4.79]", "life = [0.0, 4.79]", {"class[car].life = [0.0, 4.79]: must be two numbers above 0"});
  says("sizes = [0.42, 0.60]", "sizes = [0.62, 0.60]",
       {"wear_sizes[tyre].sizes = [0.62, 0.6]: must be shares with PM2.5 <= PM10 <= 1"});
  says("id = \"gasoline\"", "id = \"petrol\"", {"fuel: must have a row of id \"gasoline\""});
  says("co = [25.72, 6.71,", "co = [25.72,",
       {"exhaust[car.gasoline].co = [25.72, 2.52, 1.18, 0.68, 0.46]: must hold 6 numbers, not 5"});
}
