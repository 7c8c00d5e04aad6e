#include "files/csv.hpp"
#include "files/epw.hpp"
#include "files/geojson.hpp"
#include "files/raster.hpp"
#include "paths.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::files;

namespace {

class SharedFiles : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(folder_)) {
      GTEST_SKIP() << "no shared data at " << folder_;
    }
  }
  std::filesystem::path folder_ = test::shared_directory() / "data";
};

/// Mean and count of the values that are there.
std::pair<double, int> mean(const CsvTable& table, const std::string& name) {
  ProblemList problems;
  const std::size_t column = table.require(name, problems).value();
  double sum = 0;
  int count = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::optional<double> value = table.number(row, column, problems);
    sum += value.value_or(0);
    count += value ? 1 : 0;
  }
  EXPECT_TRUE(problems.empty());
  return {sum / count, count};
}

} // namespace

// The expected figures were computed from the same files with Python's csv and json modules.

TEST_F(SharedFiles, CsvWithQuotedCommas) {
  const CsvTable table = CsvTable::read(folder_ / "my1_2022.csv.gz");
  EXPECT_EQ(table.rows(), 8760U);
  EXPECT_EQ(table.columns().size(), 36U);
  EXPECT_EQ(table.text(0, table.find("station").value()), "HEATHROW, UK");
  EXPECT_EQ(table.where(8759, 0).line, 8761);
  EXPECT_EQ(mean(table, "nox").second, 8691);
  EXPECT_NEAR(mean(table, "nox").first, 95.7447116327234, 1e-9);
  EXPECT_EQ(mean(table, "air_temp").second, 8732);
  EXPECT_NEAR(mean(table, "air_temp").first, 12.637763661864376, 1e-9);
}

TEST_F(SharedFiles, CsvOfOtherStations) {
  const CsvTable yorkshire = CsvTable::read(folder_ / "yorkshire_met.csv.gz");
  EXPECT_EQ(yorkshire.rows(), 8730U);
  EXPECT_NEAR(mean(yorkshire, "ws").first, 4.270820479610482, 1e-9);
  const CsvTable air = CsvTable::read(folder_ / "jdz_aq_hourly_2019.csv.gz");
  EXPECT_EQ(air.rows(), 42335U);
  EXPECT_EQ(mean(air, "PM25_ugm3").second, 41570);
  EXPECT_NEAR(mean(air, "PM25_ugm3").first, 26.989535722877076, 1e-9);
}

TEST_F(SharedFiles, CsvWithCommentBeforeHeader) {
  const CsvTable table = CsvTable::read(folder_ / "jdz_typical_year_hourly.csv.gz");
  EXPECT_EQ(table.rows(), 8760U);
  EXPECT_EQ(table.where(0, 0).line, 3);
  EXPECT_NEAR(mean(table, "T_C").first, 17.516152968036497, 1e-9);
  EXPECT_NEAR(mean(table, "rain_mm_SYN").first * 8760, 1805.6, 0.01);
}

TEST_F(SharedFiles, EpwOfTwoStations) {
  const EpwFile jingdezhen = read_epw(folder_ / "jingdezhen_585270_cswd.epw.gz");
  EXPECT_EQ(jingdezhen.city, "Jingdezhen");
  EXPECT_EQ(jingdezhen.utc_offset, 8);
  EXPECT_EQ(jingdezhen.elevation, 61.5);
  ASSERT_EQ(jingdezhen.hours.size(), 8760U);
  EXPECT_DOUBLE_EQ(jingdezhen.hours[2].temperature, 273.15 + 5.1);
  EXPECT_EQ(jingdezhen.hours[2].wind_speed, 4.0);
  EXPECT_EQ(jingdezhen.hours[2].wind_direction, 22);
  EXPECT_TRUE(std::isnan(jingdezhen.hours[2].rain));
  EXPECT_EQ(read_epw(folder_ / "yushan_586340_cswd.epw.gz").hours.size(), 8760U);
}

TEST_F(SharedFiles, DistrictsAreMultiPolygons) {
  const std::vector<Feature> features = read_geojson(folder_ / "jdz_districts_wgs84.geojson");
  ASSERT_EQ(features.size(), 4U);
  EXPECT_EQ(features[0].id, "360202");
  EXPECT_EQ(features[0].text("name"), "昌江区");
  std::size_t positions = 0;
  std::size_t rings = 0;
  for (const Feature& feature : features) {
    for (const Polygon& polygon : feature.polygons) {
      rings += polygon.rings.size();
      for (const Line& ring : polygon.rings) {
        positions += ring.size();
      }
    }
  }
  EXPECT_EQ(rings, 5U);
  EXPECT_EQ(positions, 197U + 33 + 175 + 553 + 499);
}

TEST_F(SharedFiles, RoadsWithoutIdsAreRefusedOneByOne) {
  try {
    read_geojson(folder_ / "andorra_roads.geojson.gz");
    FAIL() << "must be refused";
  } catch (const InputError& error) {
    EXPECT_EQ(error.problems().size(), 1045U);
  }
}

TEST_F(SharedFiles, ElevationOfAskervein) {
  const AsciiRaster raster =
      read_ascii_raster(folder_.parent_path() / "validation/askervein/askervein_dem_25m.asc.gz");
  EXPECT_EQ(raster.columns, 241);
  EXPECT_EQ(raster.rows, 241);
  EXPECT_EQ(raster.x_west, 72400.0 - 12.5);
  EXPECT_EQ(raster.values[240 * 241 + 8], 0.1); // the file's first line is the northernmost row
}
