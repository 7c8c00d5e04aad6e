#pragma once
#include "transport/transport.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <omp.h>

namespace tq {

/// n rounded up to whole vectors: rows are padded, and loops that need no remainder are faster. What they compute there
/// is never used, and may be no number: checked builds, which trap that, keep to n.
template <class T> constexpr int whole_row(int n) {
#if defined(TIANQING_CHECKED)
  return n;
#else
  constexpr int lanes = 64 / int(sizeof(T));
  return (n + lanes - 1) / lanes * lanes;
#endif
}

/// Asks for n elements that will be needed soon, into the second-level cache. They need not exist.
template <class T> inline void prefetch_row(int n, const T* row) {
  for (int i = 0; i < n; i += 64 / int(sizeof(T))) {
    __builtin_prefetch(row + i, 1, 2);
  }
}

/// Rows of scratch for one thread, each on a 64-byte boundary.
template <class T> class Scratch {
 public:
  static std::ptrdiff_t whole(std::ptrdiff_t n) {
    constexpr std::ptrdiff_t lanes = 64 / sizeof(T);
    return (n + lanes - 1) / lanes * lanes;
  }

  /// Grows to at least this many elements; all zero then.
  void reserve(std::ptrdiff_t elements) {
    if (elements > size_) {
      memory_.reset(static_cast<T*>(::operator new[](std::size_t(elements) * sizeof(T), std::align_val_t{64})));
      std::memset(memory_.get(), 0, std::size_t(elements) * sizeof(T));
      size_ = elements;
    }
    used_ = 0;
  }
  T* take(std::ptrdiff_t elements) {
    T* at = memory_.get() + used_;
    used_ += whole(elements);
    return at;
  }

 private:
  struct Free {
    void operator()(T* pointer) const { ::operator delete[](pointer, std::align_val_t{64}); }
  };
  std::unique_ptr<T[], Free> memory_;
  std::ptrdiff_t size_ = 0;
  std::ptrdiff_t used_ = 0;
};

/// Least and largest mixing ratio of a tracer on a level [kg kg-1], inflow included.
template <class T> struct Range { T least, most; };

/// Amounts [kg] through the faces at the domain's edge, per level, tracer and face: (inflow, outflow). Levels
/// are written by different threads, so each has its own; the sum over levels is made in collect(), in their
/// order.
class EdgeAmounts {
 public:
  EdgeAmounts(int nx, int ny, int nz, int nt)
      : nx_(nx), ny_(ny), nt_(nt), amounts_(std::size_t(nz) * nt * 2 * (nx + ny) * 2, 0.0) {}

  int perimeter() const { return 2 * (nx_ + ny_); }
  int west(int j) const { return j; }
  int east(int j) const { return ny_ + j; }
  int south(int i) const { return 2 * ny_ + i; }
  int north(int i) const { return 2 * ny_ + nx_ + i; }
  /// Inflow of the face; the next element is its outflow.
  double* at(int k, int n, int face) { return &amounts_[((std::size_t(k) * nt_ + n) * perimeter() + face) * 2]; }
  void reset() { amounts_.assign(amounts_.size(), 0.0); }

 private:
  int nx_, ny_, nt_;
  std::vector<double> amounts_;
};

/// Tracers [first, last), whole families of as many tags, that take the same steps.
struct TracerBlock {
  int first, last;
  int tags;
  bool mixes = true; // in the columns

  int tracers() const { return last - first; }
};

/// Adds a family to the last block, or to a new one if it differs from that or would bring it above `most` tracers.
inline void add_to_blocks(std::vector<TracerBlock>& blocks, TracerSet::Family family, bool mixes, int most) {
  const int end = family.first + 1 + family.tags;
  if (blocks.empty() || blocks.back().mixes != mixes || blocks.back().tags != family.tags ||
      end - blocks.back().first > most) {
    blocks.push_back({family.first, family.first, family.tags, mixes});
  }
  blocks.back().last = end;
}

template <class T> struct Transport<T>::Memory {
  Memory(const Subdomain& s, int nz, int nt)
      : convergence(s.nx, s.ny, nz, 1, halo_width), wet_loss(s.nx, s.ny, nt, 1, 0), edges(s.nx, s.ny, nz, nt) {}

  Field<T> convergence; // kg s-1, of the horizontal fluxes, with halo
  Field<T> wet_loss;    // share of a tracer that rain removes in one outer step, (i, j, tracer)
  std::vector<T> decay_loss; // share that decays in one outer step, by tracer; none where nothing decays
  EdgeAmounts edges;
  std::vector<TracerBlock> level_blocks; // of the planes
  std::vector<TracerBlock> blocks;       // of the columns; made anew each step in the same memory
  std::vector<Range<T>> ranges;    // [k * tracers + n], of u5_relaxed
  std::vector<double> extremes;    // where they are collected
  std::vector<Scratch<T>> scratch; // per thread

  /// Sees to it that every thread has its scratch.
  void reserve_threads() { scratch.resize(std::max(scratch.size(), std::size_t(omp_get_max_threads()))); }

  /// The levels that take more than `substep` substeps; valid until the next call.
  const std::vector<int>& levels_with(const StepPlan& plan, int substep) {
    levels.clear();
    for (int k = 0; k < int(plan.substeps.size()); ++k) {
      if (plan.substeps[std::size_t(k)] > substep) {
        levels.push_back(k);
      }
    }
    return levels;
  }

 private:
  std::vector<int> levels;
};

} // namespace tq
