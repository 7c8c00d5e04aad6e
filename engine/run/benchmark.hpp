#pragma once
/// The short form of the benchmarks, for `tianqing bench`: the transport step beside the machine's memory.

#include "run/benchmark_case.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tq {

/// What is asked for. Whatever is given takes the place of the short form's own; equal rows are measured once.
struct BenchmarkRequest {
  std::optional<int> threads = {};         // else 1, 2, 4 ... all cores
  std::optional<BenchmarkSize> cells = {}; // nx, ny, nz
  std::optional<int> tracers = {};
  std::optional<bool> double_precision = {};
};

/// Median over repetitions.
struct BenchmarkRow {
  BenchmarkSize size;
  bool double_precision = false;
  int threads = 1;
  double nanoseconds = 0; // per cell, tracer and step

  const char* precision() const { return double_precision ? "double" : "float"; }
  std::size_t element() const { return double_precision ? sizeof(double) : sizeof(float); }
  double rate() const { return 1e9 / nanoseconds; } // cell-tracer-steps per second
  double gb_per_s() const { return benchmark_traffic(size, element()).step() / nanoseconds; } // counted
};

/// The memory's triad on some number of threads before and after the rows of as many [GB/s].
struct BenchmarkTriad {
  int threads = 1;
  double plain[2] = {0, 0};
  double streaming[2] = {0, 0};
};

struct BenchmarkReport {
  int triad_megabytes = 0;
  std::vector<BenchmarkTriad> triads;
  std::vector<BenchmarkRow> rows;

  /// The triad on as many threads as the row; better of before and after.
  double plain(const BenchmarkRow& row) const;
  double streaming(const BenchmarkRow& row) const;
  /// Time that the counted bytes take at the streaming triad's bandwidth, over the measured time.
  double share_of_bound(const BenchmarkRow& row) const { return row.gb_per_s() / streaming(row); }
};

/// 1, 2, 4 ... and all cores.
std::vector<int> benchmark_threads(int cores);

/// The rows to be measured, in their order: by threads, then as in the short form.
std::vector<BenchmarkRow> benchmark_rows(const BenchmarkRequest& request, int cores);

/// Measures, with a triad of so much memory. `announce` hears of each row before it. Leaves OpenMP's number of threads
/// as it was.
BenchmarkReport run_benchmark(std::vector<BenchmarkRow> rows, int triad_megabytes,
                              const std::function<void(const BenchmarkRow&)>& announce);

/// What was measured on what: for people, and with the same content as JSON.
std::string benchmark_table(const BenchmarkReport& report);
std::string benchmark_json(const BenchmarkReport& report);

} // namespace tq
