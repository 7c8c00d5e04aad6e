#include "base/constants.hpp"
#include "base/random.hpp"
#include "grid/geos.hpp"
#include "grid/overlay.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

using namespace tq;
using files::Feature;
using files::Line;
using files::Polygon;
using files::Position;

namespace {

/// 8 x 6 cells of 500 m x 400 m from (519000, 3240000).
Grid make_grid() {
  GridSpecification s;
  s.epsg = 32650;
  s.nx = 8;
  s.ny = 6;
  s.dx = 500;
  s.dy = 400;
  s.x_west = 519000;
  s.y_south = 3240000;
  s.zeta_faces = {0, 1000};
  return Grid(s);
}

const Position corner = {519000, 3240000};

Position at(double x, double y) {
  return {corner.x + x, corner.y + y};
}

Line box(double x0, double y0, double x1, double y1) {
  return {at(x0, y0), at(x1, y0), at(x1, y1), at(x0, y1), at(x0, y0)};
}

/// A star-shaped ring around a centre: radius between half and all of `radius`, at random angles.
Line star(RandomStream& random, Position centre, double radius, int vertices) {
  Line ring;
  for (int n = 0; n < vertices; ++n) {
    const double angle = 2 * constants::pi * (n + 0.9 * random.uniform()) / vertices;
    const double r = radius * (0.5 + 0.5 * random.uniform());
    ring.push_back({centre.x + r * std::cos(angle), centre.y + r * std::sin(angle)});
  }
  ring.push_back(ring.front());
  return ring;
}

double amount_in(const Overlay& overlay, int i, int j) {
  for (const CellShare& share : overlay.shares) {
    if (share.i == i && share.j == j) {
      return share.amount;
    }
  }
  return 0;
}

Overlay lay_polygon(const Grid& grid, std::vector<Line> rings) {
  Feature feature;
  feature.polygons = {{std::move(rings)}};
  return lay_over_projected(grid, feature);
}

void expect_in_order(const Overlay& overlay, const Grid& grid) {
  int last = -1;
  for (const CellShare& share : overlay.shares) {
    EXPECT_GT(share.amount, 0);
    EXPECT_TRUE(share.i >= 0 && share.i < grid.nx() && share.j >= 0 && share.j < grid.ny());
    EXPECT_GT(share.j * grid.nx() + share.i, last);
    last = share.j * grid.nx() + share.i;
  }
}

/// Every cell's share against GEOS's intersection with the cell's rectangle.
void expect_as_geos(const Grid& grid, const Feature& feature) {
  const PlanarArea whole(feature.polygons);
  ASSERT_EQ(whole.fault().reason, "");
  const Overlay overlay = lay_over_projected(grid, feature);
  EXPECT_NEAR(overlay.total / whole.area(), 1, 1e-12);
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const double x = i * grid.dx(), y = j * grid.dy();
      const PlanarArea cell({Polygon{{box(x, y, x + grid.dx(), y + grid.dy())}}});
      // GEOS works with coordinates of 3e6 m, exact to 2e-10 m, on edges of 1 km: some 1e-7 m2.
      EXPECT_NEAR(amount_in(overlay, i, j), whole.overlap(cell), 1e-5) << i << ' ' << j;
    }
  }
  expect_in_order(overlay, grid);
}

} // namespace

TEST(Overlay, SplitsABoxAmongItsCells) {
  const Grid grid = make_grid();
  const Overlay overlay = lay_polygon(grid, {box(250, 300, 1250, 900)});
  EXPECT_DOUBLE_EQ(overlay.total, 600000);
  ASSERT_EQ(overlay.shares.size(), 9U);
  EXPECT_DOUBLE_EQ(amount_in(overlay, 0, 0), 25000);
  EXPECT_DOUBLE_EQ(amount_in(overlay, 1, 0), 50000);
  EXPECT_DOUBLE_EQ(amount_in(overlay, 1, 1), 200000);
  EXPECT_DOUBLE_EQ(amount_in(overlay, 2, 2), 25000);
  expect_in_order(overlay, grid);
}

TEST(Overlay, DoesNotDependOnTheSenseOfRings) {
  const Grid grid = make_grid();
  Line outer = box(100, 100, 1900, 1500);
  Line hole = box(600, 500, 900, 1100);
  const Overlay one = lay_polygon(grid, {outer, hole});
  std::reverse(outer.begin(), outer.end());
  const Overlay two = lay_polygon(grid, {outer, hole});
  ASSERT_EQ(one.shares.size(), two.shares.size());
  EXPECT_DOUBLE_EQ(one.total, 1800 * 1400 - 300 * 600);
  for (std::size_t n = 0; n < one.shares.size(); ++n) {
    EXPECT_DOUBLE_EQ(one.shares[n].amount, two.shares[n].amount);
  }
}

TEST(Overlay, GivesWholeCellsToAPolygonOnGridLines) {
  const Grid grid = make_grid();
  const Overlay overlay = lay_polygon(grid, {box(500, 400, 1500, 2400), box(500 + 100, 800, 1000, 1200)});
  ASSERT_EQ(overlay.shares.size(), 10U);
  for (const CellShare& share : overlay.shares) {
    EXPECT_EQ(share.amount, share.i == 1 && share.j == 2 ? 40000.0 : 200000.0);
  }
}

TEST(Overlay, LeavesPartsOutsideTheDomainWithoutAShare) {
  const Grid grid = make_grid();
  const Overlay around = lay_polygon(grid, {box(-1000, -2000, 9000, 4000)});
  EXPECT_DOUBLE_EQ(around.total, 60e6);
  EXPECT_EQ(around.shares.size(), 48U);
  EXPECT_DOUBLE_EQ(around.inside(), 4000 * 2400);
  for (const auto& [x, y] : {std::pair{-3000.0, 100.0}, {5000.0, 100.0}, {100.0, -3000.0}, {100.0, 3000.0}}) {
    const Overlay away = lay_polygon(grid, {box(x, y, x + 900, y + 900)});
    EXPECT_DOUBLE_EQ(away.total, 810000);
    EXPECT_TRUE(away.shares.empty());
  }
}

TEST(Overlay, AgreesWithGeosForPolygonsWithHoles) {
  const Grid grid = make_grid();
  for (int seed = 0; seed < 20; ++seed) {
    RandomStream random(std::uint64_t(seed), 1, 0);
    const Position centre = at(4000 * random.uniform(), 2400 * random.uniform()); // some reach outside
    Feature feature;
    feature.polygons.push_back({{star(random, centre, 1400, 60), star(random, centre, 600, 25)}});
    feature.polygons.push_back({{star(random, {centre.x, centre.y + 3000}, 900, 40)}});
    expect_as_geos(grid, feature);
  }
}

TEST(Overlay, AgreesWithGeosForThousandsOfVertices) {
  const Grid grid = make_grid();
  RandomStream random(5, 2, 0);
  Feature feature;
  feature.polygons.push_back(
      {{star(random, at(2000, 1200), 1100, 3000), star(random, at(2000, 1200), 500, 1500)}});
  expect_as_geos(grid, feature);
}

TEST(Overlay, SharesSumToTheAreaForAnySize) {
  const Grid grid = make_grid();
  for (const double size : {1.0, 10.0, 100.0, 1000.0}) {
    for (int seed = 0; seed < 50; ++seed) {
      RandomStream random(std::uint64_t(seed), 3, 0);
      const Position centre = at(1000 + 2000 * random.uniform(), 1000 + 400 * random.uniform());
      const Overlay overlay = lay_polygon(grid, {star(random, centre, size, 30)});
      EXPECT_NEAR(overlay.inside() / overlay.total, 1, 1e-9) << size << ' ' << seed;
      expect_in_order(overlay, grid);
    }
  }
}

TEST(Overlay, GivesLinesByTheirLength) {
  const Grid grid = make_grid();
  Feature feature;
  feature.lines = {{at(250, 200), at(1250, 200)}, {at(100, 100), at(400, 500)}};
  const Overlay overlay = lay_over_projected(grid, feature);
  EXPECT_DOUBLE_EQ(overlay.total, 1500);
  EXPECT_NEAR(overlay.inside(), 1500, 1e-9);
  EXPECT_NEAR(amount_in(overlay, 0, 0), 250 + 375,
              1e-9); // the second is cut at y = 400, three quarters along
  EXPECT_NEAR(amount_in(overlay, 0, 1), 125, 1e-9);
  EXPECT_NEAR(amount_in(overlay, 1, 0), 500, 1e-9);
  EXPECT_NEAR(amount_in(overlay, 2, 0), 250, 1e-9);
  expect_in_order(overlay, grid);
}

TEST(Overlay, CountsLinesOutsideInTheTotalOnly) {
  const Grid grid = make_grid();
  Feature feature;
  feature.lines = {{at(-1000, 1000), at(5000, 1000)}, {at(0, 9000), at(100, 9000)}};
  const Overlay overlay = lay_over_projected(grid, feature);
  EXPECT_NEAR(overlay.total, 6100, 1e-9);
  EXPECT_NEAR(overlay.inside(), 4000, 1e-9);
  EXPECT_EQ(overlay.shares.size(), 8U);
}

TEST(Overlay, GivesRandomLinesToTheCellsTheyCross) {
  const Grid grid = make_grid();
  RandomStream random(9, 1, 0);
  for (int n = 0; n < 50; ++n) {
    const auto anywhere = [&] { return at(4000 * random.uniform(), 2400 * random.uniform()); };
    Feature feature;
    feature.lines = {{anywhere(), anywhere()}};
    const Overlay overlay = lay_over_projected(grid, feature);
    const Position a = feature.lines[0][0], b = feature.lines[0][1];
    // Sampling at 20000 points finds each cell's part of the line to a few in 20000.
    std::vector<double> sampled(48, 0.0);
    const int samples = 20000;
    for (int m = 0; m < samples; ++m) {
      const double t = (m + 0.5) / samples;
      const int i = int((a.x + t * (b.x - a.x) - corner.x) / 500),
                j = int((a.y + t * (b.y - a.y) - corner.y) / 400);
      sampled[std::size_t(j * 8 + i)] += overlay.total / samples;
    }
    for (int cell = 0; cell < 48; ++cell) {
      EXPECT_NEAR(amount_in(overlay, cell % 8, cell / 8), sampled[std::size_t(cell)],
                  2 * overlay.total / samples);
    }
    EXPECT_NEAR(overlay.total, std::hypot(b.x - a.x, b.y - a.y), 1e-9);
  }
}

TEST(Overlay, CountsPointsAndKeepsThoseOnTheOuterEdge) {
  const Grid grid = make_grid();
  Feature feature;
  feature.points = {at(10, 10), at(20, 20), at(500, 0), at(4000, 2400), at(4000.5, 100), at(-0.5, 100)};
  const Overlay overlay = lay_over_projected(grid, feature);
  EXPECT_EQ(overlay.total, 6);
  EXPECT_EQ(amount_in(overlay, 0, 0), 2);
  EXPECT_EQ(amount_in(overlay, 1, 0), 1);
  EXPECT_EQ(amount_in(overlay, 7, 5), 1);
  EXPECT_EQ(overlay.inside(), 4);
}

TEST(Overlay, ProjectsFromDegrees) {
  const Grid grid = make_grid();
  Feature feature;
  for (const Position p : box(250, 300, 1250, 900)) {
    feature.points.push_back(p);
  }
  Line ring;
  for (const Position p : feature.points) {
    ring.push_back(grid.projection().unproject(p));
  }
  feature.points.clear();
  feature.polygons = {{{ring}}};
  EXPECT_NEAR(lay_over(grid, feature).total, 600000, 1e-3); // 1e-6 m of the projection's way there and back
}

TEST(Overlay, NamesThePlaceOfAnInvalidPolygon) {
  const Grid grid = make_grid();
  Feature feature;
  feature.id = "bow";
  feature.where = {"cells.geojson", 7, 0};
  feature.polygons = {
      {{{{117.20, 29.29}, {117.22, 29.31}, {117.22, 29.29}, {117.20, 29.31}, {117.20, 29.29}}}}};
  try {
    lay_over(grid, feature);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "cells.geojson:7: feature \"bow\": must be a valid polygon: Self-intersection at "
                 "117.21000 29.30000");
  }
}

TEST(Overlay, RefusesPositionsThatTheProjectionCannotTake) {
  const Grid grid = make_grid();
  Feature feature;
  feature.id = "far";
  feature.where = {"cells.geojson", 3, 0};
  feature.points = {{-153, 0}}; // 90 degrees from the central meridian
  try {
    lay_over(grid, feature);
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(),
                 "cells.geojson:3: feature \"far\": position -153 0: must lie where EPSG:32650 is defined");
  }
}
