#pragma once
#include "config/schema.hpp"

namespace tq {

struct TransportOptions {
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
