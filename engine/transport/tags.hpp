#pragma once
/// Tags of a total: each moves with its own bounded face value, normalised by face so that the tags' amounts sum to the
/// total's. The total does not depend on its tags.
#include "transport/sweep.hpp"

#include <algorithm>

namespace tq {

/// Scratch rows of one row of faces of a total and its tags.
template <class T> struct TagScratch {
  T* amounts;         // (1 + tags) rows
  T* sum;             // 1 row
  std::ptrdiff_t row; // distance between rows
};

/// What the tags' own amounts have to be multiplied with so that they sum to the total's; in place of `sum`. Face
/// values of tags lie between the same cells as the total's, so a factor far from one is round-off of a face through
/// which next to nothing passes; it is cut off, and rescale_tags() mends the rest.
template <class T> inline void normalise(int n, const T* TQ_RESTRICT total, T* TQ_RESTRICT sum) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    sum[i] = smaller(total[i], T(4) * sum[i]) / larger(sum[i], T(1e-37));
  }
}

/// How faces pass a tag, given rows of the faces' fluxes and mixing [kg], its own amounts and the common factors.
template <class T> struct TagFaces {
  const T *flux, *mixing, *amount, *factor;

  template <class Around> TQ_HD Increments<T> increments(const Around& q, std::ptrdiff_t i, T) const {
    const T f = flux[i], l1 = q.l1(i), r1 = q.r1(i);
    const T size = amount[i] * factor[i];
    const T moved = multiply_add(-mixing[i], r1 - l1, std::copysign(size, f));
    return {multiply_add(-f, l1, moved), multiply_add(-f, r1, moved)};
  }
};

/// Finds the tags' own amounts and their common factors at n faces; `law(v)` and `around(v)` are those of member v, 0
/// being the total.
template <class T, class LawOf, class AroundOf>
inline void prepare_tags(int n, int tags, LawOf law, AroundOf around, const TagScratch<T>& scratch) {
  for (int v = 0; v <= tags; ++v) {
    if (v < 2) { // the sum begins anew after the total
      std::fill_n(scratch.sum, n, T(0));
    }
    face_amounts(n, law(v), around(v), scratch.amounts + v * scratch.row, scratch.sum);
  }
  normalise(n, scratch.amounts, scratch.sum);
}

/// Scales the tags of n cells so that they sum to their total; where all are zero, each gets the same share. Member v
/// lies at q + v * member, 0 is the total. `scratch`: one row.
template <class T> inline void rescale_tags(int n, int tags, T* q, std::ptrdiff_t member, T* TQ_RESTRICT scratch) {
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
