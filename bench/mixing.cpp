// One more solve of vertical mixing, with emission and deposition, while a strip of columns is in cache: columns with
// three solves against columns with one. Counter ns_per_cell_tracer.
#include "measure.hpp"

using namespace tq;

namespace {

template <class T> void mixing(benchmark::State& state, const BenchmarkSize& size, const std::string& name, int, T) {
  BenchmarkCase<T>& box = bench::kept<BenchmarkCase<T>>(name, size);
  StepPlan more = box.plan;
  more.mixing_substeps = 3;
  double seconds = 0; // of two solves
  for (auto _ : state) {
    const auto start = Timers::Clock::now();
    box.columns();
    const auto middle = Timers::Clock::now();
    box.transport.columns(box.forcing, more, box.tracers.view(), box.accounts.views());
    seconds += bench::seconds_since(middle) - std::chrono::duration<double>(middle - start).count();
  }
  state.counters["ns_per_cell_tracer"] = 1e9 * seconds / (2 * double(state.iterations()) * size.cells() * size.count());
}

void add_all() {
  bench::add_sizes("mixing", bench::kernel_sizes({1, 8, 64}), [](auto&&... arguments) { mixing(arguments...); });
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
