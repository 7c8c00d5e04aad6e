// What a tag costs: a step of tracers with tags against one of the same tracers without, turn by turn. Counters
//   ns_per_cell_tracer   of the step without tags
//   ns_per_cell_tag      what the step with tags takes more, per tag
//   tag_cost_ratio       of these two
#include "measure.hpp"

using namespace tq;

namespace {

template <class T> struct Pair {
  explicit Pair(const BenchmarkSize& size) : plain({size.nx, size.ny, size.nz, size.tracers}), tagged(size) {}
  BenchmarkCase<T> plain, tagged;
};

template <class T> void tags(benchmark::State& state, const BenchmarkSize& size, const std::string& name, int, T) {
  Pair<T>& pair = bench::kept<Pair<T>>(name, size);
  double plain = 0, tagged = 0;
  for (auto _ : state) {
    const auto start = Timers::Clock::now();
    pair.plain.step();
    const auto middle = Timers::Clock::now();
    pair.tagged.step();
    tagged += bench::seconds_since(middle);
    plain += std::chrono::duration<double>(middle - start).count();
  }
  const double tracer_steps = double(state.iterations()) * size.cells() * size.tracers;
  const double tracer = 1e9 * plain / tracer_steps, tag = 1e9 * (tagged - plain) / (tracer_steps * size.tags);
  state.counters["ns_per_cell_tracer"] = tracer;
  state.counters["ns_per_cell_tag"] = tag;
  state.counters["tag_cost_ratio"] = tag / tracer;
}

void add_all() {
  std::vector<BenchmarkSize> sizes;
  for (BenchmarkSize size : bench::kernel_sizes({2, 8})) {
    for (const int count : {1, 3}) {
      size.tags = count;
      sizes.push_back(size);
    }
  }
  bench::add_sizes("tags", sizes, [](auto&&... arguments) { tags(arguments...); });
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
