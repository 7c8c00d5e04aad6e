#pragma once
#include "grid/field.hpp"

#include <span>

namespace tq {

/// Everything that drives the tracers during one hour, as views on memory that the modules own; trivially copyable and
/// valid for that hour only. Local to a rank. T is the tracers' precision.
template <class T> struct Forcing {
  View3<const T> air_mass;       // kg, cells, with halo; edge values are continued outside the domain
  /// Air-mass fluxes [kg s-1], positive east, north, up. x-face i is the west face of cell i: faces i in
  /// [-halo, nx + halo), j likewise (extent nx + 1 on the right is inside the halo). z-face k is below cell k;
  /// nz + 1 levels. Net outflow of every cell is zero in T: z-fluxes are sums of the horizontal ones from the ground.
  View3<const T> flux_x;
  View3<const T> flux_y;
  View3<const T> flux_z;
  /// Exchange between cells k-1 and k by turbulence [kg s-1]: rho K area / distance; 0 at k = 0 and k = nz.
  View3<const T> mixing_z;
  /// Overturning by convection [kg s-1], on z-faces like mixing_z: D(i, j, k), the air that sinks through the floor of
  /// cell k >= 1, level by level, and that plumes lift from the lowest cell straight into the cells above: layer k >= 1
  /// receives D(k) - D(k+1) from cell 0, loses D(k) to cell k-1 and gains D(k+1) from above. D(0) = D(nz) = 0, never
  /// rising with k for k >= 1, zero above the mixing height. Empty view: none (night).
  View3<const T> overturning_z;
  /// Horizontal diffusion: diffusivity / width^2 [s-1] of each level, along x (0) and y (1), (k, direction) as (i, j).
  /// Neighbours exchange half of it times the sum of their air masses, [kg s-1]; nothing passes the domain's edge.
  View2<const T> exchange_rate;
  View4<const T> emission;            // kg s-1, (tracer, k < emission levels, j, i)
  /// Dry deposition: velocity x air density of the lowest cell x area [kg s-1], (i, j, tracer).
  View3<const T> deposition_conductance;
  /// Fall of particles in still air. Empty views: nothing falls.
  View2<const T> settling_speed;      // m s-1, through the floor of cell k, (k, tracer) as (i, j); 0 for gases
  View3<const T> layer_thickness;     // m, cells, without halo, (i, j, k)
  View3<const T> wet_rate;            // s-1, (i, j, tracer), in the whole column
  std::span<const T> decay_rate;      // s-1, by tracer. Empty: nothing decays
  View2<const T> inflow;              // mixing ratio of air that comes in from outside, (k, tracer) as (i, j)
};

} // namespace tq
