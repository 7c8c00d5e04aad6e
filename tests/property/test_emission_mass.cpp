#include "base/random.hpp"
#include "emission/distribute.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr double pi = 3.141592653589793;

Grid hilly_grid(RandomStream& random) {
  GridSpecification s;
  s.name = "random";
  s.epsg = 32650;
  s.nx = 12 + int(random.uniform() * 20);
  s.ny = 12 + int(random.uniform() * 20);
  s.dx = 100 + 900 * random.uniform();
  s.dy = 100 + 900 * random.uniform();
  s.x_west = 500000 + 1000 * random.uniform();
  s.y_south = 3240000 + 1000 * random.uniform();
  s.zeta_faces = {0};
  for (double step = 12; s.zeta_faces.back() < 1500; step *= 1.3) {
    s.zeta_faces.push_back(s.zeta_faces.back() + step);
  }
  for (int n = 0; n < s.nx * s.ny; ++n) {
    s.terrain.push_back(600 * random.uniform());
  }
  return Grid(std::move(s));
}

/// A star around a random centre (never crosses itself), a zigzag, or points, within `reach` of the domain's
/// half width.
files::Feature random_feature(const Grid& grid, RandomStream& random, int kind, double reach) {
  const double width = grid.nx() * grid.dx();
  const double height = grid.ny() * grid.dy();
  const double x0 = grid.specification().x_west + width * (0.5 + 0.3 * (random.uniform() - 0.5));
  const double y0 = grid.specification().y_south + height * (0.5 + 0.3 * (random.uniform() - 0.5));
  const int corners = 3 + int(random.uniform() * 12);
  files::Line line;
  for (int c = 0; c < corners; ++c) {
    const double angle = 2 * pi * (c + 0.8 * random.uniform()) / corners;
    const double radius = reach * (0.1 + 0.9 * random.uniform());
    line.push_back(grid.projection().unproject(
        {x0 + radius * width * std::cos(angle), y0 + radius * height * std::sin(angle)}));
  }
  files::Feature feature;
  feature.id = "random";
  if (kind == 0) {
    line.push_back(line.front());
    feature.polygons = {files::Polygon{{line}}};
  } else if (kind == 1) {
    feature.lines = {line};
  } else {
    feature.points = line;
  }
  return feature;
}

double sum(const Placement& placement) {
  double total = 0;
  for (const PlacedShare& share : placement.shares) {
    EXPECT_GT(share.share, 0);
    total += share.share;
  }
  return total;
}

} // namespace

TEST(EmissionMass, IsExactForRandomGeometriesInside) {
  for (int trial = 0; trial < 300; ++trial) {
    RandomStream random(7, 1, trial);
    const Grid grid = hilly_grid(random);
    const files::Feature feature = random_feature(grid, random, trial % 3, 0.3);
    const double base = 200 * random.uniform();
    const double top = base + (trial % 4 == 0 ? 0.0 : 300 * random.uniform());
    const Placement placement = distribute(grid, lay_over(grid, feature), base, top);
    EXPECT_EQ(placement.inside, 1.0) << trial;
    EXPECT_NEAR(sum(placement), 1.0, 1e-12) << trial;
  }
}

TEST(EmissionMass, IsTheInsideShareForRandomGeometriesAcrossTheEdge) {
  int crossing = 0;
  for (int trial = 0; trial < 300; ++trial) {
    RandomStream random(7, 2, trial);
    const Grid grid = hilly_grid(random);
    const Overlay overlay = lay_over(grid, random_feature(grid, random, trial % 3, 1.2));
    const Placement placement = distribute(grid, overlay, 0, 30);
    crossing += placement.inside < 1 ? 1 : 0;
    EXPECT_NEAR(placement.inside, overlay.inside() / overlay.total, 1e-9) << trial;
    EXPECT_NEAR(sum(placement), placement.inside, 1e-12) << trial;
  }
  EXPECT_GT(crossing, 100);
}
