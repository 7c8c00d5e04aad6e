#include "run/benchmark.hpp"

#include "base/timer.hpp"
#include "base/triad.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <omp.h>

namespace tq {

namespace {

constexpr int repetitions = 5;
constexpr double shortest = 0.04; // s, of a repetition

template <class Body> double seconds_of(const Body& body) {
  const auto start = Timers::Clock::now();
  body();
  return std::chrono::duration<double>(Timers::Clock::now() - start).count();
}

/// Nanoseconds per cell, tracer and step: median of repetitions. Steps come in pairs, one of each order of sweeps.
template <class T> double measure(const BenchmarkSize& size) {
  BenchmarkCase<T> box(size);
  const auto pairs = [&](int count) {
    for (int step = 0; step < 2 * count; ++step) {
      box.step();
    }
  };
  double once = seconds_of([&] { pairs(1); }); // memory is now as it is in a run
  if (once < shortest) {
    once = seconds_of([&] { pairs(1); });
  }
  const int count = std::max(1, int(std::ceil(shortest / once)));
  double seconds[repetitions];
  for (double& value : seconds) {
    value = seconds_of([&] { pairs(count); });
  }
  std::nth_element(seconds, seconds + repetitions / 2, seconds + repetitions);
  return 1e9 * seconds[repetitions / 2] / (2.0 * count * size.cells() * size.count());
}

const BenchmarkTriad& triad_of(const std::vector<BenchmarkTriad>& triads, int threads) {
  return *std::find_if(triads.begin(), triads.end(), [=](const BenchmarkTriad& t) { return t.threads == threads; });
}

} // namespace

double BenchmarkReport::plain(const BenchmarkRow& row) const {
  const BenchmarkTriad& triad = triad_of(triads, row.threads);
  return std::max(triad.plain[0], triad.plain[1]);
}

double BenchmarkReport::streaming(const BenchmarkRow& row) const {
  const BenchmarkTriad& triad = triad_of(triads, row.threads);
  return std::max(triad.streaming[0], triad.streaming[1]);
}

std::vector<int> benchmark_threads(int cores) {
  std::vector<int> threads;
  for (int count = 1; count < cores; count *= 2) {
    threads.push_back(count);
  }
  threads.push_back(cores);
  return threads;
}

std::vector<BenchmarkRow> benchmark_rows(const BenchmarkRequest& request, int cores) {
  const std::vector<int> threads = request.threads ? std::vector<int>{*request.threads} : benchmark_threads(cores);
  const BenchmarkRow short_form[] = {
      {.size = {64, 64, 16, 8}},   {.size = {128, 128, 32, 8}}, {.size = {256, 256, 32, 8}},
      {.size = {256, 256, 32, 1}}, {.size = {512, 512, 32, 8}}, {.size = {256, 256, 32, 8}, .double_precision = true}};
  std::vector<BenchmarkRow> rows;
  for (const int count : threads) {
    for (BenchmarkRow row : short_form) {
      row.threads = count;
      if (request.cells) {
        row.size.nx = request.cells->nx;
        row.size.ny = request.cells->ny;
        row.size.nz = request.cells->nz;
      }
      row.size.tracers = request.tracers.value_or(row.size.tracers);
      row.double_precision = request.double_precision.value_or(row.double_precision);
      const bool again = std::any_of(rows.begin(), rows.end(), [&](const BenchmarkRow& other) {
        return other.size == row.size && other.double_precision == row.double_precision && other.threads == count;
      });
      if (!again) {
        rows.push_back(row);
      }
    }
  }
  return rows;
}

BenchmarkReport run_benchmark(std::vector<BenchmarkRow> rows, int triad_megabytes,
                              const std::function<void(const BenchmarkRow&)>& announce) {
  const int threads_before = omp_get_max_threads();
  BenchmarkReport report;
  report.triad_megabytes = triad_megabytes;
  std::unique_ptr<Triad> triad; // kept from before to after: getting so much memory takes longer than measuring it
  const auto measure_triad = [&](int when) {
    report.triads.back().plain[when] = triad->bandwidth(false);
    report.triads.back().streaming[when] = triad->bandwidth(true);
  };
  for (BenchmarkRow& row : rows) {
    if (!triad || triad->threads() != row.threads) {
      if (triad) {
        measure_triad(1);
        triad.reset();
      }
      triad = std::make_unique<Triad>(row.threads, triad_megabytes);
      report.triads.push_back({.threads = row.threads});
      measure_triad(0);
      omp_set_num_threads(row.threads);
    }
    announce(row);
    row.nanoseconds = row.double_precision ? measure<double>(row.size) : measure<float>(row.size);
  }
  measure_triad(1);
  omp_set_num_threads(threads_before);
  report.rows = std::move(rows);
  return report;
}

} // namespace tq
