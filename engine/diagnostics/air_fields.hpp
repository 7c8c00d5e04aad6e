#pragma once
/// What the forcing of an hour says of the air, as one reads it: wind and diffusivity from fluxes and exchange. So they
/// are what the tracers feel, whoever made them. All are collective; on other ranks than 0 `out` stays as it is.

#include "grid/decomposition.hpp"
#include "grid/grid.hpp"
#include "state/forcing.hpp"

#include <span>

namespace tq {

/// Wind [m s-1] of the lowest `levels` layers along x (else y), [(k * ny + j) * nx + i]: the mean flux through a cell's
/// two faces over its mass per width.
template <class T>
void collect_wind(Communicator& communicator, const Decomposition& decomposition, const Grid& grid,
                  const Forcing<T>& forcing, bool along_x, int levels, std::span<double> out);

/// Vertical diffusivity [m2 s-1] at the floor of each layer, [(k * ny + j) * nx + i]; 0 at the ground.
template <class T>
void collect_diffusivity(Communicator& communicator, const Decomposition& decomposition, const Grid& grid,
                         const Forcing<T>& forcing, std::span<double> out);

} // namespace tq
