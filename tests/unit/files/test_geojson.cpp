#include "files/geojson.hpp"
#include "malformed.hpp"

using namespace tq;
using namespace tq::files;
using tq::test::TextFile;

namespace {

const std::string town = R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "A", "properties": {"name": "昌江区", "floors": 3, "height": 2.5, "old": true, "none": null,
    "nested": {"x": 1}},
   "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 0]], [[1, 0.5], [2, 0.5], [2, 1], [1, 0.5]]]}},

  {"type": "Feature", "properties": {"id": 17},
   "geometry": {"type": "MultiLineString", "coordinates": [[[0, 0], [1, 1, 99.5]], [[2, 2], [3, 3], [4, 4]]]}},
  {"geometry": {"coordinates": [117.2, 29.3], "type": "Point"}, "id": 2.5, "type": "Feature"},
  {"type": "Feature", "id": "M", "geometry": {"type": "MultiPolygon", "coordinates":
    [[[[0, 0], [4, 0], [4, 4], [0, 0]]], [[[10, 0], [14, 0], [14, 4], [10, 0]]]]}}
], "name": {"features": 1}}
)";

std::string problems(const std::string& content) {
  return test::problems_of(content, &read_geojson);
}

std::string collection(const std::string& features) {
  return "{\"type\": \"FeatureCollection\", \"features\": [\n" + features + "\n]}";
}

std::string with_geometry(const std::string& type, const std::string& coordinates) {
  return problems(collection(R"({"type": "Feature", "id": "A", "geometry": {"type": ")" + type +
                             R"(", "coordinates": )" + coordinates + "}}"));
}

} // namespace

TEST(GeoJson, ReadsGeometriesPropertiesAndPlaces) {
  const TextFile file("town.geojson", town);
  const std::vector<Feature> features = read_geojson(file.path());
  ASSERT_EQ(features.size(), 4U);
  EXPECT_EQ(features[0].id, "A");
  EXPECT_EQ(features[0].text("name"), "昌江区");
  EXPECT_EQ(features[0].text("floors"), "3");
  EXPECT_EQ(features[0].text("height"), "2.5");
  EXPECT_EQ(features[0].text("old"), "true");
  EXPECT_EQ(features[0].text("none"), "");
  EXPECT_EQ(features[0].text("absent"), "");
  EXPECT_FALSE(features[0].properties.contains("nested"));
  ASSERT_EQ(features[0].polygons.size(), 1U);
  ASSERT_EQ(features[0].polygons[0].rings.size(), 2U);
  EXPECT_EQ(features[0].polygons[0].rings[1][2].x, 2);
  EXPECT_EQ(features[0].polygons[0].rings[1][2].y, 1);
  EXPECT_EQ(features[1].id, "17");
  ASSERT_EQ(features[1].lines.size(), 2U);
  EXPECT_EQ(features[1].lines[1].size(), 3U);
  EXPECT_EQ(features[2].id, "2.5");
  ASSERT_EQ(features[2].points.size(), 1U);
  EXPECT_EQ(features[2].points[0].x, 117.2);
  ASSERT_EQ(features[3].polygons.size(), 2U);
  EXPECT_EQ(features[3].polygons[1].rings[0][0].x, 10);
  EXPECT_EQ(to_string(features[0].where), file.path().string() + ":2:3");
  EXPECT_EQ(to_string(features[1].where), file.path().string() + ":6:3");
  EXPECT_EQ(to_string(features[2].where), file.path().string() + ":8:3");
}

TEST(GeoJson, SyntaxErrorsHaveLineAndColumn) {
  EXPECT_EQ(problems(""),
            "f:1:1: is not JSON: syntax error while parsing value - unexpected end of input; expected "
            "'[', '{', or a literal");
  EXPECT_EQ(problems("{\"type\": \"FeatureCollection\",\n \"features\": [}\n"),
            "f:2:15: is not JSON: syntax error while parsing value - unexpected '}'; expected '[', '{', or a "
            "literal");
  EXPECT_EQ(problems("[1e999]"), "f:1:7: is not JSON: number overflow parsing '1e999'");
}

TEST(GeoJson, OtherDocumentsAreRefused) {
  const std::string refused =
      "f:1: is no FeatureCollection: must be an object of that type with a list \"features\"";
  EXPECT_EQ(problems("[]"), refused);
  EXPECT_EQ(problems("{\"type\": \"Feature\", \"features\": []}"), refused);
  EXPECT_EQ(problems("{\"type\": \"FeatureCollection\", \"features\": {\"a\": 1}}"), refused);
  EXPECT_EQ(problems("{\"type\": \"FeatureCollection\"}"), refused);
}

TEST(GeoJson, ProblemsOfGeometryNameTheFeature) {
  EXPECT_EQ(with_geometry("Polygon", "[[[0, 0], [4, 0], [4, 4], [0, 1]]]"),
            "f:2:1: feature \"A\": ring from [0, 0] to [0, 1]: must end where it begins");
  EXPECT_EQ(with_geometry("Polygon", "[[[0, 0], [4, 0], [0, 0]]]"),
            "f:2:1: feature \"A\": ring of 3 positions: must have at least 4");
  EXPECT_EQ(with_geometry("LineString", "[[0, 0]]"),
            "f:2:1: feature \"A\": line of 1 positions: must have at least 2");
  EXPECT_EQ(with_geometry("Point", "[430000, 3240000]"),
            "f:2:1: feature \"A\": position [430000, 3240000]: must be longitude and latitude in degrees, in "
            "[-180, 180] x [-90, 90]");
  EXPECT_EQ(with_geometry("Point", "[\"1\", 2]"),
            "f:2:1: feature \"A\": position: must be [longitude, latitude]");
  EXPECT_EQ(with_geometry("Point", "[1]"), "f:2:1: feature \"A\": position: must be [longitude, latitude]");
  EXPECT_EQ(with_geometry("MultiPoint", "[]"),
            "f:2:1: feature \"A\": coordinates: must be a list that is not empty");
  EXPECT_EQ(with_geometry("Circle", "[0, 0]"),
            "f:2:1: feature \"A\": geometry type \"Circle\": must be Point, "
            "LineString, Polygon or one of their Multi forms");
  EXPECT_EQ(problems(collection(R"({"type": "Feature", "id": "A", "geometry": null})")),
            "f:2:1: feature \"A\": has no geometry: must be Point, LineString, Polygon or one of their Multi "
            "forms");
}

TEST(GeoJson, AllProblemsOfAFileAreListed) {
  const std::string good = R"("geometry": {"type": "Point", "coordinates": [0, 0]}})";
  EXPECT_EQ(problems(collection(R"({"type": "Feature", "id": "A", )" + good + ",\n" +
                                R"({"type": "Feature", "properties": {"name": "x"}, )" + good + ",\n 7,\n" +
                                R"({"type": "Feature", "properties": {"id": "A"}, )" + good)),
            "f:3:1: feature has no id: must have a member or a property \"id\"\n"
            "f:4: feature must be an object of type \"Feature\"\n"
            "f:5:1: feature \"A\": id is there twice: also at f:2:1");
}

TEST(GeoJson, DeepNestingDoesNotExhaustTheStack) {
  EXPECT_NE(problems(std::string(200000, '[')), "");
  EXPECT_NE(with_geometry("Polygon", std::string(50000, '[') + std::string(50000, ']')), "");
}

TEST(GeoJson, DamagedFilesAreReadOrRefused) {
  test::damage(town, &read_geojson, 400, 2000);
}
