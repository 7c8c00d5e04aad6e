#pragma once
#include "base/macros.hpp"

#include <cassert>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <type_traits>

#if defined(TIANQING_CHECKED)
#define TQ_CHECK_INDEX(condition) (static_cast<bool>(condition) ? void(0) : std::abort())
#else
#define TQ_CHECK_INDEX(condition) void(0)
#endif

namespace tq {

/// Views do not own memory and are trivially copyable. Index order (i, j, k): i east and contiguous, j north, k up;
/// the interior starts at 0, halo indices are negative or beyond the extent.
template <class T> struct View2 {
  T* data = nullptr; // element (0, 0)
  std::ptrdiff_t row = 0;
  int nx = 0, ny = 0, halo = 0;

  TQ_HD T& operator()(int i, int j) const {
    TQ_CHECK_INDEX(i >= -halo && i < nx + halo && j >= -halo && j < ny + halo);
    return data[j * row + i];
  }
  T* line(int j) const { return data + j * row; }
  operator View2<const T>() const { return {data, row, nx, ny, halo}; }
};

template <class T> struct View3 {
  T* data = nullptr; // element (0, 0, 0)
  std::ptrdiff_t row = 0, plane = 0;
  int nx = 0, ny = 0, nz = 0, halo = 0;

  TQ_HD T& operator()(int i, int j, int k) const {
    TQ_CHECK_INDEX(i >= -halo && i < nx + halo && j >= -halo && j < ny + halo && k >= 0 && k < nz);
    return data[k * plane + j * row + i];
  }
  T* line(int j, int k) const { return data + k * plane + j * row; }
  View2<T> level(int k) const { return {data + k * plane, row, nx, ny, halo}; }
  operator View3<const T>() const { return {data, row, plane, nx, ny, nz, halo}; }
};

/// (tracer, k, j, i) in memory; view[n] is the three-dimensional field of tracer n.
template <class T> struct View4 {
  T* data = nullptr;
  std::ptrdiff_t row = 0, plane = 0, block = 0;
  int nx = 0, ny = 0, nz = 0, nt = 0, halo = 0;

  TQ_HD View3<T> operator[](int n) const {
    TQ_CHECK_INDEX(n >= 0 && n < nt);
    return {data + n * block, row, plane, nx, ny, nz, halo};
  }
  operator View4<const T>() const { return {data, row, plane, block, nx, ny, nz, nt, halo}; }
};

/// Owner of a block of (tracer, k, j, i), zero at first. Every row's interior begins on a 64-byte boundary and rows are
/// padded to whole vectors, so row loops may run over whole vectors into the padding; planes are padded by a few
/// cache lines so that neighbours in k do not share L1 sets. Pages are touched first by the threads that share k.
template <class T> class Field {
  static_assert(std::is_trivially_copyable_v<T>);

public:
  static constexpr int lanes = 64 / int(sizeof(T)); // elements per cache line

  Field() = default;
  Field(int nx, int ny, int nz, int nt, int halo) : nx_(nx), ny_(ny), nz_(nz), nt_(nt), halo_(halo) {
    const auto whole = [](std::ptrdiff_t n) { return (n + lanes - 1) / lanes * lanes; };
    const std::ptrdiff_t left = whole(halo);
    row_ = left + whole(nx + halo) + lanes;
    plane_ = row_ * (ny + 2 * halo) + 3 * lanes;
    block_ = plane_ * nz + 5 * lanes;
    size_ = block_ * nt;
    origin_ = left + halo * row_;
    memory_.reset(static_cast<T*>(::operator new[](std::size_t(size_) * sizeof(T), std::align_val_t{64})));
    for (int n = 0; n < nt; ++n) {
#pragma omp parallel for schedule(static)
      for (int k = 0; k < nz; ++k) {
        const std::ptrdiff_t first = n * block_ + k * plane_;
        const std::ptrdiff_t last = k + 1 < nz ? first + plane_ : (n + 1) * block_;
        for (std::ptrdiff_t m = first; m < last; ++m) {
          memory_[m] = T{};
        }
      }
    }
  }

  int nx() const { return nx_; }
  int ny() const { return ny_; }
  int nz() const { return nz_; }
  int nt() const { return nt_; }
  int halo() const { return halo_; }
  /// All elements with halo and padding, for archives.
  T* raw() { return memory_.get(); }
  std::size_t raw_size() const { return std::size_t(size_); }

  View4<T> view() { return {memory_.get() + origin_, row_, plane_, block_, nx_, ny_, nz_, nt_, halo_}; }
  View4<const T> view() const { return {memory_.get() + origin_, row_, plane_, block_, nx_, ny_, nz_, nt_, halo_}; }
  View3<T> view3() { return view()[0]; }
  View3<const T> view3() const { return view()[0]; }
  View2<T> view2() { return view()[0].level(0); }
  View2<const T> view2() const { return view()[0].level(0); }

private:
  struct Free {
    void operator()(T* pointer) const { ::operator delete[](pointer, std::align_val_t{64}); }
  };
  int nx_ = 0, ny_ = 0, nz_ = 0, nt_ = 0, halo_ = 0;
  std::ptrdiff_t row_ = 0, plane_ = 0, block_ = 0, size_ = 0, origin_ = 0;
  std::unique_ptr<T[], Free> memory_;
};

} // namespace tq
