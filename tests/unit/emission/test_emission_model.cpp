#include "emission/emission_model.hpp"

#include "city.hpp"

#include <cstring>
#include <gtest/gtest.h>
#include <sstream>

using namespace tq;

namespace {

const Instant monday = from_utc({2017, 12, 3, 16, 0, 0}); // 2017-12-04 00:00 in Shanghai

/// What data/sources.csv adds up to, t in a common year: pm2_5, pm10, tsp, so2, nox, co.
constexpr InventoryAmounts annual_tonnes = {18.5, 49, 124, 70.1, 131.2, 433.5};

bool same(const Field<double>& a, const Field<double>& b) {
  return a.raw_size() == b.raw_size() &&
         std::memcmp(const_cast<Field<double>&>(a).raw(), const_cast<Field<double>&>(b).raw(),
                     a.raw_size() * sizeof(double)) == 0;
}

std::string measure(const std::string& id, const std::string& rest) {
  return "[[measure]]\nid = \"" + id + "\"\n" + rest + "\n";
}

} // namespace

TEST(EmissionModel, AYearsTotalIsTheInventorys) {
  const test::City city;
  const EmissionModel model = city.overlay("[run]\nstart = 2017-01-01\nend = 2018-01-01\n");
  const EmissionTotals& totals = model.totals();
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    EXPECT_NEAR(totals.all.without[p], annual_tonnes[p] * 1000, 1e-12 * annual_tonnes[p] * 1000)
        << inventory_pollutants()[p];
    EXPECT_EQ(totals.all.with[p], totals.all.without[p]);
  }
  ASSERT_EQ(totals.sectors.size(), 3U);
  EXPECT_EQ(totals.sectors[0].name, "construction");
  EXPECT_EQ(totals.sectors[0].sources, 2);
  EXPECT_NEAR(totals.sectors[0].without[1], 21000, 1e-7);
  EXPECT_NEAR(totals.sectors[1].without[3], 69000, 1e-7); // industry, SO2
}

TEST(EmissionModel, AnHoursFieldAddsUpToTheSources) {
  const test::City city;
  const EmissionModel model = city.base();
  // Every seventh hour of a week meets all hours of the day.
  for (Instant hour = monday; hour < monday + 7 * seconds_per_day; hour += 7 * 3600) {
    const Field<double> field = test::hour_of(city, model, hour);
    const std::vector<double> total = model.hourly_total(hour);
    std::vector<double> expected(total.size(), 0.0);
    const ProfileClock clock(model.inventory().profiles, city.zone, monday, monday + 1);
    for (const Source& source : model.inventory().sources) {
      const std::size_t profile = source.id == "road-1" || source.id == "stack-1" ? 0 : 1; // as the table says
      const double factor = clock.factor(profile, city.zone.to_civil(hour));
      ASSERT_EQ(source.streams.size(), 1U);
      for (std::size_t s = 0; s < expected.size(); ++s) {
        expected[s] += source.streams[0].rate[s] * factor;
      }
    }
    for (int s = 0; s < city.species.count(); ++s) {
      EXPECT_NEAR(total[std::size_t(s)], expected[std::size_t(s)], 1e-12 * expected[std::size_t(s)]);
      EXPECT_NEAR(test::sum_of(field, s), expected[std::size_t(s)], 1e-12 * expected[std::size_t(s)]);
    }
  }
}

TEST(EmissionModel, CellsCountWhatIsEmittedInThem) {
  const test::City city;
  const EmissionModel model = city.base();
  const std::vector<EmissionRow>& cells = model.totals().cells;
  ASSERT_EQ(cells.size(), 3U);
  const InventoryAmounts& all = model.totals().all.without;
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    // The halves make up the city but for slivers: its long edges are straight in the plane, theirs bend at
    // the middle.
    EXPECT_NEAR(cells[1].without[p] + cells[2].without[p], cells[0].without[p], 1e-5 * all[p]);
    EXPECT_NEAR(cells[0].without[p], all[p], 2e-2 * all[p]); // grid cells at its edge lie partly outside
  }
  EXPECT_GT(cells[2].without[std::size_t(InventoryPollutant::so2)], 0.9 * all[std::size_t(InventoryPollutant::so2)]);
}

TEST(EmissionModel, RanksHoldTheSameBits) {
  const test::City city;
  const EmissionModel model = city.base();
  const TracerSet tracers(1, city.species.count(), 0);
  const Instant hour = monday + 10 * 3600;
  const Field<double> whole = test::hour_of(city, model, hour);
  const Decomposition decomposition(20, 20, 3, 2);
  for (int rank = 0; rank < decomposition.ranks(); ++rank) {
    const Subdomain part = decomposition.of(rank);
    Field<double> field(part.nx, part.ny, model.levels() + 2, tracers.count(), 3);
    Field<float> narrow(part.nx, part.ny, model.levels(), tracers.count(), 0);
    for (std::size_t m = 0; m < field.raw_size(); ++m) {
      field.raw()[m] = -1; // what was there before must go
    }
    model.hour(hour, part, 0, tracers, field.view());
    model.hour(hour, part, 0, tracers, narrow.view());
    for (int n = 0; n < tracers.count(); ++n) {
      for (int k = 0; k < model.levels() + 2; ++k) {
        for (int j = 0; j < part.ny; ++j) {
          for (int i = 0; i < part.nx; ++i) {
            const double expected = k < model.levels() ? whole.view()[n](part.i0 + i, part.j0 + j, k) : 0.0;
            ASSERT_EQ(field.view()[n](i, j, k), expected);
            if (k < model.levels()) {
              ASSERT_EQ(narrow.view()[n](i, j, k), float(expected));
            }
          }
        }
      }
    }
  }
}

TEST(EmissionModel, WritesOnlyItsOwnScenariosTracers) {
  const test::City city;
  const EmissionModel model = city.base();
  const TracerSet tracers(2, city.species.count(), 1);
  Field<double> field(20, 20, model.levels(), tracers.count(), 0);
  model.hour(monday + 36000, Decomposition(20, 20, 1, 1).of(0), 1, tracers, field.view());
  for (int n = 0; n < tracers.count(); ++n) {
    const TracerId id = tracers.id(n);
    const bool emits = id.scenario == 1 && id.tag == 0 && id.species != city.species.find("o3");
    EXPECT_EQ(test::sum_of(field, n) > 0, emits) << n;
  }
}

TEST(EmissionModel, DoublingDoubles) {
  const test::City city;
  const std::filesystem::path folder = test::scratch_directory("emission-double");
  std::ofstream(folder / "sources.csv") << "id,sector,geometry,profile,pm2_5 [t yr-1],pm10 [t yr-1],tsp [t "
                                           "yr-1],so2 [t yr-1],nox [t yr-1],co [t yr-1]\n"
                                           "a,x,site-a,daytime,2.5,5,10,3,7,11\n";
  std::ofstream(folder / "double.csv") << "id,sector,geometry,profile,pm2_5 [t yr-1],pm10 [t yr-1],tsp [t "
                                          "yr-1],so2 [t yr-1],nox [t yr-1],co [t yr-1]\n"
                                          "a,x,site-a,daytime,5,10,20,6,14,22\n";
  const auto model = [&](const char* sources) {
    return city.overlay("[[inventory]]\nid = \"city\"\nsources = \"" + (folder / sources).string() + "\"\n");
  };
  const Field<double> once = test::hour_of(city, model("sources.csv"), monday + 36000);
  Field<double> twice = test::hour_of(city, model("double.csv"), monday + 36000);
  EXPECT_GT(test::sum_of(once, 0), 0);
  for (std::size_t m = 0; m < twice.raw_size(); ++m) {
    twice.raw()[m] *= 0.5;
  }
  EXPECT_TRUE(same(once, twice));
  std::filesystem::remove_all(folder);
}

TEST(EmissionModel, OverlayWithoutMeasuresChangesNoBit) {
  const test::City city;
  const Field<double> base = test::hour_of(city, city.base(), monday + 36000);
  EXPECT_TRUE(same(base, test::hour_of(city, city.overlay("name = \"same\"\n"), monday + 36000)));
  const EmissionModel later = city.overlay(measure("later", "kind = \"ban\"\nfrom = 2017-12-05"));
  EXPECT_TRUE(same(base, test::hour_of(city, later, monday + 36000))); // not active yet
  EXPECT_FALSE(same(base, test::hour_of(city, later, monday + 36000 + seconds_per_day)));
}

TEST(EmissionModel, ABanGivesExactlyZero) {
  const test::City city;
  const EmissionModel model = city.overlay(measure("stop", "kind = \"ban\"\nselect = { sector = [\"construction\", "
                                                           "\"traffic\", \"industry\"] }"));
  const Field<double> field = test::hour_of(city, model, monday + 36000);
  for (int n = 0; n < city.species.count(); ++n) {
    EXPECT_EQ(test::sum_of(field, n), 0.0);
  }
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    EXPECT_EQ(model.totals().all.with[p], 0.0);
    EXPECT_EQ(model.totals().all.without[p] > 0.0, annual_tonnes[p] > 0.0);
    EXPECT_NEAR(model.totals().measures[0].avoided[p], model.totals().all.without[p],
                1e-13 * model.totals().all.without[p]);
  }
}

TEST(EmissionModel, MeasuresCommuteAndMultiply) {
  const test::City city;
  // Factors whose product depends, in its last bit, on the order of multiplication.
  const std::string a = "kind = \"scale\"\nefficiency = 0.3\ncoverage = 0.7";
  const std::string b = "kind = \"scale\"\nefficiency = { coarse = 0.37, so2 = 0.11 }\nselect = { sector = \"c*\" }";
  const std::string c = "kind = \"ban\"\ncompliance = 0.73\nhours = \"07-19\"";
  const EmissionModel forward = city.overlay(measure("a", a) + measure("b", b) + measure("c", c));
  const EmissionModel backward = city.overlay(measure("c", c) + measure("a", a) + measure("b", b));
  const Instant hour = monday + 36000;
  EXPECT_TRUE(same(test::hour_of(city, forward, hour), test::hour_of(city, backward, hour)));
  const std::size_t coarse = std::size_t(city.species.find("pm_coarse"));
  const EmissionModel sites = city.overlay(measure("only-sites", "kind = \"ban\"\nselect = { source = \"r*\" }") +
                                           measure("stacks", "kind = \"ban\"\nselect = { sector = \"industry\" }") +
                                           measure("a", a) + measure("b", b) + measure("c", c));
  const EmissionModel plain = city.overlay(measure("only-sites", "kind = \"ban\"\nselect = { source = \"r*\" }") +
                                           measure("stacks", "kind = \"ban\"\nselect = { sector = \"industry\" }"));
  EXPECT_NEAR(sites.hourly_total(hour)[coarse] / plain.hourly_total(hour)[coarse],
              (1 - 0.3 * 0.7) * (1 - 0.37) * (1 - 0.73), 1e-14);
}

TEST(EmissionModel, MeasuresKeepLocalHoursWithAndWithoutSummerTime) {
  const test::City city;
  const EmissionModel model = city.overlay(
      measure("day", "kind = \"ban\"\nselect = { sector = \"traffic\" }\nhours = \"07-19\"\nweekdays = [\"monday\"]"));
  const std::size_t co = std::size_t(city.species.find("co"));
  const EmissionModel base = city.base();
  for (int h = 0; h < 48; ++h) {
    const Instant hour = monday + h * seconds_per_hour;
    const bool lower = model.hourly_total(hour)[co] < 0.5 * base.hourly_total(hour)[co];
    EXPECT_EQ(lower, h >= 7 && h < 19) << h;
  }
  test::City paris;
  paris.zone = TimeZone("Europe/Paris");
  const EmissionModel spring =
      paris.overlay("[run]\nstart = 2017-03-26T00:00:00+01:00\nend = 2017-03-27T00:00:00+02:00\n" +
                    measure("day", "kind = \"ban\"\nhours = \"07-19\""));
  EXPECT_EQ(spring.totals().measures.at(0).hours, 12);                       // of a day of 23 hours
  EXPECT_EQ(spring.hourly_total(from_utc({2017, 3, 26, 5, 0, 0}))[co], 0.0); // 07:00, an hour early in UTC
  EXPECT_GT(spring.hourly_total(from_utc({2017, 3, 26, 4, 0, 0}))[co], 0.0);
}

TEST(EmissionModel, TotalsWithMeasuresAreTheSumOfTheHours) {
  const test::City city;
  const EmissionModel model = city.overlay(
      measure("x", "kind = \"scale\"\nefficiency = 0.4\nhours = \"22-06\"") +
      measure("y", "kind = \"scale\"\nefficiency = { pm2_5 = 0.2, nox = 0.5 }\nweekdays = [\"tuesday\", \"sunday\"]"));
  std::vector<double> sum(std::size_t(model.species().count()), 0.0);
  for (Instant hour = model.totals().start; hour < model.totals().end; hour += seconds_per_hour) {
    const std::vector<double> rate = model.hourly_total(hour);
    for (std::size_t s = 0; s < sum.size(); ++s) {
      sum[s] += rate[s] * 3600;
    }
  }
  const InventoryAmounts expected = model.species().gather(sum);
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    EXPECT_NEAR(model.totals().all.with[p], expected[p], 1e-12 * expected[p]);
  }
}

TEST(EmissionModel, ReportsTotalsBeforeTheRun) {
  const test::City city;
  const EmissionModel model =
      city.overlay(measure("water", "kind = \"scale\"\nefficiency = { coarse = 0.5 }\nselect = { sector = "
                                    "\"construction\" }\ncost = { per_day = 100, payer = \"developer\" }") +
                   measure("fence", "kind = \"scale\"\nefficiency = { pm2_5 = 0.2, coarse = 0.25 }\nselect = { source = "
                                    "\"site-1\" }\ncost = { capital = 1000, lifetime = 4, discount_rate = 0.05 }"));
  const std::string text = model.report();
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "Emission in the domain from 2017-12-04 00:00 to 2017-12-11 00:00 (Asia/Shanghai), t; nox as NO2");
  std::getline(lines, line);
  EXPECT_EQ(line,
            "sector          sources        pm2_5         pm10          tsp          so2          nox           co");
  int rows = 0;
  while (std::getline(lines, line)) {
    ++rows;
  }
  EXPECT_EQ(rows,
            3 + 1 + 1 + 1 + 2 + 2); // sectors, all of them, one sector and all with measures, measures, both together
  EXPECT_NE(text.find("traffic               1        0.153        0.384        1.055"), std::string::npos) << text;
  EXPECT_NE(text.find("measure water (scale): 2 sources, 168 h on 7 days; factors pm_coarse 0.5 pm_super 0.5; avoided "
                      "alone, t: pm10 "),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("; cost 700 CNY running, 0 CNY capital, paid by developer"), std::string::npos) << text;
  EXPECT_NE(text.find("; cost 0 CNY running, 1000 CNY capital (282 CNY a year for 4 years at 5 %)\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("together fence + water on 1 of construction; factors pm_fine 0.8 pm_coarse 0.375 pm_super 0.375\n"),
            std::string::npos)
      << text;
}
