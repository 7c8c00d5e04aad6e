#include "deposition/dry.hpp"

#include <algorithm>

namespace tq {

void declare_deposition(config::Schema& schema) {
  schema.add({.key = "deposition.*",
              .type = config::Type::number,
              .description = "dry deposition velocity of a species, of particles with their fall, in place of the one "
                             "in data/species.toml",
              .unit = "m s-1",
              .minimum = 0,
              .maximum = 1});
}

std::vector<double> read_deposition(const config::Settings& scenario, const SpeciesTable& species,
                                    ProblemList& problems) {
  std::vector<double> velocity;
  for (const Species& row : species.species()) {
    velocity.push_back(row.deposition_velocity);
  }
  for (const std::string& id : scenario.names("deposition")) {
    const std::string key = "deposition." + id;
    const int index = species.find(id);
    if (index < 0) {
      problems.add(scenario.where(key), key + ": unknown species" + suggestion(id, species.species_ids()));
    } else {
      velocity[std::size_t(index)] = scenario.number(key);
    }
  }
  return velocity;
}

template <class T>
DryDeposition<T>::DryDeposition(const Grid& grid, const Subdomain& subdomain, const TracerSet& tracers,
                                const std::vector<double>& velocity, const std::vector<double>& fall)
    : conductance_(subdomain.nx, subdomain.ny, tracers.count(), 1, 0) {
  const View3<T> conductance = conductance_.view3();
  for (int n = 0; n < tracers.count(); ++n) {
    const auto species = std::size_t(tracers.id(n).species);
    const double rest = std::max(0.0, velocity[species] - fall[species]);
    for (int j = 0; j < subdomain.ny; ++j) {
      for (int i = 0; i < subdomain.nx; ++i) {
        const double density = grid.air_density(subdomain.i0 + i, subdomain.j0 + j, 0);
        conductance(i, j, n) = T(rest * density * grid.cell_area());
      }
    }
  }
}

template class DryDeposition<float>;
template class DryDeposition<double>;

} // namespace tq
