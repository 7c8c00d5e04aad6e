#pragma once
/// A continuous release near flat open ground, in the engine's own profiles of wind and diffusivity.
#include "physics/similarity.hpp"

#include <vector>

namespace tq::validation {

struct SurfaceRelease {
  physics::WindProfile wind;    // its top is the mixing height
  double friction_velocity = 0; // m s-1, for kappa = 0.4
  double source_height = 0;     // m
  double sampler_height = 0;    // m
  double uptake = 0;            // m s-1, by the surface itself: the air above it adds its resistance
};

/// Layers of which the lowest is 0.1 m / refinement thick and each is a few per cent thicker than the one below,
/// to some 600 m [m].
std::vector<double> layers_from_the_ground(int refinement);

/// Crosswind-integrated concentration over the source's strength [s m-2] at the sampler's height and these downwind
/// distances [m, rising]. Runs the engine (Grid; Transport in double, planes and columns) in a slab across the
/// wind to the steady state: cells 2.5 m / refinement long, the layers above, wind as the mean over each layer, K at
/// its faces (physics/similarity.hpp, physics/diffusivity.hpp), steps as long as the wind at the sampler takes to
/// cross 0.4 cells. Throws NumericalError if it does not become steady.
std::vector<double> crosswind_integrated(const SurfaceRelease& release, const std::vector<double>& distances,
                                         int refinement);

} // namespace tq::validation
