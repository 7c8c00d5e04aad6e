#include "physics/map_projection.hpp"

#include <gtest/gtest.h>

using tq::physics::SphereMap;

namespace {

constexpr double millimetre = 1e-3, pi = tq::constants::pi;

/// The map's points against those of PROJ 9.1.1 on a sphere of 6370 km (`gdaltransform` with +proj=lcc, stere and
/// merc); PROJ counts Lambert's y from the equator.
void expect_point(const SphereMap& map, double longitude, double latitude, double x, double y, double y_origin = 0) {
  const SphereMap::Point point = map.project(longitude, latitude);
  EXPECT_NEAR(point.x, x, millimetre);
  EXPECT_NEAR(point.y - y_origin, y, millimetre);
}

} // namespace

TEST(MapProjection, PointsAreThoseOfProj) {
  const SphereMap two{SphereMap::Kind::lambert, 25, 40, 110};
  expect_point(two, 117.2, 29.3, 692705.008482716, 3446080.9231818, two.project(110, 0).y);
  const SphereMap one{SphereMap::Kind::lambert, 30, 30, 110};
  expect_point(one, 117.2, 29.3, 697664.822546353, 3431395.14485161, one.project(110, 0).y);
  const SphereMap south{SphereMap::Kind::lambert, -30, -60, 140};
  expect_point(south, 150, -35, 891751.900856981, -4318435.42308226 + 3712186.13547284, south.project(140, -30).y);
  expect_point({SphereMap::Kind::mercator, 20, 0, 110}, 117.2, 29.3, 752203.089407037, 3203909.89295059);
  expect_point({SphereMap::Kind::polar, 60, 0, 110}, 150, 70, 1347234.67459259, -1605571.76351321);
  expect_point({SphereMap::Kind::polar, -60, 0, 110}, 150, -70, 1347234.67459259, 1605571.76351321);
  expect_point({SphereMap::Kind::degrees, 0, 0, 110}, 111, 1, 6370000 * pi / 180, 6370000 * pi / 180);
}

TEST(MapProjection, LongitudesCountTheShortWayRound) {
  const SphereMap map{SphereMap::Kind::mercator, 0, 0, 179};
  expect_point(map, -179, 0, 6370000 * 2 * pi / 180, 0);
}

TEST(MapProjection, NorthIsWhereTheConvergenceSays) {
  for (const SphereMap& map :
       {SphereMap{SphereMap::Kind::lambert, 25, 40, 110}, SphereMap{SphereMap::Kind::lambert, -30, -60, 110},
        SphereMap{SphereMap::Kind::polar, 60, 0, 110}, SphereMap{SphereMap::Kind::polar, -60, 0, 110},
        SphereMap{SphereMap::Kind::mercator, 20, 0, 110}}) {
    for (const double longitude : {95.0, 110.0, 131.0}) {
      const double latitude = map.true_latitude_1, step = 1e-3;
      const SphereMap::Point below = map.project(longitude, latitude - step),
                             above = map.project(longitude, latitude + step);
      EXPECT_NEAR(std::atan2(below.x - above.x, above.y - below.y), map.convergence(longitude), 1e-9);
    }
  }
}
