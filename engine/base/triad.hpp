#pragma once
#include <cstddef>
#include <memory>
#include <new>

namespace tq {

/// The machine's memory bandwidth by the triad a = b + c x (McCalpin's STREAM), 24 bytes counted per element. With
/// plain stores the processor reads `a` as well, which is not counted; streaming stores show what the memory can do.
class Triad {
 public:
  static constexpr int usual_megabytes = 800; // several times the caches that a core reaches

  /// Takes about so much memory, which is touched first by the threads that use it.
  explicit Triad(int threads, int megabytes = usual_megabytes);

  /// One pass. Where the compiler targets no x86, streaming stores are plain ones.
  void run(bool streaming);

  /// The best of a few passes [GB/s].
  double bandwidth(bool streaming);

  int threads() const { return threads_; }
  std::ptrdiff_t elements() const { return elements_; }     // of each array
  double bytes() const { return 24.0 * double(elements_); } // of one pass
  /// a: after a pass element n is n + 3.
  double* result() { return arrays_[0].get(); }

 private:
  struct Free {
    void operator()(double* pointer) const { ::operator delete[](pointer, std::align_val_t{64}); }
  };
  int threads_;
  std::ptrdiff_t elements_;
  std::unique_ptr<double[], Free> arrays_[3];
};

} // namespace tq
