#include "chemistry/wet_removal.hpp"

#include <gtest/gtest.h>

using namespace tq;

// Check values: Feng 2007 as in GEOS-Chem (fine, coarse) and EMEP's sub-cloud SO2, at 1, 5 and 20 mm h-1.
TEST(WetRemoval, RatesOfTheTableMatchTheirSources) {
  const SpeciesTable table = SpeciesTable::load();
  const auto rate = [&](const char* id, double rain) {
    return scavenging_rate(table.species()[std::size_t(table.find(id))], rain);
  };
  EXPECT_NEAR(rate("pm_fine", 1) / 2.94444e-7, 1, 1e-5);
  EXPECT_NEAR(rate("pm_fine", 5) / 7.85914e-7, 1, 1e-5);
  EXPECT_NEAR(rate("pm_fine", 20) / 1.83076e-6, 1, 1e-5);
  EXPECT_NEAR(rate("pm_coarse", 1) / 2.55556e-4, 1, 1e-5);
  EXPECT_NEAR(rate("pm_coarse", 5) / 9.11322e-4, 1, 1e-5);
  EXPECT_NEAR(rate("pm_coarse", 20) / 2.72457e-3, 1, 1e-5);
  EXPECT_NEAR(rate("so2", 1) / 4.16667e-5, 1, 1e-4);
  EXPECT_EQ(rate("co", 5), 0);
  EXPECT_EQ(rate("pm_coarse", 0), 0);
}

TEST(WetRemoval, FillsTheForcingBySpecies) {
  const SpeciesTable table = SpeciesTable::load();
  const TracerSet tracers(2, table.count(), 1);
  const Subdomain subdomain{.nx = 3, .ny = 2, .nx_global = 3, .ny_global = 2};
  WetRemoval<double> wet(subdomain, table, tracers);
  wet.update(5.0);
  Forcing<double> forcing;
  wet.fill(forcing);
  const int coarse = table.find("pm_coarse");
  for (const int tag : {0, 1}) {
    EXPECT_NEAR(forcing.wet_rate(2, 1, tracers.index({1, coarse, tag})), 9.11322e-4, 1e-8);
    EXPECT_EQ(forcing.wet_rate(0, 0, tracers.index({0, table.find("co"), tag})), 0);
  }
}

TEST(WetRemoval, EachColumnHasTheRainOfItsPlaceInTheWholeGrid) {
  const SpeciesTable table = SpeciesTable::load();
  const TracerSet tracers(1, table.count(), 0);
  const Subdomain subdomain{.i0 = 2, .j0 = 1, .nx = 3, .ny = 2, .nx_global = 6, .ny_global = 4};
  Field<double> rain(6, 4, 1, 1, 0);
  for (int j = 0; j < 4; ++j) {
    for (int i = 0; i < 6; ++i) {
      rain.view2()(i, j) = i < 3 ? 0.0 : i + 10 * j;
    }
  }
  WetRemoval<double> wet(subdomain, table, tracers);
  wet.update(std::as_const(rain).view2());
  Forcing<double> forcing;
  wet.fill(forcing);
  const int coarse = table.find("pm_coarse");
  const Species& species = table.species()[std::size_t(coarse)];
  for (int j = 0; j < 2; ++j) {
    EXPECT_EQ(forcing.wet_rate(0, j, tracers.index({0, coarse, 0})), 0);
    for (int i = 1; i < 3; ++i) {
      EXPECT_EQ(forcing.wet_rate(i, j, tracers.index({0, coarse, 0})), scavenging_rate(species, i + 2 + 10 * (j + 1)));
    }
  }
}
