// One outer step of transport, planes and columns: engine/run/benchmark_case.hpp says of what.
#include "measure.hpp"

using namespace tq;

namespace {

void add_all() {
  std::vector<BenchmarkSize> sizes;
  for (const auto& [nx, nz] : {std::pair{64, 16}, {128, 32}, {256, 32}, {512, 32}, {1024, 32}}) {
    for (const int tracers : {1, 4, 8, 16, 64}) {
      sizes.push_back({nx, nx, nz, tracers});
    }
  }
  bench::add_sizes(
      "full_step", sizes,
      []<class T>(benchmark::State& state, const BenchmarkSize& size, const std::string& name, int threads, T) {
        BenchmarkCase<T>& box = bench::kept<BenchmarkCase<T>>(name, size);
        bench::measure(state, "ns_per_cell_tracer_step", threads, size.cells() * size.count(),
                       benchmark_traffic(size, sizeof(T)).step(), [&] { box.step(); });
      });
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
