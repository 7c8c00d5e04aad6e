#pragma once
/// What all tracers share at a row of faces: computed from air masses and fluxes once, and stored as rows; or computed
/// on the spot where a single tracer uses it.
#include "transport/options.hpp"
#include "transport/reconstruction.hpp"

#include <cstddef>

namespace tq {

/// One face of a horizontal sweep. Amounts [kg] are those of the whole sweep.
template <class T> struct Face {
  T flux;           // air mass through the face, positive to the right
  T mixing;         // air mass exchanged by diffusion
  T stays;          // r_up: what stays of the air of the upwind cell
  T a0, a1, a2, a3; // quartic: weights of the differences in A; piecewise parabolic: a0 = swept share
};

/// What faces along x are computed from: rows of fluxes [kg s-1] and of half the exchange rate [s-1], element i at face
/// i, and of cells before the sweep, element i on its right: air mass and what of it stays [kg].
template <class T> struct FacesAlongRow {
  T seconds;
  const T *flux, *exchange, *mass, *stays;

  TQ_HD T mass_left(std::ptrdiff_t i) const { return mass[i - 1]; }
  TQ_HD T mass_right(std::ptrdiff_t i) const { return mass[i]; }
  TQ_HD T stays_left(std::ptrdiff_t i) const { return stays[i - 1]; }
  TQ_HD T stays_right(std::ptrdiff_t i) const { return stays[i]; }
};

/// The same along y: rows of the cells on both sides.
template <class T> struct FacesAcrossRows {
  T seconds;
  const T *flux, *exchange;
  const T *mass[2], *stays[2];

  TQ_HD T mass_left(std::ptrdiff_t i) const { return mass[0][i]; }
  TQ_HD T mass_right(std::ptrdiff_t i) const { return mass[1][i]; }
  TQ_HD T stays_left(std::ptrdiff_t i) const { return stays[0][i]; }
  TQ_HD T stays_right(std::ptrdiff_t i) const { return stays[1][i]; }
};

/// Computes faces when asked. `Inputs`: FacesAlongRow or FacesAcrossRows.
template <Advection scheme, class T, class Inputs> struct ComputedFaces {
  Inputs in;
  T zero = opaque_zero<T>;

  TQ_HD Face<T> at(std::ptrdiff_t i) const {
    const T left = in.mass_left(i), right = in.mass_right(i);
    const T stays_left = in.stays_left(i), stays_right = in.stays_right(i);
    const T f = in.seconds * in.flux[i], g = in.seconds * (in.exchange[i] * (left + right));
    const bool backward = f < zero;
    const T up = backward ? right : left, stays = backward ? stays_right : stays_left, size = std::fabs(f);
    const T c = swept_share(size, up);
    if constexpr (scheme == Advection::upwind) {
      return {f, g, stays, T(0), T(0), T(0), T(0)};
    } else if constexpr (scheme == Advection::ppm) {
      return {f, g, stays, c, T(0), T(0), T(0)};
    } else {
      const QuarticWeights<T> v = quartic_weights(c);
      return {f, g, stays, size * v.v0, size * v.v1, size * v.v2, size * v.v3};
    }
  }
};

/// Rows of faces one after the other, `row` elements apart, in memory that the caller owns. One pointer with distances
/// that are known when compiling: more pointers than registers would be read again and again from the stack.
template <Advection scheme, class T, int row> struct StoredFaces {
  static constexpr int weights = scheme == Advection::upwind ? 0 : scheme == Advection::ppm ? 1 : 4;
  static constexpr int rows = 3 + weights;

  T* memory;

  TQ_HD Face<T> at(std::ptrdiff_t i) const {
    const T f = memory[i], g = memory[row + i], stays = memory[2 * row + i];
    if constexpr (weights == 0) {
      return {f, g, stays, T(0), T(0), T(0), T(0)};
    } else if constexpr (weights == 1) {
      return {f, g, stays, memory[3 * row + i], T(0), T(0), T(0)};
    } else {
      return {f, g, stays, memory[3 * row + i], memory[4 * row + i], memory[5 * row + i], memory[6 * row + i]};
    }
  }
  const T* flux() const { return memory; }
  const T* mixing() const { return memory + row; }

  /// Computes n faces into the rows.
  template <class Inputs> void fill(int n, const ComputedFaces<scheme, T, Inputs>& from) const {
    T* TQ_RESTRICT out = memory;
#pragma omp simd
    for (int i = 0; i < n; ++i) {
      const Face<T> face = from.at(i);
      out[i] = face.flux;
      out[row + i] = face.mixing;
      out[2 * row + i] = face.stays;
      if constexpr (weights > 0) {
        out[3 * row + i] = face.a0;
      }
      if constexpr (weights > 1) {
        out[4 * row + i] = face.a1;
        out[5 * row + i] = face.a2;
        out[6 * row + i] = face.a3;
      }
    }
  }
};

} // namespace tq
