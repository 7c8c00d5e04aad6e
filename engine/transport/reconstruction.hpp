#pragma once
/// Swept reconstructions and their bound, per face. Scalar functions that know no container.
///
/// Along a line, a face lies between two cells; d is the mixing ratio [kg kg-1] of the cell on its right less that on
/// its left. During a sweep the air mass F [kg, positive to the right] passes the face, and the tracer amount
///
///   W = F q_up + A*,   A* = minmod(A, |F| d, r_up d_behind),
///
/// up: the cell that the air leaves; d_behind: the difference across that cell's other face; A: |F| times the mean over
/// the swept mass of a polynomial through the cell means, less q_up; r_up: the air mass [kg] of cell `up` that does not
/// leave during the sweep. |A*| <= |F d| keeps the face value between its two cells, |A*| <= r_up |d_behind| says that
/// what leaves cannot pull the remainder past its upwind neighbour. Then the new value is a weighted mean, with weights
/// >= 0, of the old values of the cell and its two neighbours, whatever the divergence.
///
/// Differences are counted to the right for either direction of flow (both A and d change sign with it), but placed
/// from the flow's point of view: across(-2), (-1): behind the upwind cell, (0): the face itself, (1): ahead.
///
/// Sources: swept (flux-form) sweeps with the air mass carried: Colella and Woodward 1984, J. Comput. Phys. 54, 174;
/// Easter 1993, Mon. Wea. Rev. 121, 297; Lin and Rood 1996, Mon. Wea. Rev. 124, 2046. Swept quartic and universal
/// limiter: Leonard 1991, Comput. Methods Appl. Mech. Eng. 88, 17. Bound by outflow in divergent flow: in the spirit of
/// Thuburn 1996, J. Comput. Phys. 123, 74. Valid for r_up >= 0, that is total outflow of a cell <= its mass. Limits:
/// reconstruction is in index space (quartic, piecewise parabolic) or in mass (parabola), not in distance; strict local
/// bounds clip smooth extrema.
#include "base/macros.hpp"

#include <cmath>

namespace tq {

template <class T> TQ_HD inline T smaller(T a, T b) {
  return a < b ? a : b;
}
template <class T> TQ_HD inline T larger(T a, T b) {
  return a > b ? a : b;
}

/// a b + c, rounded once where the processor does that in one instruction. Written out, unlike what a compiler may fuse
/// by itself, it gives the same bits wherever a row is cut.
template <class T> TQ_HD inline T multiply_add(T a, T b, T c) {
#if defined(__FMA__)
  return std::fma(a, b, c);
#else
  return a * b + c;
#endif
}

/// Of one sign: the one nearest to zero; otherwise zero. `zero` is 0, see opaque_zero().
template <class T> TQ_HD inline T minmod(T a, T b, T c, T zero = T(0)) {
  return larger(smaller(zero, larger(b, c)), smaller(a, larger(zero, smaller(b, c))));
}

/// 0 that the compiler does not know: a comparison with a known zero becomes a mask and a move, where one instruction
/// gives the larger of two values.
template <class T> inline T opaque_zero = T(0);

/// Differences around a face, from the flow's point of view.
template <class T> struct Differences { T behind2, behind, here, ahead; };

/// Weights of the differences in A/|F|: behind2, behind, here, ahead.
template <class T> struct QuarticWeights { T v0, v1, v2, v3; };

/// Swept mean of the quartic through five equal cells around the upwind cell, less the upwind value, as weights of the
/// four differences. `c` = |F| / m_up in [0, 1]. At c = 1 all vanish; at c = 0 they sum to 1/2. Even and odd powers are
/// summed apart: v1 and v3 share the odd ones.
template <class T> TQ_HD inline QuarticWeights<T> quartic_weights(T c) {
  const T c2 = c * c;
  const T odd = c * multiply_add(T(-1.0 / 24), c2, T(1.0 / 24));
  const T odd2 = c * multiply_add(T(1.0 / 12), c2, T(-7.0 / 12));
  return {multiply_add(c2, multiply_add(T(-1.0 / 120), c2, T(1.0 / 24)), T(-1.0 / 30)),
          multiply_add(c2, multiply_add(T(1.0 / 40), c2, T(-5.0 / 24)), T(11.0 / 60) + odd),
          multiply_add(c2, multiply_add(T(-1.0 / 40), c2, T(1.0 / 8)), T(2.0 / 5) + odd2),
          multiply_add(c2, multiply_add(T(1.0 / 120), c2, T(1.0 / 24)), T(-1.0 / 20) + odd)};
}

/// Weights of the differences in A/|F| behind the upwind cell and ahead of it.
template <class T> struct ParabolaWeights { T behind, ahead; };

/// The same for the parabola through three unequal cells with masses behind, up and ahead [kg], the coordinate being
/// mass: (m_up - |F|) [ (behind + up - |F|) d_ahead / (up + ahead) + (ahead + |F|) d_behind / (behind + up) ] / sum.
/// For equal masses ((1 - c)(2 - c) d_ahead + (1 - c)(1 + c) d_behind) / 6. `swept` = |F| <= up. One division for both.
template <class T> TQ_HD inline ParabolaWeights<T> parabola_weights(T behind, T up, T ahead, T swept) {
  const T left = behind + up, right = up + ahead;
  const T common = (up - swept) / ((left + ahead) * (left * right));
  return {common * right * (ahead + swept), common * left * (left - swept)};
}

/// Slope of a cell between two differences: their mean, at most twice the smaller, zero at extrema (van Leer 1977).
template <class T> TQ_HD inline T monotone_slope(T left, T right) {
  return minmod(T(0.5) * (left + right), T(2) * left, T(2) * right);
}

/// A/|F| of the piecewise parabolic method with its monotonicity constraint (Colella and Woodward 1984, eqs 1.6 to
/// 1.10, 1.12), equal cells. `c` = |F| / m_up.
template <class T> TQ_HD inline T piecewise_parabolic(T c, const Differences<T>& d) {
  const T slope_behind = monotone_slope(d.behind2, d.behind);
  const T slope = monotone_slope(d.behind, d.here);
  const T slope_ahead = monotone_slope(d.here, d.ahead);
  // The parabola's ends less the cell's mean. Steps of size r up to the face and l up from the other face: where they
  // differ in sign the cell is an extremum; otherwise neither may exceed twice the other.
  const T r = T(0.5) * d.here + (slope - slope_ahead) * T(1.0 / 6);
  const T l = T(0.5) * d.behind + (slope - slope_behind) * T(1.0 / 6);
  const T end = minmod(r, T(2) * l, T(2) * l), begin = minmod(l, T(2) * r, T(2) * r);
  return end - T(0.5) * c * (end + begin + (T(3) - T(2) * c) * (end - begin));
}

/// True where the three second differences around the upwind cell have one sign and differ by less than a factor of
/// four: a smooth extremum, if it is one at all (Suresh and Huynh 1997; Colella and Sekora 2008; Blossey and Durran
/// 2008).
template <class T> TQ_HD inline bool is_smooth(const Differences<T>& d) {
  const T a = d.behind - d.behind2, b = d.here - d.behind, c = d.ahead - d.here;
  const T least = smaller(a, smaller(b, c)), most = larger(a, larger(b, c));
  return larger(T(4) * least - most, least - T(4) * most) >= T(0);
}

/// Share of the upwind cell that leaves through the face, |F| / m_up, at most 1.
template <class T> TQ_HD inline T swept_share(T size, T upwind_mass) {
  return smaller(size / upwind_mass, T(1));
}

/// Mass [kg] of a cell that neither leaves through its two faces, `here` and `other` [kg] >= 0, nor is exchanged with
/// its neighbours by diffusion; never below zero.
template <class T> TQ_HD inline T remaining_mass(T mass, T here, T other, T mixing, T zero = T(0)) {
  return larger(zero, mass - here - other - mixing);
}

} // namespace tq
