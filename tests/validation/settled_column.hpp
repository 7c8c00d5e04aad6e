#pragma once
/// Particles that settle through turbulent air in a column of the engine, beside Rouse's profile.
#include "solutions.hpp"

#include <vector>

namespace tq::validation {

struct ColumnResult {
  std::vector<double> values; // concentration over that at the reference height, at the heights asked for
  double difference = 0;      // sum (q - e)^2 V / sum e^2 V over all cells, both scaled to the same mass
};

/// Runs columns() in double to the steady state between half the reference height and 60 m (K without a top) or 97 % of
/// the depth, nothing passing either end, in layers that are equal in log(z), or in log(z / (h - z)); `refinement`
/// times finer than the coarsest, with steps shorter by its square. Throws NumericalError if it does not become steady.
ColumnResult run_rouse(const Rouse& rouse, double speed, int refinement, const std::vector<double>& heights);

} // namespace tq::validation
