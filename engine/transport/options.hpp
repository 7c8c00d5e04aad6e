#pragma once
#include "config/schema.hpp"

namespace tq {

/// Schemes of horizontal advection; engine/transport/README.md compares them.
enum class Advection {
  u5_universal, // fifth order, bounded by the three cells around
  u5_relaxed,   // the same, opened at smooth extrema up to the level's least and largest value
  ppm,          // piecewise parabolic, monotone
  upwind,       // first order
};

struct TransportOptions {
  Advection advection = Advection::u5_universal;
  double max_step = 240;              // s, of the outer step
  double max_courant = 0.9;           // largest share of a cell's air that may leave it in one sweep
  double horizontal_diffusivity = 10; // m2 s-1
  bool double_precision = false;
};

/// Declares the keys of [transport].
void declare_transport(config::Schema& schema);

/// Reads [transport] of a checked scenario.
TransportOptions read_transport(const config::Settings& scenario, ProblemList& problems);

} // namespace tq
