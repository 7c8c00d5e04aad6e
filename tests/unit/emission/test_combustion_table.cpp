#include "emission/activity_factors.hpp"
#include "emission/combustion_table.hpp"
#include "emission/fireworks_table.hpp"
#include "emission/measure_library.hpp"
#include "paths.hpp"

#include <fstream>
#include <gtest/gtest.h>

using namespace tq;
using enum InventoryPollutant;

namespace {

double of(const InventoryAmounts& amounts, InventoryPollutant pollutant) {
  return amounts[std::size_t(pollutant)];
}

Abatement abatement(const std::string& controls) {
  std::vector<std::string> unknown;
  const Abatement result = CombustionTable::standard().abatement(controls, unknown);
  EXPECT_TRUE(unknown.empty()) << controls;
  return result;
}

InventoryAmounts grate(double sulfur, double ash) {
  const CombustionTable& table = CombustionTable::standard();
  return table.unabated(*table.burner("industry", "coal", "grate"), sulfur, ash);
}

/// The problems of reading a table of this text.
template <class Read> std::vector<std::string> problems_of(const std::string& text, Read read) {
  const std::filesystem::path folder = test::scratch_directory("emission_table");
  const std::filesystem::path file = folder / "table.toml";
  std::ofstream(file) << text;
  ProblemList problems;
  read(file, problems);
  std::vector<std::string> texts;
  for (const Problem& problem : problems.problems()) {
    texts.push_back(std::to_string(problem.where.line) + ": " + problem.text);
  }
  std::filesystem::remove_all(folder);
  return texts;
}

void read_combustion(const std::filesystem::path& file, ProblemList& problems) {
  CombustionTable(file, problems);
}
void read_fireworks(const std::filesystem::path& file, ProblemList& problems) {
  FireworksTable(file, problems);
}

} // namespace

// T/CSES 144-2024: an automatic grate, ash 20 %, sulfur 0.7 %; g per kg of coal.
TEST(CombustionTable, CoalHasTheCheckValues) {
  const InventoryAmounts amounts = grate(0.007, 0.20);
  EXPECT_NEAR(of(amounts, so2), 11.9e-3, 1e-15);
  EXPECT_NEAR(of(amounts, pm2_5), 2.1e-3, 1e-15);
  EXPECT_NEAR(of(amounts, pm10), 6.0e-3, 1e-15);
  EXPECT_NEAR(of(amounts, bc), 0.42e-3, 1e-15);
  EXPECT_NEAR(of(amounts, oc), 0.084e-3, 1e-15);
  EXPECT_NEAR(of(amounts, nox), 4.0e-3, 1e-15);
  EXPECT_NEAR(of(amounts, co), 15.0e-3, 1e-15);
}

TEST(CombustionTable, ABagFilterHoldsFineAndCoarse) {
  const InventoryAmounts left = abate(grate(0.007, 0.20), abatement("bag_filter"), 1.0);
  EXPECT_NEAR(of(left, pm2_5), 0.1155e-3, 1e-15);
  EXPECT_NEAR(of(left, pm10) - of(left, pm2_5), 0.195e-3, 1e-15);
  EXPECT_NEAR(of(left, so2), 11.9e-3, 1e-15);
  EXPECT_EQ(of(left, nh3), 0.0);
  EXPECT_NEAR(of(abate(grate(0.007, 0.2), abatement("spray_dryer"), 1.0), so2), 5.95e-3, 1e-15);
}

TEST(CombustionTable, TabulatedCombinationsGoBeforeTheProduct) {
  EXPECT_NEAR(abatement("low_nox_burner").nox, 0.78, 1e-12);
  EXPECT_NEAR(abatement("low_nox_burner+sncr").nox, 0.48, 1e-12); // 0.546 by the product
  EXPECT_NEAR(abatement("scr + low_nox_burner").nox, 0.36, 1e-12);
  EXPECT_NEAR(abatement("low_nox_burner+sncr").ammonia_slip, 0.17e-3, 1e-15);
  EXPECT_NEAR(abatement("scr+sncr").nox, 0.7 * 0.58, 1e-12);
  EXPECT_NEAR(abatement("bag_filter+wet_limestone").fine, 0.055 * 0.43, 1e-12);
  EXPECT_NEAR(abatement("bag_filter+wet_limestone").coarse, 0.05 * 0.25, 1e-12);
  EXPECT_NEAR(abatement("wet_scrubber+wet_limestone").so2, 0.8 * 0.2, 1e-12);
  EXPECT_EQ(abatement("").so2, 1.0);
  std::vector<std::string> unknown;
  CombustionTable::standard().abatement("bag_filter+wishes", unknown);
  EXPECT_EQ(unknown, std::vector<std::string>{"wishes"});
}

TEST(CombustionTable, ThreeControlsCountEachOnce) {
  // The better pair by the table, the third behind it: 0.36 x 0.70.
  EXPECT_NEAR(abatement("low_nox_burner+sncr+scr").nox, 0.36 * 0.70, 1e-12);
  EXPECT_NEAR(abatement("scr+sncr+low_nox_burner").nox, 0.36 * 0.70, 1e-12);
}

TEST(CombustionTable, TellsWhatAControlHoldsBack) {
  const CombustionTable& table = CombustionTable::standard();
  EXPECT_NEAR(table.removed("wet_scrubber").at("coarse"), 0.561, 1e-12);
  EXPECT_EQ(table.removed("scr").size(), 1U);
  EXPECT_TRUE(table.removed("wishes").empty());
  EXPECT_EQ(table.combinations().size(), 2U);
}

TEST(CombustionTable, ParticlesStayCumulativeBehindAnyControl) {
  const CombustionTable& table = CombustionTable::standard();
  for (const Burner& burner : table.burners()) {
    for (const std::string& control : table.control_names()) {
      const InventoryAmounts left = abate(table.unabated(burner, 0.01, 0.22), abatement(control), 1.0);
      EXPECT_LE(of(left, pm2_5), of(left, pm10)) << burner.id << ' ' << control;
      EXPECT_LE(of(left, pm10), of(left, tsp)) << burner.id << ' ' << control;
      EXPECT_LE(of(left, bc) + of(left, oc), of(left, pm2_5)) << burner.id << ' ' << control;
    }
  }
}

TEST(CombustionTable, WrongTablesAreRefused) {
  const std::string head = "schema = \"combustion/1\"\nsulfur_retained = 15.0\nno2_share = 5.0\n"
                           "[[fuel]]\nid = \"natural_gas\"\nper = \"m3\"\nheat = 35.6\nefficiency = 90.0\n"
                           "[[burner]]\nid = \"heat natural_gas boiler\"\n";
  EXPECT_EQ(problems_of(head, read_combustion), std::vector<std::string>{});
  EXPECT_EQ(problems_of(head + "pm2_5 = 1.0\npm10 = 2.0\ntsp = 1.5\n", read_combustion),
            std::vector<std::string>{"13: burner[heat natural_gas boiler].tsp = 1.5: must be at least pm10, or absent: "
                                     "particles are counted cumulatively"});
  EXPECT_EQ(
      problems_of(head + "[[burner]]\nid = \"heat peat grate\"\n", read_combustion),
      std::vector<std::string>{"12: burner[heat peat grate].id = \"heat peat grate\": must be a use, a fuel of the "
                               "table and a technology"});
  EXPECT_EQ(problems_of(head + "[[burner]]\nid = \"power natural_gas turbine\"\n", read_combustion),
            std::vector<std::string>{"9: burner: must have \"power natural_gas boiler\""});
  EXPECT_EQ(problems_of(head + "[[control]]\nid = \"bag_filter\"\npm2_5 = 120.0\n", read_combustion),
            std::vector<std::string>{"13: control[bag_filter].pm2_5 = 120.0: must be in [0, 100]"});
  EXPECT_EQ(
      problems_of(head + "[[control]]\nid = \"scr\"\nnox = 42.0\n[[combination]]\nid = \"scr+sncr\"\nnox = 60.0\n",
                  read_combustion),
      std::vector<std::string>{"15: combination[scr+sncr].id = \"scr+sncr\": must join controls of the table; did "
                               "you mean \"scr\"?"});
}

TEST(ActivityFactors, UnitsOfActivityBecomeSi) {
  const ActivityFactor& pig = *find_row(activity_factors("agriculture"), "fattening_pig");
  EXPECT_NEAR(of(pig.amounts, nh3) * 365 * 86400, 6.7, 1e-12); // kg a head and year
  const ActivityFactor& kitchen = *find_row(activity_factors("cooking"), "restaurant");
  EXPECT_NEAR(of(kitchen.amounts, pm2_5) * 3600, 13.2e-3, 1e-15); // kg in an hour of a stove
  EXPECT_NEAR(of(find_row(activity_factors("kiln"), "ceramic")->amounts, nox), 5e-3, 1e-15);
  const Vegetation& tree = *find_row(vegetation(), "broadleaf_evergreen");
  EXPECT_NEAR(tree.isoprene * 3600 * 1e9, 10000, 1e-9);
}

TEST(ActivityFactors, AreCumulativeAndHoldTheirCarbon) {
  for (const char* group : {"kiln", "households", "cooking", "solvents", "agriculture", "machines", "burning"}) {
    EXPECT_FALSE(activity_factors(group).empty()) << group;
    for (const ActivityFactor& factor : activity_factors(group)) {
      EXPECT_LE(of(factor.amounts, pm2_5), of(factor.amounts, pm10)) << factor.id;
      EXPECT_LE(of(factor.amounts, pm10), of(factor.amounts, tsp)) << factor.id;
      EXPECT_LE(of(factor.amounts, bc) + of(factor.amounts, oc), of(factor.amounts, pm2_5)) << factor.id;
    }
  }
}

TEST(ActivityFactors, WrongTablesAreRefused) {
  const auto read = [](const std::filesystem::path& file, ProblemList& problems) {
    read_activity_factors(file, "burning", problems);
  };
  EXPECT_EQ(
      problems_of("schema = \"factors/1\"\n[[burning]]\nid = \"straw\"\nper = \"kg\"\npm2_5 = 9.0\npm10 = 8.0\n", read),
      std::vector<std::string>{"6: burning[straw].pm10 = 8.0: must be at least pm2_5: particles are counted "
                               "cumulatively"});
  EXPECT_EQ(
      problems_of("schema = \"factors/1\"\n[[burning]]\nid = \"straw\"\nper = \"bale\"\n", read),
      std::vector<std::string>{
          "4: burning[straw].per = \"bale\": must be one of \"kg\", \"m3\", \"head\", \"person\", \"stove_hour\""});
}

// Fitted to the stations' hours of new year's eve 2017 and 2023: 17-20 h 50 %, 20-24 h 15 %, 0-2 h 10 %, 06-10 h 25 %.
TEST(FireworksTable, NewYearsEveHasTheMeasuredWeightsAndSulfurGoesAhead) {
  const auto& eve = FireworksTable::standard().patterns.at("new_years_eve");
  const auto share = [&](int from, int to) {
    double sum = 0;
    for (const auto& [product, weight] : {std::pair("firecrackers", 0.6), std::pair("shells", 0.4)}) {
      for (const FireworksBlock& block : eve.at(product)) {
        sum += block.from >= from && block.to <= to ? weight * block.share : 0.0;
      }
    }
    return sum;
  };
  EXPECT_NEAR(share(17, 20), 0.50, 1e-12);
  EXPECT_NEAR(share(20, 24), 0.15, 1e-12);
  EXPECT_NEAR(share(24, 26), 0.10, 1e-12);
  EXPECT_NEAR(share(30, 34), 0.25, 1e-12);
  // Mean hour of what is emitted in the evening, of SO2 and of PM2.5.
  const auto mean_hour = [&](InventoryPollutant pollutant) {
    double sum = 0, moment = 0;
    for (const auto& [product, weight] : {std::pair("firecrackers", 0.6), std::pair("shells", 0.4)}) {
      const double factor = of(find_row(FireworksTable::standard().products, product)->amounts, pollutant);
      for (const FireworksBlock& block : eve.at(product)) {
        if (block.to <= 24) {
          sum += weight * factor * block.share;
          moment += weight * factor * block.share * 0.5 * (block.from + block.to);
        }
      }
    }
    return moment / sum;
  };
  EXPECT_LT(mean_hour(so2), mean_hour(pm2_5) - 0.3);
  EXPECT_LT(mean_hour(so2), 19.0);
}

TEST(FireworksTable, AKilogramHasTheCheckValues) {
  const InventoryAmounts& shells = find_row(FireworksTable::standard().products, "shells")->amounts;
  EXPECT_NEAR(10e3 * of(shells, pm2_5), 519.4, 1e-9); // kg of 10 t
  EXPECT_NEAR(10e3 * of(shells, pm10), 999.2, 1e-9);
  EXPECT_NEAR(10e3 * of(shells, so2), 30.2, 1e-9);
}

TEST(FireworksTable, WrongTablesAreRefused) {
  EXPECT_EQ(problems_of("schema = \"fireworks/1\"\n[[product]]\nid = \"shells\"\npm2_5 = 2.0\npm10 = 3.0\ntsp = 2.5\n",
                        read_fireworks),
            std::vector<std::string>{"6: product[shells].tsp = 2.5: must be at least pm10, and that at least pm2_5: "
                                     "particles are counted cumulatively"});
  const std::string head = "schema = \"fireworks/1\"\n[[product]]\nid = \"shells\"\n[[pattern]]\nid = \"evening\"\n";
  EXPECT_EQ(problems_of(head + "from = [18]\nto = [21]\nshare.shells = [0.9]\n", read_fireworks),
            std::vector<std::string>{"8: pattern[evening].share.shells = [0.9]: must sum to 1, not 0.9"});
  EXPECT_EQ(problems_of(head + "from = [18]\nto = [18]\nshare.shells = [1]\n", read_fireworks),
            std::vector<std::string>{"7: pattern[evening].to = [18]: must be whole hours, each later than its from"});
  EXPECT_EQ(
      problems_of(head + "from = [18]\nto = [21]\nshare.shells = [0.5, 0.5]\n", read_fireworks),
      std::vector<std::string>{"8: pattern[evening].share.shells = [0.5, 0.5]: must have as many numbers as from and "
                               "to, 1 and 1"});
  EXPECT_EQ(problems_of(head + "from = [18]\nto = [21]\nshare.shells = [1]\n[festival]\nlantern_festival = \"night\"\n"
                               "easter = \"evening\"\n",
                        read_fireworks),
            (std::vector<std::string>{"10: festival.lantern_festival = \"night\": must be one of evening",
                                      "11: festival.easter = \"evening\": must be one of new_years_eve, new_years_day, "
                                      "fifth_day, lantern_festival, qingming"}));
}
