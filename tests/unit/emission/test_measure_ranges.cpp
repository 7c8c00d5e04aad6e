// What measures avoid at the ends of their efficiencies.
#include "city.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr std::size_t pm10 = std::size_t(InventoryPollutant::pm10);

/// kg of PM10 that a source emits in the domain in the run without measures.
double emitted(const EmissionModel& base, const char* id) {
  for (std::size_t s = 0; s < base.inventory().sources.size(); ++s) {
    const Source& source = base.inventory().sources[s];
    if (source.id == id) {
      return base.totals().sources[s][pm10] * source.placement.inside;
    }
  }
  return 0;
}

void expect_close(double value, double expected) {
  EXPECT_NEAR(value, expected, 1e-13 * expected);
}

} // namespace

TEST(MeasureRanges, AloneAndTogetherByHand) {
  const test::City city;
  const EmissionModel base = city.base();
  const double first = emitted(base, "site-1"), second = emitted(base, "site-2");
  ASSERT_GT(first, 0);
  ASSERT_GT(second, 0);
  const EmissionModel model = city.overlay(R"(
[[measure]]
id = "a"
kind = "scale"
select = { sector = "construction" }
efficiency = 0.5
efficiency_range = [0.8, 1.2]
coverage = 0.5
[[measure]]
id = "b"
kind = "scale"
select = { source = "site-1" }
efficiency = 0.4
efficiency_range = [0.5, 1.5]
)");
  const EmissionTotals& totals = model.totals();
  const MeasureRow &a = totals.measures.at(0), &b = totals.measures.at(1);
  expect_close(a.avoided[pm10], 0.25 * (first + second));
  expect_close(a.avoided_low[pm10], 0.20 * (first + second));
  expect_close(a.avoided_high[pm10], 0.30 * (first + second));
  expect_close(b.avoided[pm10], 0.4 * first);
  expect_close(b.avoided_low[pm10], 0.2 * first);
  expect_close(b.avoided_high[pm10], 0.6 * first);
  // Together: 1 - 0.75 x 0.6, 1 - 0.8 x 0.8 and 1 - 0.7 x 0.4 of the first site, which both act on.
  expect_close(totals.all.without[pm10] - totals.all.with[pm10], 0.55 * first + 0.25 * second);
  expect_close(totals.avoided_low[pm10], 0.36 * first + 0.20 * second);
  expect_close(totals.avoided_high[pm10], 0.72 * first + 0.30 * second);
  const std::string report = model.report();
  EXPECT_NE(report.find(fmt::format("pm10 {:.3f} ({:.3f} to {:.3f})", 0.4e-3 * first, 0.2e-3 * first, 0.6e-3 * first)),
            std::string::npos)
      << report;
  EXPECT_NE(report.find("all measures avoid together, t: pm2_5 "), std::string::npos) << report;
}

TEST(MeasureRanges, WithoutARangeBothEndsAreTheMiddle) {
  const test::City city;
  const EmissionModel model = city.overlay("[[measure]]\nid = \"a\"\nkind = \"scale\"\nefficiency = 0.3\n"
                                           "[[measure]]\nid = \"b\"\nkind = \"activity\"\nfactor = 1.1\n");
  const EmissionTotals& totals = model.totals();
  for (const MeasureRow& row : totals.measures) {
    EXPECT_NE(row.avoided[pm10], 0);
    EXPECT_EQ(row.avoided_low, row.avoided);
    EXPECT_EQ(row.avoided_high, row.avoided);
  }
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    EXPECT_EQ(totals.avoided_low[p], totals.all.without[p] - totals.all.with[p]);
    EXPECT_EQ(totals.avoided_high[p], totals.avoided_low[p]);
  }
  EXPECT_EQ(model.report().find(" to "), model.report().rfind(" to ")); // that of the period alone
}

TEST(MeasureRanges, AnEndLeavesTheRunAsItIs) {
  const test::City city;
  const std::string text = "[[measure]]\nid = \"a\"\nkind = \"surface\"\nefficiency = { coarse = 0.8 }\n";
  const EmissionModel plain = city.overlay(text), ranged = city.overlay(text + "efficiency_range = [0.5, 1.25]\n");
  EXPECT_EQ(ranged.totals().all.with, plain.totals().all.with);
  EXPECT_EQ(ranged.totals().measures[0].avoided, plain.totals().measures[0].avoided);
  EXPECT_EQ(ranged.measures()[0].low, 0.5);
  EXPECT_EQ(ranged.measures()[0].high, 1.25); // all of the coarse
}
