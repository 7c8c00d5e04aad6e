#include "base/text_file.hpp"
#include "emission/dust_table.hpp"
#include "paths.hpp"

#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

/// The problems of the installed table with `from` replaced by `to`, without the file's folder.
std::vector<std::string> dust_problems(const std::string& from, const std::string& to) {
  const std::filesystem::path folder = test::scratch_directory("dust_table");
  std::string text = read_text_file(data_directory() / "emission" / "dust.toml");
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  std::ofstream(folder / "dust.toml") << text;
  std::vector<std::string> found;
  try {
    DustTable::read(folder / "dust.toml");
  } catch (const InputError& error) {
    for (const Problem& problem : error.problems()) {
      found.push_back(problem.where.file.substr(problem.where.file.rfind('/') + 1) + ": " + problem.text);
    }
  }
  std::filesystem::remove_all(folder);
  return found;
}

using Problems = std::vector<std::string>;

} // namespace

TEST(DustTable, HoldsTheFactorsOfItsSources) {
  const DustTable table = DustTable::load();
  EXPECT_DOUBLE_EQ(table.paved.pm10, 0.62e-6);
  EXPECT_DOUBLE_EQ(table.unpaved_public.pm2_5.k, 0.18 * 281.9e-6);
  EXPECT_DOUBLE_EQ(table.unpaved_industrial.tsp.silt, 0.7);
  EXPECT_DOUBLE_EQ(table.handling.pm2_5, 0.053);
  EXPECT_DOUBLE_EQ(table.construction.per_month, 0.269);
  EXPECT_DOUBLE_EQ(table.construction.shares.pm10, 0.49);
  EXPECT_DOUBLE_EQ(find_row(table.soils, "sandy_loam")->erodibility, 86);
  EXPECT_DOUBLE_EQ(find_row(table.soils, "sandy_loam")->clay, 0.10);
  EXPECT_DOUBLE_EQ(find_row(table.materials, "coal")->threshold, 1.12);
  EXPECT_DOUBLE_EQ(find_row(table.compositions, "construction")->calcium, 0.12);
  EXPECT_DOUBLE_EQ(find_row(table.grounds, "pavement")->water.capacity, 0.5);
  EXPECT_DOUBLE_EQ(table.road_silt.recovery, 86400);
  EXPECT_EQ(find_row(table.soils, "peat"), nullptr);
}

TEST(DustTable, SiltFallsWithTraffic) {
  const DustTable table = DustTable::load();
  EXPECT_DOUBLE_EQ(table.silt(0).ap42, 0.6e-3);
  EXPECT_DOUBLE_EQ(table.silt(500).ap42, 0.6e-3);
  EXPECT_DOUBLE_EQ(table.silt(501).ap42, 0.2e-3);
  EXPECT_DOUBLE_EQ(table.silt(7000).ap42, 0.06e-3);
  EXPECT_DOUBLE_EQ(table.silt(2e4).ap42, 0.03e-3);
  EXPECT_DOUBLE_EQ(table.silt(1e9).ap42, 0.03e-3);
}

TEST(DustTable, RefusesWhatIsWrong) {
  EXPECT_EQ(dust_problems("[0.18, 1.8, 6.0]", "[1.8, 0.18, 6.0]"),
            (Problems{"dust.toml: unpaved_public.k = [1.8, 0.18, 6.0]: must not fall: PM2.5, PM10 and TSP are counted "
                      "cumulatively"}));
  EXPECT_EQ(dust_problems("[0.15, 1.5, 4.9]", "[0.15, 4.9, 1.5]"),
            (Problems{"dust.toml: unpaved_industrial.k = [0.15, 4.9, 1.5]: must not fall: PM2.5, PM10 and TSP are "
                      "counted cumulatively"}));
  EXPECT_EQ(dust_problems("k = [0.15, 0.62, 3.23]", "k = [0.15, 3.23, 0.62]"),
            (Problems{"dust.toml: paved.k = [0.15, 3.23, 0.62]: must not fall: PM2.5, PM10 and TSP are counted "
                      "cumulatively"}));
  EXPECT_EQ(dust_problems("composition = \"coal\"", "composition = \"cool\""),
            (Problems{"dust.toml: material[coal].composition = \"cool\": must be the id of a composition; did you mean "
                      "\"coal\"?"}));
  EXPECT_EQ(dust_problems("wet      = 0.2", "wet      = 0.01"),
            (Problems{"dust.toml: ground[pavement].wet = 0.01: must be above dry and at most capacity"}));
  EXPECT_EQ(dust_problems("traffic  = 5000.0", "traffic  = 400.0"),
            (Problems{"dust.toml: silt[street].traffic = 400.0: must be above that of the class before"}));
}
