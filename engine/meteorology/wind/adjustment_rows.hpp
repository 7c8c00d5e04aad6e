#pragma once
#include "base/macros.hpp"

namespace tq::wind {

/// Kernels of the adjustment, a row of cells (or of faces) each; adjustment_operator.hpp has the formulas. `p` is the
/// potential L with its neighbours' rows; pointers are to element i = 0 and rows of L reach from -1 to nx.

/// S = h_x dL/dx + h_y dL/dy, by central differences.
inline void lean_row(int nx, double per_x, double per_y, const double* TQ_RESTRICT slope_x,
                     const double* TQ_RESTRICT slope_y, const double* TQ_RESTRICT p, const double* TQ_RESTRICT south,
                     const double* TQ_RESTRICT north, double* TQ_RESTRICT lean) {
  for (int i = 0; i < nx; ++i) {
    lean[i] = slope_x[i] * per_x * (p[i + 1] - p[i - 1]) + slope_y[i] * per_y * (north[i] - south[i]);
  }
}

/// G = rho dzeta (upper (L_above - L) + lower (L - L_below)), the mean of share * dL/dzeta over both halves.
inline void tilt_row(int nx, double lower, double upper, const double* TQ_RESTRICT mass,
                     const double* TQ_RESTRICT inverse_jacobian, const double* TQ_RESTRICT below,
                     const double* TQ_RESTRICT p, const double* TQ_RESTRICT above, double* TQ_RESTRICT tilt) {
  for (int i = 0; i < nx; ++i) {
    tilt[i] = mass[i] * inverse_jacobian[i] * (upper * (above[i] - p[i]) + lower * (p[i] - below[i]));
  }
}

/// The same in the lowest cells: dL/dzeta at the ground is the one that lets nothing through, J (S + ground)/kappa.
inline void ground_tilt_row(int nx, double upper, const double* TQ_RESTRICT mass,
                            const double* TQ_RESTRICT inverse_jacobian, const double* TQ_RESTRICT inverse_stiffness,
                            const double* TQ_RESTRICT lean, const double* TQ_RESTRICT ground,
                            const double* TQ_RESTRICT p, const double* TQ_RESTRICT above, double* TQ_RESTRICT tilt) {
  for (int i = 0; i < nx; ++i) {
    tilt[i] = mass[i] *
              (inverse_jacobian[i] * upper * (above[i] - p[i]) + 0.5 * inverse_stiffness[i] * (lean[i] + ground[i]));
  }
}

/// flux[i] of the west faces, i in [0, nx]; `mass` reaches from -1 to nx, `sloped` is slope_x G over as many cells.
inline void x_flux_row(int nx, double width, double per_x, const double* TQ_RESTRICT mass,
                       const double* TQ_RESTRICT sloped, const double* TQ_RESTRICT p, double* TQ_RESTRICT flux) {
  for (int i = 0; i <= nx; ++i) {
    flux[i] = 0.5 * width * ((mass[i - 1] + mass[i]) * per_x * (p[i] - p[i - 1]) - (sloped[i - 1] + sloped[i]));
  }
}

/// The south faces: everything with `_south` is of the row of cells there.
inline void y_flux_row(int nx, double width, double per_y, const double* TQ_RESTRICT mass_south,
                       const double* TQ_RESTRICT mass, const double* TQ_RESTRICT slope_south,
                       const double* TQ_RESTRICT slope, const double* TQ_RESTRICT tilt_south,
                       const double* TQ_RESTRICT tilt, const double* TQ_RESTRICT p_south, const double* TQ_RESTRICT p,
                       double* TQ_RESTRICT flux) {
  for (int i = 0; i < nx; ++i) {
    flux[i] = 0.5 * width *
              ((mass_south[i] + mass[i]) * per_y * (p[i] - p_south[i]) -
               (slope_south[i] * tilt_south[i] + slope[i] * tilt[i]));
  }
}

/// The faces above: coupling (L_above - L) - weight (rho dzeta S + those of the cell above).
inline void z_flux_row(int nx, double weight, const double* TQ_RESTRICT coupling, const double* TQ_RESTRICT mass,
                       const double* TQ_RESTRICT mass_above, const double* TQ_RESTRICT inverse_jacobian,
                       const double* TQ_RESTRICT lean, const double* TQ_RESTRICT lean_above,
                       const double* TQ_RESTRICT p, const double* TQ_RESTRICT above, double* TQ_RESTRICT flux) {
  for (int i = 0; i < nx; ++i) {
    flux[i] = coupling[i] * (above[i] - p[i]) -
              weight * inverse_jacobian[i] * (mass[i] * lean[i] + mass_above[i] * lean_above[i]);
  }
}

/// The lid, where the slope has vanished and L is 0.
inline void lid_flux_row(int nx, const double* TQ_RESTRICT coupling, const double* TQ_RESTRICT p,
                         double* TQ_RESTRICT flux) {
  for (int i = 0; i < nx; ++i) {
    flux[i] = -coupling[i] * p[i];
  }
}

/// What flows in less what flows out.
inline void inflow_row(int nx, const double* TQ_RESTRICT west, const double* TQ_RESTRICT south,
                       const double* TQ_RESTRICT north, const double* TQ_RESTRICT below,
                       const double* TQ_RESTRICT above, double* TQ_RESTRICT inflow) {
  for (int i = 0; i < nx; ++i) {
    inflow[i] = (west[i] - west[i + 1]) + (south[i] - north[i]) + (below[i] - above[i]);
  }
}

inline void add_row(int nx, double factor, const double* TQ_RESTRICT more, double* TQ_RESTRICT sum) {
  for (int i = 0; i < nx; ++i) {
    sum[i] += factor * more[i];
  }
}

/// sum = fresh + keep * sum
inline void turn_row(int nx, double keep, const double* TQ_RESTRICT fresh, double* TQ_RESTRICT sum) {
  for (int i = 0; i < nx; ++i) {
    sum[i] = fresh[i] + keep * sum[i];
  }
}

inline void negate_row(int nx, double* TQ_RESTRICT row) {
  for (int i = 0; i < nx; ++i) {
    row[i] = -row[i];
  }
}

/// A sum of products whose order does not depend on the compiler's choice of vectors.
inline double dot_row(int nx, const double* TQ_RESTRICT a, const double* TQ_RESTRICT b) {
  constexpr int lanes = 8;
  double part[lanes] = {};
  int i = 0;
  for (; i + lanes <= nx; i += lanes) {
    for (int lane = 0; lane < lanes; ++lane) {
      part[lane] += a[i + lane] * b[i + lane];
    }
  }
  for (; i < nx; ++i) {
    part[0] += a[i] * b[i];
  }
  double sum = 0;
  for (const double value : part) {
    sum += value;
  }
  return sum;
}

} // namespace tq::wind
