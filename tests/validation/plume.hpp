#pragma once
/// Steady plumes of the engine beside their exact solutions.
#include "solutions.hpp"

#include <vector>

namespace tq::validation {

struct Receptor {
  double x = 0, y = 0, z = 0; // m; y from the plume's axis
};

/// A source of 1 kg s-1: a line across the wind (per metre, nothing depends on y), or a point with the crosswind
/// diffusivity K_y [m2 s-1] > 0 in wind that does not depend on height.
struct Plume {
  PowerLaw law;
  double crosswind_diffusivity = 0;

  /// kg m-3 (point), kg m-2 (line: crosswind-integrated).
  double concentration(const Receptor& at) const;
};

/// How a grid did on two arcs, downwind distances near <= far [m].
struct PlumeResult {
  int nx = 0, ny = 0, nz = 0;
  std::vector<double> values; // at the receptors
  double difference = 0; // sum over the arcs of sum (q - e)^2 V / sum e^2 V, q and e means of the cells that the arc
                         // crosses where e is at least 10 % of the arc's largest
};

/// Runs the engine (double, planes and columns) to the steady state on a grid that is `refinement` times finer than
/// the coarsest in x, y and z^(alpha/2), with steps shorter by its square: Courant number 0.4 / refinement. At `start`
/// = 0 the source stands at the west face of its cell; a line's plume may enter at `start` > 0 instead, as background
/// air with the exact profile. Throws NumericalError if it needs too
/// many layers or does not become steady.
PlumeResult run_plume(const Plume& plume, double start, double near, double far, int refinement,
                      const std::vector<Receptor>& receptors);

} // namespace tq::validation
