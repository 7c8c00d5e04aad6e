#pragma once
/// The machine's memory bandwidth by the triad a = b + c x (McCalpin's STREAM). Counted: 24 bytes per
/// element; with plain stores the processor reads `a` as well, so only streaming stores show what the memory
/// can do.
#include <omp.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <new>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tq::bench {

class Triad {
public:
  static constexpr std::ptrdiff_t elements = std::ptrdiff_t(1) << 24; // 3 x 128 MiB, larger than any cache
  static constexpr double bytes = 24.0 * elements;

  explicit Triad(int threads) : threads_(threads) {
    for (auto& array : arrays_) {
      array.reset(static_cast<double*>(::operator new[](elements * sizeof(double), std::align_val_t{64})));
    }
    double *a = arrays_[0].get(), *b = arrays_[1].get(), *c = arrays_[2].get();
#pragma omp parallel for schedule(static) num_threads(threads_)
    for (std::ptrdiff_t n = 0; n < elements; ++n) { // pages next to the threads that use them
      a[n] = 0;
      b[n] = double(n);
      c[n] = 1;
    }
  }

  void run(bool streaming) {
    double *a = arrays_[0].get(), *b = arrays_[1].get(), *c = arrays_[2].get();
    const double x = 3;
#if defined(__SSE2__)
    if (streaming) {
      const __m128d factor = _mm_set1_pd(x);
#pragma omp parallel for schedule(static) num_threads(threads_)
      for (std::ptrdiff_t n = 0; n < elements; n += 2) {
        _mm_stream_pd(a + n, _mm_add_pd(_mm_load_pd(b + n), _mm_mul_pd(_mm_load_pd(c + n), factor)));
      }
      return;
    }
#else
    (void)streaming;
#endif
#pragma omp parallel for simd schedule(static) num_threads(threads_)
    for (std::ptrdiff_t n = 0; n < elements; ++n) {
      a[n] = b[n] + c[n] * x;
    }
  }

  /// The best of a few runs [GB/s].
  double bandwidth() {
    double best = 0;
    for (int run_number = 0; run_number < 8; ++run_number) {
      const auto start = std::chrono::steady_clock::now();
      run(true);
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      best = std::max(best, bytes / seconds * 1e-9);
    }
    return best;
  }

private:
  struct Free {
    void operator()(double* pointer) const { ::operator delete[](pointer, std::align_val_t{64}); }
  };
  int threads_;
  std::unique_ptr<double[], Free> arrays_[3];
};

} // namespace tq::bench
