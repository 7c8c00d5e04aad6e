// Memory bandwidth: names stream/<plain|streaming>/threads:<n>, counter gb_per_s.
#include "triad.hpp"

#include <benchmark/benchmark.h>

#include <string>

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (int threads = 1; threads <= omp_get_num_procs(); ++threads) {
    for (const bool streaming : {false, true}) {
      const std::string name = std::string("stream/") + (streaming ? "streaming" : "plain") +
                               "/threads:" + std::to_string(threads);
      benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
        tq::bench::Triad triad(threads);
        const auto start = std::chrono::steady_clock::now();
        for (auto _ : state) {
          triad.run(streaming);
        }
        const double elapsed =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        state.counters["gb_per_s"] = 1e-9 * tq::bench::Triad::bytes * double(state.iterations()) / elapsed;
      })->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
