#include "deposition/dry.hpp"

#include "deposition/settling.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>

#include "paths.hpp"

using namespace tq;

namespace {

Grid small_grid() {
  return Grid({.name = "small",
               .epsg = 32650,
               .nx = 2,
               .ny = 1,
               .dx = 100,
               .dy = 200,
               .x_west = 5e5,
               .y_south = 3.2e6,
               .zeta_faces = {0, 10, 1000},
               .terrain = {0, 500}});
}

const Subdomain whole{.nx = 2, .ny = 1, .nx_global = 2, .ny_global = 1};

/// The program's species, and a rank with one tracer of each.
struct Setting {
  Grid grid = small_grid();
  SpeciesTable species = SpeciesTable::load();
  TracerSet tracers = TracerSet(1, species.count(), 0);
  std::vector<LandCoverClass> classes = LandCover::load_classes();
  int forest = find("forest"), town = find("dense_town");

  int find(const std::string& id) const {
    return int(std::find_if(classes.begin(), classes.end(), [&](const LandCoverClass& c) { return c.id == id; }) -
               classes.begin());
  }
  std::vector<double> of_species(double value) const {
    return std::vector<double>(std::size_t(species.count()), value);
  }
};

DepositionOptions read(const std::string& text, const SpeciesTable& species, ProblemList& problems) {
  config::Schema schema;
  declare_settling(schema);
  declare_deposition(schema);
  const std::filesystem::path folder = test::scratch_directory("deposition");
  std::ofstream(folder / "scenario.toml") << text;
  const config::Settings settings =
      config::Settings::check(config::read_toml(folder / "scenario.toml"), schema, problems);
  std::filesystem::remove_all(folder);
  return read_deposition(settings, species, problems);
}

} // namespace

TEST(DryDeposition, ConductanceIsVelocityTimesDensityTimesArea) {
  const Setting s;
  const LandCover cover(s.classes, 2, 1, s.town);
  DepositionOptions options{s.of_species(0), std::vector<bool>(std::size_t(s.species.count()), false)};
  options.velocity[1] = 0.01;
  const DryDeposition<double> dry(s.grid, whole, s.tracers, s.species, cover, options, s.of_species(0), true);
  Forcing<double> forcing;
  dry.fill(forcing);
  EXPECT_FALSE(dry.by_resistances());
  EXPECT_EQ(forcing.deposition_conductance(0, 0, 0), 0);
  EXPECT_NEAR(forcing.deposition_conductance(0, 0, 1), 0.01 * s.grid.air_density(0, 0, 0) * 2e4, 1e-12);
  EXPECT_LT(forcing.deposition_conductance(1, 0, 1), forcing.deposition_conductance(0, 0, 1)); // thinner air uphill
}

TEST(DryDeposition, TakesTheFallOffAndNeverTurnsNegative) {
  const Setting s;
  const LandCover cover(s.classes, 2, 1, s.town);
  DepositionOptions options{s.of_species(0.002), std::vector<bool>(std::size_t(s.species.count()), false)};
  options.velocity[1] = 0.01;
  std::vector<double> fall = s.of_species(0.003);
  fall[1] = 0.004;
  const auto conductance = [&](bool settles, int n) {
    const DryDeposition<double> dry(s.grid, whole, s.tracers, s.species, cover, options, fall, settles);
    Forcing<double> forcing;
    dry.fill(forcing);
    return forcing.deposition_conductance(0, 0, n) / (s.grid.air_density(0, 0, 0) * 2e4);
  };
  EXPECT_EQ(conductance(true, 0), 0);
  EXPECT_NEAR(conductance(true, 1), 0.006, 1e-15);
  EXPECT_NEAR(conductance(false, 1), 0.01, 1e-15);
}

TEST(DryDeposition, ByResistancesIsTheMeanOverWhatCoversTheCell) {
  const Setting s;
  std::vector<double> shares(2 * s.classes.size(), 0.0);
  shares[std::size_t(s.town)] = 0.25;
  shares[std::size_t(s.forest)] = 0.75;
  shares[s.classes.size() + std::size_t(s.town)] = 1;
  const LandCover cover(s.classes, 2, 1, shares);
  ProblemList problems;
  const DepositionOptions options = read("[deposition]\nresistances = true\nno2 = 0.001\n", s.species, problems);
  const std::vector<double> fall = settling_speeds(s.grid, s.species, 0);
  DepositionAir air{.season = Season::midsummer, .temperature = 298.15, .radiation = 700};
  air.tiles.assign(s.classes.size(), {.friction_velocity = 0.4, .inverse_obukhov_length = -0.01});
  air.tiles[std::size_t(s.forest)].friction_velocity = 0.6;

  /// 1 / (R_a + R_b + R_c) over one class in a cell.
  const auto velocity = [&](int i, int c, const std::string& id) {
    const Species& one = s.species.species()[std::size_t(s.species.find(id))];
    const LandCoverClass& ground = s.classes[std::size_t(c)];
    const double u = air.tiles[std::size_t(c)].friction_velocity;
    const double above =
        physics::aerodynamic_resistance(s.grid.height_above_ground(i, 0, 0), u, ground.roughness_length, -0.01);
    if (one.particle) {
      return 1 / (above + physics::particle_surface_resistance(ground.collector, one.diameter,
                                                               fall[std::size_t(s.species.find(id))], u,
                                                               air.temperature, air.pressure));
    }
    const double nu = physics::air_viscosity(air.temperature) * constants::dry_air_gas * air.temperature / air.pressure;
    return 1 / (above +
                physics::film_resistance(
                    u, nu, physics::vapour_diffusivity(air.temperature, air.pressure) / one.surface.diffusivity_ratio) +
                physics::canopy_resistance(one.surface, ground.resistances[0], air.temperature, air.radiation, false));
  };
  for (const bool settles : {true, false}) {
    DryDeposition<double> dry(s.grid, whole, s.tracers, s.species, cover, options, fall, settles);
    EXPECT_TRUE(dry.by_resistances());
    dry.update(air);
    Forcing<double> forcing;
    dry.fill(forcing);
    const auto found = [&](int i, const std::string& id) {
      return forcing.deposition_conductance(i, 0, s.species.find(id)) / (s.grid.air_density(i, 0, 0) * 2e4);
    };
    for (const std::string id : {"so2", "o3", "no", "pm_fine", "pm_super"}) {
      const double more = settles ? 0 : fall[std::size_t(s.species.find(id))]; // 0 of gases
      EXPECT_NEAR((found(0, id) - more) / (0.25 * velocity(0, s.town, id) + 0.75 * velocity(0, s.forest, id)), 1, 1e-9)
          << id;
      EXPECT_NEAR((found(1, id) - more) / velocity(1, s.town, id), 1, 1e-9) << id;
    }
    EXPECT_NEAR(found(0, "no2"), 0.001, 1e-15); // as the scenario says
    EXPECT_EQ(found(0, "co"), 0);               // nothing is known of its way with surfaces
  }
  // Where the cells have their own u* and L, as in a weather model's air.
  Field<double> u(2, 1, 1, 1, 0), inverse(2, 1, 1, 1, 0);
  u.view2()(0, 0) = u.view2()(1, 0) = 0.4;
  inverse.view2()(0, 0) = inverse.view2()(1, 0) = -0.01;
  DryDeposition<double> dry(s.grid, whole, s.tracers, s.species, cover, options, fall, true);
  DepositionAir cells = air;
  cells.tiles.clear();
  cells.friction_velocity = std::as_const(u).view2();
  cells.inverse_obukhov_length = std::as_const(inverse).view2();
  dry.update(cells);
  Forcing<double> forcing;
  dry.fill(forcing);
  EXPECT_NEAR(forcing.deposition_conductance(1, 0, s.species.find("so2")) / (s.grid.air_density(1, 0, 0) * 2e4) /
                  velocity(1, s.town, "so2"),
              1, 1e-9);
}

TEST(DryDeposition, OptionsAndSeasons) {
  const SpeciesTable species = SpeciesTable::load();
  ProblemList problems;
  const DepositionOptions plain = read("[deposition]\nso2 = 0.004\n", species, problems);
  problems.throw_if_any();
  EXPECT_EQ(std::count(plain.resistances.begin(), plain.resistances.end(), true), 0);
  EXPECT_EQ(plain.velocity[std::size_t(species.find("so2"))], 0.004);
  const DepositionOptions all = read("[deposition]\nresistances = true\n", species, problems);
  EXPECT_FALSE(all.resistances[std::size_t(species.find("co"))]);
  EXPECT_EQ(std::count(all.resistances.begin(), all.resistances.end(), true), species.count() - 1);
  read("[deposition]\nso3 = 0.004\nresistances = 1\n", species, problems);
  EXPECT_THROW(problems.throw_if_any(), InputError);

  const auto season = [](int month, double latitude) { return season_of({2017, month, 15, 0, 0, 0}, latitude); };
  EXPECT_EQ(season(7, 29), Season::midsummer);
  EXPECT_EQ(season(10, 29), Season::autumn);
  EXPECT_EQ(season(12, 29), Season::late_autumn);
  EXPECT_EQ(season(2, 29), Season::late_autumn);
  EXPECT_EQ(season(4, 29), Season::spring);
  EXPECT_EQ(season(1, -29), Season::midsummer);
  EXPECT_EQ(season(7, -29), Season::late_autumn);
}
