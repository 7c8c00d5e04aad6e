#include "emission/inventory.hpp"

#include "base/log.hpp"
#include "city.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tq;

namespace {

const Source& source(const EmissionModel& model, const std::string& id) {
  for (const Source& candidate : model.inventory().sources) {
    if (candidate.id == id) {
      return candidate;
    }
  }
  throw std::invalid_argument(id);
}

} // namespace

TEST(Inventory, PlacesEverySourceWholly) {
  const test::City city;
  const EmissionModel model = city.base();
  ASSERT_EQ(model.inventory().sources.size(), 5U);
  for (const Source& s : model.inventory().sources) {
    double sum = 0;
    for (const PlacedShare& share : s.placement.shares) {
      EXPECT_GT(share.share, 0);
      sum += share.share;
    }
    EXPECT_EQ(s.placement.inside, 1.0) << s.id;
    EXPECT_NEAR(sum, 1.0, 1e-12) << s.id;
  }
}

/// Inventories that name one file share it, each with the ids that it asks for.
TEST(Inventory, OneGeometryFileMayBeReadByTwoFields) {
  const test::City city;
  const std::filesystem::path folder = test::scratch_directory("two_fields");
  const auto square = [](const std::string& id, const std::string& code, double west) {
    return fmt::format(
        R"({{"type": "Feature", "properties": {{"id": "{}", "code": "{}"}}, "geometry": {{"type": "Polygon",
"coordinates": [[[{},29.27],[{},29.27],[{},29.29],[{},29.29],[{},29.27]]]}}}})",
        id, code, west, west + 0.01, west + 0.01, west, west);
  };
  std::ofstream(folder / "g.geojson") << R"({"type": "FeatureCollection", "features": [)" << square("a", "b", 117.17)
                                      << ", " << square("b", "a", 117.19) << "]}";
  std::string items;
  for (const std::string id : {"one", "two"}) {
    std::ofstream(folder / (id + ".csv")) << "id,sector,profile,geometry,pm2_5 [t yr-1],pm10 [t yr-1],tsp [t yr-1],so2 "
                                             "[t yr-1],nox [t yr-1],co [t yr-1]\n"
                                          << id << "," << id << ",constant,a,1,1,1,1,1,1\n";
    items += fmt::format("[[inventory]]\nid = \"{0}\"\nsources = \"{1}/{0}.csv\"\ngeometry = \"{1}/g.geojson\"\n", id,
                         folder.string());
  }
  const EmissionModel model = city.overlay(items + "geometry_id = \"code\"\n");
  const auto west = [&](const std::string& id) { return source(model, id).placement.shares.front().i; };
  EXPECT_LT(west("one") + 2, west("two")); // 0.02 degrees are nearly 2 km
  std::filesystem::remove_all(folder);
}

TEST(Inventory, KnowsWhoAnswers) {
  const test::City city;
  const EmissionModel model = city.base();
  const auto cell = [&](const char* id) { return city.cells.cells[std::size_t(source(model, id).cell)].id; };
  EXPECT_EQ(cell("site-1"), "W-1"); // as the table says
  EXPECT_EQ(cell("site-2"), "W-1"); // found: the smallest cell that holds most, not the city above it
  EXPECT_EQ(cell("kiln-1"), "E-1");
  EXPECT_EQ(source(model, "site-1").district, "Zhushan");
  EXPECT_EQ(source(model, "site-1").unit, "west street office");
  EXPECT_EQ(source(model, "stack-1").district, "Changjiang"); // of the cell above
  EXPECT_EQ(source(model, "site-1").enterprise, "Builder One");
  EXPECT_EQ(source(model, "site-1").department, "housing");
}

TEST(Inventory, MeasuresAreasInTheGridsPlane) {
  const test::City city;
  const EmissionModel model = city.base();
  // 0.018 x 0.012 degrees at 29.28 N: 97.17 km and 110.85 km per degree on WGS84, times 0.9996^2 in UTM.
  EXPECT_NEAR(source(model, "site-1").area, 0.018 * 97170 * 0.012 * 110850 * 0.9992, 2e-3 * 2.3e6);
  EXPECT_EQ(source(model, "road-1").area, 0);
}

TEST(Inventory, ReachesTheRightLevels) {
  const test::City city;
  const EmissionModel model = city.base();
  for (const PlacedShare& share : source(model, "road-1").placement.shares) {
    EXPECT_EQ(share.k, 0);
  }
  const auto& stack = source(model, "stack-1").placement.shares; // 30 to 75 m: levels from 28 x 0.98 to 80 x 0.98 m
  ASSERT_EQ(stack.size(), 2U);
  EXPECT_EQ(stack[0].k, 2);
  EXPECT_NEAR(stack[0].share, (50 * 0.98 - 30) / 45, 1e-14);
  EXPECT_EQ(stack[1].k, 3);
  EXPECT_EQ(model.levels(), 4);
}

TEST(Inventory, CountsKilogramsOfACommonYear) {
  const test::City city;
  const EmissionModel model = city.base();
  const std::vector<double>& rate = source(model, "road-1").streams.at(0).rate;
  const InventoryAmounts road = model.species().gather(rate);
  EXPECT_NEAR(road[std::size_t(InventoryPollutant::pm2_5)] * common_year, 8000, 1e-9);
  EXPECT_NEAR(road[std::size_t(InventoryPollutant::nox)] * common_year, 90000, 1e-7); // this column is in kg yr-1
  EXPECT_NEAR(rate[std::size_t(model.species().no2())] * common_year, 0.15 * 90000, 1e-8);
  const std::vector<double>& site = source(model, "site-1").streams.at(0).rate;
  EXPECT_NEAR(site[std::size_t(model.species().no2())],
              0.1 * model.species().gather(site)[std::size_t(InventoryPollutant::nox)], 1e-15);
}

TEST(Inventory, WarnsOfWhatLiesPartlyOutside) {
  const test::City city;
  const int before = log::warning_count();
  const EmissionModel model = city.overlay(R"(
[[inventory]]
id = "edge"
sources = ")" + (test::emission_directory() / "data" / "edge.csv").string() +
                                           R"("
geometry = ")" + (test::emission_directory() / "data" / "edge.geojson").string() +
                                           R"("
profiles = ")" + (test::emission_directory() / "data" / "profiles.toml").string() +
                                           R"("
)");
  EXPECT_EQ(log::warning_count(), before + 1);
  const Source& edge = source(model, "edge-1");
  EXPECT_EQ(edge.inventory, "edge");
  // The domain's western edge, x = 515000 m, lies near 117.1543 E at that latitude; the area runs from 117.10
  // to 117.20.
  EXPECT_NEAR(edge.placement.inside, 0.456, 0.003);
  const double week = model.totals().all.without[0] - city.base().totals().all.without[0];
  EXPECT_NEAR(week, 168 * edge.placement.inside, 1e-9); // 1 kg h-1, profile flat
}

TEST(Pollutants, SplitIntoBinsAndMoles) {
  const SpeciesTable table = SpeciesTable::load();
  const EmittedSpecies species(table);
  const InventoryAmounts amounts{2, 5, 11, 3, 10, 7, 1.5, 2.5, 0.25, 0.75, 0.5, 1.25, 0.125, 1.1, 0.55};
  const std::vector<double> split = species.split(amounts, 0.2);
  EXPECT_EQ(split[std::size_t(table.find("pm_fine"))], 2);
  EXPECT_EQ(split[std::size_t(table.find("pm_coarse"))], 3);
  EXPECT_EQ(split[std::size_t(table.find("pm_super"))], 6);
  EXPECT_EQ(split[std::size_t(table.find("so2"))], 3);
  EXPECT_EQ(split[std::size_t(table.find("co"))], 7);
  EXPECT_EQ(split[std::size_t(table.find("o3"))], 0);
  EXPECT_EQ(split[std::size_t(table.find("no2"))], 2);
  EXPECT_NEAR(split[std::size_t(table.find("no"))], 8 * 30.006 / 46.006, 1e-3);      // molar masses of NO and NO2
  EXPECT_NEAR(split[std::size_t(species.named("calcium")[2])], 1.1 * 6 / 11, 1e-14); // as the bins share the mass
  const InventoryAmounts back = species.gather(split);
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    EXPECT_NEAR(back[p], amounts[p], 1e-14 * amounts[p]);
  }
}
