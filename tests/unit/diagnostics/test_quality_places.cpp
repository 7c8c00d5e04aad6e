// Where days are judged, by whose limits, and what concentration holds there.
#include "diagnostics/quality_places.hpp"
#include "sample_result.hpp"

#include <gtest/gtest.h>

using namespace tq;
using namespace tq::test;

namespace {

using Kind = QualityPlace::Kind;

/// "ZS-1" covers the cells (1..2, 1..2), "CJ-1", of class I, a half of (6, 5) and all of (7, 5); "top" is above both.
ManagementCells cells_with_parent(const Grid& grid) {
  ManagementCells cells = sample_cells(grid);
  ManagementCell top = cells.cells[0];
  top.id = "top";
  top.district = "";
  top.function_class = 1;
  cells.cells[0].parent = cells.cells[1].parent = "top";
  cells.cells.insert(cells.cells.begin(), top);
  return cells;
}

std::vector<double> column_numbers(const Grid& grid) {
  std::vector<double> field;
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      field.push_back(1e-8 * (1 + i));
    }
  }
  return field;
}

constexpr ReferenceState ambient_particles{.from = 0, .gas_temperature = 298.15, .particle_temperature = 0};

} // namespace

TEST(QualityPlaces, KindsAndClasses) {
  const Grid grid = sample_grid();
  const auto receptor = [&](const char* id, double x, double y) {
    const files::Position place = grid.projection().unproject({x, y});
    return Receptor{.id = id, .name = id, .longitude = place.x, .latitude = place.y, .x = x, .y = y};
  };
  // In CJ-1, a metre outside it, in ZS-1 and so in "top".
  const std::vector<Receptor> receptors = {receptor("in", 520751, 3245250), receptor("beside", 520749, 3245250),
                                           receptor("ring", 518450, 3243800)};
  const QualityPlaces places(cells_with_parent(grid), receptors, grid);
  std::vector<std::tuple<Kind, std::string, int>> seen;
  for (const QualityPlace& place : places.named()) {
    seen.emplace_back(place.kind, place.id, place.function_class);
  }
  EXPECT_EQ(seen, (std::vector<std::tuple<Kind, std::string, int>>{{Kind::cell, "top", 1},
                                                                   {Kind::cell, "ZS-1", 2},
                                                                   {Kind::cell, "CJ-1", 1},
                                                                   {Kind::district, "Zhushan", 2},
                                                                   {Kind::city, "city", 2},
                                                                   {Kind::receptor, "in", 1},
                                                                   {Kind::receptor, "beside", 2},
                                                                   {Kind::receptor, "ring", 2}}));
  EXPECT_EQ(places.city(), 4U);
  EXPECT_EQ(places.count(), 8U + 120U);
  // The half of (6, 5) is not more than a half, and what lies in "top" lies in ZS-1, of class II.
  const std::vector<int> classes = places.function_classes();
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      EXPECT_EQ(classes[8 + std::size_t(j * grid.nx() + i)], i == 7 && j == 5 ? 1 : 2) << i << ", " << j;
    }
  }
}

TEST(QualityPlaces, ValuesByHand) {
  const Grid grid = sample_grid();
  const std::vector<Receptor> receptors = {
      {.id = "between", .name = "", .longitude = 117.21, .latitude = 29.33, .x = 520375, .y = 3245250}};
  QualityPlaces places(cells_with_parent(grid), receptors, grid);
  std::vector<double> values(places.count());
  places.apply(column_numbers(grid), true, ambient_particles, values);
  EXPECT_NEAR(values[0], 2.5e-8, 1e-15); // as stored: in single precision
  EXPECT_EQ(values[1], values[0]);
  EXPECT_NEAR(values[2], (7e-8 + 2 * 8e-8) / 3, 1e-15);
  EXPECT_EQ(values[2], double(float(values[2])));
  EXPECT_EQ(values[3], values[1]); // the district's only cell
  // The city by area: "ZS-1" 1 km2, "CJ-1" 0.375 km2; "top" would count the first twice.
  EXPECT_NEAR(values[4], (values[1] * 1 + values[2] * 0.375) / 1.375, 1e-15);
  EXPECT_NEAR(values[5], 0.75 * 6e-8 + 0.25 * 7e-8, 1e-15);
  EXPECT_EQ(values[6 + 3 * 12 + 4], 5e-8);

  // A gas, as air at 298.15 K and 101325 Pa would hold it: 1.18391 kg m-3 of air there.
  places.apply(column_numbers(grid), false, ambient_particles, values);
  EXPECT_NEAR(values[6 + 3 * 12 + 4] / (5e-8 * 1.18391 / grid.air_density(4, 3, 0)), 1, 1e-4);
}

TEST(QualityPlaces, WithoutManagementCellsThereIsNoCity) {
  const Grid grid = sample_grid();
  QualityPlaces places({}, {}, grid);
  EXPECT_TRUE(places.named().empty());
  EXPECT_EQ(places.count(), 120U);
  EXPECT_EQ(places.city(), places.count());
  std::vector<double> values(places.count());
  places.apply(column_numbers(grid), true, ambient_particles, values);
  EXPECT_EQ(values, column_numbers(grid));
}
