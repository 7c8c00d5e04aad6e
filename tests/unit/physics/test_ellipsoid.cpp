#include "physics/ellipsoid.hpp"

#include <gtest/gtest.h>

using namespace tq;

/// Surface of WGS84: 510 065 621.724 km2 (NIMA TR8350.2, table 3.3 gives the authalic radius 6371007.1809 m).
TEST(Ellipsoid, HasTheSurfaceOfTheEarth) {
  EXPECT_NEAR(physics::ellipsoid_cell_area(-90, 90, 360) / 5.10065621724e14, 1, 1e-11);
}

/// A small cell is the radius of curvature along the meridian x that of the parallel.
TEST(Ellipsoid, IsThatOfTheCurvatureInTheSmall) {
  const double radian = constants::pi / 180, step = 1e-3;
  const double a = 6378137.0, e2 = 0.00669437999014;
  const double w = 1 - e2 * 0.25; // sin^2(30) = 1/4
  const double meridian = a * (1 - e2) / (w * std::sqrt(w)), parallel = a / std::sqrt(w) * std::cos(30 * radian);
  EXPECT_NEAR(physics::ellipsoid_cell_area(30 - step / 2, 30 + step / 2, step) /
                  (meridian * parallel * step * step * radian * radian),
              1, 1e-9);
}
