#include "deposition/settling.hpp"

#include "physics/settling.hpp"

namespace tq {

void declare_settling(config::Schema& schema) {
  schema.add({.key = "deposition.settling",
              .type = config::Type::boolean,
              .description = "let particles fall at the speed of their diameter in data/species.toml",
              .default_value = true});
}

std::vector<double> settling_speeds(const Grid& grid, const SpeciesTable& species, double zeta) {
  double terrain = 0;
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      terrain += grid.terrain(i, j) / (double(grid.nx()) * double(grid.ny()));
    }
  }
  const double z = terrain + zeta * (1.0 - terrain / grid.top());
  const GridSpecification& air = grid.specification();
  const double temperature = air.surface_temperature - air.lapse_rate * z;
  constexpr double density = 1000; // kg m-3, as diameters are aerodynamic
  std::vector<double> speeds;
  for (const Species& row : species.species()) {
    speeds.push_back(row.particle
                         ? physics::settling_speed(row.diameter, density, temperature, grid.reference_pressure(z))
                         : 0.0);
  }
  return speeds;
}

template <class T>
Settling<T>::Settling(const Grid& grid, const Subdomain& subdomain, const SpeciesTable& species,
                      const TracerSet& tracers)
    : speed_(grid.nz(), tracers.count(), 1, 1, 0), thickness_(subdomain.nx, subdomain.ny, grid.nz(), 1, 0) {
  const View2<T> speed = speed_.view2();
  const View3<T> thickness = thickness_.view3();
  for (int k = 0; k < grid.nz(); ++k) {
    const std::vector<double> speeds = settling_speeds(grid, species, grid.zeta_face(k));
    for (int n = 0; n < tracers.count(); ++n) {
      speed(k, n) = T(speeds[std::size_t(tracers.id(n).species)]);
    }
    for (int j = 0; j < subdomain.ny; ++j) {
      for (int i = 0; i < subdomain.nx; ++i) {
        thickness(i, j, k) = T(grid.thickness(subdomain.i0 + i, subdomain.j0 + j, k));
      }
    }
  }
}

template class Settling<float>;
template class Settling<double>;

} // namespace tq
