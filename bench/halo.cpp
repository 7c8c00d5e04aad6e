// Exchange of the halo of all tracers and levels between virtual ranks, a thread each:
// halo/<float|double>/<nx>x<ny>x<nz>/tracers:<n>/ranks:<x>x<y>/real_time. Counters us_per_exchange, gb_per_s (sent by
// all ranks).
#include "measure.hpp"

#include <fmt/format.h>
#include <numeric>

using namespace tq;

namespace {

struct Ranks {
  int x, y;
};

/// What one exchange sends, in all [bytes].
double message_bytes(const Decomposition& decomposition, const BenchmarkSize& size, std::size_t element) {
  double cells = 0;
  for (int rank = 0; rank < decomposition.ranks(); ++rank) {
    const Subdomain s = decomposition.of(rank);
    for (int dj = -1; dj <= 1; ++dj) {
      for (int di = -1; di <= 1; ++di) {
        if ((di != 0 || dj != 0) && s.neighbour[1 + dj][1 + di] >= 0) {
          cells += double(di == 0 ? s.nx : halo_width) * (dj == 0 ? s.ny : halo_width);
        }
      }
    }
  }
  return cells * size.nz * size.count() * double(element);
}

template <class T> void exchange(benchmark::State& state, const BenchmarkSize& size, Ranks ranks) {
  constexpr int exchanges = 32; // per iteration, so that starting threads costs little beside
  const Decomposition decomposition(size.nx, size.ny, ranks.x, ranks.y);
  std::vector<Field<T>> fields;
  for (int rank = 0; rank < decomposition.ranks(); ++rank) {
    const Subdomain s = decomposition.of(rank);
    fields.emplace_back(s.nx, s.ny, size.nz, size.count(), halo_width);
  }
  std::vector<int> levels(std::size_t(size.nz), 0);
  std::iota(levels.begin(), levels.end(), 0);
  const auto start = Timers::Clock::now();
  for (auto _ : state) {
    run_virtual_ranks(decomposition.ranks(), [&](Communicator& communicator) {
      for (int n = 0; n < exchanges; ++n) {
        exchange_halo(communicator, decomposition.of(communicator.rank()),
                      fields[std::size_t(communicator.rank())].view(), levels);
      }
    });
  }
  const double seconds = bench::seconds_since(start) / (exchanges * double(state.iterations()));
  state.counters["us_per_exchange"] = 1e6 * seconds;
  state.counters["gb_per_s"] = 1e-9 * message_bytes(decomposition, size, sizeof(T)) / seconds;
}

template <class T> void add_type(const char* precision) {
  for (const BenchmarkSize& size : bench::kernel_sizes({1, 8})) {
    for (const Ranks ranks : {Ranks{2, 1}, Ranks{1, 2}, Ranks{2, 2}}) {
      bench::add(fmt::format("halo/{}/{}x{}x{}/tracers:{}/ranks:{}x{}", precision, size.nx, size.ny, size.nz,
                             size.tracers, ranks.x, ranks.y),
                 [=](benchmark::State& state) { exchange<T>(state, size, ranks); })
          ->UseRealTime();
    }
  }
}

void add_all() {
  add_type<float>("float");
  add_type<double>("double");
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
