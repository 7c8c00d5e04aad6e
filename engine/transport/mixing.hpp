#pragma once
/// Vertical mixing of a strip of columns: backward Euler with emission as a source and dry deposition as the lower
/// boundary condition,
///
///   M_k (q'_k - q_k) = h [ E_k + K_{k+1} (q'_{k+1} - q'_k) - K_k (q'_k - q'_{k-1}) ] - (k = 0) h D q'_0,
///
/// M air mass [kg], h time step [s], E emission [kg s-1], K exchange of air between cells k-1 and k [kg s-1], D
/// deposition velocity x air density x area [kg s-1].
///
/// Convection adds what overturns (state/forcing.hpp), S_k the air that sinks through the floor of cell k [kg s-1]:
///
///   ... + S_{k+1} q'_{k+1} - S_k q'_k + (S_k - S_{k+1}) q'_0,  and for k = 0 ... + S_1 (q'_1 - q'_0).
///
/// Eliminated from the top down,
///
///   y_k = M_k q_k + h E_k + pass_{k+1} y_{k+1},  q'_0 = y_0 / (ground + h D),
///   q'_k = inverse_k y_k + share_k q'_{k-1} + lift_k q'_0,
///
/// with gamma_k = M_k + h K_{k+1} gamma_{k+1} / pivot_{k+1}, l_k = h (S_k - S_{k+1}) + pass_{k+1} l_{k+1} and
///
///   pivot = gamma + h (K + S),  inverse = 1 / pivot,  share = h K / pivot,  pass = h (K + S) / pivot,  lift = l / pivot,
///   ground = M_0 + pass_1 (gamma_1 + e_1),  e_k = h S_k - l_k = h S_{k+1} gamma_{k+1} / pivot_{k+1} + pass_{k+1} e_{k+1},
///
/// so that only the last equation knows D and all tracers share the factors. Every term is >= 0, so no value turns
/// negative for any h. Valid for any h; error 4 to 8 % at 120 s for sources near the ground, falling linearly with h.
/// Source: Thomas algorithm, a further unknown q'_0 carried along; the choice of backward Euler in
/// engine/transport/README.md.
#include "transport/reconstruction.hpp"

#include <algorithm>
#include <cstddef>

namespace tq {

/// Factors of a strip, [k * row + i].
template <class T> struct MixingFactors {
  T* share;   // of the value below
  T* inverse; // 1 / pivot_k [kg-1]
  T* pass;    // of y above; where nothing overturns the same rows as `share`
  T* lift;    // of the lowest value; null where nothing overturns
  T* ground;  // of the lowest cell [kg]
  std::ptrdiff_t row;
};

/// `mass(k)` and `exchange(k)` give rows [kg], [kg s-1]; exchange is 0 at the ground.
template <class T, class Mass, class Exchange>
inline void factor_mixing(int n, int nz, T seconds, Mass mass, Exchange exchange, const MixingFactors<T>& out) {
  T* TQ_RESTRICT gamma = out.ground;
  const T* TQ_RESTRICT top = mass(nz - 1);
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    gamma[i] = top[i];
  }
  for (int k = nz - 1; k > 0; --k) {
    const T* TQ_RESTRICT below = mass(k - 1);
    const T* TQ_RESTRICT rate = exchange(k);
    T* TQ_RESTRICT share = out.share + k * out.row;
    T* TQ_RESTRICT inverse = out.inverse + k * out.row;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      const T hk = seconds * rate[i];
      const T pivot = T(1) / (hk + gamma[i]);
      inverse[i] = pivot;
      share[i] = hk * pivot;
      gamma[i] = multiply_add(hk * pivot, gamma[i], below[i]);
    }
  }
}

/// The same where air overturns; `sinking(k)` gives rows of S_k [kg s-1], 0 at k = nz. `lifted`, `kept`: scratch rows.
template <class T, class Mass, class Exchange, class Sinking>
inline void factor_overturning(int n, int nz, T seconds, Mass mass, Exchange exchange, Sinking sinking,
                               const MixingFactors<T>& out, T* TQ_RESTRICT lifted, T* TQ_RESTRICT kept) {
  T* TQ_RESTRICT gamma = out.ground;
  std::copy_n(mass(nz - 1), n, gamma);
  std::fill_n(lifted, n, T(0)); // pass_{k+1} l_{k+1}
  std::fill_n(kept, n, T(0));   // e_k
  for (int k = nz - 1; k > 0; --k) {
    const T* TQ_RESTRICT below = mass(k - 1);
    const T* TQ_RESTRICT rate = exchange(k);
    const T* sinks = sinking(k);
    const T* from_above = sinking(k + 1);
    T* TQ_RESTRICT share = out.share + k * out.row;
    T* TQ_RESTRICT inverse = out.inverse + k * out.row;
    T* TQ_RESTRICT pass = out.pass + k * out.row;
    T* TQ_RESTRICT lift = out.lift + k * out.row;
    const bool lowest = k == 1;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      const T hk = seconds * rate[i], hs = seconds * sinks[i];
      const T pivot = T(1) / (hk + hs + gamma[i]);
      const T passed = (hk + hs) * pivot, stays = gamma[i] * pivot;
      const T here = multiply_add(seconds, sinks[i] - from_above[i], lifted[i]);
      const T ground = passed * (gamma[i] + kept[i]);
      inverse[i] = pivot;
      share[i] = hk * pivot;
      pass[i] = passed;
      lift[i] = here * pivot;
      lifted[i] = passed * here;
      kept[i] = multiply_add(passed, kept[i], hs * stays);
      gamma[i] = below[i] + (lowest ? ground : hk * stays);
    }
  }
}

/// What is set aside during mixing: the least value of a column and its lid, so that a uniform column stays the same bit
/// for bit; zero where something deposits. `cell(k)` gives rows.
template <class T, class Cell>
inline void set_aside(int n, int nz, Cell cell, const T* TQ_RESTRICT lid, const T* TQ_RESTRICT deposition,
                      T* TQ_RESTRICT base) {
  std::copy_n(lid, n, base);
  for (int k = 0; k < nz; ++k) {
    const T* TQ_RESTRICT q = cell(k);
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      base[i] = smaller(base[i], q[i]);
    }
  }
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    base[i] = deposition[i] > T(0) ? T(0) : base[i];
  }
}

/// The lowest cell: q'_0 less `base` of n columns in `below`, and with it in `q`; `here`: y_0. Where nothing deposits
/// `base` may be above zero.
template <class T>
inline void solve_ground(int n, const T* TQ_RESTRICT here, const T* TQ_RESTRICT ground, const T* TQ_RESTRICT deposition,
                         const T* TQ_RESTRICT base, T* TQ_RESTRICT below, T* TQ_RESTRICT q) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T value = here[i] / (ground[i] + deposition[i]);
    below[i] = value;
    q[i] = value + base[i];
  }
}

/// A cell above it: q holds y_k in, q'_k out; `below`: q'_{k-1} less `base` in, q'_k less `base` out.
template <class T>
inline void solve_cell(int n, const T* TQ_RESTRICT share, const T* TQ_RESTRICT inverse, const T* TQ_RESTRICT base,
                       T* TQ_RESTRICT below, T* TQ_RESTRICT q) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T value = multiply_add(share[i], below[i], q[i] * inverse[i]);
    below[i] = value;
    q[i] = value + base[i];
  }
}

/// The same where air overturns; `lowest`: q'_0 less `base`.
template <class T>
inline void solve_lifted_cell(int n, const T* TQ_RESTRICT share, const T* TQ_RESTRICT inverse, const T* TQ_RESTRICT lift,
                              const T* TQ_RESTRICT lowest, const T* TQ_RESTRICT base, T* TQ_RESTRICT below,
                              T* TQ_RESTRICT q) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T value = multiply_add(share[i], below[i], multiply_add(lift[i], lowest[i], q[i] * inverse[i]));
    below[i] = value;
    q[i] = value + base[i];
  }
}

} // namespace tq
