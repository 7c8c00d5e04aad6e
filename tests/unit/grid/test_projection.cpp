#include "grid/projection.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <string>

using namespace tq;

namespace {

std::string refusal(int epsg) {
  try {
    const Projection projection(epsg);
    return "";
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
}

std::string text_of(const Projection& projection, const std::string& name) {
  for (const auto& [key, value] : projection.cf_texts()) {
    if (key == name) {
      return value;
    }
  }
  return "";
}

std::multimap<std::string, double> numbers_of(const Projection& projection) {
  const auto numbers = projection.cf_numbers();
  return {numbers.begin(), numbers.end()};
}

double number_of(const Projection& projection, const std::string& name) {
  const auto numbers = numbers_of(projection);
  const auto found = numbers.find(name);
  return found == numbers.end() ? NAN : found->second;
}

} // namespace

TEST(Projection, MeetsPublishedCoordinates) {
  // Jingdezhen's centre in UTM 50N and in the CGCS2000 3-degree Gauss-Krueger zone (which has its axes north,
  // east): computed independently, given to 0.1 m.
  const files::Position centre = {117.2069, 29.2925};
  const files::Position utm = Projection(32650).project(centre);
  EXPECT_NEAR(utm.x, 520095.1, 0.05);
  EXPECT_NEAR(utm.y, 3240410.6, 0.05);
  const files::Position gauss_krueger = Projection(4548).project(centre);
  EXPECT_NEAR(gauss_krueger.x, 520103.1, 0.1);
  EXPECT_NEAR(gauss_krueger.y, 3241707.3, 0.1);
}

TEST(Projection, ReturnsToWhereItCameFrom) {
  for (const int epsg : {32650, 4548, 3034, 2154, 3395}) {
    const Projection projection(epsg);
    const files::Position from = {9.25, 48.5};
    const files::Position back = projection.unproject(projection.project(from));
    EXPECT_NEAR(back.x, from.x, epsg == 32650 || epsg == 4548 ? 1e-3 : 1e-9)
        << epsg; // 108 degrees off its meridian
    EXPECT_NEAR(back.y, from.y, epsg == 32650 || epsg == 4548 ? 1e-3 : 1e-9) << epsg;
  }
}

TEST(Projection, KnowsItsScale) {
  // Transverse Mercator on the central meridian: 0.9996; Mercator: 1/cos(latitude), here on the ellipsoid at
  // 60 degrees: sqrt(1 - e2 sin2)/cos = 1.99498 (Snyder 1987, eq. 7-8).
  EXPECT_NEAR(Projection(32650).scale_error({117, 29}), 0.0004, 1e-8);
  EXPECT_NEAR(Projection(3395).scale_error({10, 60}), 0.99498, 1e-4);
  EXPECT_FALSE(Projection(32650).scale_error({-153, 0}) < 1);
}

TEST(Projection, RefusesWhatIsNoProjectedMetricCrs) {
  const std::string must =
      "must be the EPSG code of a projected CRS with axes east and north in metres, but ";
  EXPECT_EQ(refusal(32650), "");
  EXPECT_EQ(refusal(4326), must + "4326 (WGS 84) is not a projected CRS");
  EXPECT_EQ(refusal(2263), must + "2263 (NAD83 / New York Long Island (ftUS)) is in US survey foot");
  EXPECT_EQ(refusal(2053), must + "2053 (Hartebeesthoek94 / Lo29) has axes west and south");
  EXPECT_EQ(refusal(326500).find(must + "326500 is not in PROJ's database"), 0U) << refusal(326500);
  EXPECT_NE(refusal(0), "");
  EXPECT_NE(refusal(-1), "");
}

TEST(Projection, GivesCfAttributesOfUtm) {
  const Projection utm(32650);
  EXPECT_EQ(text_of(utm, "grid_mapping_name"), "transverse_mercator");
  EXPECT_EQ(text_of(utm, "projected_crs_name"), "WGS 84 / UTM zone 50N");
  EXPECT_EQ(text_of(utm, "geographic_crs_name"), "WGS 84");
  EXPECT_EQ(text_of(utm, "reference_ellipsoid_name"), "WGS 84");
  EXPECT_EQ(text_of(utm, "prime_meridian_name"), "Greenwich");
  EXPECT_EQ(number_of(utm, "longitude_of_central_meridian"), 117.0);
  EXPECT_EQ(number_of(utm, "latitude_of_projection_origin"), 0.0);
  EXPECT_EQ(number_of(utm, "scale_factor_at_central_meridian"), 0.9996);
  EXPECT_EQ(number_of(utm, "false_easting"), 500000.0);
  EXPECT_EQ(number_of(utm, "false_northing"), 0.0);
  EXPECT_EQ(number_of(utm, "semi_major_axis"), 6378137.0);
  EXPECT_DOUBLE_EQ(number_of(utm, "inverse_flattening"), 298.257223563);
  EXPECT_EQ(number_of(utm, "longitude_of_prime_meridian"), 0.0);
  EXPECT_EQ(utm.wkt().rfind("PROJCRS[\"WGS 84 / UTM zone 50N\"", 0), 0U);
  EXPECT_EQ(utm.wkt().find('\n'), std::string::npos);
}

TEST(Projection, GivesCfAttributesOfOtherProjections) {
  const Projection lambert(2154); // France, Lambert 93: parallels 49 and 44
  EXPECT_EQ(text_of(lambert, "grid_mapping_name"), "lambert_conformal_conic");
  const auto numbers = numbers_of(lambert);
  ASSERT_EQ(numbers.count("standard_parallel"), 2U);
  EXPECT_NEAR(numbers.find("standard_parallel")->second, 49, 1e-12);
  EXPECT_NEAR(std::next(numbers.find("standard_parallel"))->second, 44, 1e-12);
  EXPECT_EQ(number_of(lambert, "latitude_of_projection_origin"), 46.5);
  EXPECT_EQ(number_of(lambert, "longitude_of_central_meridian"), 3);
  EXPECT_EQ(number_of(lambert, "false_easting"), 700000);
  EXPECT_EQ(number_of(lambert, "false_northing"), 6600000);

  const Projection mercator(3395);
  EXPECT_EQ(text_of(mercator, "grid_mapping_name"), "mercator");
  EXPECT_EQ(number_of(mercator, "scale_factor_at_projection_origin"), 1);
  EXPECT_EQ(text_of(Projection(3035), "grid_mapping_name"), "lambert_azimuthal_equal_area");
  EXPECT_EQ(text_of(Projection(3577), "grid_mapping_name"), "albers_conical_equal_area");
  EXPECT_EQ(text_of(Projection(3857), "grid_mapping_name"), ""); // CF has no such mapping
}
