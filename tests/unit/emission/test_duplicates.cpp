#include "outside_case.hpp"

using namespace tq;

namespace {

/// Beside the made-up city: sites site-a (construction), road ring-road (traffic), a stack at 117.2201 E, 29.3002 N and
/// the kiln-hall (industry). Site-a lies in old-town, both of them construction.
class Duplicates : public test::OutsideCase {
 protected:
  /// Warnings for an inventory with these rows: id, sector, geometry, lon, lat.
  std::string said(const std::string& rows, const std::string& geometry = "") const {
    write("f.csv", "id,sector,geometry,lon,lat,profile,pm2_5 [t yr-1],pm10 [t yr-1],tsp [t yr-1],so2 [t yr-1],nox [t "
                   "yr-1],co [t yr-1]\n" +
                       rows);
    const std::filesystem::path file = test::emission_directory() / "data" / "geometry.geojson";
    return warnings("[[inventory]]\nid = \"more\"\nsources = \"f.csv\"\ngeometry = \"" +
                    (geometry.empty() ? file.string() : geometry) + "\"\n");
  }
  static std::string row(const std::string& id, const std::string& sector, const std::string& geometry,
                         const std::string& place = ",") {
    return id + "," + sector + "," + geometry + "," + place + ",constant,1,1,1,1,1,1\n";
  }
  static std::string warning(const std::string& sector, const std::string& what) {
    return "warning: inventories \"city\" and \"more\" both have sector \"" + sector +
           "\" at the same place, so it counts twice: " + what + "\n";
  }
};

} // namespace

TEST_F(Duplicates, OfTheSameGeometry) {
  EXPECT_EQ(said(row("a", "construction", "site-a") + row("b", "construction", "old-town") + row("c", "x", "site-a")),
            warning("construction", "2 sources of the second, a at site-1, b at site-1"));
}

TEST_F(Duplicates, OfPointsWithin100Metres) {
  // 0.0009 degrees of latitude are 99.8 m, 0.00095 are 105.3 m.
  EXPECT_EQ(said(row("a", "industry", "", "117.2201,29.3011")),
            warning("industry", "1 source of the second, a at stack-1"));
  EXPECT_EQ(said(row("a", "industry", "", "117.2201,29.30115")), "");
  EXPECT_EQ(said(row("a", "power", "", "117.2201,29.3002")), "");
}

TEST_F(Duplicates, OfOverlappingAreasAndWhatLiesInThem) {
  write("g.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "big", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[117.16, 29.26], [117.24, 29.26], [117.24, 29.32], [117.16, 29.32], [117.16, 29.26]]]}},
{"type": "Feature", "id": "far", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [[[117.245, 29.26], [117.25, 29.26], [117.25, 29.32], [117.245, 29.32], [117.245, 29.26]]]}}]})");
  EXPECT_EQ(said(row("a", "construction", "big") + row("b", "construction", "far"), "g.geojson"),
            warning("construction", "1 source of the second, a at site-1"));
  EXPECT_EQ(said(row("a", "industry", "big"), "g.geojson"),
            warning("industry", "1 source of the second, a at stack-1"));
  EXPECT_EQ(said(row("a", "traffic", "big"), "g.geojson"), warning("traffic", "1 source of the second, a at road-1"));
}

TEST_F(Duplicates, ListsTheFirstFew) {
  std::string rows;
  for (int n = 0; n < 5; ++n) {
    rows += row("s" + std::to_string(n), "construction", "site-a");
  }
  EXPECT_EQ(said(rows),
            warning("construction", "5 sources of the second, s0 at site-1, s1 at site-1, s2 at site-1 ..."));
}
