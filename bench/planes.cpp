// Horizontal transport of one outer step, alone, without and with tags.
#include "measure.hpp"

using namespace tq;

namespace {

void add_all() {
  std::vector<BenchmarkSize> sizes = bench::kernel_sizes({1, 8, 64});
  sizes.push_back({.nx = 256, .ny = 256, .nz = 32, .tracers = 8, .tags = 3});
  bench::add_sizes(
      "planes", sizes,
      []<class T>(benchmark::State& state, const BenchmarkSize& size, const std::string& name, int threads, T) {
        BenchmarkCase<T>& box = bench::kept<BenchmarkCase<T>>(name, size);
        bench::measure(state, "ns_per_cell_tracer", threads, size.cells() * size.count(),
                       benchmark_traffic(size, sizeof(T)).planes, [&] { box.planes(); });
      });
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
