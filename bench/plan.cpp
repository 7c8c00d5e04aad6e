// What transport prepares once an hour: steps, substeps, and what stays the same during them. Counter ns_per_cell; two
// passes over air mass, fluxes and horizontal exchange, and one that writes the convergence, are counted as its
// traffic.
#include "base/time.hpp"
#include "measure.hpp"

using namespace tq;

namespace {

void add_all() {
  bench::add_sizes(
      "plan", bench::kernel_sizes({8}),
      []<class T>(benchmark::State& state, const BenchmarkSize& size, const std::string& name, int threads, T) {
        BenchmarkCase<T>& box = bench::kept<BenchmarkCase<T>>(name, size);
        bench::measure(state, "ns_per_cell", threads, size.cells(), (2 * 6 + 2) * sizeof(T),
                       [&] { benchmark::DoNotOptimize(box.transport.plan(box.forcing, double(seconds_per_hour))); });
      });
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
