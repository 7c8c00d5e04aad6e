#include "city.hpp"
#include "emission/dust_table.hpp"
#include "physics/dust_handling.hpp"
#include "physics/dust_roads.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr double ton = 1000, year = 365.0 * 86400;

/// A run of two days over an inventory of one row, in constant dry weather with a wind of 2.2 m s-1, or as `change` has
/// it.
class DustRun {
 public:
  using Change = std::function<void(EmissionHour&, std::size_t)>;

  DustRun(const std::string& kind, const std::string& header, const std::string& row, const Change& change = {}) {
    city_.hours = [change](const config::Settings&, const TimeZone&) {
      EmissionWeather weather(48);
      for (std::size_t h = 0; h < weather.size(); ++h) {
        weather[h].time = start + Instant(h) * seconds_per_hour;
        weather[h].wind_speed = 2.2;
        weather[h].relative_humidity = 0.5;
        weather[h].cloud_cover = 1;
        if (change) {
          change(weather[h], h);
        }
      }
      return weather;
    };
    const std::filesystem::path folder = test::scratch_directory("dust_kinds");
    std::ofstream(folder / "rows.csv") << header << '\n' << row << '\n';
    std::ofstream(folder / "scenario.toml")
        << "schema = \"scenario/1\"\nname = \"dust\"\n[run]\nstart = 2017-12-04T00:00:00+08:00\n"
        << "end = 2017-12-06T00:00:00+08:00\ntime_zone = \"Asia/Shanghai\"\n[[inventory]]\nid = \"dust\"\nkind = \""
        << kind << "\"\nsources = \"rows.csv\"\ngeometry = \""
        << (test::emission_directory() / "data/geometry.geojson").string() << "\"\n";
    model_ = std::make_unique<EmissionModel>(city_.model(folder / "scenario.toml"));
    std::filesystem::remove_all(folder);
  }

  /// kg s-1 in an hour.
  InventoryAmounts amounts(std::size_t hour) const {
    return model_->species().gather(model_->hourly_total(start + Instant(hour) * seconds_per_hour));
  }
  double tsp(std::size_t hour = 30) const { return amounts(hour)[std::size_t(InventoryPollutant::tsp)]; }
  const Source& source() const { return model_->inventory().sources.at(0); }
  double way() const { return source().length * source().placement.inside; }

 private:
  static constexpr Instant start = 1512316800; // 2017-12-04 00:00 +08:00
  test::City city_;
  std::unique_ptr<EmissionModel> model_;
};

void expect_close(double value, double expected) {
  EXPECT_NEAR(value, expected, 1e-9 * expected);
}

void expect_sizes(const InventoryAmounts& found, const physics::ParticleSizes& expected) {
  expect_close(found[std::size_t(InventoryPollutant::pm2_5)], expected.pm2_5);
  expect_close(found[std::size_t(InventoryPollutant::pm10)], expected.pm10);
  expect_close(found[std::size_t(InventoryPollutant::tsp)], expected.tsp);
}

void rain_in_hour_9(EmissionHour& hour, std::size_t h) {
  hour.rain = h == 9 ? 4 : 0;
}

void storm(EmissionHour& hour, std::size_t h) {
  hour.wind_speed = h >= 20 ? 20 : 2.2;
}

/// A row of each kind that emits in every dry hour, the number to double, and the header.
struct Example {
  const char* kind;
  const char* header;
  const char* row; // with {} where the number stands
  double number;
};

const std::vector<Example> examples = {
    {"construction", "id,geometry,profile,phase,area [m2]", "a,site-a,constant,building,{}", 20000},
    {"unpaved_roads", "id,geometry,profile,use,traffic [day-1]", "a,ring-road,constant,public,{}", 200},
    {"muck_trucks", "id,geometry,profile,trips [day-1],load [t]", "a,ring-road,constant,{},20", 100},
    {"quarries", "id,geometry,profile,production [t yr-1],area [m2]", "a,site-a,constant,{},0", 500000},
    {"stockpiles", "id,geometry,profile,material,throughput [t yr-1],area [m2]", "a,site-a,constant,sand,{},0", 80000},
    {"bare_soil", "id,geometry,soil,area [m2]", "a,site-a,sandy_loam,{}", 30000}};

DustRun run_of(const Example& example, double times, const DustRun::Change& change = {}) {
  std::string row = example.row;
  row.replace(row.find("{}"), 2, std::to_string(example.number * times));
  return DustRun(example.kind, example.header, row, change);
}

} // namespace

// 2.69e-4 t m-2 a month of 30 days; demolition 1.3 of the mean.
TEST(DustKinds, ConstructionByHand) {
  const DustRun run("construction", "id,geometry,profile,phase,area [ha]", "a,site-a,constant,demolition,2");
  const double tsp = 2.69e-4 * ton * 20000 * 1.3 / (30 * 86400.0);
  expect_sizes(run.amounts(30), {0.1 * tsp, 0.49 * tsp, tsp});
  expect_close(run.amounts(30)[std::size_t(InventoryPollutant::calcium)], 0.12 * tsp);
  expect_close(run.amounts(30)[std::size_t(InventoryPollutant::magnesium)], 0.008 * tsp);
}

TEST(DustKinds, ASiteHasTheAreaOfItsPolygonAndEmitsOnItsDays) {
  const DustRun run("construction", "id,geometry,profile,phase,from,to",
                    "a,site-a,constant,building,2017-12-04,2017-12-04");
  EXPECT_GT(run.source().area, 1e6);
  expect_close(run.tsp(0), 0.269 * 0.8 * run.source().area / (30 * 86400.0));
  EXPECT_GT(run.tsp(23), 0);
  EXPECT_EQ(run.tsp(24), 0); // the day `to` is the last
  const DustRun timed("construction", "id,geometry,profile,phase,from,to",
                      "a,site-a,constant,building,2017-12-04T08:00,2017-12-04T18:00");
  EXPECT_EQ(timed.tsp(7), 0);
  EXPECT_GT(timed.tsp(8), 0);
  EXPECT_GT(timed.tsp(17), 0);
  EXPECT_EQ(timed.tsp(18), 0);
}

// The check values of AP-42's equations, per vehicle and metre.
TEST(DustKinds, UnpavedRoadsByHand) {
  const DustRun cars("unpaved_roads", "id,geometry,profile,use,traffic [day-1],silt [%],moisture [%],speed [m s-1]",
                     "a,ring-road,constant,public,86400,11,1,11.176"); // 25 mph, a vehicle a second
  const double pound = 281.9e-6;
  const double metres = cars.way();
  EXPECT_NEAR(cars.tsp() / metres / pound, 4.229130, 5e-6);
  EXPECT_NEAR(cars.amounts(30)[std::size_t(InventoryPollutant::pm10)] / metres / pound, 1.310785, 2e-6);
  EXPECT_NEAR(cars.amounts(30)[std::size_t(InventoryPollutant::pm2_5)] / metres / pound, 0.1307655, 2e-7);
  const DustRun trucks("unpaved_roads", "id,geometry,profile,use,traffic [day-1],silt [%],mass [t]",
                       "a,ring-road,constant,industrial,86400,10,18.1436948"); // 20 short tons
  EXPECT_NEAR(trucks.amounts(30)[std::size_t(InventoryPollutant::pm10)] / trucks.way() * 1e6, 842.718, 2e-3);
}

TEST(DustKinds, WateringWearsOff) {
  const std::string header = "id,geometry,profile,use,traffic [h-1],watering [mm],watering_interval [h]";
  const DustRun dry("unpaved_roads", header, "a,ring-road,constant,industrial,20,,");
  const DustRun wet("unpaved_roads", header, "a,ring-road,constant,industrial,20,1,6");
  const double first = wet.tsp(6) / dry.tsp(6), last = wet.tsp(11) / dry.tsp(11); // passes at 6 h and 12 h local time
  EXPECT_GT(first, 0);
  EXPECT_LT(first, last);
  EXPECT_LT(last, 1);
  expect_close(wet.tsp(12), wet.tsp(6));
}

TEST(DustKinds, MuckTrucksByHand) {
  const DustRun run("muck_trucks", "id,geometry,profile,trips [day-1],load [t],tare [t],silt [g m-2]",
                    "a,ring-road,constant,100,16,15,2");
  const double per_metre =
      3.23e-6 * std::pow(2.0, 0.91) * (std::pow(31000 / 907.18474, 1.02) + std::pow(15000 / 907.18474, 1.02));
  expect_close(run.tsp(), per_metre * 100 / 86400 * run.way());
  expect_close(run.amounts(30)[std::size_t(InventoryPollutant::pm10)], run.tsp() * 0.62 / 3.23);
  EXPECT_EQ(run.source().streams.size(), 2u);
}

TEST(DustKinds, StockpilesByHand) {
  const std::string header = "id,geometry,profile,material,throughput [t yr-1],drops,moisture [%],area [m2]";
  const DustRun run("stockpiles", header, "a,site-a,constant,sand,36500,3,4.8,500",
                    [](EmissionHour& hour, std::size_t h) { hour.wind_speed = h == 30 ? 3 : 2.2; });
  // The check value at 3 m s-1 and 4.8 % is 5.201925e-4 kg t-1; the wind stays below the pile's threshold.
  EXPECT_NEAR(run.tsp(30), 5.201925e-4 * 3 * 36500 / year, 1e-6 * run.tsp(30));
  const DustRun windy("stockpiles", header, "a,site-a,constant,sand,0,3,4.8,500", storm);
  EXPECT_EQ(windy.tsp(19), 0);
  const double speed = 0.4 * 1.24 * 20 / std::log(10 / 0.2), excess = speed - 0.6;
  const double potential = 58 * excess * excess + 25 * excess; // g m-2
  expect_sizes(windy.amounts(20), physics::ParticleSizes{0.075, 0.5, 1} * (potential * 1e-3 * 500 / 3600));
  EXPECT_EQ(windy.tsp(21), 0); // the potential is spent
  EXPECT_EQ(windy.tsp(23), 0);
  EXPECT_GT(windy.tsp(24), 0); // disturbed again at local midnight
}

TEST(DustKinds, QuarriesByHand) {
  const DustRun run("quarries", "id,geometry,profile,production [t yr-1],processing,transfers,area [m2]",
                    "a,site-a,constant,365000,wet,6,0");
  const double flow = 365000 * ton / year;                                   // kg s-1
  const double handled = 0.74 * 1.6e-6 * std::pow(2.1 / 2, -1.4) * 2 * flow; // at 2.2 m s-1, gravel of 2.1 %
  expect_close(run.tsp(), (0.0006 + 0.0011 + 6 * 0.00007) * 1e-3 * flow + handled);
  // What is handled holds its own calcium, not that of the stone below.
  const DustRun soil("quarries", "id,geometry,profile,production [t yr-1],processing,transfers,area [m2],material",
                     "a,site-a,constant,365000,wet,6,0,overburden");
  const double crushed = (0.0006 + 0.0011 + 6 * 0.00007) * 1e-3 * flow;
  const auto calcium_of = [](const char* id) { return find_row(DustTable::installed().compositions, id)->calcium; };
  EXPECT_NE(calcium_of("stone"), calcium_of("soil"));
  expect_close(soil.amounts(30)[std::size_t(InventoryPollutant::calcium)],
               calcium_of("stone") * crushed + calcium_of("soil") * (soil.tsp() - crushed));
}

TEST(DustKinds, BareSoilErodesInStormsAlone) {
  const DustRun run("bare_soil", "id,geometry,soil,bare,area [m2]", "a,site-a,sandy_loam,0.5,20000", storm);
  EXPECT_EQ(run.tsp(19), 0);
  const double speed = 0.4 * 20 / std::log(10 / 0.005), ratio = 0.35 / speed;
  const double density = 101325 / (287.05 * 288.15);
  const double flux = 0.01 * 100 * std::pow(10, 0.134 * 10 - 6) * 2.61 * density / 9.81 * std::pow(speed, 3) *
                      (1 + ratio) * (1 - ratio * ratio);
  expect_sizes(run.amounts(20), physics::ParticleSizes{0.05, 0.3, 1} * (flux * 10000));
}

TEST(DustKinds, TwiceTheActivityIsTwiceTheDust) {
  for (const Example& example : examples) {
    const DustRun once = run_of(example, 1, storm), twice = run_of(example, 2, storm);
    for (const std::size_t hour : {3, 20, 30}) {
      const InventoryAmounts a = once.amounts(hour), b = twice.amounts(hour);
      for (std::size_t p = 0; p < a.size(); ++p) {
        EXPECT_NEAR(b[p], 2 * a[p], 1e-12 * b[p]) << example.kind << ' ' << inventory_pollutants()[p];
      }
    }
    EXPECT_GT(once.tsp(20), 0) << example.kind;
  }
}

TEST(DustKinds, SizesAreCumulativeAndHoldCalcium) {
  for (const Example& example : examples) {
    const InventoryAmounts found = run_of(example, 1, storm).amounts(20);
    const auto of = [&](InventoryPollutant p) { return found[std::size_t(p)]; };
    EXPECT_GT(of(InventoryPollutant::pm2_5), 0) << example.kind;
    EXPECT_LE(of(InventoryPollutant::pm2_5), of(InventoryPollutant::pm10)) << example.kind;
    EXPECT_LE(of(InventoryPollutant::pm10), of(InventoryPollutant::tsp)) << example.kind;
    EXPECT_GT(of(InventoryPollutant::calcium), 0) << example.kind;
    EXPECT_LT(of(InventoryPollutant::calcium), 0.2 * of(InventoryPollutant::tsp)) << example.kind;
    EXPECT_EQ(of(InventoryPollutant::so2), 0) << example.kind;
  }
}

TEST(DustKinds, RainSuppressesAllOfThem) {
  for (const Example& example : examples) {
    const DustRun run = run_of(example, 1, [](EmissionHour& hour, std::size_t h) {
      hour.wind_speed = 12;
      rain_in_hour_9(hour, h);
    });
    EXPECT_GT(run.tsp(8), 0) << example.kind;
    EXPECT_EQ(run.tsp(9), 0) << example.kind;
    EXPECT_LT(run.tsp(10), run.tsp(8)) << example.kind;
  }
}
