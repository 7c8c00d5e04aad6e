#include "city.hpp"

#include "emission/traffic.hpp"
#include "physics/dust_roads.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr double year = 365 * 86400.0, km_h = 1 / 3.6;
// All cars burn gasoline and meet IV, all heavy trucks diesel and IV.
const std::string one_standard =
    "schema = \"fleets/1\"\n[fleet.four]\nyear = 2017\n"
    "fuel = { car = { gasoline = 1.0 }, heavy_truck = { diesel = 1.0 } }\n"
    "standards = { car.gasoline = [0, 0, 0, 0, 1, 0, 0], heavy_truck.diesel = [0, 0, 0, 0, 1, 0, 0] }\n"
    "roads.primary = { car = 0.9, heavy_truck = 0.1 }\n";

/// A scenario of one inventory of kind roads over a year (365 days) of the same hours.
struct Roads {
  test::City city;
  EmissionHour hour{.temperature = 288.15, .relative_humidity = 0.5, .rain = 0};
  std::string counts;

  EmissionModel model(const std::string& table) {
    const std::filesystem::path folder = test::scratch_directory("roads");
    const auto data = test::emission_directory() / "data";
    std::ofstream(folder / "roads.csv") << table;
    std::ofstream(folder / "fleets.toml") << one_standard;
    std::ofstream(folder / "counts.csv") << counts;
    std::ofstream(folder / "roads.toml") << fmt::format(
        "schema = \"scenario/1\"\nname = \"roads\"\n[run]\nstart = 2017-01-01\nend = 2018-01-01\n"
        "time_zone = \"Asia/Shanghai\"\n[[inventory]]\nid = \"roads\"\nkind = \"roads\"\nsources = \"roads.csv\"\n"
        "geometry = \"{}\"\nfleets = \"fleets.toml\"\n{}",
        (data / "geometry.geojson").string(), counts.empty() ? "" : "counts = \"counts.csv\"\n");
    city.hours = [this](const config::Settings&, const TimeZone&) {
      EmissionWeather weather(365 * 24, hour);
      for (std::size_t h = 0; h < weather.size(); ++h) {
        weather[h].time = from_utc({.year = 2016, .month = 12, .day = 31, .hour = 16}) + Instant(h) * seconds_per_hour;
      }
      return weather;
    };
    EmissionModel made = city.model(folder / "roads.toml");
    std::filesystem::remove_all(folder);
    return made;
  }
};

double km(const EmissionModel& model) {
  return model.inventory().sources.at(0).length / 1000;
}

/// kg over the run of the source at `index`.
double amount(const EmissionModel& model, std::size_t index, InventoryPollutant pollutant) {
  return model.totals().sources.at(index)[std::size_t(pollutant)];
}

const Stream* find_part(const Source& source, const std::string& part) {
  for (const Stream& stream : source.streams) {
    if (stream.part == part) {
      return &stream;
    }
  }
  return nullptr;
}

} // namespace

// 10 000 cars and 500 heavy trucks a day at 30 km/h, all of standard IV, 15 degrees and 50 %: every correction is 1.
TEST(Roads, ARoadsYearIsThatOnPaper) {
  using enum InventoryPollutant;
  const EmissionModel model =
      Roads().model("id,geometry,profile,speed [km h-1],silt [g m-2],car [day-1],heavy_truck [h-1]\n"
                    "r,ring-road,constant,30,0,10000,20.833333333333333\n");
  ASSERT_EQ(model.inventory().sources.size(), 1u); // no silt, no dust
  EXPECT_EQ(model.inventory().sources[0].sector, "traffic");
  const double days_km = 365 * km(model) * 1e-3; // kg per g km-1 and vehicle a day
  EXPECT_NEAR(km(model), 23.54, 0.03);           // 6.80 + 5.21 + 6.31 + 5.22 by degrees
  EXPECT_NEAR(amount(model, 0, nox) / days_km / (10000 * 0.032 + 500 * 5.554), 1, 1e-12);
  EXPECT_NEAR(amount(model, 0, co) / days_km / (10000 * 0.68 + 500 * 2.2), 1, 1e-12);
  EXPECT_NEAR(amount(model, 0, voc) / days_km / (10000 * 0.075 * 0.92 + 500 * 0.129 * 0.95), 1, 1e-12);
  EXPECT_NEAR(amount(model, 0, nh3) / days_km / (10000 * 0.0341 + 500 * 0.0029), 1, 1e-12);
  EXPECT_NEAR(amount(model, 0, so2) / days_km / ((10000 * 60 + 500 * 260) * 10e-6 * 64.058 / 32.06), 1, 1e-12);
  EXPECT_NEAR(amount(model, 0, bc) / days_km / (10000 * 0.003 * 0.25 + 500 * 0.138 * 0.60), 1, 1e-12);
  // tyres, brakes and road at 30 km/h: 1.39, 1.67 and 1 times the base; a truck's are 0.04494, 0.02046465 and 0.0760
  const double car[] = {0.0107 * 1.39, 0.0075 * 1.67, 0.0150}, truck[] = {0.04494 * 1.39, 0.02046465 * 1.67, 0.0760};
  const double fine[] = {0.42, 0.39, 0.27}, all[] = {0.60, 0.98, 0.50};
  double pm2_5_a_day = 10000 * 0.003 + 500 * 0.138, pm10_a_day = pm2_5_a_day / 0.9, tsp_a_day = pm10_a_day;
  for (int i = 0; i < 3; ++i) {
    pm2_5_a_day += fine[i] * (10000 * car[i] + 500 * truck[i]);
    pm10_a_day += all[i] * (10000 * car[i] + 500 * truck[i]);
    tsp_a_day += 10000 * car[i] + 500 * truck[i];
  }
  EXPECT_NEAR(amount(model, 0, pm2_5) / days_km / pm2_5_a_day, 1, 1e-12);
  EXPECT_NEAR(amount(model, 0, pm10) / days_km / pm10_a_day, 1, 1e-12);
  EXPECT_NEAR(amount(model, 0, tsp) / days_km / tsp_a_day, 1, 1e-12);
  // NO2 is 4 % of what cars and 20 % of what trucks emit as NOx.
  const std::vector<double>& rate = find_part(model.inventory().sources[0], "exhaust.car.gasoline")->rate;
  EXPECT_NEAR(rate[std::size_t(model.species().no2())] * year / days_km / (10000 * 0.032 * 0.04), 1, 1e-12);
}

// Worked out by hand: cars of 1.5 t = 1.653467 short tons on 0.6 g/m2: 3.23 x 0.6^0.91 x 1.653467^1.02 = 3.389094 g/km
// of TSP, and 0.62 and 0.15 parts of 3.23 that are PM10 and PM2.5.
TEST(Roads, DustIsASourceOfItsOwnAndRoadWearIsNotCountedTwice) {
  using enum InventoryPollutant;
  const std::string head = "id,geometry,profile,speed [km h-1],silt [g m-2],car [day-1],heavy_truck [day-1]\n";
  Roads roads;
  const EmissionModel model = roads.model(head + "r,ring-road,constant,30,0.6,10000,0\n");
  ASSERT_EQ(model.inventory().sources.size(), 2u);
  const Source &road = model.inventory().sources[0], &dust = model.inventory().sources[1];
  EXPECT_EQ(dust.id, "r/dust");
  EXPECT_EQ(dust.sector, "road_dust");
  const double days_km = 365 * km(model) * 1e-3;
  EXPECT_NEAR(amount(model, 1, tsp) / days_km / 33890.938350277318, 1, 1e-12);
  EXPECT_NEAR(amount(model, 1, pm10) / amount(model, 1, tsp), 0.62 / 3.23, 1e-12);
  EXPECT_NEAR(amount(model, 1, pm2_5) / amount(model, 1, tsp), 0.15 / 3.23, 1e-12);
  EXPECT_EQ(amount(model, 1, nox), 0);
  EXPECT_GT(amount(model, 1, calcium), 0);
  const Source worn = roads.model(head + "r,ring-road,constant,30,0,10000,0\n").inventory().sources[0];
  const auto tsp_of = [&](const Source& source) {
    const std::vector<double>& rate = find_part(source, "wear.car")->rate;
    return (rate[std::size_t(model.species().fine())] + rate[std::size_t(model.species().coarse())] +
            rate[std::size_t(model.species().super())]) *
           year / days_km / 10000;
  };
  EXPECT_NEAR(tsp_of(road), 0.0107 * 1.39 + 0.0075 * 1.67, 1e-14);
  EXPECT_NEAR(tsp_of(worn) - tsp_of(road), 0.0150, 1e-14);

  // The mean mass counts: 9:1 of cars and trucks of 25 t is 3.85 t; classes share it by the mass that they move.
  const Source mixed = roads.model(head + "r,ring-road,constant,30,0.6,9000,1000\n").inventory().sources.at(1);
  const auto coarse = [&](const Source& source, const char* part) {
    return find_part(source, part)->rate[std::size_t(model.species().coarse())];
  };
  EXPECT_NEAR((coarse(mixed, "dust.car") + coarse(mixed, "dust.heavy_truck")) / coarse(dust, "dust.car"),
              std::pow(3.85 / 1.5, 1.02), 1e-12);
  EXPECT_NEAR(coarse(mixed, "dust.heavy_truck") / coarse(mixed, "dust.car"), 25 / (9 * 1.5), 1e-12);

  Roads wet;
  wet.hour.rain = 1;
  EXPECT_EQ(amount(wet.model(head + "r,ring-road,constant,30,0.6,10000,0\n"), 1, tsp), 0);
}

TEST(Roads, TwiceTheVehiclesEmitTwice) {
  const std::string head = "id,geometry,speed [km h-1],silt [g m-2],car [day-1],heavy_truck [day-1]\n";
  const EmissionModel one = Roads().model(head + "r,ring-road,47,0.6,10000,500\n"),
                      two = Roads().model(head + "r,ring-road,47,0.6,20000,1000\n");
  for (std::size_t s = 0; s < 2; ++s) {
    for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
      EXPECT_DOUBLE_EQ(two.totals().sources[s][p], 2 * one.totals().sources[s][p]);
    }
  }
}

TEST(Roads, ATotalIsSplitByTheClassOfTheRoad) {
  const EmissionModel total = Roads().model("id,geometry,road_class,speed [km h-1],traffic [day-1]\n"
                                            "r,ring-road,primary,47,12000\n"),
                      split = Roads().model("id,geometry,speed [km h-1],car [day-1],heavy_truck [day-1]\n"
                                            "r,ring-road,47,10800,1200\n");
  for (std::size_t s = 0; s < 2; ++s) { // silt as the table has it for 12 000 a day
    for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
      EXPECT_NEAR(total.totals().sources[s][p], split.totals().sources[s][p], 1e-12 * split.totals().sources[s][p]);
    }
  }
}

// Cars by day alone, trucks by night: counts of the road itself come before those of its class.
TEST(Roads, CountsGiveEachClassItsHours) {
  Roads roads;
  roads.counts = "road,hour,car [h-1],heavy_truck [h-1]\n";
  for (int h = 0; h < 24; ++h) {
    roads.counts += fmt::format("r,{},{},{}\n", h, h == 8 ? 2400 : h == 12 ? 1200 : 0, h == 2 ? 240 : 0);
    roads.counts += fmt::format("primary,{},50,0\n", h);
  }
  const EmissionModel model = roads.model("id,geometry,profile,road_class,speed [km h-1],silt [g m-2]\n"
                                          "r,ring-road,constant,primary,30,0\nq,ring-road,constant,primary,30,0\n");
  using enum InventoryPollutant;
  const double days_km = 365 * km(model) * 1e-3;
  EXPECT_NEAR(amount(model, 0, nox) / days_km / (3600 * 0.032 + 240 * 5.554), 1, 1e-12);
  EXPECT_NEAR(amount(model, 1, nox) / days_km / (1200 * 0.032), 1, 1e-12);
  const auto nox_at = [&](int hour) { // g in the hour, of both roads
    const std::vector<double> rates =
        model.hourly_total(from_utc({.year = 2017, .month = 3, .day = 1}) + (hour - 8) * 3600);
    return model.species().gather(rates)[std::size_t(nox)] * 3600 * 1e3 / km(model);
  };
  EXPECT_NEAR(nox_at(8), (2400 + 50) * 0.032, 1e-9);
  EXPECT_NEAR(nox_at(12), (1200 + 50) * 0.032, 1e-9);
  EXPECT_NEAR(nox_at(2), 50 * 0.032 + 240 * 5.554, 1e-8);
  EXPECT_NEAR(nox_at(5), 50 * 0.032, 1e-9);
}

TEST(Roads, WeatherActsOnEachPollutantByItsOwnFactor) {
  using enum InventoryPollutant;
  const std::string table = "id,geometry,speed [km h-1],silt [g m-2],car [day-1],heavy_truck [day-1]\n"
                            "r,ring-road,30,0,10000,0\n";
  Roads cold, hot;
  cold.hour.temperature = 273.15;
  hot.hour.temperature = 308.15;
  hot.hour.relative_humidity = 0.8;
  const EmissionModel base = Roads().model(table), winter = cold.model(table), summer = hot.model(table);
  const auto factor = [&](const EmissionModel& model, InventoryPollutant pollutant) {
    return amount(model, 0, pollutant) / amount(base, 0, pollutant);
  };
  EXPECT_NEAR(factor(winter, nox), 1.15, 1e-12);
  EXPECT_NEAR(factor(winter, co), 1.36, 1e-12);
  EXPECT_NEAR(factor(winter, voc), 1.47, 1e-12);
  EXPECT_NEAR(factor(winter, pm2_5), 1, 1e-12); // gasoline's has none
  EXPECT_NEAR(factor(winter, nh3), 1, 1e-12);
  EXPECT_NEAR(factor(winter, so2), 1, 1e-12);
  EXPECT_NEAR(factor(summer, nox), 1.31 * 0.92 * 0.87, 1e-12);
  EXPECT_NEAR(factor(summer, co), 1.23 * 1.04, 1e-12);
}

TEST(Roads, FleetFactorsTurnAFleetsRatesIntoAnothers) {
  const VehicleTable& vehicles = VehicleTable::installed();
  const EmittedSpecies species(SpeciesTable::load());
  ProblemList problems;
  const Fleet fleet =
      read_fleets(test::source_directory() / "engine/data/emission/fleets.toml", vehicles, problems).at(0);
  const std::vector<double> growth(fleet.classes.size(), 0.1);
  const Fleet later = aged(fleet, vehicles, {.year = 2022, .growth = growth});
  const std::vector<std::optional<double>> all(fleet.classes.size(), 1.0);
  const Fleet electric = aged(fleet, vehicles, {.year = 2022, .growth = growth, .electric = all});
  FleetChange zone{.year = 2017, .minimum_standard = std::vector<std::size_t>(fleet.classes.size(), 4)};
  const Fleet inside = aged(fleet, vehicles, zone);
  const auto factor = [&](const char* part, const Fleet& after, int index) {
    return fleet_factors(part, vehicles, fleet, after, species)[std::size_t(index)];
  };
  EXPECT_NEAR(factor("wear.car", later, species.fine()), 1.61051, 1e-12);
  EXPECT_NEAR(factor("dust.heavy_truck", later, species.super()), 1.61051, 1e-12);
  EXPECT_NEAR(factor("wear.car", electric, species.fine()), 1.61051, 1e-12);
  EXPECT_LT(factor("exhaust.car.gasoline", later, species.no2()), 1.61051); // cleaner
  EXPECT_GT(factor("exhaust.car.gasoline", later, species.so2()), 1.6);     // as much fuel
  EXPECT_LT(factor("exhaust.car.gasoline", electric, species.so2()), 1);
  EXPECT_EQ(factor("handling", later, species.fine()), 1);
  // IV and V of 60 % of the trucks do all the work.
  const double nox = (0.40 * 5.554 + 0.20 * 4.721) / 0.60, no2 = (0.40 * 5.554 * 0.20 + 0.20 * 4.721 * 0.22) / 0.60;
  const double nox_before = 6.3394, no2_before = 0.12 * (0.02 * 7.934 + 0.38 * 7.934) + 0.60 * no2;
  EXPECT_NEAR(factor("exhaust.heavy_truck.diesel", inside, species.no2()), no2 / no2_before, 1e-12);
  EXPECT_NEAR(factor("exhaust.heavy_truck.diesel", inside, species.no()), (nox - no2) / (nox_before - no2_before),
              1e-12);
  EXPECT_EQ(factor("exhaust.motorcycle.gasoline", inside, species.co()), 0); // none meets IV
  EXPECT_EQ(factor("wear.motorcycle", inside, species.fine()), 0);
  for (const double same : fleet_factors("exhaust.car.gasoline", vehicles, fleet, fleet, species)) {
    EXPECT_EQ(same, 1);
  }
}
