#include "base/error.hpp"
#include "paths.hpp"
#include "planning/ledger.hpp"
#include "planning/origins.hpp"
#include "tagged_result.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

constexpr double mean = 0.75; // of the first day and half of it

const Ledger::Row& find(const Ledger& ledger, const std::string& id) {
  for (const Ledger::Row& row : ledger.rows) {
    if (row.id == id) {
      return row;
    }
  }
  throw std::out_of_range("no row " + id);
}

/// ug m-3: of the first day.
void expect_received(const Ledger::Shares& shares, double own, double others, double rest, double outside) {
  EXPECT_NEAR(1e9 * shares.own, mean * own, 1e-5);
  EXPECT_NEAR(1e9 * shares.others, mean * others, 1e-5);
  EXPECT_NEAR(1e9 * shares.rest, mean * rest, 1e-5);
  EXPECT_NEAR(1e9 * shares.outside, mean * outside, 1e-5);
  EXPECT_NEAR(1e9 * shares.initial, 0, 1e-5);
  EXPECT_NEAR(1e9 * shares.total, mean * (own + others + rest + outside), 1e-5);
}

std::string refusal(const std::filesystem::path& file, const LedgerQuestion& question) {
  try {
    make_ledger(read_result(file), question);
  } catch (const InputError& error) {
    return error.what();
  }
  return "none";
}

bool tells(const Ledger& ledger, const std::string& line) {
  return std::find(ledger.untold.begin(), ledger.untold.end(), line) != ledger.untold.end();
}

} // namespace

TEST(Ledger, CellsReceiveAndCauseWhatTheirTagsSay) {
  const auto folder = scratch_directory("ledger-cells");
  const Ledger ledger = make_ledger(read_result(write_tagged_city(folder)), {});
  ASSERT_EQ(ledger.rows.size(), 3U);                            // P is the sum of its parts
  expect_received(find(ledger, "A").received, 60, 0, 30, 50.4); // P's sources are in no row
  expect_received(find(ledger, "B").received, 90, 30, 30, 50.4);
  expect_received(find(ledger, "C").received, 10, 30, 30, 70.8);
  EXPECT_NEAR(1e3 * find(ledger, "A").caused, mean * 30 * 0.25, 1e-5);
  EXPECT_NEAR(1e3 * find(ledger, "B").caused, mean * 30 * 0.5, 1e-5);
  EXPECT_EQ(find(ledger, "C").caused, 0);
  EXPECT_NEAR(1e9 * find(ledger, "B").caused_mean, mean * 30 * 0.5 / 0.75, 1e-5);
  EXPECT_NEAR(1e3 * ledger.rest.caused, mean * 30, 1e-5);
  EXPECT_EQ(ledger.rows[0].id, "B"); // causes most
  EXPECT_EQ(find(ledger, "A").most_in, "B");

  // The sum: what is received from others is what is caused.
  expect_received(ledger.sum.received, 0.25 * 60 + 0.25 * 90 + 0.5 * 10, 0.25 * 30 + 0.5 * 30, 30, 60.6);
  EXPECT_NEAR(ledger.sum.caused, (ledger.sum.received.others + ledger.sum.received.rest) * ledger.sum.area, 1e-12);

  // pm10 is the third of what is emitted; what lies in no cell makes up the domain's.
  EXPECT_EQ(find(ledger, "A").emitted, 108);
  EXPECT_EQ(find(ledger, "C").emitted, 110);
  EXPECT_EQ(find(ledger, "C").avoided, 10);
  EXPECT_EQ(ledger.rest.emitted, 1000 - 108 - 109 - 110);
  EXPECT_EQ(ledger.sum.emitted, 1000);
  EXPECT_EQ(ledger.sum.avoided, 50);
  std::filesystem::remove_all(folder);
}

TEST(Ledger, DaysAboveTheLimitAreSplitByWhoMadeThem) {
  const auto folder = scratch_directory("ledger-days");
  // B: 200.4 ug m-3 on the first day, of 150; C, of class I: 140.8 and 70.4, of 50. A has 140.4 and 70.2.
  const Ledger ledger = make_ledger(read_result(write_tagged_city(folder)), {});
  EXPECT_EQ(find(ledger, "A").exceeded.total, 0);
  EXPECT_EQ(find(ledger, "A").exceeded.own, 0);
  const Ledger::Shares& days = find(ledger, "B").exceeded;
  EXPECT_EQ(days.total, 1);
  EXPECT_NEAR(days.own, 90.0 / 200.4, 1e-6);
  EXPECT_NEAR(days.others, 30.0 / 200.4, 1e-6);
  EXPECT_NEAR(days.rest, 30.0 / 200.4, 1e-6);
  EXPECT_NEAR(days.outside, 50.4 / 200.4, 1e-6);
  EXPECT_EQ(find(ledger, "C").exceeded.total, 2);
  EXPECT_NEAR(find(ledger, "C").exceeded.others, 2 * 30.0 / 140.8, 1e-6);
  EXPECT_NEAR(find(ledger, "A").caused_days, 30.0 / 200.4, 1e-6);
  EXPECT_NEAR(find(ledger, "B").caused_days, 2 * 30.0 / 140.8, 1e-6);
  EXPECT_EQ(ledger.sum.exceeded.total, 3);
  const Ledger::Shares& sum = ledger.sum.exceeded;
  EXPECT_NEAR(sum.own + sum.others + sum.rest + sum.outside + sum.initial, 3, 1e-12);
  EXPECT_NEAR(ledger.sum.caused_days, sum.others + sum.rest, 1e-12);

  const Ledger second = make_ledger(read_result(folder / "tagged.nc"), {.from = "2019-12-05"});
  EXPECT_EQ(second.sum.exceeded.total, 1);
  EXPECT_NEAR(1e9 * find(second, "B").received.total, 100.2, 1e-5);
  EXPECT_TRUE(tells(second,
                    "emitted, avoided, deposited and cost in these hours: a result holds those of the whole run, "
                    "shown here"));
  std::filesystem::remove_all(folder);
}

TEST(Ledger, UnitsAndDistrictsAnswerForTheirCells) {
  const auto folder = scratch_directory("ledger-units");
  const auto file = write_tagged_city(folder);
  const Ledger units = make_ledger(read_result(file), {.by = "unit"});
  ASSERT_EQ(units.rows.size(), 2U);
  // U1 is A and B, with the sources of P: 80 in A; 30 + 90 + 20 in B.
  expect_received(find(units, "U1").received, (80 + 140) / 2.0, 0, 10, 50.4);
  expect_received(find(units, "U2").received, 10, 50, 10, 70.8);
  EXPECT_NEAR(1e3 * find(units, "U1").caused, mean * 50 * 0.5, 1e-5);
  EXPECT_EQ(find(units, "U1").emitted, 108 + 109);
  EXPECT_EQ(find(units, "U1").exceeded.total, 1);

  const Ledger districts = make_ledger(read_result(file), {.by = "district"});
  expect_received(find(districts, "D1").received, 60, 0, 30, 50.4);
  expect_received(find(districts, "D2").received, (0.25 * 90 + 0.5 * 40) / 0.75, 0.25 * 30 / 0.75, 30,
                  (0.25 * 50.4 + 0.5 * 70.8) / 0.75);

  // Tags by district tell districts, and nothing of cells.
  const auto tagged =
      write_tagged_city(folder, {.name = "by-district", .kind = "district", .tags = {"D1", "D2", "D3", "D4"}});
  expect_received(find(make_ledger(read_result(tagged), {.by = "district"}), "D1").received, 60, 0, 30, 50.4);
  const Ledger cells = make_ledger(read_result(tagged), {});
  EXPECT_TRUE(std::isnan(find(cells, "A").received.own));
  EXPECT_NEAR(1e9 * find(cells, "A").received.outside, mean * 50.4, 1e-5);
  EXPECT_TRUE(tells(cells,
                    "own, others and what is caused elsewhere: tags are by district; [attribution] by = \"cell\" "
                    "tells it"));
  std::filesystem::remove_all(folder);
}

TEST(Ledger, SourcesAddToTheCity) {
  const auto folder = scratch_directory("ledger-sources");
  const auto file = write_tagged_city(
      folder, {.kind = "department", .tags = {"housing", "transport", "ecology", "parks"}, .measures = true});
  const Ledger ledger = make_ledger(read_result(file), {.by = "department"});
  ASSERT_EQ(ledger.rows.size(), 7U);
  const Ledger::Row& transport = find(ledger, "transport");
  EXPECT_NEAR(1e9 * transport.caused_mean, mean * (0.25 * 90 + 0.5 * 30), 1e-5);
  EXPECT_EQ(transport.most_in, "B");
  EXPECT_NEAR(transport.caused_days, 90.0 / 200.4 + 2 * 30.0 / 140.8, 1e-6);
  EXPECT_EQ(transport.emitted, 400); // 200 of each of two species
  EXPECT_EQ(transport.deposited, 2 * 11 + 2);
  EXPECT_TRUE(std::isnan(find(ledger, "outside").emitted));
  EXPECT_NEAR(ledger.sum.caused_days, 3, 1e-12);
  EXPECT_NEAR(ledger.sum.caused_mean, ledger.sum.received.total, 1e-14);
  ASSERT_EQ(ledger.payers.size(), 1U);
  EXPECT_EQ(ledger.payers[0].cost.central, 1000);

  const std::string table = ledger_table(ledger, 3);
  EXPECT_NE(table.find("from outside                          -       0.02    45.450    38.9        1.3  53.10 C\n"
                       "transport                          0.40       0.02    28.125    24.1        0.9  67.50 B\n"
                       "housing                            0.20       0.02    16.875    14.5        0.1  45.00 A\n"
                       "... and 4 more\n"
                       "all                                1.00       0.00   116.700   100.0        3.0\n"),
            std::string::npos)
      << table;
  EXPECT_NE(table.find("paid by city: 1000 CNY in the run's period, for sweep\n"
                       "NOTE: cost by row: a result holds who pays for which measure, not for which cell or source\n"),
            std::string::npos)
      << table;
  std::filesystem::remove_all(folder);
}

TEST(Ledger, SaysWhatAResultDoesNotTell) {
  const auto folder = scratch_directory("ledger-untold");
  const auto plain = write_tagged_city(folder, {.name = "plain", .kind = "", .complete = false});
  const Ledger ledger = make_ledger(read_result(plain), {});
  EXPECT_NEAR(1e9 * find(ledger, "B").received.total, mean * 200.4, 1e-5);
  EXPECT_EQ(find(ledger, "B").exceeded.total, 1);
  EXPECT_TRUE(std::isnan(find(ledger, "B").received.outside));
  EXPECT_TRUE(std::isnan(find(ledger, "B").caused));
  EXPECT_TRUE(tells(ledger, "who made the air: the result has no tags; [attribution] by = \"cell\" tells it"));
  EXPECT_TRUE(tells(ledger, "emitted: the run was stopped before its end"));

  const auto file = write_tagged_city(folder);
  const Ledger ozone = make_ledger(read_result(file), {.pollutant = "o3"});
  EXPECT_TRUE(tells(ozone,
                    "who made the air: o3 has no tags, pm10 have; [attribution] pollutants says which have (ozone "
                    "cannot while it reacts)"));
  EXPECT_TRUE(tells(ozone, "emitted: o3 is not what inventories count"));
  EXPECT_EQ(make_ledger(read_result(file), {.pollutant = "no2"}).emission, "nox");
  std::filesystem::remove_all(folder);
}

TEST(Ledger, TableAndFileHoldAllRows) {
  const auto folder = scratch_directory("ledger-table");
  const Ledger ledger = make_ledger(read_result(write_tagged_city(folder)), {});
  const std::string table = ledger_table(ledger, 1);
  EXPECT_TRUE(
      table.starts_with("tagged, 2019-12-04 00:00 to 2019-12-06 00:00 (Asia/Shanghai)\n"
                        "pm10 near the ground, gases at 298.15 K and 1013.25 hPa, particles at ambient conditions\n"
                        "emission of pm10; days above the day's limit of GB3095_2012, each cell by that of its "
                        "class, preliminary\n"))
      << table;
  EXPECT_NE(table.find("B Old town"), std::string::npos) << table;
  EXPECT_NE(table.find("... and 2 more\nin no cell"), std::string::npos) << table;
  const std::string csv = ledger_csv(ledger);
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 3 + 2);
  EXPECT_TRUE(csv.starts_with("by,id,name,area [km2],emitted [t],avoided [t],deposited [t],received [ug m-3],"
                              "received_own [ug m-3],received_others [ug m-3],"))
      << csv;
  EXPECT_NE(csv.find("cell,B,Old town,0.25,0.109,0.009,"), std::string::npos) << csv;
  EXPECT_NE(csv.find(",150.3,67.5,22.5,22.5,37.8,0,1,0.449102,0.149701,0.149701,0.251497,0,11.25,15,0.426136,C,22.5\n"),
            std::string::npos)
      << csv;
  std::filesystem::remove_all(folder);
}

TEST(Ledger, RefusesWhatIsNotThere) {
  const auto folder = scratch_directory("ledger-refused");
  const auto file = write_tagged_city(folder), plain = write_tagged_city(folder, {.name = "plain", .kind = ""}),
             nameless = write_tagged_city(folder, {.name = "nameless", .units = false});
  EXPECT_EQ(refusal(folder / "none.nc", {}), (folder / "none.nc").string() + ": no such file");
  EXPECT_EQ(refusal(file, {.by = "cel"}),
            "--by cel: must be one of cell, unit, district, sector, department, enterprise, "
            "inventory, group; did you mean \"cell\"?");
  EXPECT_EQ(refusal(file, {.by = "sector"}),
            file.string() +
                ": has no tags by sector, only by cell: run its scenario with [attribution] by = \"sector\"");
  EXPECT_EQ(refusal(plain, {.by = "group"}),
            plain.string() + ": has no tags by group: run its scenario with [attribution] and [[attribution.group]]");
  EXPECT_EQ(refusal(nameless, {.by = "unit"}), nameless.string() + ": has no management cell with a unit");
  EXPECT_EQ(refusal(file, {.pollutant = "pm1"}),
            file.string() + ": has no pollutant \"pm1\"; it has co, no2, o3, pm10, pm2_5, so2; did you mean \"pm10\"?");
  EXPECT_EQ(refusal(file, {.from = "2019-12-06"}),
            "--from 2019-12-06: must lie within the result, 2019-12-04 00:00 to 2019-12-06 00:00 (Asia/Shanghai)");
  std::filesystem::remove_all(folder);
}
