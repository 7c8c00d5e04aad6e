// Three cells, two sources and a constant wind, through real transport: whatever ledger, ranking and who answer is
// worked out on paper.
//
// The city. Air flows from west to east with u through a street that is W = 500 m wide, one grid cell, and mixed up to
// H = 100 m, for the grid has but one level: V = u W H. It brings 21.5 ug m-3 of PM10. Nothing settles, reacts or rains
// out; first-order upwind advection without diffusion across keeps it in its street. Three management cells follow each
// other, each of four grid cells of 500 m, 1 km2. In the first grid cell of W a source emits 12 g s-1, in that of M one
// of 4 g s-1, in E none:
//
//   c = E / V                      at u = 2 m s-1, V = 1e5 m3 s-1: W adds 120, M 40 ug m-3; at 4 m s-1 half of that
//
// where the air has passed the source. The source's own grid cell is the only place where the engine's step shows: air
// is moved and then receives the step's emission, and the hour's mean is taken half before, half after it, so half of a
// step's emission is missing: c (1 - s/2), s = u dt / dx the Courant number; dt = 50 s: s = 0.2 at 2 m s-1, 0.4 at 4.
//
//   u = 2    own, mean of four grid cells: W 120 (0.9 + 3)/4 = 117    M 40 (0.9 + 3)/4 = 39
//            W 21.5 + 117 = 138.5       M 21.5 + 120 + 39 = 180.5     E 21.5 + 120 + 40 = 181.5 ug m-3
//   u = 4    own: W 60 (0.8 + 3)/4 = 57, M 20 (0.8 + 3)/4 = 19
//            W 21.5 + 57 = 78.5         M 21.5 + 60 + 19 = 100.5      E 21.5 + 60 + 20 = 101.5
//            without M's source:        M 81.5                        E 81.5
//
// The sun is down and it is overcast, so that the wind at 50 m, where the station measures and the level has its
// centre, is the level's: exact. The run begins four hours before the first of two days; air passes through a grid cell
// in 250 s (125 s) and upwind spreads that by as much, so after 14 of them, 3500 s and 940 s wide, nothing is left of
// the start by then.
//
// Tolerance: 1e-5. Results are floats (6e-8); the cells' edges, straight lines in degrees, leave those of the grid by
// less than 0.1 m of 500 m; t yr-1 are written with six digits.
#include "grid/projection.hpp"
#include "paths.hpp"
#include "planning/ledger.hpp"
#include "planning/rank.hpp"
#include "planning/who.hpp"
#include "run/run_case.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr double tolerance = 1e-5;
constexpr double x_west = 500000, y_south = 3240000, dx = 500; // m
constexpr int row = 4;                                         // of the street
constexpr double seconds = 52 * 3600.0;                        // of the run
const std::string first_day = "2021-01-05";

std::string corner(double i, double j) {
  const files::Position place = Projection(32650).unproject({x_west + i * dx, y_south + j * dx});
  return fmt::format("[{:.9f}, {:.9f}]", place.x, place.y);
}

std::string cell(const std::string& id, int first, const std::string& unit, int function_class) {
  const int i = first, e = first + 4;
  return fmt::format(
      R"({{"type": "Feature", "id": "{0}", "properties": {{"id": "{0}", "name": "", "unit": "{1}", "parent": "", )"
      R"("district": "", "key_area": false, "function_class": {2}}}, "geometry": {{"type": "Polygon", "coordinates": )"
      R"([[{3}, {4}, {5}, {6}, {3}]]}}}})",
      id, unit, function_class, corner(i, row), corner(e, row), corner(e, row + 1), corner(i, row + 1));
}

std::string source(const std::string& id, const std::string& sector, const std::string& department, double i,
                   double rate) {
  const files::Position place = Projection(32650).unproject({x_west + i * dx, y_south + (row + 0.5) * dx});
  const double per_year = rate * 365 * 86400 * 1e-6; // t of g s-1
  return fmt::format("{},{},{},,,,{:.9f},{:.9f},constant,0,100,0,{:.4f},{:.4f},0,0,0\n", id, sector, department,
                     place.x, place.y, per_year, per_year);
}

/// Runs the city with wind of `speed` and tags by `by`; returns its result.
std::filesystem::path run_city(const std::string& name, int speed, const std::string& by, bool middle = true) {
  const std::filesystem::path folder = test::scratch_directory("toy-city-" + name);
  const auto write = [&](const std::string& file, const std::string& text) { std::ofstream(folder / file) << text; };
  write("grid.toml",
        fmt::format("schema = \"grid/1\"\nname = \"street\"\n[grid]\nepsg = 32650\nx_west = {}\ny_south = "
                    "{}\nnx = 18\nny = 9\ndx = 500.0\ndy = 500.0\nlevels = [0.0, 100.0]\n[management]\nfile "
                    "= \"cells.geojson\"\n",
                    x_west, y_south));
  write("cells.geojson",
        fmt::format("{{\"type\": \"FeatureCollection\", \"features\": [\n{},\n{},\n{}\n]}}\n",
                    cell("W", 2, "Office 1", 1), cell("M", 6, "Office 1", 2), cell("E", 10, "Office 2", 2)));
  write("sources.csv", "id,sector,department,enterprise,management_cell,geometry,lon,lat,profile,base [m],top [m],"
                       "pm2_5 [t yr-1],pm10 [t yr-1],tsp [t yr-1],so2 [t yr-1],nox [t yr-1],co [t yr-1]\n" +
                           source("west", "industry", "ecology", 2.5, 12) +
                           source("middle", "construction", "housing", 6.5, 4));
  write("profiles.toml", "schema = \"profiles/1\"\n");
  std::string weather = "date,ws [m s-1],wd [degree],t [degC],td [degC],p [hPa],cloud [%],rain [mm],sun [W m-2]\n";
  for (int h = 0; h < 96; ++h) {
    weather += fmt::format("2021-01-{:02} {:02}:00,{},270,10,0,1013.25,100,0,0\n", 4 + h / 24, h % 24, speed);
  }
  write("weather.csv", weather);
  write("city.toml",
        fmt::format(R"(schema = "scenario/1"
name = "{}"
[run]
start = 2021-01-04T20:00:00+08:00
end = 2021-01-07T00:00:00+08:00
time_zone = "Asia/Shanghai"
[grid]
file = "grid.toml"
[weather]
source = "station"
roughness_length = 0.0001
profile_top = 20.0
[weather.wind]
keep_library = false
slope_winds = false
[weather.station]
file = "weather.csv"
time_zone = "Asia/Shanghai"
height = 50.0
[weather.station.variable]
wind_speed = {{ column = "ws" }}
wind_direction = {{ column = "wd" }}
temperature = {{ column = "t" }}
dew_point = {{ column = "td" }}
pressure = {{ column = "p" }}
cloud_cover = {{ column = "cloud" }}
rain = {{ column = "rain" }}
global_radiation = {{ column = "sun" }}
[[inventory]]
id = "street"
sources = "sources.csv"
profiles = "profiles.toml"
[background]
pm2_5 = 0.0
pm10 = 21.5
tsp = 21.5
so2 = 5.0
no2 = 6.0
no = 0.0
co = 400.0
o3 = 60.0
[transport]
precision = "double"
advection = "upwind"
max_step = 50.0
horizontal_diffusivity = 0.0
[deposition]
settling = false
pm_coarse = 0.0
[chemistry]
photostationary = false
[output]
checkpoint_hours = 0
[attribution]
by = "{}"
pollutants = ["pm10"]
{})",
                    name, by,
                    middle ? "" : "[[measure]]\nid = \"close\"\nkind = \"ban\"\nselect = { source = \"middle\" }\n"));
  const Case city = load_case(folder / "city.toml");
  return run_together({&city}, {.directory = folder, .progress = false}).at(0).result;
}

void expect(double value, double on_paper, double scale, const std::string& what) {
  EXPECT_NEAR(value, on_paper, tolerance * scale) << what;
}

const Ledger::Row& find(const Ledger& ledger, const std::string& id) {
  for (const Ledger::Row& one : ledger.rows) {
    if (one.id == id) {
      return one;
    }
  }
  throw std::out_of_range("no row " + id);
}

/// On paper, in ug m-3, cell days and ug m-3 km2.
struct OnPaper {
  const char* id;
  double own, others;
  double total; // less these two came from outside
  double limit_days;
  double caused, caused_days;
  double emitted; // g s-1
};

void expect_row(const Ledger::Row& one, const OnPaper& paper, double area) {
  const double outside = paper.total - paper.own - paper.others;
  expect(1e9 * one.received.total, paper.total, 100, fmt::format("{} total", paper.id));
  expect(1e9 * one.received.own, paper.own, 100, fmt::format("{} own", paper.id));
  expect(1e9 * one.received.others, paper.others, 100, fmt::format("{} others", paper.id));
  expect(1e9 * one.received.outside, outside, 100, fmt::format("{} outside", paper.id));
  expect(1e9 * one.received.rest, 0, 100, fmt::format("{} rest", paper.id));
  expect(1e9 * one.received.initial, 0, 100, fmt::format("{} initial", paper.id));
  EXPECT_EQ(one.exceeded.total, paper.limit_days) << paper.id;
  expect(1e3 * one.caused, paper.caused, 100, fmt::format("{} caused", paper.id));
  expect(one.caused_days, paper.caused_days, 1, fmt::format("{} caused days", paper.id));
  expect(one.emitted, paper.emitted * 1e-3 * seconds, 1000, fmt::format("{} emitted", paper.id));
  expect(1e-6 * one.area, area, 1, fmt::format("{} area", paper.id));
}

} // namespace

TEST(ToyCity, LedgerAndWhoAreThoseOnPaper) {
  const std::filesystem::path result = run_city("cells", 2, "cell");
  const ResultFacts facts = read_result(result);

  for (const auto& [place, home, west, middle, total] :
       {std::tuple{"W", 117.0, 117.0, 0.0, 138.5}, std::tuple{"M", 39.0, 120.0, 39.0, 180.5},
        std::tuple{"E", 0.0, 120.0, 40.0, 181.5}}) {
    const WhoAnswer answer = who(result, {.place = place, .from = first_day});
    expect(1e9 * answer.total, total, 100, place);
    for (const WhoAnswer::Row& one : answer.rows) {
      expect(1e9 * one.concentration,
             one.id == "W"         ? west
             : one.id == "M"       ? middle
             : one.id == "outside" ? 21.5
                                   : 0,
             100, std::string(place) + " from " + one.id);
    }
    EXPECT_EQ(who_table(answer, 2).find(fmt::format("{:>10.3f}", home)) != std::string::npos, true)
        << who_table(answer, 2);
  }

  // Days: W is of class I (50 ug m-3 a day), M and E of class II (150): all exceed on both days, each by its own
  // shares.
  const Ledger ledger = make_ledger(facts, {.by = "cell", .from = first_day});
  const double west_days = 2 * (120 / 180.5 + 120 / 181.5), middle_days = 2 * 40 / 181.5;
  for (const OnPaper& paper :
       {OnPaper{"W", 117, 0, 138.5, 2, 240, west_days, 12}, OnPaper{"M", 39, 120, 180.5, 2, 40, middle_days, 4},
        OnPaper{"E", 0, 160, 181.5, 2, 0, 0, 0}}) {
    expect_row(find(ledger, paper.id), paper, 1);
  }
  EXPECT_EQ(ledger.rows[0].id, "W"); // causes most
  expect(find(ledger, "W").exceeded.own, 2 * 117 / 138.5, 1, "W's days of its own");
  expect(find(ledger, "M").exceeded.others, 2 * 120 / 180.5, 1, "M's days by others");
  expect(find(ledger, "E").exceeded.outside, 2 * 21.5 / 181.5, 1, "E's days from outside");
  expect(1e9 * find(ledger, "W").caused_mean, 120, 100, "mean of what W causes in M and E");
  EXPECT_EQ(find(ledger, "M").most_in, "E");

  // The books close: what all cause is what all receive from others, and every kilogram and every day is somebody's.
  expect(1e3 * ledger.sum.caused, 280, 100, "caused");
  expect(1e3 * ledger.sum.received.others * ledger.sum.area, 280, 100, "received from others");
  expect(1e9 * ledger.sum.received.own, (117.0 + 39) / 3, 100, "own, mean of the city");
  expect(1e9 * ledger.sum.received.total, (138.5 + 180.5 + 181.5) / 3, 100, "the city");
  EXPECT_EQ(ledger.sum.exceeded.total, 6);
  expect(ledger.sum.exceeded.own + ledger.sum.exceeded.others + ledger.sum.exceeded.rest + ledger.sum.exceeded.outside +
             ledger.sum.exceeded.initial,
         6, 1, "days");
  expect(ledger.sum.emitted, 16e-3 * seconds, 1000, "emitted");
  expect(ledger.rest.emitted, 0, 1000, "emitted in no cell");
  EXPECT_EQ(ledger.sum.deposited, 0);

  // Office 1 answers for W and M: what W does to M stays in the house.
  const Ledger units = make_ledger(facts, {.by = "unit", .from = first_day});
  expect_row(find(units, "Office 1"),
             {"Office 1", (117 + 120 + 39) / 2.0, 0, (138.5 + 180.5) / 2, 4, 160, 2 * 160 / 181.5, 16}, 2);
  expect_row(find(units, "Office 2"), {"Office 2", 0, 160, 181.5, 2, 0, 0, 0}, 1);
}

TEST(ToyCity, LedgerOfDepartmentsIsThatOnPaper) {
  const std::filesystem::path result = run_city("departments", 2, "department");
  const ResultFacts facts = read_result(result);
  const Ledger ledger = make_ledger(facts, {.by = "department", .from = first_day});
  ASSERT_EQ(ledger.rows.size(), 5U);
  const Ledger::Row &ecology = find(ledger, "ecology"), &housing = find(ledger, "housing");
  expect(1e9 * ecology.caused_mean, (117.0 + 120 + 120) / 3, 100, "ecology");
  expect(1e9 * housing.caused_mean, (39.0 + 40) / 3, 100, "housing");
  expect(1e9 * find(ledger, "outside").caused_mean, 21.5, 100, "outside");
  expect(ecology.caused_days, 2 * (117 / 138.5 + 120 / 180.5 + 120 / 181.5), 1, "ecology's days");
  expect(housing.caused_days, 2 * (39 / 180.5 + 40 / 181.5), 1, "housing's days");
  expect(ecology.emitted, 12e-3 * seconds, 1000, "ecology emits");
  expect(housing.emitted, 4e-3 * seconds, 1000, "housing emits");
  expect(1e9 * ecology.most, 120, 100, "most that ecology adds to a cell");
  EXPECT_EQ(housing.most_in, "E");
  expect(1e9 * ledger.sum.caused_mean, (138.5 + 180.5 + 181.5) / 3, 100, "the city");
  expect(ledger.sum.caused_days, 6, 1, "days");

  // Places of this result: what came from outside is told, whose sources it is not.
  const Ledger cells = make_ledger(facts, {.by = "cell", .from = first_day});
  expect(1e9 * find(cells, "E").received.outside, 21.5, 100, "outside");
  EXPECT_TRUE(std::isnan(find(cells, "E").received.own));
  EXPECT_TRUE(std::isnan(find(cells, "W").caused));
  EXPECT_EQ(cells.untold.at(0), "own, others and what is caused elsewhere: tags are by department; [attribution] by = "
                                "\"cell\" tells it");
}

TEST(ToyCity, RankingIsThatOnPaper) {
  const std::filesystem::path base = run_city("base", 2, "cell"), windy = run_city("windy", 4, "cell"),
                              closed = run_city("closed", 4, "cell", false);
  const auto expect_order = [&](const Ranking& ranking,
                                const std::vector<std::tuple<const char*, int, double>>& paper) {
    ASSERT_EQ(ranking.rows.size(), paper.size());
    for (std::size_t n = 0; n < paper.size(); ++n) {
      const auto& [id, place, value] = paper[n];
      EXPECT_EQ(ranking.rows[n].id, id) << n;
      EXPECT_EQ(ranking.rows[n].rank, place) << id;
      const double scale = ranking.pollutant == "aqi" ? 1.0 : 1e9;
      expect(scale * ranking.rows[n].value.central, value, 100, id);
    }
  };
  expect_order(make_ranking(base, {.by = "level", .from = first_day}),
               {{"W", 1, 138.5}, {"M", 2, 180.5}, {"E", 3, 181.5}});
  // Index of PM10, from breakpoints 50, 150 and 250 ug m-3 at 50, 100 and 150, rounded up: W 50 + 88.5/2 = 94.25, M
  // 100 + 30.5/2 = 115.25, E 115.75: M and E are equal.
  expect_order(make_ranking(base, {.by = "level", .pollutant = "aqi", .from = first_day}),
               {{"W", 1, 95}, {"M", 2, 116}, {"E", 2, 116}});
  expect_order(make_ranking(base, {.by = "own", .from = first_day}),
               {{"E", 1, 0}, {"M", 2, (39.0 + 40) / 3}, {"W", 3, (117.0 + 240) / 3}});
  expect_order(make_ranking(base, {.by = "level", .of = "unit", .from = first_day}),
               {{"Office 1", 1, (138.5 + 180.5) / 2}, {"Office 2", 2, 181.5}});

  // M's source was closed and the wind has risen: M 180.5 to 81.5, of which its emission 19 and the wind 80.
  const Ranking change = make_ranking(closed, {.by = "change", .base = base, .normalise = windy, .from = first_day});
  expect_order(change, {{"E", 1, -20}, {"M", 2, -19}, {"W", 3, 0}});
  for (const auto& [n, weather, before] :
       {std::tuple{0, -80.0, 181.5}, std::tuple{1, -80.0, 180.5}, std::tuple{2, -60.0, 138.5}}) {
    expect(1e9 * change.rows[std::size_t(n)].weather, weather, 100, change.rows[std::size_t(n)].id + " by the wind");
    expect(1e9 * change.rows[std::size_t(n)].before, before, 100, change.rows[std::size_t(n)].id + " before");
  }
  EXPECT_TRUE(
      make_ranking(closed, {.by = "change", .base = base})
          .notes.at(0)
          .starts_with("base has another period or other weather, so the change holds that of the weather too"));
}
