#pragma once
#include "surface_release.hpp"

namespace tq::validation {

/// What was found from the mast during a run, with the von Karman constant of that time.
struct PrairieGrassRun {
  double friction_velocity = 0; // m s-1
  double obukhov_length = 0;    // m, < 0 unstable
  double mixing_height = 0;     // m, of unstable runs
  double roughness_length = 0;  // m
  double von_karman = 0;        // that u* and L were found with
  double source_height = 0;     // m
  double sampler_height = 0;    // m
};

/// The run with kappa = 0.4. The wind that was measured is u*/kappa times a profile, so u* grows as kappa does. The
/// heat flux stays what it was, so L = -u*^3 T/(kappa g w'theta') grows as kappa^2: with just that (z/L times 0.77)
/// Hogstrom (1988), Boundary-Layer Meteorol. 42, 55-78, brings Businger's functions of kappa = 0.35 to 0.4. The
/// mixing height of stable runs, which nobody measured, is Nieuwstadt's. SO2 is taken up by dry grass at 1 cm s-1.
SurfaceRelease release_of(const PrairieGrassRun& run);

} // namespace tq::validation
