#pragma once
#include "config/schema.hpp"
#include "grid/decomposition.hpp"
#include "grid/grid.hpp"
#include "state/forcing.hpp"
#include "state/species.hpp"
#include "state/tracers.hpp"

namespace tq {

/// Declares `deposition.*`: a constant velocity per species that replaces the species table's.
void declare_deposition(config::Schema& schema);

/// Dry deposition with a constant velocity per species: the lower boundary condition of the implicit mixing. Velocities
/// of particles include their fall, as data/species.toml gives them; where particles also fall by themselves, what acts
/// here is max(0, velocity - fall), so that nothing is counted twice. A velocity below the fall acts as the fall.
template <class T> class DryDeposition {
public:
  /// `velocity` and `fall` (at the ground; 0 where nothing falls by itself), both [m s-1] by species index.
  DryDeposition(const Grid& grid, const Subdomain& subdomain, const TracerSet& tracers,
                const std::vector<double>& velocity, const std::vector<double>& fall);

  void fill(Forcing<T>& forcing) const { forcing.deposition_conductance = conductance_.view3(); }

private:
  Field<T> conductance_; // kg s-1, (i, j, tracer): (velocity - fall) x air density x area
};

/// The velocity of each species [m s-1], from the scenario or the table; unknown species become problems.
std::vector<double> read_deposition(const config::Settings& scenario, const SpeciesTable& species,
                                    ProblemList& problems);

} // namespace tq
