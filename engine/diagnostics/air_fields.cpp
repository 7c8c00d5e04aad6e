#include "diagnostics/air_fields.hpp"

#include "diagnostics/collect.hpp"

namespace tq {

namespace {

/// Gathers value(i, j, k) of the rank's own cells, level by level.
template <class Value>
void collect_levels(Communicator& communicator, const Decomposition& decomposition, int levels, std::span<double> out,
                    Value value) {
  const Subdomain part = decomposition.of(communicator.rank());
  Field<double> local(part.nx, part.ny, 1, 1, 0);
  for (int k = 0; k < levels; ++k) {
    for (int j = 0; j < part.ny; ++j) {
      for (int i = 0; i < part.nx; ++i) {
        local.view2()(i, j) = value(i, j, k);
      }
    }
    gather_into(communicator, decomposition, local.view2(), out, std::size_t(k));
  }
}

} // namespace

template <class T>
void collect_wind(Communicator& communicator, const Decomposition& decomposition, const Grid& grid,
                  const Forcing<T>& forcing, bool along_x, int levels, std::span<double> out) {
  collect_levels(communicator, decomposition, levels, out, [&](int i, int j, int k) {
    const double near = along_x ? forcing.flux_x(i, j, k) : forcing.flux_y(i, j, k);
    const double far = along_x ? forcing.flux_x(i + 1, j, k) : forcing.flux_y(i, j + 1, k);
    return 0.5 * (near + far) * (along_x ? grid.dx() : grid.dy()) / double(forcing.air_mass(i, j, k));
  });
}

template <class T>
void collect_diffusivity(Communicator& communicator, const Decomposition& decomposition, const Grid& grid,
                         const Forcing<T>& forcing, std::span<double> out) {
  const Subdomain part = decomposition.of(communicator.rank());
  collect_levels(communicator, decomposition, grid.nz(), out, [&](int i, int j, int k) {
    if (k == 0) {
      return 0.0;
    }
    const double below = grid.thickness(part.i0 + i, part.j0 + j, k - 1),
                 above = grid.thickness(part.i0 + i, part.j0 + j, k);
    const double mass =
        0.5 * (double(forcing.air_mass(i, j, k - 1)) / below + double(forcing.air_mass(i, j, k)) / above);
    return double(forcing.mixing_z(i, j, k)) * 0.5 * (below + above) / mass;
  });
}

template void collect_wind(Communicator&, const Decomposition&, const Grid&, const Forcing<float>&, bool, int,
                           std::span<double>);
template void collect_wind(Communicator&, const Decomposition&, const Grid&, const Forcing<double>&, bool, int,
                           std::span<double>);
template void collect_diffusivity(Communicator&, const Decomposition&, const Grid&, const Forcing<float>&,
                                  std::span<double>);
template void collect_diffusivity(Communicator&, const Decomposition&, const Grid&, const Forcing<double>&,
                                  std::span<double>);

} // namespace tq
