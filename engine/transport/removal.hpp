#pragma once
#include "base/macros.hpp"

namespace tq {

/// Takes the share(i) of a tracer out of all `nz` levels of `n` columns. Rows by level: `air`, masses [kg]; `cell`,
/// mixing ratios; `removed` grows by what goes [kg].
template <class T, class Share, class Air, class Cell>
void remove_share(int n, int nz, Share share, Air air, Cell cell, double* TQ_RESTRICT removed) {
  for (int k = 0; k < nz; ++k) {
    T* TQ_RESTRICT q = cell(k);
    const T* TQ_RESTRICT mass = air(k);
    for (int i = 0; i < n; ++i) {
      const T after = q[i] - share(i) * q[i];
      removed[i] += double(mass[i]) * (double(q[i]) - double(after));
      q[i] = after;
    }
  }
}

} // namespace tq
