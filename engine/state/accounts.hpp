#pragma once
#include "grid/field.hpp"

namespace tq {

/// Where each kilogram went: amounts [kg], per column and tracer (i, j, tracer), summed since the last reset. Always
/// double. A column belongs to one rank, so sums in global row order are the same for any decomposition.
struct AccountViews {
  View3<double> emitted;
  View3<double> inflow;   // through the sides and the top
  View3<double> outflow;
  View3<double> dry;      // deposited on the ground by turbulence and contact
  View3<double> settled;  // fallen through the ground
  View3<double> wet;      // rained out
  View3<double> produced; // by chemistry
  View3<double> consumed; // by chemistry and decay
};

class Accounts {
public:
  Accounts(int nx, int ny, int tracers) : terms_(nx, ny, tracers, 8, 0) {}

  AccountViews views() {
    const View4<double> v = terms_.view();
    return {v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]};
  }
  void reset() {
    for (std::size_t m = 0; m < terms_.raw_size(); ++m) {
      terms_.raw()[m] = 0;
    }
  }

private:
  Field<double> terms_;
};

} // namespace tq
