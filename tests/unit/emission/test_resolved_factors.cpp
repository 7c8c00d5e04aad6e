#include "emission/resolved_factors.hpp"

#include "city.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr const char* night_and_day = R"(
[[measure]]
id = "a"
kind = "scale"
efficiency = { so2 = 0.5, coarse = 0.25 }
[[measure]]
id = "b"
kind = "ban"
coverage = 0.6
select = { sector = "construction" }
from = 2017-12-06
hours = "07-19"
[[measure]]
id = "c"
kind = "ban"
select = { source = "site-1" }
from = 2018-06-01
)";

const ResolvedFactor* row_of(const std::vector<ResolvedFactor>& factors, const std::vector<std::string>& measures,
                             const std::string& sector) {
  const auto found = std::find_if(factors.begin(), factors.end(), [&](const ResolvedFactor& row) {
    return row.measures == measures && row.sector == sector;
  });
  return found == factors.end() ? nullptr : &*found;
}

} // namespace

TEST(ResolvedFactors, AloneAndAsTheyMeetInTheRun) {
  const test::City city;
  const EmissionModel model = city.overlay(night_and_day);
  const std::vector<ResolvedFactor>& factors = model.totals().factors;
  // a on three sectors, b and c on sites, a and b on sites; c, of next year, meets nobody.
  ASSERT_EQ(factors.size(), 6U);
  const auto value = [&](const ResolvedFactor* row, const char* species) {
    return row->factor[std::size_t(city.species.find(species))];
  };
  const ResolvedFactor* alone = row_of(factors, {"a"}, "construction");
  ASSERT_NE(alone, nullptr);
  EXPECT_EQ(alone->sources, 2);
  EXPECT_EQ(value(alone, "so2"), 0.5);
  EXPECT_EQ(value(alone, "pm_coarse"), 0.75);
  EXPECT_EQ(value(alone, "pm_fine"), 1);
  ASSERT_NE(row_of(factors, {"a"}, "traffic"), nullptr);
  EXPECT_EQ(row_of(factors, {"a"}, "industry")->sources, 2);
  EXPECT_NEAR(value(row_of(factors, {"b"}, "construction"), "co"), 0.4, 1e-15);
  const ResolvedFactor* both = row_of(factors, {"a", "b"}, "construction");
  ASSERT_NE(both, nullptr);
  EXPECT_EQ(both->sources, 2);
  EXPECT_NEAR(value(both, "so2"), 0.5 * 0.4, 1e-15);
  EXPECT_NEAR(value(both, "pm_coarse"), 0.75 * 0.4, 1e-15);
  EXPECT_NEAR(value(both, "pm_fine"), 0.4, 1e-15);
  EXPECT_EQ(row_of(factors, {"c"}, "construction")->sources, 1);
  for (const ResolvedFactor& row : factors) {
    EXPECT_EQ(row.part + row.fleet + row.variant, "");
  }
  EXPECT_TRUE(city.base().totals().factors.empty());
}

TEST(ResolvedFactors, TellPartsAndVariantsApart) {
  const EmittedSpecies species(SpeciesTable::load());
  const std::size_t count = std::size_t(species.count());
  Inventory inventory;
  Source& boiler = inventory.sources.emplace_back();
  boiler.sector = "boilers";
  for (const auto& [part, variant] : {std::pair{"stack", ""}, std::pair{"heap", ""}, std::pair{"stack", "gas"}}) {
    Stream& stream = boiler.streams.emplace_back();
    stream.part = part;
    stream.variant = variant;
    stream.rate.assign(count, 1.0);
  }
  Measure turn, cover;
  turn.id = "turn";
  turn.kind = "replace";
  turn.variant = "gas";
  turn.coverage = 0.75;
  turn.facets = {{{}, std::vector<double>(count, 0.25)}};
  cover.id = "cover";
  cover.kind = "scale";
  cover.facets = {{{"heap"}, std::vector<double>(count, 0.5)}};
  turn.sources = cover.sources = {0};
  const std::vector<Measure> measures = {cover, turn};
  MeasureSets sets;
  sets.build(inventory.sources, measures, species);
  const std::vector<ResolvedFactor> factors = resolve_factors(inventory, measures, sets, {{true, true}}, count);
  struct Row {
    std::vector<std::string> measures;
    std::string part, variant;
    double factor;
    bool operator==(const Row&) const = default;
  };
  std::vector<Row> rows;
  for (const ResolvedFactor& row : factors) {
    EXPECT_EQ(row.sources, 1);
    rows.push_back({row.measures, row.part, row.variant, row.factor[0]});
  }
  const std::vector<Row> expected = {{{"cover"}, "heap", "", 0.5},
                                     {{"cover", "turn"}, "heap", "", 0.125},
                                     {{"turn"}, "", "", 0.25},
                                     {{"turn"}, "", "gas", 0.75}};
  EXPECT_EQ(rows, expected);
}
