#pragma once
/// Faces of vertical advection: the parabola through three unequal layers, with the bound of all sweeps.
#include "transport/sweep.hpp"

namespace tq {

/// A row of faces as four rows, `row` elements apart, in memory that the caller owns; amounts [kg] of the whole sweep.
template <class T, int row> struct VerticalFaces {
  static constexpr int rows = 4;

  T* memory; // flux, positive upwards; r_up; weights in A of the differences behind the upwind cell and across the face

  T* flux() const { return memory; }

  template <class Around> TQ_HD Increments<T> increments(const Around& q, std::ptrdiff_t i, T zero) const {
    return increments_of(passage(q, i, zero), zero);
  }

  template <class Around> TQ_HD Passage<T> passage(const Around& q, std::ptrdiff_t i, T zero) const {
    const T f = memory[i], l1 = q.l1(i), r1 = q.r1(i), l2 = q.l2(i), r2 = q.r2(i);
    const T here = r1 - l1, before = l1 - l2, after = r2 - r1;
    const T across = f < zero ? after : before;
    const T a = multiply_add(memory[2 * row + i], across, memory[3 * row + i] * here);
    return {f, T(0), minmod(a, std::fabs(f) * here, memory[row + i] * across, zero), here};
  }
};

/// Rows from which n vertical faces are computed: fluxes through the faces below, at and above per second [kg s-1], and
/// air masses before the sweep of the two cells below and the two above [kg].
template <class T> struct VerticalInputs {
  T seconds;
  const T *flux_below, *flux, *flux_above;
  const T *mass_l2, *mass_l1, *mass_r1, *mass_r2;
};

template <class T, int row>
inline void fill_faces(int n, const VerticalInputs<T>& in, const VerticalFaces<T, row>& faces) {
  T* TQ_RESTRICT out = faces.memory;
  const T zero = opaque_zero<T>;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T l2 = in.mass_l2[i], l1 = in.mass_l1[i], r1 = in.mass_r1[i], r2 = in.mass_r2[i];
    const T f = in.seconds * in.flux[i];
    const bool down = f < zero;
    const T size = std::fabs(f), up = down ? r1 : l1;
    const T below = in.flux_below[i], above = in.flux_above[i];
    const T other = in.seconds * larger(down ? above : -below, zero);
    const ParabolaWeights<T> v = parabola_weights(down ? r2 : l2, up, down ? l1 : r1, smaller(size, up));
    out[i] = f;
    out[row + i] = remaining_mass(up, size, other, T(0), zero);
    out[2 * row + i] = size * v.behind;
    out[3 * row + i] = size * v.ahead;
  }
}

} // namespace tq
