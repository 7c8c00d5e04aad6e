#pragma once
/// Tags of a total: each moves with its own bounded face value, normalised by face so that the tags' amounts sum to the
/// total's. The total does not depend on its tags.
#include "transport/sweep.hpp"

#include <algorithm>
#include <limits>

namespace tq {

/// Scratch rows of one row of faces of a total and its tags.
template <class T> struct TagScratch {
  T* amounts;         // (1 + tags) rows
  T* sum;             // 1 row
  std::ptrdiff_t row; // distance between rows
};

/// What amounts of tags that sum to `sum` have to be multiplied with to sum to `total`, sizes [kg]. Face values of tags
/// lie between the same cells as the total's, so a factor far from one is round-off of a face through which next to nothing
/// passes; it is cut off, and rescale_tags() mends the rest.
template <class T> TQ_HD inline T common_factor(T total, T sum) {
  return smaller(total, T(4) * sum) / larger(sum, T(1e-37));
}

/// The common factors of n amounts, in place of the tags' sum.
template <class T> inline void normalise(int n, const T* TQ_RESTRICT total, T* TQ_RESTRICT sum) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    sum[i] = common_factor(total[i], sum[i]);
  }
}

/// How n faces passed the total: rows of P or N [kg], of which `right` tells, and of air and mixing [kg].
template <class T, bool right> struct TotalPassed {
  const T *increment, *flux, *mixing;

  /// The size of what the air carries, diffusion apart: |N + g d + F q_right| = |P + g d + F q_left|.
  template <class Around> TQ_HD T carried(const Around& q, std::ptrdiff_t i) const {
    const T l1 = q.l1(i), r1 = q.r1(i);
    return std::fabs(multiply_add(flux[i], right ? r1 : l1, multiply_add(mixing[i], r1 - l1, increment[i])));
  }
};

/// How faces pass a tag: rows of its own amounts, the common factors and mixing [kg].
template <class T> struct TagFaces {
  const T *amount, *factor, *mixing;

  /// What passes to the right, diffusion included [kg].
  template <class Around> TQ_HD T passed(const Around& q, std::ptrdiff_t i) const {
    return multiply_add(-mixing[i], q.r1(i) - q.l1(i), amount[i] * factor[i]);
  }
};

/// Finds the tags' own amounts and their common factors at n faces after the total has passed; `law(v)` and `around(v)`
/// are those of member v, 0 being the total.
template <class T, bool right, class LawOf, class AroundOf>
inline void prepare_tags(int n, int tags, LawOf law, AroundOf around, const TotalPassed<T, right>& total,
                         const TagScratch<T>& scratch) {
  T* TQ_RESTRICT sum = scratch.sum;
  std::fill_n(sum, n, T(0));
  for (int v = 1; v <= tags; ++v) {
    face_amounts(n, law(v), around(v), scratch.amounts + v * scratch.row, sum);
  }
  const auto q = around(0);
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    sum[i] = common_factor(total.carried(q, i), sum[i]);
  }
}

/// A tag's mixing ratio from what the cell held and what came in and went out [kg].
template <class T> TQ_HD inline T tag_updated(T q, T mass, T in, T out, T inverse_mass, T zero) {
  return larger(multiply_add(mass, q, in - out) * inverse_mass, zero);
}

/// A tag of n cells after their faces on both sides passed it; `mass` before the sweep, `inverse_mass` after it. `q`:
/// the cells around face i, of which cell i is on the right.
template <class T>
inline void update_tag(int n, const TagFaces<T>& faces, const AlongRow<T>& q, const T* TQ_RESTRICT mass,
                       const T* TQ_RESTRICT inverse_mass, T* TQ_RESTRICT out) {
  const T zero = opaque_zero<T>;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    out[i] = tag_updated(q.r1(i), mass[i], faces.passed(q, i), faces.passed(q, i + 1), inverse_mass[i], zero);
  }
}

/// Passes n faces and updates the row of cells on their left; `mass` is theirs before the sweep. `carried`: what came
/// through the faces on the other side of those cells in, through these out.
template <class T>
inline void sweep_and_update_tag(int n, const TagFaces<T>& faces, const AcrossRows<T>& q, const T* TQ_RESTRICT mass,
                                 const T* TQ_RESTRICT inverse_mass, T* TQ_RESTRICT carried, T* TQ_RESTRICT out) {
  const T zero = opaque_zero<T>;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T passed = faces.passed(q, i);
    out[i] = tag_updated(q.l1(i), mass[i], carried[i], passed, inverse_mass[i], zero);
    carried[i] = passed;
  }
}

/// Scales the tags of n cells so that they sum to their total; where all are zero, each gets the same share. Member v
/// lies at q + v * member, 0 is the total. `scratch`: one row.
template <class T> inline void rescale_tags(int n, int tags, T* q, std::ptrdiff_t member, T* TQ_RESTRICT scratch) {
  const T* total = q;
  std::copy_n(q + member, n, scratch);
  for (int v = 2; v <= tags; ++v) {
    const T* tag = q + v * member;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      scratch[i] += tag[i];
    }
  }
  T untagged = 0; // most of what no tag has a share of: round-off of the total, so rarely anything
#pragma omp simd reduction(max : untagged)
  for (int i = 0; i < n; ++i) {
    untagged = larger(untagged, scratch[i] > T(0) ? T(0) : total[i]);
  }
  for (int i = 0; i < n && untagged > T(0); ++i) {
    if (!(scratch[i] > T(0))) {
      for (int v = 1; v <= tags; ++v) {
        q[v * member + i] = total[i] / T(tags);
      }
      scratch[i] = total[i];
    }
  }
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    scratch[i] = total[i] / larger(scratch[i], std::numeric_limits<T>::min());
  }
  for (int v = 1; v <= tags; ++v) {
    T* tag = q + v * member;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      tag[i] *= scratch[i];
    }
  }
}

} // namespace tq
