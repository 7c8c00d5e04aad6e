#pragma once
/// What the benchmarks share: the loop that sets time beside the memory's bandwidth, cases that repetitions share,
/// main().

#include "base/machine.hpp"
#include "base/timer.hpp"
#include "base/triad.hpp"
#include "base/version.hpp"
#include "run/benchmark.hpp"

#include <algorithm>
#include <array>
#include <benchmark/benchmark.h>
#include <charconv>
#include <cstdio>
#include <memory>
#include <omp.h>
#include <string>

namespace tq::bench {

inline double seconds_since(Timers::Clock::time_point start) {
  return std::chrono::duration<double>(Timers::Clock::now() - start).count();
}

/// The object that goes with `key`, made from `arguments` unless it was the last one asked for: calls of one benchmark
/// share it, and there is never more than one.
template <class Case, class... Arguments> Case& kept(const std::string& key, const Arguments&... arguments) {
  static std::string held_key;
  static std::shared_ptr<void> held;
  if (held_key != key) {
    held.reset();
    held = std::make_shared<Case>(arguments...);
    held_key = key;
  }
  return *static_cast<Case*>(held.get());
}

/// What the memory's triad runs over: `--triad=MB` sets it.
inline int triad_megabytes = Triad::usual_megabytes;

/// The triad with streaming stores [GB/s].
inline double stream_bandwidth(int threads) {
  static std::unique_ptr<Triad> triad;
  if (!triad || triad->threads() != threads) {
    triad.reset();
    triad = std::make_unique<Triad>(threads, triad_megabytes);
  }
  return triad->bandwidth(true);
}

/// Runs `body` for the benchmark. An iteration does `work` units, each of which moves `bytes`. Counters: `counter` [ns
/// per unit, wall time]; the triad on `threads` threads before and after; the time that the bytes take at its better
/// value, over the time measured.
template <class Body>
void measure(benchmark::State& state, const char* counter, int threads, double work, double bytes, const Body& body) {
  const double before = stream_bandwidth(threads);
  const auto start = Timers::Clock::now();
  for (auto _ : state) {
    body();
  }
  const double ns = 1e9 * seconds_since(start) / (double(state.iterations()) * work);
  const double after = stream_bandwidth(threads);
  state.counters[counter] = ns;
  state.counters["stream_gb_per_s"] = before;
  state.counters["stream_gb_per_s_after"] = after;
  state.counters["share_of_bound"] = bytes / std::max(before, after) / ns;
}

/// Adds a benchmark; `body` takes a benchmark::State&. If other threads than its own do the work it needs
/// UseRealTime(): how often it is repeated goes by its thread's time otherwise.
template <class Body> benchmark::internal::Benchmark* add(const std::string& name, const Body& body) {
  return benchmark::RegisterBenchmark(name.c_str(), body)->Unit(benchmark::kMillisecond);
}

/// KERNEL/<float|double>/<nx>x<ny>x<nz>/tracers:<n>[/tags:<n>]/threads:<n> for both precisions and 1, 2, 4 ... all
/// cores, smallest first. `body` takes State&, the size, the name and the number of threads, which OpenMP has by then,
/// and is called with a number of the precision as its last argument. What would take more than half of the memory is
/// left out.
template <class Body>
void add_sizes(const std::string& kernel, const std::vector<BenchmarkSize>& sizes, const Body& body) {
  const Machine machine = this_machine();
  const auto add_one = [&]<class T>(const char* precision, const BenchmarkSize& size, int threads, T number) {
    if (benchmark_memory(size, sizeof(T)) < 0.5 * machine.memory) {
      const std::string name = kernel + "/" + benchmark_name(precision, size, threads);
      add(name, [=](benchmark::State& state) {
        omp_set_num_threads(threads);
        body(state, size, name, threads, number);
      });
    }
  };
  for (const int threads : benchmark_threads(machine.cores)) {
    for (const BenchmarkSize& size : sizes) {
      add_one("float", size, threads, float{});
      add_one("double", size, threads, double{});
    }
  }
}

/// Sizes of the benchmarks of single kernels.
inline std::vector<BenchmarkSize> kernel_sizes(const std::vector<int>& tracers) {
  std::vector<BenchmarkSize> sizes;
  for (const auto& [nx, ny, nz] : {std::array{64, 64, 16}, std::array{256, 256, 32}}) {
    for (const int n : tracers) {
      sizes.push_back({nx, ny, nz, n});
    }
  }
  return sizes;
}

/// Takes `--triad=MB` from the arguments; false if there is no such number.
inline bool read_triad(int& count, char** values) {
  const std::string flag = "--triad=";
  for (int n = 1; n < count; ++n) {
    const std::string text = values[n];
    if (text.rfind(flag, 0) == 0) {
      const char* const end = text.data() + text.size();
      const auto [stop, error] = std::from_chars(text.data() + flag.size(), end, triad_megabytes);
      std::rotate(values + n, values + n + 1, values + count);
      --count;
      return error == std::errc{} && stop == end && triad_megabytes > 0;
    }
  }
  return true;
}

/// main() of a program whose benchmarks `add_all` adds.
inline int run(int count, char** values, void (*add_all)()) {
  benchmark::Initialize(&count, values);
  if (!read_triad(count, values)) {
    std::fputs("--triad must be a number of megabytes, 1 or more\n", stderr);
    return 1;
  }
  if (benchmark::ReportUnrecognizedArguments(count, values)) {
    return 1;
  }
  benchmark::AddCustomContext("processor", this_machine().processor);
  benchmark::AddCustomContext("compiler", version::compiler);
  benchmark::AddCustomContext("flags", version::flags);
  add_all();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

} // namespace tq::bench
