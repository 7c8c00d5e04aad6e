#pragma once
#include "grid/decomposition.hpp"
#include "state/forcing.hpp"
#include "transport/options.hpp"

#include <vector>

namespace tq {

/// How an hour is cut into steps. The same on all ranks; from the weather alone.
struct StepPlan {
  int steps = 1;
  double dt = 0;                 // s, outer step
  std::vector<int> substeps;     // of the planes, per level
  int column_substeps = 1;       // of vertical advection
  int mixing_substeps = 1;       // of vertical mixing: two half steps where dt > 120 s
  double courant_horizontal = 0; // largest share of a cell's air that leaves it in one horizontal substep
  double courant_vertical = 0;   // and in one vertical substep
};

/// Plans `seconds` of a forcing. Outer steps are at most options.max_step long, and so short that horizontal
/// divergence takes at most half of a cell's air before the vertical sweep brings it back. Substeps of a
/// level are such that no sweep, in either order, takes more than options.max_courant of the air that a cell
/// then holds. Collective. Throws NumericalError (on all ranks) if a flux or mass is not a finite number or a
/// mass is not positive, naming the cell on the rank that has it.
template <class T>
StepPlan plan_steps(const Forcing<T>& forcing, const Subdomain& subdomain, double seconds,
                    const TransportOptions& options, Communicator& communicator);

} // namespace tq
