#include "base/error.hpp"
#include "files/geo.hpp"
#include "files/vector_gdal.hpp"
#include "paths.hpp"

#include <cmath>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;
using files::Feature;

namespace {

class Vector : public ::testing::Test {
 protected:
  ~Vector() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  /// What reading says, without the folder; "" if nothing.
  std::string message(const std::string& name, const files::VectorChoice& choice) const {
    try {
      files::read_vector(folder_ / name, choice);
      return "";
    } catch (const InputError& error) {
      std::string text = error.what();
      const std::string prefix = folder_.string() + "/";
      for (auto found = text.find(prefix); found != std::string::npos; found = text.find(prefix)) {
        text.erase(found, prefix.size());
      }
      return text;
    }
  }

  std::filesystem::path folder_ = test::scratch_directory("vector");
};

const std::string road = R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"way": 7}, "geometry": {"type": "LineString", "coordinates": [[117, 29], [117.1, 29]]}}]})";

} // namespace

TEST_F(Vector, GeoJsonIsNamedByAnyProperty) {
  write("roads.geojson", road);
  EXPECT_EQ(files::read_vector(folder_ / "roads.geojson", {"way", ""}).at(0).id, "7");
  EXPECT_EQ(message("roads.geojson", {"ref", ""}),
            "roads.geojson:2:1: feature has no id: must have a property \"ref\"");
  EXPECT_EQ(message("roads.geojson", {}),
            "roads.geojson:2:1: feature has no id: must have a member or a property \"id\"");
}

#if TIANQING_GEO

#include "vector_sample.hpp"

namespace {

// Around 117.2 E, 29.3 N in UTM zone 50 N.
const test::VectorLayer sites = {
    .features = {{"a", "POLYGON((519000 3241000,519500 3241000,519500 3241500,519000 3241500,519000 3241000))"},
                 {"b", "MULTILINESTRING((519000 3241000,520000 3241000),(519000 3242000,520000 3242500))"},
                 {"c", "POINT Z (519000 3241000 55)"}}};

} // namespace

TEST_F(Vector, ReadsWhatGdalReads) {
  for (const auto& [name, driver] : {std::pair{"sites.gpkg", "GPKG"}, std::pair{"sites.geojson", "GeoJSON"}}) {
    test::write_vector(folder_ / name, driver, {sites});
    const std::vector<Feature> features = files::read_vector(folder_ / name, {"code", ""});
    ASSERT_EQ(features.size(), 3U) << name;
    EXPECT_EQ(features[0].id, "a");
    ASSERT_EQ(features[0].polygons.size(), 1U);
    EXPECT_EQ(features[0].polygons[0].rings.at(0).size(), 5U);
    EXPECT_EQ(features[0].text("code"), "a");
    EXPECT_EQ(features[1].lines.size(), 2U);
    // By the program gdaltransform.
    ASSERT_EQ(features[2].points.size(), 1U);
    EXPECT_NEAR(features[2].points[0].x, 117.195635261885, 1e-9);
    EXPECT_NEAR(features[2].points[0].y, 29.2978369113294, 1e-9);
  }
  const test::VectorLayer areas = {.name = "areas", .features = {sites.features[0]}};
  test::write_vector(folder_ / "areas.shp", "ESRI Shapefile", {areas});
  EXPECT_EQ(files::read_vector(folder_ / "areas.shp", {"code", ""}).at(0).id, "a");
}

TEST_F(Vector, FindsLayersByNameAndTheKeyOfATable) {
  test::VectorLayer other = sites;
  other.name = "other";
  other.features.resize(1);
  test::write_vector(folder_ / "two.gpkg", "GPKG", {sites, other});
  EXPECT_EQ(files::read_vector(folder_ / "two.gpkg", {"code", "other"}).size(), 1U);
  EXPECT_EQ(files::read_vector(folder_ / "two.gpkg", {"fid", "sites"}).at(2).id, "3");
  EXPECT_EQ(message("two.gpkg", {"code", ""}),
            "two.gpkg: has the layers sites, other: name one of them as `geometry_layer`");
  EXPECT_EQ(message("two.gpkg", {"code", "site"}),
            "two.gpkg: has no layer \"site\": there are sites, other; did you mean \"sites\"?");
}

TEST_F(Vector, SaysWhatIsMissing) {
  write("text.gpkg", "no table");
  EXPECT_TRUE(message("text.gpkg", {}).starts_with("text.gpkg: is not a vector file that GDAL "))
      << message("text.gpkg", {});
  test::write_vector(folder_ / "sites.gpkg", "GPKG", {sites});
  EXPECT_EQ(message("sites.gpkg", {}),
            "sites.gpkg: layer \"sites\" has no field \"id\": name one of code as `geometry_id`");
  test::write_vector(folder_ / "bare.shp", "ESRI Shapefile",
                     {{.name = "bare", .epsg = 0, .features = {sites.features[0]}}});
  EXPECT_EQ(message("bare.shp", {"code", ""}), "bare.shp: layer \"bare\" does not name its CRS: must have one (of a "
                                               "Shapefile: in the .prj beside it)");
  test::write_vector(folder_ / "empty.gpkg", "GPKG", {{.name = "empty"}});
  EXPECT_EQ(message("empty.gpkg", {"code", ""}), "empty.gpkg: layer \"empty\" has no features");
}

TEST_F(Vector, RefusesFeaturesOneByOne) {
  const std::string point = "POINT(519000 3241000)";
  test::write_vector(
      folder_ / "bad.gpkg", "GPKG",
      {{.name = "bad",
        .features = {
            {"a", point}, {"a", point}, {"", point}, {"d", ""}, {"e", "GEOMETRYCOLLECTION(POINT(519000 3241000))"}}}});
  EXPECT_EQ(message("bad.gpkg", {"code", ""}),
            "bad.gpkg: layer \"bad\", feature \"a\": id is there twice: also feature 1\n"
            "bad.gpkg: layer \"bad\", feature \"d\": has no geometry: must have points, lines or polygons\n"
            "bad.gpkg: layer \"bad\", feature \"e\": geometry type GEOMETRYCOLLECTION: must be Point, LineString, "
            "Polygon or one of their Multi forms\n"
            "bad.gpkg: layer \"bad\", feature 3: field \"code\" is empty: must be the feature's id");
}

#else

TEST_F(Vector, TakesTheComponentGeo) {
  write("sites.gpkg", "SQLite format 3");
  EXPECT_EQ(message("sites.gpkg", {}), "sites.gpkg: is no GeoJSON in WGS84, but this program is built without GDAL and "
                                       "netCDF, which read it: install them (./setup does), configure and build again");
}

#endif

/// 1045 roads; both readers find the same, the length by the mean radius of the earth.
TEST(SharedVector, RoadsOfAndorra) {
  const std::filesystem::path file = test::shared_directory() / "data/andorra_roads.geojson.gz";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  const std::vector<Feature> roads = files::read_vector(file, {"osm_id", ""});
  ASSERT_EQ(roads.size(), 1045U);
  EXPECT_EQ(roads[0].id, "6165450");
  EXPECT_EQ(roads[0].text("highway"), "primary");
  double length = 0;
  for (const Feature& road : roads) {
    for (const files::Line& line : road.lines) {
      for (std::size_t n = 1; n < line.size(); ++n) {
        length +=
            std::hypot((line[n].x - line[n - 1].x) * std::cos(line[n].y * M_PI / 180), line[n].y - line[n - 1].y) *
            111.19;
      }
    }
  }
  EXPECT_GT(length, 100);
  EXPECT_LT(length, 1000);
  if (files::has_geo()) {
    const std::vector<Feature> same = files::read_gdal_vector(file, {"osm_id", ""});
    ASSERT_EQ(same.size(), roads.size());
    for (std::size_t n = 0; n < roads.size(); ++n) {
      EXPECT_EQ(same[n].id, roads[n].id);
      ASSERT_EQ(same[n].lines.size(), roads[n].lines.size());
      for (std::size_t l = 0; l < roads[n].lines.size(); ++l) {
        ASSERT_EQ(same[n].lines[l].size(), roads[n].lines[l].size());
        EXPECT_NEAR(same[n].lines[l].back().x, roads[n].lines[l].back().x, 1e-12);
      }
    }
  }
}
