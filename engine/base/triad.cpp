#include "base/triad.hpp"

#include "base/macros.hpp"

#include <algorithm>
#include <chrono>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace tq {

namespace {

constexpr double factor = 3;

/// Elements of a cache line, which streaming stores should fill at once; arrays are whole lines.
constexpr std::ptrdiff_t line = 8;

/// a = b + c x for one cache line, past the caches, in the widest vectors that the compiler may use.
#if defined(__AVX512F__)
inline void stream_line(double* a, const double* b, const double* c) {
  _mm512_stream_pd(a, _mm512_add_pd(_mm512_load_pd(b), _mm512_mul_pd(_mm512_load_pd(c), _mm512_set1_pd(factor))));
}
#elif defined(__AVX__)
inline void stream_line(double* a, const double* b, const double* c) {
  for (int n = 0; n < line; n += 4) {
    _mm256_stream_pd(
        a + n, _mm256_add_pd(_mm256_load_pd(b + n), _mm256_mul_pd(_mm256_load_pd(c + n), _mm256_set1_pd(factor))));
  }
}
#elif defined(__SSE2__)
inline void stream_line(double* a, const double* b, const double* c) {
  for (int n = 0; n < line; n += 2) {
    _mm_stream_pd(a + n, _mm_add_pd(_mm_load_pd(b + n), _mm_mul_pd(_mm_load_pd(c + n), _mm_set1_pd(factor))));
  }
}
#else
inline void stream_line(double* a, const double* b, const double* c) {
  for (int n = 0; n < line; ++n) {
    a[n] = b[n] + c[n] * factor;
  }
}
#endif

/// Streaming stores become visible in any order; this waits for those of the thread.
inline void wait_for_stores() {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}

} // namespace

Triad::Triad(int threads, int megabytes)
    : threads_(threads), elements_(std::ptrdiff_t(megabytes * 1e6 / (24 * line)) * line) {
  const std::ptrdiff_t elements = elements_;
  for (auto& array : arrays_) {
    array.reset(static_cast<double*>(::operator new[](std::size_t(elements) * sizeof(double), std::align_val_t{64})));
  }
  double *a = arrays_[0].get(), *b = arrays_[1].get(), *c = arrays_[2].get();
#pragma omp parallel for schedule(static) num_threads(threads_)
  for (std::ptrdiff_t n = 0; n < elements; ++n) {
    a[n] = 0;
    b[n] = double(n);
    c[n] = 1;
  }
}

void Triad::run(bool streaming) {
  const std::ptrdiff_t elements = elements_;
  double* TQ_RESTRICT a = arrays_[0].get();
  const double* TQ_RESTRICT b = arrays_[1].get();
  const double* TQ_RESTRICT c = arrays_[2].get();
  if (!streaming) {
#pragma omp parallel for simd schedule(static) num_threads(threads_)
    for (std::ptrdiff_t n = 0; n < elements; ++n) {
      a[n] = b[n] + c[n] * factor;
    }
    return;
  }
#pragma omp parallel num_threads(threads_)
  {
#pragma omp for schedule(static)
    for (std::ptrdiff_t n = 0; n < elements; n += line) {
      stream_line(a + n, b + n, c + n);
    }
    wait_for_stores();
  }
}

double Triad::bandwidth(bool streaming) {
  constexpr int passes = 6;
  using Clock = std::chrono::steady_clock;
  double best = 0;
  for (int pass = 0; pass < passes; ++pass) {
    const auto start = Clock::now();
    run(streaming);
    best = std::max(best, 1e-9 * bytes() / std::chrono::duration<double>(Clock::now() - start).count());
  }
  return best;
}

} // namespace tq
