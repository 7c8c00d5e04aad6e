#include "chemistry/photostationary.hpp"

#include "base/constants.hpp"
#include "physics/photostationary.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr int nx = 3, ny = 2;

struct Box {
  Box()
      : grid({.name = "box", .epsg = 32650, .nx = nx, .ny = ny, .dx = 100, .dy = 100, .x_west = 5e5, .y_south = 3.2e6,
              .zeta_faces = {0, 10, 30}, .terrain = std::vector<double>(nx * ny, 0.0)}),
        table(SpeciesTable::load()), tracers(1, table.count(), 0), field(tracers, nx, ny, 2),
        mass(nx, ny, 2, 1, halo_width), accounts(nx, ny, tracers.count()) {
    for (int k = 0; k < 2; ++k) {
      for (int j = 0; j < ny; ++j) {
        for (int i = 0; i < nx; ++i) {
          mass.view3()(i, j, k) = grid.air_mass(i, j, k);
        }
      }
    }
  }

  int index(const char* id) const { return tracers.index({0, table.find(id), 0}); }
  double molar_mass(const char* id) const { return table.species()[std::size_t(table.find(id))].molar_mass; }
  /// Sets a mole fraction [ppb] everywhere.
  void set(const char* id, double ppb) {
    for (int k = 0; k < 2; ++k) {
      for (int j = 0; j < ny; ++j) {
        for (int i = 0; i < nx; ++i) {
          field.view()[index(id)](i, j, k) = ppb * 1e-9 * molar_mass(id) / constants::dry_air_molar_mass;
        }
      }
    }
  }
  double ppb(const char* id, int i, int j, int k) {
    return field.view()[index(id)](i, j, k) * 1e9 * constants::dry_air_molar_mass / molar_mass(id);
  }

  Grid grid;
  SpeciesTable table;
  TracerSet tracers;
  Tracers<double> field;
  Field<double> mass;
  Accounts accounts;
};

} // namespace

TEST(Photostationary, ReachesTheSteadyStateAndKeepsNitrogenAndOddOxygen) {
  Box box;
  box.set("no", 40);
  box.set("no2", 20);
  box.set("o3", 50);
  const Subdomain subdomain{.nx = nx, .ny = ny, .nx_global = nx, .ny_global = ny};
  Photostationary<double> chemistry(box.grid, subdomain, box.table, box.tracers);
  chemistry.update(298.0, 8e-3);
  for (int step = 0; step < 20; ++step) {
    chemistry.relax(240.0, 0, 0, box.field.view().nz, box.mass.view3(), box.field.view(), box.accounts.views());
  }
  for (int k = 0; k < 2; ++k) {
    const double no = box.ppb("no", 2, 1, k), no2 = box.ppb("no2", 2, 1, k), o3 = box.ppb("o3", 2, 1, k);
    EXPECT_NEAR(no + no2, 60, 1e-10);
    EXPECT_NEAR(o3 + no2, 70, 1e-10);
    // J NO2 = k NO O3, with the cell's own air
    const double per_ppb = 1e-9 * 1e-6 * constants::avogadro * box.grid.air_density(2, 1, k) /
                           constants::dry_air_molar_mass * physics::rate_o3_no(298.0);
    EXPECT_NEAR(8e-3 * no2, per_ppb * no * o3, 1e-9);
  }
}

TEST(Photostationary, WritesWhatItMakesAndTakesToTheAccounts) {
  Box box;
  box.set("no", 40);
  box.set("no2", 0);
  box.set("o3", 50);
  const Subdomain subdomain{.nx = nx, .ny = ny, .nx_global = nx, .ny_global = ny};
  Photostationary<double> chemistry(box.grid, subdomain, box.table, box.tracers);
  chemistry.update(283.15, 0.0);
  chemistry.relax(60.0, 0, 0, box.field.view().nz, box.mass.view3(), box.field.view(), box.accounts.views());
  const AccountViews accounts = box.accounts.views();
  const int no = box.index("no"), no2 = box.index("no2"), o3 = box.index("o3");
  EXPECT_GT(accounts.produced(0, 0, no2), 0);
  EXPECT_EQ(accounts.consumed(0, 0, no2), 0);
  EXPECT_NEAR(accounts.produced(0, 0, no2) / box.molar_mass("no2"), accounts.consumed(0, 0, no) / box.molar_mass("no"),
              1e-12);
  EXPECT_NEAR(accounts.produced(0, 0, no2) / box.molar_mass("no2"), accounts.consumed(0, 0, o3) / box.molar_mass("o3"),
              1e-12);
  double held = 0;
  for (int k = 0; k < 2; ++k) {
    held += box.field.view()[no2](0, 0, k) * box.mass.view3()(0, 0, k);
  }
  EXPECT_NEAR(held, accounts.produced(0, 0, no2), 1e-15);
}

TEST(Photostationary, NitrogenTakesItsTagAlong) {
  const Grid grid({.name = "box", .epsg = 32650, .nx = nx, .ny = ny, .dx = 100, .dy = 100, .x_west = 5e5,
                   .y_south = 3.2e6, .zeta_faces = {0, 10, 30}, .terrain = std::vector<double>(nx * ny, 0.0)});
  const SpeciesTable table = SpeciesTable::load();
  std::vector<int> tags(std::size_t(table.count()), 0);
  tags[std::size_t(table.find("no"))] = tags[std::size_t(table.find("no2"))] = 2;
  const TracerSet set({tags});
  Tracers<double> field(set, nx, ny, 2);
  Field<double> mass(nx, ny, 2, 1, halo_width);
  Accounts accounts(nx, ny, set.count());
  const auto amount = [&](const char* id, int tag) { // mol per kg of air, in one cell as in all
    return field.view()[set.index({0, table.find(id), tag})](1, 1, 1) /
           table.species()[std::size_t(table.find(id))].molar_mass;
  };
  // Tag 1 is a road that emits NO alone; tag 2 came in as NO2, with the ozone.
  const struct { const char* id; int tag; double ppb; } contents[] = {
      {"no", 0, 40}, {"no", 1, 40}, {"no2", 0, 20}, {"no2", 2, 20}, {"o3", 0, 50}};
  for (const auto& content : contents) {
    for (int k = 0; k < 2; ++k) {
      for (int j = 0; j < ny; ++j) {
        for (int i = 0; i < nx; ++i) {
          mass.view3()(i, j, k) = grid.air_mass(i, j, k);
          field.view()[set.index({0, table.find(content.id), content.tag})](i, j, k) =
              content.ppb * 1e-9 * table.species()[std::size_t(table.find(content.id))].molar_mass /
              constants::dry_air_molar_mass;
        }
      }
    }
  }
  const double road = amount("no", 1), inflow = amount("no2", 2);
  const Subdomain subdomain{.nx = nx, .ny = ny, .nx_global = nx, .ny_global = ny};
  Photostationary<double> chemistry(grid, subdomain, table, set);
  const auto relax = [&](double seconds) {
    chemistry.relax(seconds, 0, 0, 2, std::as_const(mass).view3(), field.view(), accounts.views());
  };
  const auto expect_sums = [&] {
    for (const char* id : {"no", "no2"}) {
      EXPECT_NEAR(amount(id, 1) + amount(id, 2), amount(id, 0), 1e-12 * (road + inflow)) << id;
    }
    EXPECT_NEAR(amount("no", 1) + amount("no2", 1), road, 1e-12 * road);
    EXPECT_NEAR(amount("no", 2) + amount("no2", 2), inflow, 1e-12 * inflow);
  };
  chemistry.update(290, 0); // at night NO2 stays what it is: all new NO2 is the road's
  relax(60);
  expect_sums();
  EXPECT_NEAR(amount("no2", 2), inflow, 1e-12 * inflow);
  EXPECT_NEAR(amount("no2", 1), amount("no2", 0) - inflow, 1e-12 * inflow);
  EXPECT_GT(amount("no2", 1), 0.1 * road);
  chemistry.update(290, 8e-3); // by day atoms are exchanged, until both tags are NO in the same part
  for (int turn = 0; turn < 60; ++turn) {
    relax(60);
    expect_sums();
  }
  EXPECT_NEAR(amount("no", 1) / road, amount("no", 2) / inflow, 1e-6);
  const AccountViews booked = accounts.views(); // tell the same
  const int no2 = set.index({0, table.find("no2"), 1});
  const double made = booked.produced(1, 1, no2) - booked.consumed(1, 1, no2);
  double there = 0; // kg in the column, which held none at first
  for (int k = 0; k < 2; ++k) {
    there += field.view()[no2](1, 1, k) * grid.air_mass(1, 1, k);
  }
  EXPECT_NEAR(made, there, 1e-10 * there);
}
