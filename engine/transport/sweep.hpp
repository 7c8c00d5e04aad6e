#pragma once
/// One sweep along x, y or z as loops over rows of faces and cells. i is always innermost and contiguous;
/// `stride` is the distance in memory from a cell to its neighbour in the direction of the sweep (1 in x).
/// Reach 2: quartic through five cells; reach 1: parabola through three.
///
/// Updates are by increments, q_i -= (P_{i+1} - N_i) / m'_i with P_f = W_f - F_f q_{f-1} and N_f = W_f - F_f
/// q_f, so that a constant stays the same bit for bit. Horizontal diffusion is part of W: -g_f d_f.
#include "transport/reconstruction.hpp"

#include <cstddef>

namespace tq {

/// What all tracers share at a row of faces. Pointers to rows of T, one value per face.
template <int reach, class T> struct FaceRow {
  T* flux;                  // air mass through the face during the sweep [kg]
  T* mixing;                // air mass exchanged by diffusion during the sweep [kg]
  T* weight[2 * reach + 1]; // of d_{f-reach} ... d_{f+reach} in A [kg]
  T* limit_left;            // r_up where the flow is to the right, else 0: bounds with d_{f-1} [kg]
  T* limit_right;           // r_up where the flow is to the left, else 0: bounds with d_{f+1} [kg]

  static constexpr int rows = 2 * reach + 5;
  static FaceRow in(T* memory, std::ptrdiff_t row) {
    FaceRow at;
    at.flux = memory;
    at.mixing = memory + row;
    at.limit_left = memory + 2 * row;
    at.limit_right = memory + 3 * row;
    for (int n = 0; n < 2 * reach + 1; ++n) {
      at.weight[n] = memory + (4 + n) * row;
    }
    return at;
  }
};

/// Rows of amounts at faces f-1, f, f+1: air-mass fluxes [kg s-1] and diffusive exchange [kg s-1].
template <class T> struct FaceFluxes {
  const T *flux_before, *flux, *flux_after;
  const T *mixing_before, *mixing, *mixing_after;
};

/// Coefficients of the quartic at n faces; mass_left and mass_right [kg]: rows of the cells on both sides.
template <class T>
inline void quartic_coefficients(int n, T seconds, const FaceFluxes<T>& at, const T* TQ_RESTRICT mass_left,
                                 const T* TQ_RESTRICT mass_right, const FaceRow<2, T>& out) {
  T* TQ_RESTRICT flux = out.flux;
  T* TQ_RESTRICT mixing = out.mixing;
  T* TQ_RESTRICT limit_left = out.limit_left;
  T* TQ_RESTRICT limit_right = out.limit_right;
  T* TQ_RESTRICT w0 = out.weight[0];
  T* TQ_RESTRICT w1 = out.weight[1];
  T* TQ_RESTRICT w2 = out.weight[2];
  T* TQ_RESTRICT w3 = out.weight[3];
  T* TQ_RESTRICT w4 = out.weight[4];
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T f = seconds * at.flux[i];
    const T g = seconds * at.mixing[i];
    const T size = f < T(0) ? -f : f;
    const T right = f < T(0) ? T(0) : T(1); // as factors: blends of loaded values stopped vectorisation
    const T left = T(1) - right;
    const T stays_left =
        remaining_mass(mass_left[i], seconds * at.flux_before[i], f, seconds * at.mixing_before[i], g);
    const T stays_right =
        remaining_mass(mass_right[i], f, seconds * at.flux_after[i], g, seconds * at.mixing_after[i]);
    const T up = f < T(0) ? mass_right[i] : mass_left[i];
    const QuarticWeights<T> v = quartic_weights(swept_share(size, up));
    flux[i] = f;
    mixing[i] = g;
    limit_left[i] = right * stays_left;
    limit_right[i] = left * stays_right;
    w0[i] = right * size * v.v0;
    w1[i] = size * (right * v.v1 + left * v.v3);
    w2[i] = size * v.v2;
    w3[i] = size * (right * v.v3 + left * v.v1);
    w4[i] = left * size * v.v0;
  }
}

/// Coefficients of the parabola at n faces; mass[0..3] [kg]: rows of the cells f-2, f-1, f, f+1. No
/// diffusion.
template <class T>
inline void parabola_coefficients(int n, T seconds, const T* flux_before, const T* flux_here,
                                  const T* flux_after, const T* const mass[4], const FaceRow<1, T>& out) {
  const T* m0 = mass[0];
  const T* m1 = mass[1];
  const T* m2 = mass[2];
  const T* m3 = mass[3];
  T* TQ_RESTRICT flux = out.flux;
  T* TQ_RESTRICT mixing = out.mixing;
  T* TQ_RESTRICT limit_left = out.limit_left;
  T* TQ_RESTRICT limit_right = out.limit_right;
  T* TQ_RESTRICT w0 = out.weight[0];
  T* TQ_RESTRICT w1 = out.weight[1];
  T* TQ_RESTRICT w2 = out.weight[2];
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T f = seconds * flux_here[i];
    const T size = f < T(0) ? -f : f;
    const T right = f < T(0) ? T(0) : T(1);
    const T left = T(1) - right;
    const T stays_left = remaining_mass(m1[i], seconds * flux_before[i], f, T(0), T(0));
    const T stays_right = remaining_mass(m2[i], f, seconds * flux_after[i], T(0), T(0));
    const T behind = f < T(0) ? m3[i] : m0[i];
    const T up = f < T(0) ? m2[i] : m1[i];
    const T ahead = f < T(0) ? m1[i] : m2[i];
    const ParabolaWeights<T> v = parabola_weights(behind, up, ahead, smaller(size, up));
    flux[i] = f;
    mixing[i] = T(0);
    limit_left[i] = right * stays_left;
    limit_right[i] = left * stays_right;
    w0[i] = right * size * v.behind;
    w1[i] = size * v.ahead;
    w2[i] = left * size * v.behind;
  }
}

/// Carries the air mass of n cells [kg] over the sweep, m' = m - (F_{f+1} - F_f), and gives 1 / m'.
template <class T>
inline void carry_mass(int n, T seconds, T* TQ_RESTRICT mass, const T* flux_left, const T* flux_right,
                       T* TQ_RESTRICT inverse) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T carried = mass[i] - (seconds * flux_right[i] - seconds * flux_left[i]);
    mass[i] = carried;
    inverse[i] = T(1) / carried;
  }
}

/// A* [kg] at face i, left of q[i].
template <int reach, class T>
TQ_HD inline T bounded_correction(const T* q, std::ptrdiff_t i, std::ptrdiff_t s,
                                  const FaceRow<reach, T>& at) {
  const T d = q[i] - q[i - s];
  const T before = q[i - s] - q[i - 2 * s];
  const T after = q[i + s] - q[i];
  T a = at.weight[reach - 1][i] * before + at.weight[reach][i] * d + at.weight[reach + 1][i] * after;
  if constexpr (reach == 2) {
    a += at.weight[0][i] * (q[i - 2 * s] - q[i - 3 * s]) + at.weight[4][i] * (q[i + 2 * s] - q[i + s]);
  }
  const T f = at.flux[i];
  const T size = f < T(0) ? -f : f;
  return minmod(a, size * d, at.limit_left[i] * before + at.limit_right[i] * after);
}

/// P and N [kg] of n faces; q points to the cell on the right of the first face.
template <int reach, class T>
inline void face_increments(int n, std::ptrdiff_t stride, const T* q, const FaceRow<reach, T>& at,
                            T* TQ_RESTRICT p, T* TQ_RESTRICT m) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T f = at.flux[i];
    const T d = q[i] - q[i - stride];
    const T moved = bounded_correction(q, i, stride, at) - at.mixing[i] * d;
    p[i] = smaller(f, T(0)) * d + moved;
    m[i] = moved - larger(f, T(0)) * d;
  }
}

/// The size of the amounts |W| [kg] that the air carries through n faces, diffusion apart; added to `sum` if
/// given.
template <int reach, class T>
inline void face_amounts(int n, std::ptrdiff_t stride, const T* q, const FaceRow<reach, T>& at,
                         T* TQ_RESTRICT amount, T* TQ_RESTRICT sum) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T f = at.flux[i];
    const T carried =
        smaller(f, T(0)) * q[i] + larger(f, T(0)) * q[i - stride] + bounded_correction(q, i, stride, at);
    amount[i] = carried < T(0) ? -carried : carried;
  }
  if (sum != nullptr) {
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      sum[i] += amount[i];
    }
  }
}

/// What the tags' own amounts have to be multiplied with so that they sum to the total's; in place of `sum`.
/// Face values of tags lie between the same cells as the total's, so a factor far from one is round-off of a
/// face through which next to nothing passes; it is cut off, and rescale_tags() mends the rest.
template <class T> inline void normalise(int n, const T* TQ_RESTRICT total, T* TQ_RESTRICT sum) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T factor = smaller(total[i], T(4) * sum[i]) / larger(sum[i], T(1e-37));
    sum[i] = factor;
  }
}

/// P and N [kg] of a tag from its own amounts and their common factors.
template <int reach, class T>
inline void tag_increments(int n, std::ptrdiff_t stride, const T* q, const FaceRow<reach, T>& at,
                           const T* TQ_RESTRICT amount, const T* TQ_RESTRICT factor, T* TQ_RESTRICT p,
                           T* TQ_RESTRICT m) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T f = at.flux[i];
    const T size = amount[i] * factor[i];
    const T moved = (f < T(0) ? -size : size) - at.mixing[i] * (q[i] - q[i - stride]);
    p[i] = moved - f * q[i - stride];
    m[i] = moved - f * q[i];
  }
}

/// q' of n cells [kg kg-1]: `right` are P of their right faces, `left` N of their left faces. Never below
/// zero: round-off of the increments alone can lead there, by less than the last digit of the neighbours.
template <class T>
inline void update_cells(int n, T* TQ_RESTRICT q, const T* TQ_RESTRICT right, const T* TQ_RESTRICT left,
                         const T* TQ_RESTRICT inverse_mass) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    q[i] = larger(q[i] - (right[i] - left[i]) * inverse_mass[i], T(0));
  }
}

/// Scratch rows of one row of faces of a total and its tags.
template <class T> struct TagScratch {
  T* amounts;         // (1 + tags) rows
  T* sum;             // 1 row
  std::ptrdiff_t row; // distance between rows
};

/// The one kernel of all sweeps: P and N at n faces of a total (member 0) and its `tags` >= 0 tags
/// (members 1...). Member v's cells begin at q + v * member, its P at p + v * member_out, N likewise. The
/// total does not depend on the tags. Each tag moves with its own bounded face value, normalised so that the
/// tags' amounts sum to the total's.
template <int reach, class T>
inline void sweep_faces(int n, std::ptrdiff_t stride, int tags, const T* q, std::ptrdiff_t member,
                        const FaceRow<reach, T>& at, T* p, T* m, std::ptrdiff_t member_out,
                        TagScratch<T> scratch) {
  face_increments(n, stride, q, at, p, m);
  if (tags == 0) {
    return;
  }
  face_amounts(n, stride, q, at, scratch.amounts, static_cast<T*>(nullptr));
  for (int i = 0; i < n; ++i) {
    scratch.sum[i] = T(0);
  }
  for (int v = 1; v <= tags; ++v) {
    face_amounts(n, stride, q + v * member, at, scratch.amounts + v * scratch.row, scratch.sum);
  }
  normalise(n, scratch.amounts, scratch.sum);
  for (int v = 1; v <= tags; ++v) {
    tag_increments(n, stride, q + v * member, at, scratch.amounts + v * scratch.row, scratch.sum,
                   p + v * member_out, m + v * member_out);
  }
}

/// Scales the tags of n cells so that they sum to their total; where all are zero, each gets the same share.
/// `scratch`: one row.
template <class T>
inline void rescale_tags(int n, int tags, T* q, std::ptrdiff_t member, T* TQ_RESTRICT scratch) {
  for (int i = 0; i < n; ++i) {
    scratch[i] = T(0);
  }
  for (int v = 1; v <= tags; ++v) {
    const T* tag = q + v * member;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      scratch[i] += tag[i];
    }
  }
  for (int v = 1; v <= tags; ++v) {
    T* tag = q + v * member;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      const T share = scratch[i] > T(0) ? tag[i] / scratch[i] : T(1) / T(tags);
      tag[i] = q[i] * share;
    }
  }
}

} // namespace tq
