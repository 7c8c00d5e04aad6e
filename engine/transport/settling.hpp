#pragma once
/// Fall of one tracer's particles through a strip of columns: the exact shift of what a face's fall distance holds.
///
/// During dt the particles that pass face f are those within w_f = v_f dt above it, v the fall speed there. With the
/// concentration C = q M / h (per unit of area; q mixing ratio, M air mass [kg], h thickness [m] of a cell):
///
///   W_f = integral of C over [z_f, z_f + w_f],   M_k q'_k = M_k q_k + W_{k+1} - W_k,
///
/// over as many layers as the distance reaches: any Courant number. Above the lid lies the background. In a cell that
/// is cut at the height c h above its floor, the lower part holds
///
///   h [c C + A*],  A* = minmod(A, c d, (1 - c) d'),  A = c (1 - c) [(1 - c) (C_floor - C) + c (C - C_roof)],
///
/// d = C of the cell below less C, d' = C less that of the cell above; C_floor and C_roof: values at the cell's faces
/// of the parabola through the three cells' means. A* as a function of c has slopes between -d' and d (a parabola
/// through falling means cannot leave and come back within a cell), so the profile lies between the neighbours'
/// means, and any number of faces can cut the same cell. Below the ground the line through the two lowest cells is
/// continued, but not below zero: what leaves there may exceed the cell's mean, what stays may not.
///
/// What holds: each z_f + w_f is at most the one above (a slower fall aloft is clipped), so a cell receives what an
/// interval held and nothing turns negative; the mean concentration over that interval is within the bounds of the
/// cells around it; a uniform concentration under a uniform speed stays, to round-off. A uniform *mixing ratio* does
/// not: as particles fall into denser air, it is their concentration that stays.
///
/// Source: flux-form semi-Lagrangian fall, Lin and Rood 1996, Mon. Wea. Rev. 124, 2046; sub-grid parabola Colella and
/// Woodward 1984, J. Comput. Phys. 54, 174; bound as in reconstruction.hpp. Limits: v within the distance is that at
/// the face, so its change with height counts to first order in dt; profiles are clipped at extrema.
#include "transport/tags.hpp"

#include <algorithm>
#include <cstddef>

namespace tq {

/// What all tracers of a strip share, rows [k * row + i]; weights of d and d' in the parabola's values at the faces.
template <class T> struct SettlingFactors {
  static constexpr int rows = 5;
  T* inverse_thickness; // m-1
  T* floor_below;       // C_floor - C = floor_below d + floor_above d'
  T* floor_above;
  T* roof_below; // C - C_roof = roof_below d + roof_above d'
  T* roof_above;
  std::ptrdiff_t row;

  /// `slab`: elements of all levels of one of them.
  static SettlingFactors in(T* memory, std::ptrdiff_t slab, std::ptrdiff_t row) {
    return {memory, memory + slab, memory + 2 * slab, memory + 3 * slab, memory + 4 * slab, row};
  }
};

/// `thickness(k)` gives rows [m]. Beyond the ground and the lid the layers continue with the same thickness.
template <class T, class Thickness>
inline void factor_settling(int n, int nz, Thickness thickness, const SettlingFactors<T>& out) {
  for (int k = 0; k < nz; ++k) {
    const T* below = thickness(k == 0 ? 0 : k - 1);
    const T* here = thickness(k);
    const T* above = thickness(k + 1 == nz ? k : k + 1);
    T* TQ_RESTRICT inverse = out.inverse_thickness + k * out.row;
    T* TQ_RESTRICT floor_below = out.floor_below + k * out.row;
    T* TQ_RESTRICT floor_above = out.floor_above + k * out.row;
    T* TQ_RESTRICT roof_below = out.roof_below + k * out.row;
    T* TQ_RESTRICT roof_above = out.roof_above + k * out.row;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      const ParabolaWeights<T> floor = parabola_weights(above[i], here[i], below[i], T(0));
      const ParabolaWeights<T> roof = parabola_weights(below[i], here[i], above[i], T(0));
      inverse[i] = T(1) / here[i];
      floor_below[i] = floor.ahead;
      floor_above[i] = floor.behind;
      roof_below[i] = roof.behind;
      roof_above[i] = roof.ahead;
    }
  }
}

/// Content of the lower part of a cell over its thickness, the part's height being `cut` in [0, 1] of it. `rise`: d;
/// `fall`: d'; `floor`: C_floor - C; `roof`: C - C_roof.
template <class T> TQ_HD inline T lower_part(T cut, T c, T rise, T fall, T floor, T roof) {
  const T rest = T(1) - cut;
  return cut * c + minmod(cut * rest * (rest * floor + cut * roof), cut * rise, rest * fall);
}

/// Concentrations [kg m-1] of a tracer, c[k * row + i] with one row below the ground and one above the lid, from
/// mixing ratios. `mass(k)` [kg] and `cell(k)` [kg kg-1] give rows; `background`: mixing ratio above the lid.
template <class T, class Mass, class Cell>
inline void settling_concentration(int n, int nz, Cell cell, Mass mass, T background, const SettlingFactors<T>& factors,
                                   T* c) {
  const std::ptrdiff_t row = factors.row;
  for (int k = 0; k < nz; ++k) {
    const T* TQ_RESTRICT air = mass(k);
    const T* TQ_RESTRICT ratio = cell(k);
    const T* TQ_RESTRICT inverse = factors.inverse_thickness + k * row;
    T* TQ_RESTRICT out = c + k * row;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      out[i] = ratio[i] * air[i] * inverse[i];
    }
  }
  const int next = nz > 1 ? 1 : 0; // the line through the two lowest means, as far below the ground as above it
  const T* TQ_RESTRICT lowest = factors.inverse_thickness;
  const T* TQ_RESTRICT second = factors.inverse_thickness + next * row;
  const T* TQ_RESTRICT top_air = mass(nz - 1);
  const T* TQ_RESTRICT top = factors.inverse_thickness + (nz - 1) * row;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T ratio = T(2) * second[i] / (lowest[i] + second[i]);
    c[i - row] = larger(T(0), c[i] + ratio * (c[i] - c[i + next * row]));
    c[i + nz * row] = background * top_air[i] * top[i];
  }
}

/// The part of layer k that the rest `left` [m] of a way up takes, as a share `cut` of it; returns the largest rest.
template <class T>
inline T cut_layer(int n, const T* TQ_RESTRICT height, const T* TQ_RESTRICT inverse, T* TQ_RESTRICT left,
                   T* TQ_RESTRICT cut) {
  T most = 0;
#pragma omp simd reduction(max : most)
  for (int i = 0; i < n; ++i) {
    cut[i] = left[i] < height[i] ? smaller(T(1), left[i] * inverse[i]) : T(1);
    left[i] = larger(T(0), left[i] - height[i]);
    most = larger(most, left[i]);
  }
  return most;
}

/// What the cut parts of layer k hold [kg]; `c`: concentration of that layer.
template <class T>
inline void cut_content(int n, int k, const T* TQ_RESTRICT height, const T* TQ_RESTRICT cut, const T* c,
                        const SettlingFactors<T>& factors, T* TQ_RESTRICT content) {
  const std::ptrdiff_t row = factors.row;
  const T* below = c - row;
  const T* above = c + row;
  const T* floor_below = factors.floor_below + k * row;
  const T* floor_above = factors.floor_above + k * row;
  const T* roof_below = factors.roof_below + k * row;
  const T* roof_above = factors.roof_above + k * row;
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    const T rise = below[i] - c[i];
    const T fall = c[i] - above[i];
    content[i] = height[i] * lower_part(cut[i], c[i], rise, fall, floor_below[i] * rise + floor_above[i] * fall,
                                        roof_below[i] * rise + roof_above[i] * fall);
  }
}

/// sum += value, rows.
template <class T> inline void add_row(int n, const T* TQ_RESTRICT value, T* TQ_RESTRICT sum) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    sum[i] += value[i];
  }
}

/// sum += factor * value, rows.
template <class T>
inline void add_product(int n, const T* TQ_RESTRICT factor, const T* TQ_RESTRICT value, T* TQ_RESTRICT sum) {
#pragma omp simd
  for (int i = 0; i < n; ++i) {
    sum[i] += factor[i] * value[i];
  }
}

/// Adds the parts of a total and its tags, rows of `parts.amounts`, to the amounts through a face; those of the tags so
/// scaled that they sum to the total's.
template <class T>
inline void add_parts(int n, int tags, const TagScratch<T>& parts, T* amount, std::ptrdiff_t member_out) {
  add_row(n, parts.amounts, amount);
  if (tags == 0) {
    return;
  }
  T* TQ_RESTRICT factor = parts.sum;
  std::fill_n(factor, n, T(0));
  for (int v = 1; v <= tags; ++v) {
    add_row(n, parts.amounts + v * parts.row, factor);
  }
  normalise(n, parts.amounts, factor);
  for (int v = 1; v <= tags; ++v) {
    add_product(n, factor, parts.amounts + v * parts.row, amount + v * member_out);
  }
}

/// Scratch of settle(); rows as long as those of its factors.
template <class T> struct SettlingScratch {
  T* concentration; // (1 + tags) x (nz + 2) rows
  T *reach, *left, *cut;
  TagScratch<T> tags;
};

/// The fall of a total (member 0) and its `tags` >= 0 tags (members 1...) during `seconds`, in place. `cell(v, k)`
/// gives the rows of member v's mixing ratios; the amounts [kg] through its faces come to amounts + v * member_out,
/// rows of the length of those of `factors`, ground first. `speed`: fall speed [m s-1] at the floor of each level; the
/// lid has the highest level's. `mass(k)` [kg] and `thickness(k)` [m] give rows, `background(v)` the mixing ratio above
/// the lid. Tags move with their own profiles, normalised to the total's part of each layer, as in prepare_tags().
template <class T, class Mass, class Thickness, class Background, class Cell>
inline void settle(int n, int nz, T seconds, const T* speed, Mass mass, Thickness thickness, Background background,
                   int tags, Cell cell, const SettlingFactors<T>& factors, T* amounts, std::ptrdiff_t member_out,
                   const SettlingScratch<T>& scratch) {
  const std::ptrdiff_t row = factors.row;
  const auto concentration = [&](int v, int k) { return scratch.concentration + (v * (nz + 2) + k + 1) * row; };
  const auto amount = [&](int v, int f) { return amounts + v * member_out + f * row; };
  const auto add_beyond = [&](int f, const T* TQ_RESTRICT left) {
    for (int v = 0; v <= tags; ++v) {
      add_product(n, left, concentration(v, nz), amount(v, f));
    }
  };
  for (int v = 0; v <= tags; ++v) {
    settling_concentration(
        n, nz, [&](int k) { return cell(v, k); }, mass, background(v), factors, concentration(v, 0));
    std::fill_n(amount(v, 0), (nz + 1) * row, T(0));
  }
  std::fill_n(scratch.reach, n, seconds * speed[nz - 1]);
  add_beyond(nz, scratch.reach);
  for (int f = nz - 1; f >= 0; --f) {
    T most = seconds * speed[f];
    const T* TQ_RESTRICT lowest = thickness(f);
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      scratch.reach[i] = smaller(most, lowest[i] + scratch.reach[i]);
      scratch.left[i] = scratch.reach[i];
    }
    for (int k = f; k < nz && most > T(0); ++k) {
      most = cut_layer(n, thickness(k), factors.inverse_thickness + k * row, scratch.left, scratch.cut);
      for (int v = 0; v <= tags; ++v) {
        cut_content(n, k, thickness(k), scratch.cut, concentration(v, k), factors,
                    scratch.tags.amounts + v * scratch.tags.row);
      }
      add_parts(n, tags, scratch.tags, amount(0, f), member_out);
    }
    if (most > T(0)) {
      add_beyond(f, scratch.left);
    }
  }
  for (int v = 0; v <= tags; ++v) {
    for (int k = 0; k < nz; ++k) {
      const T* TQ_RESTRICT air = mass(k);
      const T* out = amount(v, k);
      const T* in = amount(v, k + 1);
      T* TQ_RESTRICT here = cell(v, k);
#pragma omp simd
      for (int i = 0; i < n; ++i) {
        here[i] = larger(here[i] + (in[i] - out[i]) / air[i], T(0));
      }
    }
  }
}

} // namespace tq
