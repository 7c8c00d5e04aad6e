#include "diagnostics/collect.hpp"

namespace tq {

void gather_into(Communicator& communicator, const Decomposition& decomposition, View2<const double> local,
                 std::span<double> out, std::size_t n) {
  const Subdomain part = decomposition.of(communicator.rank());
  const std::size_t size = std::size_t(part.nx_global) * std::size_t(part.ny_global);
  double* data = communicator.is_root() ? out.subspan(n * size, size).data() : nullptr;
  gather<double>(communicator, decomposition, local, {data, part.nx_global, part.nx_global, part.ny_global, 0});
}

void collect_means(Communicator& communicator, const Decomposition& decomposition, Averages& averages,
                   std::span<double> out) {
  for (int p = 0; p < averages.pollutants(); ++p) {
    gather_into(communicator, decomposition, averages.mean(p), out, std::size_t(p));
  }
}

void collect_volume(Communicator& communicator, const Decomposition& decomposition, Averages& averages,
                    std::span<const int> volume, std::span<double> out) {
  std::size_t layer = 0;
  for (const int p : volume) {
    for (int k = 0; k < averages.levels(); ++k, ++layer) {
      gather_into(communicator, decomposition, averages.mean(p, k), out, layer);
    }
  }
}

void collect_columns(Communicator& communicator, const Decomposition& decomposition,
                     const std::vector<Pollutant>& pollutants, const TracerSet& tracers, View3<const double> amounts,
                     double factor, std::span<double> out, int scenario) {
  Field<double> sum(amounts.nx, amounts.ny, 1, 1, 0);
  for (std::size_t p = 0; p < pollutants.size(); ++p) {
    for (int j = 0; j < amounts.ny; ++j) {
      for (int i = 0; i < amounts.nx; ++i) {
        double total = 0;
        for (const int member : pollutants[p].members) {
          total += amounts(i, j, tracers.index({scenario, member, 0}));
        }
        sum.view2()(i, j) = total * factor;
      }
    }
    gather_into(communicator, decomposition, sum.view2(), out, p);
  }
}

} // namespace tq
