// Memory bandwidth: stream/<plain|streaming>/threads:<n>, for every number of threads; counter gb_per_s.
#include "measure.hpp"

#include <fmt/format.h>

using namespace tq;

namespace {

void add_all() {
  for (int threads = 1; threads <= this_machine().cores; ++threads) {
    for (const bool streaming : {false, true}) {
      bench::add(fmt::format("stream/{}/threads:{}", streaming ? "streaming" : "plain", threads),
                 [=](benchmark::State& state) {
                   Triad& triad = bench::kept<Triad>(std::to_string(threads), threads, bench::triad_megabytes);
                   const auto start = Timers::Clock::now();
                   for (auto _ : state) {
                     triad.run(streaming);
                   }
                   state.counters["gb_per_s"] =
                       1e-9 * triad.bytes() * double(state.iterations()) / bench::seconds_since(start);
                 });
    }
  }
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
