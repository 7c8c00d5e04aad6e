#pragma once
#include "base/time.hpp"
#include "config/schema.hpp"
#include "grid/decomposition.hpp"
#include "grid/grid.hpp"
#include "grid/land_cover.hpp"
#include "physics/surface_layer.hpp"
#include "state/forcing.hpp"
#include "state/species.hpp"
#include "state/tracers.hpp"

namespace tq {

/// Declares `deposition.*`: resistances, and a constant velocity per species that replaces the species table's.
void declare_deposition(config::Schema& schema);

/// How species are taken up by the ground.
struct DepositionOptions {
  std::vector<double> velocity;  // m s-1 by species, of particles with their fall
  std::vector<bool> resistances; // by species: the velocity is that of the hour and the ground instead
};

/// deposition.*; unknown species become problems. With `deposition.resistances`, particles and gases whose way with
/// surfaces is known have no constant velocity, unless the scenario gives one.
DepositionOptions read_deposition(const config::Settings& scenario, const SpeciesTable& species, ProblemList& problems);

/// Wesely's season of a civil date: midsummer June to August, autumn September and October, late autumn November to
/// February, spring March to May, half a year later south of the equator. Winter, with snow on the ground, is never
/// said: weather does not tell of snow.
Season season_of(const CivilTime& civil, double latitude);

/// What deposition by resistances needs of an hour.
struct DepositionAir {
  Season season = Season::midsummer;
  double temperature = 288.15; // K
  double pressure = 101325;    // Pa
  double radiation = 0;        // W m-2
  bool rain = false;
  std::vector<physics::SurfaceLayer> tiles;                      // by class of land cover; empty: as the cells
  View2<const double> friction_velocity, inverse_obukhov_length; // of this rank's cells, m s-1 and m-1
};

/// Dry deposition: the lower boundary condition of the implicit mixing. Velocities of particles include their fall;
/// where particles also fall by themselves, what acts here is the rest, so that nothing is counted twice. A constant
/// velocity below the fall acts as the fall.
///
/// By resistances (physics/gas_deposition.hpp, physics/particle_deposition.hpp) the velocity is the mean over the
/// cell's classes of land cover of 1 / (R_a + R_b + R_c), particles 1 / (R_a + R_s), from the centre of the lowest
/// layer on, with each class's own u* and L.
template <class T> class DryDeposition {
 public:
  /// `fall`: at the ground [m s-1] by species. `settles`: particles fall by themselves. Keeps references to the grid
  /// and the land cover.
  DryDeposition(const Grid& grid, const Subdomain& subdomain, const TracerSet& tracers, const SpeciesTable& species,
                const LandCover& cover, const DepositionOptions& options, std::vector<double> fall, bool settles);

  /// Whether update() changes anything.
  bool by_resistances() const { return !resisting_.empty(); }
  void update(const DepositionAir& air);
  void fill(Forcing<T>& forcing) const { forcing.deposition_conductance = conductance_.view3(); }

 private:
  /// R_b + R_c of a gas or R_s of particles over a class of land cover, s m-1.
  double behind_air(const Species& species, double fall, const LandCoverClass& ground, const DepositionAir& air,
                    double friction_velocity) const;
  /// kg m-1 of the cell's air: its density x area.
  double carrying_air(int i, int j) const;

  const Grid& grid_;
  const LandCover& cover_;
  Subdomain subdomain_;
  TracerSet tracers_;
  std::vector<Species> species_;
  std::vector<double> fall_;
  bool settles_;
  std::vector<int> resisting_;    // species by resistances
  std::vector<int> resisting_at_; // by species: index into resisting_, or -1
  Field<T> conductance_;          // kg s-1, (i, j, tracer): velocity beside the fall x air density x area
};

} // namespace tq
