#include "emission/measure_library.hpp"
#include "run/case.hpp"

#include <algorithm>
#include <fmt/ranges.h>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

#include "paths.hpp"

using namespace tq;

namespace {

std::filesystem::path city() {
  return test::source_directory() / "grids" / "jingdezhen";
}

/// What is done how much, by table of the default city. Sites, whose area is that of their geometry, and haul roads,
/// from which twice the traffic wears the water twice as fast, are left to DustKinds.
const std::map<std::string, std::set<std::string>> activity_columns = {
    {"agriculture", {"heads", "nitrogen"}},
    {"bare_soil", {"bare"}},
    {"boilers", {"fuel_use"}},
    {"burning", {"amount"}},
    {"cooking", {"stoves", "persons"}},
    {"energy", {"standard_coal"}},
    {"farm_machines", {"fuel_use"}},
    {"fireworks", {"amount"}},
    {"forest", {"cover"}},
    {"households", {"fuel_use"}},
    {"kilns", {"product"}},
    {"machines", {"fuel_use"}},
    {"muck_trucks", {"trips"}},
    {"quarries", {"production", "area"}},
    {"roads", {"traffic"}},
    {"solvents", {"use", "persons"}},
    {"stockpiles", {"throughput", "area"}},
};

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream in(line + ",");
  for (std::string field; std::getline(in, field, ',');) {
    fields.push_back(field);
  }
  return fields;
}

/// A copy of the table with half of what stands in `columns`.
void halve(const std::filesystem::path& table, const std::set<std::string>& columns,
           const std::filesystem::path& copy) {
  std::ifstream in(table);
  std::ofstream out(copy);
  std::vector<bool> halved;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("#")) {
      continue;
    }
    std::vector<std::string> fields = split(line);
    const bool header = halved.empty();
    for (std::size_t c = 0; c < fields.size(); ++c) {
      if (header) {
        halved.push_back(columns.contains(fields[c].substr(0, fields[c].find(' '))));
      } else if (halved[c] && !fields[c].empty()) {
        fields[c] = fmt::format("{:.17g}", 0.5 * std::stod(fields[c]));
      }
    }
    out << fmt::format("{}\n", fmt::join(fields, ","));
  }
  EXPECT_EQ(std::size_t(std::count(halved.begin(), halved.end(), true)), columns.size()) << table;
}

/// The default city, New Year's week 2017 or another, with more text of the scenario.
EmissionTotals totals_of(const std::filesystem::path& folder, const std::string& text, const std::string& from,
                         const std::string& to) {
  std::ofstream(folder / "scenario.toml")
      << "base = \"" << (test::source_directory() / "scenarios/jingdezhen/base.toml").string() << "\"\n"
      << "name = \"activity\"\n[run]\nstart = \"" << from << "\"\nend = \"" << to << "\"\n"
      << text;
  return load_case(folder / "scenario.toml").emission->totals();
}

void expect_cumulative(const EmissionTotals& totals) {
  for (const InventoryAmounts& source : totals.sources) {
    const auto of = [&](InventoryPollutant p) { return source[std::size_t(p)]; };
    ASSERT_LE(of(InventoryPollutant::pm2_5), of(InventoryPollutant::pm10));
    ASSERT_LE(of(InventoryPollutant::pm10), of(InventoryPollutant::tsp));
  }
}

} // namespace

TEST(ActivityEmission, TwiceTheActivityIsTwiceTheEmissionOfEverySource) {
  const std::filesystem::path folder = test::scratch_directory("activity-halved");
  std::string text;
  for (const auto& [table, columns] : activity_columns) {
    halve(city() / "activity" / (table + ".csv"), columns, folder / (table + ".csv"));
    text += fmt::format("[[inventory]]\nid = \"{}\"\nsources = \"{}\"\n", table, (folder / (table + ".csv")).string());
  }
  // New Year, for the fireworks; a week in October, for the straw
  const std::set<std::string> unchanged = {"construction", "demolition", "quarry_haulage"};
  for (const auto& [from, to] : {std::pair{"2017-01-26", "2017-01-30"}, {"2017-10-08", "2017-10-15"}}) {
    const EmissionTotals half = totals_of(folder, text, from, to), twice = totals_of(folder, "", from, to);
    expect_cumulative(twice);
    ASSERT_EQ(half.sources.size(), twice.sources.size());
    for (std::size_t n = 0; n < half.sectors.size(); ++n) {
      const EmissionRow &a = half.sectors[n], &b = twice.sectors[n];
      const double ratio = unchanged.contains(a.name) ? 1 : 2;
      for (std::size_t p = 0; p < a.with.size(); ++p) {
        EXPECT_NEAR(b.with[p], ratio * a.with[p], 1e-12 * b.with[p])
            << from << ' ' << a.name << ' ' << inventory_pollutants()[p];
      }
    }
  }
  std::filesystem::remove_all(folder);
}

TEST(ActivityEmission, SizesStayCumulativeUnderEveryReadyMeasure) {
  const std::filesystem::path folder = test::scratch_directory("activity-measures");
  std::string text;
  for (const LibraryMeasure& measure : load_measure_library()) {
    text +=
        fmt::format("[[measure]]\nid = \"{0}\"\nkind = \"scale\"\nlibrary = \"{0}\"\ncompliance = 0.9\n", measure.id);
  }
  const EmissionTotals totals = totals_of(folder, text, "2017-10-08", "2017-10-11");
  expect_cumulative(totals);
  const std::size_t tsp = std::size_t(InventoryPollutant::tsp);
  EXPECT_GT(totals.all.with[tsp], 0);
  EXPECT_LT(totals.all.with[tsp], 0.01 * totals.all.without[tsp]);
  std::filesystem::remove_all(folder);
}
