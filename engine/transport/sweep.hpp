#pragma once
/// One sweep along x, y or z as loops over rows of faces and cells. i is always innermost and contiguous.
///
/// Updates are by increments, q_i -= (P_{i+1} - N_i) / m'_i with P_f = W_f - F_f q_left and N_f = W_f - F_f q_right, so
/// that a constant stays the same bit for bit, and a row of cells can be updated as soon as its two rows of faces are
/// known. Horizontal diffusion is part of W: -g_f d_f.
#include "transport/faces.hpp"

namespace tq {

/// Cells around a row of faces along x: q[i] is the cell on the right of face i.
template <class T> struct AlongRow {
  const T* q;

  TQ_HD T l3(std::ptrdiff_t i) const { return q[i - 3]; }
  TQ_HD T l2(std::ptrdiff_t i) const { return q[i - 2]; }
  TQ_HD T l1(std::ptrdiff_t i) const { return q[i - 1]; }
  TQ_HD T r1(std::ptrdiff_t i) const { return q[i]; }
  TQ_HD T r2(std::ptrdiff_t i) const { return q[i + 1]; }
  TQ_HD T r3(std::ptrdiff_t i) const { return q[i + 2]; }
};

/// The same along y or z: rows of cells, element i belongs to face i. Left: l3, l2, l1; right: r1, r2, r3.
template <class T> struct AcrossRows {
  const T* row[6];

  TQ_HD T l3(std::ptrdiff_t i) const { return row[0][i]; }
  TQ_HD T l2(std::ptrdiff_t i) const { return row[1][i]; }
  TQ_HD T l1(std::ptrdiff_t i) const { return row[2][i]; }
  TQ_HD T r1(std::ptrdiff_t i) const { return row[3][i]; }
  TQ_HD T r2(std::ptrdiff_t i) const { return row[4][i]; }
  TQ_HD T r3(std::ptrdiff_t i) const { return row[5][i]; }
};

/// What passes one face, diffusion apart from the amount that the air carries.
template <class T> struct Passage {
  T flux, mixing; // of air [kg]
  T correction;   // A* [kg]
  T difference;   // of the cells on both sides [kg kg-1]
};

/// P and N [kg] of a face.
template <class T> struct Increments { T p, n; };

template <class T> TQ_HD inline Increments<T> increments_of(const Passage<T>& face, T zero) {
  const T moved = multiply_add(-face.mixing, face.difference, face.correction);
  return {multiply_add(smaller(face.flux, zero), face.difference, moved),
          multiply_add(-larger(face.flux, zero), face.difference, moved)};
}

/// A mixing ratio after the sweep: `right` is P of the right face, `left` N of the left one. Never below zero:
/// round-off of the increments alone can lead there, by less than the last digit of the neighbours.
template <class T> TQ_HD inline T updated(T q, T right, T left, T inverse_mass, T zero) {
  return larger(multiply_add(left - right, inverse_mass, q), zero);
}

/// How horizontal faces pass a tracer that moves on its own. `Faces`: StoredFaces or ComputedFaces.
template <Advection scheme, class T, class Faces> struct HorizontalFaces {
  Faces faces;
  T least = 0, most = 0;                                 // of the tracer on this level; of u5_relaxed only
  const T *after_left = nullptr, *after_right = nullptr; // m' of the cells on both sides [kg], u5_relaxed

  template <class Around> TQ_HD Increments<T> increments(const Around& q, std::ptrdiff_t i, T zero) const {
    return increments_of(passage(q, i, zero), zero);
  }

  template <class Around> TQ_HD Passage<T> passage(const Around& q, std::ptrdiff_t i, T zero) const {
    const Face<T> face = faces.at(i);
    const T l1 = q.l1(i), r1 = q.r1(i);
    const T here = r1 - l1;
    if constexpr (scheme == Advection::upwind) {
      return {face.flux, face.mixing, T(0), here};
    } else {
      const T l2 = q.l2(i), r2 = q.r2(i), l3 = q.l3(i), r3 = q.r3(i);
      const T before = l1 - l2, after = r2 - r1, before2 = l2 - l3, after2 = r3 - r2;
      const bool backward = face.flux < zero;
      const Differences<T> d{backward ? after2 : before2, backward ? after : before, here, backward ? before : after};
      T a;
      if constexpr (scheme == Advection::ppm) {
        a = std::fabs(face.flux) * piecewise_parabolic(face.a0, d);
      } else {
        a = multiply_add(face.a1, d.behind, face.a0 * d.behind2) + multiply_add(face.a3, d.ahead, face.a2 * d.here);
      }
      T bounded = minmod(a, std::fabs(face.flux) * here, face.stays * d.behind, zero);
      if constexpr (scheme == Advection::u5_relaxed) {
        bounded += is_smooth(d) ? opened(a - bounded, q, i) : T(0);
      }
      return {face.flux, face.mixing, bounded, here};
    }
  }

 private:
  /// As much of `excess` as leaves both cells within [least, most], even if their other faces do the same.
  template <class Around> TQ_HD T opened(T excess, const Around& q, std::ptrdiff_t i) const {
    const T l2 = q.l2(i), l1 = q.l1(i), r1 = q.r1(i), r2 = q.r2(i);
    const T half_left = T(0.5) * after_left[i], half_right = T(0.5) * after_right[i];
    const T up_left = (most - larger(l2, larger(l1, r1))) * half_left;
    const T down_left = (smaller(l2, smaller(l1, r1)) - least) * half_left;
    const T up_right = (most - larger(l1, larger(r1, r2))) * half_right;
    const T down_right = (smaller(l1, smaller(r1, r2)) - least) * half_right;
    const T highest = larger(T(0), smaller(up_right, down_left)), lowest = larger(T(0), smaller(up_left, down_right));
    return larger(-lowest, smaller(excess, highest));
  }
};

/// P and N of n faces. `Law`: how faces pass the tracer, with a member increments(q, i).
template <class T, class Law, class Around>
inline void face_increments(int n, const Law& law, const Around& q, T* TQ_RESTRICT p, T* TQ_RESTRICT m) {
  const T zero = opaque_zero<T>;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const Increments<T> face = law.increments(q, i, zero);
    p[i] = face.p;
    m[i] = face.n;
  }
}

/// `out`: mixing ratios of n cells after the sweep. `right`: P of their right faces, `left`: N of their left ones.
template <class T>
inline void update_cells(int n, const T* q, const T* TQ_RESTRICT right, const T* TQ_RESTRICT left,
                         const T* TQ_RESTRICT inverse_mass, T* out) {
  const T zero = opaque_zero<T>;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    out[i] = updated(q[i], right[i], left[i], inverse_mass[i], zero);
  }
}

/// Both in one pass: sweeps n faces and updates the row of cells on their left. `carried`: N of the faces on the other
/// side of those cells in, N of these faces out.
template <class T, class Law, class Around>
inline void sweep_and_update(int n, const Law& law, const Around& q, const T* TQ_RESTRICT inverse_mass,
                             T* TQ_RESTRICT carried, T* TQ_RESTRICT out) {
  const T zero = opaque_zero<T>;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const Increments<T> face = law.increments(q, i, zero);
    out[i] = updated(q.l1(i), face.p, carried[i], inverse_mass[i], zero);
    carried[i] = face.n;
  }
}

/// The amounts W [kg] that the air carries through n faces to the right, diffusion apart; their sizes added to `sum`.
template <class T, class Law, class Around>
inline void face_amounts(int n, const Law& law, const Around& q, T* TQ_RESTRICT amount, T* TQ_RESTRICT sum) {
  const T zero = opaque_zero<T>;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const Passage<T> face = law.passage(q, i, zero);
    const T l1 = q.l1(i), r1 = q.r1(i);
    const T carried = multiply_add(face.flux, face.flux < zero ? r1 : l1, face.correction);
    amount[i] = carried;
    sum[i] += std::fabs(carried);
  }
}

/// Rows that the air of n cells is carried with: at their left and right faces fluxes [kg s-1] and half the exchange
/// rate [s-1]; air masses of the cells on both sides [kg].
template <class T> struct CellFaces {
  T seconds;
  const T *flux_left, *flux_right, *exchange_left, *exchange_right, *mass_left, *mass_right;
};

/// Air mass of n cells after the sweep [kg], m' = m - (F_right - F_left), 1 / m', and what of the air stays [kg].
template <class T>
inline void carry_mass(int n, const CellFaces<T>& faces, const T* mass, T* TQ_RESTRICT after, T* TQ_RESTRICT inverse,
                       T* TQ_RESTRICT stays) {
  const T zero = opaque_zero<T>;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T m = mass[i];
    const T left = faces.seconds * faces.flux_left[i], right = faces.seconds * faces.flux_right[i];
    const T mixing = faces.seconds * multiply_add(faces.exchange_left[i], faces.mass_left[i] + m,
                                                  faces.exchange_right[i] * (m + faces.mass_right[i]));
    const T carried = m - (right - left);
    stays[i] = remaining_mass(m, larger(right, zero), larger(-left, zero), mixing, zero);
    after[i] = carried;
    inverse[i] = T(1) / carried;
  }
}

} // namespace tq
