#pragma once
/// Swept reconstruction and its bound, per face. Scalar functions that know no container.
///
/// Along a line, face f lies between cells f-1 and f; d_f = q_f - q_{f-1}. During a sweep the air mass F [kg,
/// positive towards higher index] passes the face, and the tracer amount
///
///   W_f = F q_up + A*_f,   A*_f = minmod(A, |F| d_f, r_up d_up),
///
/// q mixing ratio [kg kg-1]; up: the cell that the air leaves; d_up: the difference across that cell's other
/// face; A: |F| times the mean over the swept mass of a polynomial through the cell means, less q_up; r_up:
/// the air mass [kg] of cell `up` that does not leave during the sweep. |A*| <= |F d_f| keeps the face value
/// between its two cells, |A*| <= r_up |d_up| says that what leaves cannot pull the remainder past its upwind
/// neighbour. Then the new value is a weighted mean, with weights >= 0, of the old values of the cell and its
/// two neighbours, whatever the divergence.
///
/// Sources: swept (flux-form) sweeps with the air mass carried: Colella and Woodward 1984, J. Comput. Phys.
/// 54, 174; Easter 1993, Mon. Wea. Rev. 121, 297; Lin and Rood 1996, Mon. Wea. Rev. 124, 2046. Swept quartic
/// and universal limiter: Leonard 1991, Comput. Methods Appl. Mech. Eng. 88, 17. Bound by outflow in
/// divergent flow: in the spirit of Thuburn 1996, J. Comput. Phys. 123, 74. Valid for r_up >= 0, that is
/// total outflow of a cell <= its mass. Limits: reconstruction is in index space (quartic) or in mass
/// (parabola), not in distance; strict local bounds clip smooth extrema.
#include "base/macros.hpp"

namespace tq {

template <class T> TQ_HD inline T smaller(T a, T b) {
  return a < b ? a : b;
}
template <class T> TQ_HD inline T larger(T a, T b) {
  return a > b ? a : b;
}

/// Of one sign: the one nearest to zero; otherwise zero.
template <class T> TQ_HD inline T minmod(T a, T b, T c) {
  return larger(T(0), smaller(a, smaller(b, c))) + smaller(T(0), larger(a, larger(b, c)));
}

/// Weights of the differences in A/|F|, from behind the upwind cell (0) to two cells ahead of it (3).
template <class T> struct QuarticWeights { T v0, v1, v2, v3; };

/// Swept mean of the quartic through five equal cells around the upwind cell, less the upwind value, as
/// weights of the four differences, in the direction of the flow. `c` = |F| / m_up in [0, 1]. At c = 1 all
/// vanish; at c = 0 they sum to 1/2.
template <class T> TQ_HD inline QuarticWeights<T> quartic_weights(T c) {
  const T c2 = c * c;
  return {T(-1.0 / 30) + c2 * (T(1.0 / 24) - c2 * T(1.0 / 120)),
          T(11.0 / 60) + c * (T(1.0 / 24) + c * (T(-5.0 / 24) + c * (T(-1.0 / 24) + c * T(1.0 / 40)))),
          T(2.0 / 5) + c * (T(-7.0 / 12) + c * (T(1.0 / 8) + c * (T(1.0 / 12) - c * T(1.0 / 40)))),
          T(-1.0 / 20) + c * (T(1.0 / 24) + c * (T(1.0 / 24) + c * (T(-1.0 / 24) + c * T(1.0 / 120))))};
}

/// Weights of the differences in A/|F| behind the upwind cell and ahead of it.
template <class T> struct ParabolaWeights { T behind, ahead; };

/// The same for the parabola through three unequal cells with masses behind, up and ahead [kg], the
/// coordinate being mass: (m_up - |F|) [ (behind + up - |F|) d_ahead / (up + ahead) + (ahead + |F|) d_behind
/// / (behind + up) ] / sum. For equal masses ((1 - c)(2 - c) d_ahead + (1 - c)(1 + c) d_behind) / 6. `swept`
/// = |F| <= up.
template <class T> TQ_HD inline ParabolaWeights<T> parabola_weights(T behind, T up, T ahead, T swept) {
  const T common = (up - swept) / (behind + up + ahead);
  return {common * (ahead + swept) / (behind + up), common * (behind + up - swept) / (up + ahead)};
}

/// Share of the upwind cell that leaves through the face, |F| / m_up, at most 1.
template <class T> TQ_HD inline T swept_share(T size, T upwind_mass) {
  const T c = size / upwind_mass;
  return c < T(1) ? c : T(1);
}

/// Mass [kg] of a cell that neither leaves with the fluxes through its left and right face (positive to the
/// right) nor is exchanged with its neighbours by diffusion; never below zero.
template <class T> TQ_HD inline T remaining_mass(T mass, T left, T right, T mixing_left, T mixing_right) {
  return larger(T(0), mass - larger(right, T(0)) + smaller(left, T(0)) - mixing_left - mixing_right);
}

} // namespace tq
