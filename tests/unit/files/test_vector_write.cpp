#include "files/vector_write.hpp"

#include "base/error.hpp"
#include "files/csv.hpp"
#include "files/geo.hpp"
#include "files/vector.hpp"
#include "paths.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <limits>
#include <stdexcept>

using namespace tq;
using files::FeatureTable;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

class VectorWrite : public ::testing::Test {
 protected:
  ~VectorWrite() override { std::filesystem::remove_all(folder_); }

  static std::string text_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// What writing says, without the folder; "" if nothing.
  std::string message(const std::filesystem::path& file, const FeatureTable& table) const {
    try {
      files::write_table(file, table);
      return "";
    } catch (const std::exception& error) {
      std::string text = error.what();
      const std::string prefix = folder_.string() + "/";
      for (auto found = text.find(prefix); found != std::string::npos; found = text.find(prefix)) {
        text.erase(found, prefix.size());
      }
      return text;
    }
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  std::filesystem::path folder_ = test::scratch_directory("vector_write");
};

/// Two squares, one of them with a hole and an island, all rings the wrong way round; and a place without geometry.
FeatureTable towns() {
  const auto square = [](double west, double south, double side, bool clockwise) {
    files::Line ring = {
        {west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}};
    if (clockwise) {
      std::reverse(ring.begin(), ring.end());
    }
    return ring;
  };
  return {
      .name = "towns",
      .description = "Said of \"both\"",
      .ids = {"ZS-1", "CJ,1", "all"},
      .polygons = {{{{square(117, 29, 1, true), square(117.25, 29.25, 0.5, false)}}, {{square(119, 29, 0.5, true)}}},
                   {{{square(118, 29, 1, true)}}},
                   {}},
      .columns = {{"name", "", std::vector<std::string>{"珠山 \"一\"", "昌江", ""}},
                  {"pm10", "ug m-3", std::vector<double>{-1.0 / 3, none, 1e6 + 1.25}},
                  {"good_days", "1", std::vector<double>{320, 1234567890, -0.0}},
                  {"change", "%", std::vector<double>{std::numeric_limits<double>::infinity(), 1e-9, 5e20}},
                  {"key_area", "", std::vector<bool>{true, false, false}}}};
}

void expect_towns(const std::vector<files::Feature>& features) {
  ASSERT_EQ(features.size(), 3U);
  EXPECT_EQ(features[0].id, "ZS-1");
  EXPECT_EQ(features[1].id, "CJ,1");
  EXPECT_EQ(features[0].text("name"), "珠山 \"一\"");
  EXPECT_EQ(features[1].text("name"), "昌江");
  EXPECT_NEAR(std::get<double>(features[0].properties.at("pm10_ug_m3")), -1.0 / 3, 1e-6);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(features[1].properties.at("pm10_ug_m3")));
  EXPECT_NEAR(std::get<double>(features[2].properties.at("pm10_ug_m3")), 1000001, 0.3);
  EXPECT_EQ(std::get<double>(features[1].properties.at("good_days")), 1234567890);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(features[0].properties.at("change_percent")));
  ASSERT_EQ(features[0].polygons.size(), 2U);
  ASSERT_EQ(features[0].polygons[0].rings.size(), 2U);
  ASSERT_EQ(features[1].polygons.size(), 1U);
  // Outer rings run anticlockwise, the hole clockwise: the second corner lies east of the first, or north of it.
  const files::Line &outer = features[0].polygons[0].rings[0], &hole = features[0].polygons[0].rings[1];
  ASSERT_EQ(outer.size(), 5U);
  EXPECT_EQ(outer[0].x, 117);
  EXPECT_EQ(outer[1].x, 118);
  EXPECT_EQ(outer[1].y, 29);
  EXPECT_EQ(hole[1].x, 117.25);
  EXPECT_EQ(hole[1].y, 29.75);
}

} // namespace

TEST_F(VectorWrite, CsvHasUnitsInItsHeaderAndGaps) {
  files::write_table(folder_ / "towns.csv", towns());
  EXPECT_EQ(text_of(folder_ / "towns.csv"), "id,name,pm10 [ug m-3],good_days [1],change [%],key_area\n"
                                            "ZS-1,\"珠山 \"\"一\"\"\",-0.333333,320,,true\n"
                                            "\"CJ,1\",昌江,,1234567890,1e-09,false\n"
                                            "all,,1000001,0,5e+20,false\n");
}

TEST_F(VectorWrite, GeoJsonIsReadAsItWasWritten) {
  FeatureTable table = towns();
  files::write_table(folder_ / "towns.geojson", table);
  const std::string text = text_of(folder_ / "towns.geojson");
  EXPECT_TRUE(text.starts_with("{\"type\":\"FeatureCollection\",\n\"name\":\"towns\",\n\"description\":\"Said of "
                               "\\\"both\\\"\",\n\"features\":[\n"
                               "{\"type\":\"Feature\",\"id\":\"ZS-1\",\"properties\":{\"id\":\"ZS-1\",\"name\":\"珠山 "
                               "\\\"一\\\"\",\"pm10_ug_m3\":-0.333333,\"good_days\":320,\"change_percent\":null,"
                               "\"key_area\":true},\n\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[[[["))
      << text;
  EXPECT_NE(text.find("\"key_area\":false},\n\"geometry\":null}\n]}\n"), std::string::npos) << text;
  // The reader asks for a geometry; the last place has one now.
  table.polygons[2] = table.polygons[1];
  files::write_table(folder_ / "towns.geojson", table);
  const std::vector<files::Feature> features = files::read_vector(folder_ / "towns.geojson", {});
  expect_towns(features);
  EXPECT_TRUE(std::get<bool>(features[0].properties.at("key_area")));
}

TEST_F(VectorWrite, OnlyWholeFilesAreWritten) {
  std::ofstream(folder_ / "file") << "x";
  for (const char* ending : {"csv", "geojson"}) {
    const std::string name = std::string("towns.") + ending;
    EXPECT_EQ(message(folder_ / "file" / name, towns()), "cannot write file/" + name + ": the disk may be full");
    std::filesystem::create_directory(folder_ / name);
    EXPECT_EQ(message(folder_ / name, towns()), "cannot write " + name + ": Is a directory");
    std::filesystem::remove(folder_ / name);
  }
  EXPECT_EQ(names(), std::vector<std::string>{"file"});
  EXPECT_EQ(message(folder_ / "towns.shp", towns()), "towns.shp: must end in .csv, .geojson or .gpkg (a GeoPackage)");
  EXPECT_EQ(message(folder_ / "towns", towns()), "towns: must end in .csv, .geojson or .gpkg (a GeoPackage)");
  files::write_table(folder_ / "new" / "towns.csv", towns());
  EXPECT_EQ(text_of(folder_ / "new" / "towns.csv"), files::csv_of(towns()));
}

TEST_F(VectorWrite, ColumnsMustFit) {
  FeatureTable shorter = towns(), twice = towns(), bare = towns();
  shorter.columns[1].values = std::vector<double>{1, 2};
  twice.columns.push_back({"good_days", "", std::vector<double>{1, 2, 3}});
  bare.polygons.pop_back();
  for (const FeatureTable& table : {shorter, twice, bare}) {
    EXPECT_THROW(files::write_table(folder_ / "towns.csv", table), std::logic_error);
  }
  EXPECT_TRUE(names().empty());
}

#if TIANQING_GEO

TEST_F(VectorWrite, GeoPackageIsReadAsItWasWritten) {
  FeatureTable table = towns();
  table.polygons[2] = table.polygons[1]; // the reader asks for a geometry
  files::write_table(folder_ / "new" / "towns.gpkg", table);
  const std::vector<files::Feature> features = files::read_vector(folder_ / "new" / "towns.gpkg", {"id", "towns"});
  expect_towns(features);
  EXPECT_EQ(std::get<double>(features[0].properties.at("pm10_ug_m3")), -1.0 / 3); // in full
  EXPECT_EQ(std::get<double>(features[0].properties.at("key_area")), 1);
  // Over an older one, and nothing else is left.
  table.ids[0] = "ZS-2";
  files::write_table(folder_ / "new" / "towns.gpkg", table);
  EXPECT_EQ(files::read_vector(folder_ / "new" / "towns.gpkg", {"id", ""}).at(0).id, "ZS-2");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_ / "new"), {}), 1);
}

TEST_F(VectorWrite, AGeoPackageIsWholeOrNotThere) {
  std::ofstream(folder_ / "file") << "x";
  EXPECT_TRUE(message(folder_ / "file" / "towns.gpkg", towns()).starts_with("cannot write file/towns.gpkg: "));
  FeatureTable reserved = towns();
  reserved.columns.push_back({"fid", "", std::vector<std::string>{"a", "b", "c"}}); // the name of the table's key
  EXPECT_TRUE(message(folder_ / "towns.gpkg", reserved).starts_with("cannot write towns.gpkg: "))
      << message(folder_ / "towns.gpkg", reserved);
  EXPECT_EQ(names(), std::vector<std::string>{"file"});
}

#else

TEST_F(VectorWrite, WithoutGdalAGeoPackageIsRefused) {
  EXPECT_EQ(
      message(folder_ / "towns.gpkg", towns()),
      "towns.gpkg: is a GeoPackage, but this program is built without GDAL, which writes it: .geojson and .csv hold "
      "the same; or install GDAL (./setup does), configure and build again");
  EXPECT_TRUE(names().empty());
}

#endif
