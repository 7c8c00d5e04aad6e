#include "deposition/settling.hpp"

#include "physics/settling.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

Grid hilly_grid() {
  return Grid({.name = "hilly", .epsg = 32650, .nx = 2, .ny = 1, .dx = 100, .dy = 200, .x_west = 5e5, .y_south = 3.2e6,
               .zeta_faces = {0, 10, 30, 2000}, .terrain = {0, 1000}});
}

} // namespace

TEST(SettlingForcing, SpeedsAreThoseOfTheBinsInTheReferenceAir) {
  const Grid grid = hilly_grid();
  const SpeciesTable species = SpeciesTable::load();
  // The mean terrain is 500 m: of 1000 m aloft, 750 lie above it.
  const double z = 500 + 1000 * 0.75;
  const std::vector<double> speeds = settling_speeds(grid, species, 1000);
  const double diameters[] = {1.0e-6, 5.5e-6, 18e-6};
  for (std::size_t bin = 0; bin < 3; ++bin) {
    EXPECT_DOUBLE_EQ(speeds[bin], physics::settling_speed(diameters[bin], 1000, 288.15 - 0.0065 * z,
                                                          grid.reference_pressure(z)));
  }
  for (int gas = 3; gas < species.count(); ++gas) {
    EXPECT_EQ(speeds[std::size_t(gas)], 0);
  }
}

TEST(SettlingForcing, FillsSpeedsByFaceForTotalsAndTagsAndThicknessesByColumn) {
  const Grid grid = hilly_grid();
  const SpeciesTable species = SpeciesTable::load();
  const TracerSet tracers(1, species.count(), 1);
  const Subdomain subdomain{.i0 = 1, .nx = 1, .ny = 1, .nx_global = 2, .ny_global = 1};
  const Settling<double> settling(grid, subdomain, species, tracers);
  Forcing<double> forcing;
  settling.fill(forcing);
  for (int k = 0; k < 3; ++k) {
    const std::vector<double> expected = settling_speeds(grid, species, grid.zeta_face(k));
    for (int n = 0; n < tracers.count(); ++n) {
      EXPECT_EQ(forcing.settling_speed(k, n), expected[std::size_t(tracers.id(n).species)]);
    }
    EXPECT_EQ(forcing.layer_thickness(0, 0, k), grid.thickness(1, 0, k));
  }
  EXPECT_DOUBLE_EQ(forcing.layer_thickness(0, 0, 1), 10); // 20 m, over a terrain half as high as the top
}
