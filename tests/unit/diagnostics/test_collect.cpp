#include "diagnostics/collect.hpp"
#include "state/accounts.hpp"

#include <gtest/gtest.h>

using namespace tq;

TEST(Collect, BringsMembersSumsAndMeansInGlobalOrder) {
  const int nx = 11, ny = 9, nz = 2;
  const std::vector<Pollutant> pollutants = {{"so2", "", "", {2}}, {"pm10", "", "", {0, 1}}};
  const TracerSet set(1, 3, 0);
  const Decomposition decomposition(nx, ny, 2, 3);
  const std::size_t size = std::size_t(nx * ny);
  std::vector<double> columns(2 * size, -1), means(2 * size, -1), volume(nz * size, -1);
  run_virtual_ranks(6, [&](Communicator& communicator) {
    const Subdomain part = decomposition.of(communicator.rank());
    const auto place = [&](int i, int j) { return double(100 * (part.j0 + j) + part.i0 + i); };
    Accounts accounts(part.nx, part.ny, 3);
    Tracers<float> tracers(set, part.nx, part.ny, nz);
    Field<double> density(part.nx, part.ny, nz, 1, 0);
    for (int j = 0; j < part.ny; ++j) {
      for (int i = 0; i < part.nx; ++i) {
        density.view3()(i, j, 0) = 2;
        density.view3()(i, j, 1) = 1;
        for (int n = 0; n < 3; ++n) {
          accounts.views().dry(i, j, n) = place(i, j) + 10000 * n;
          tracers.view()[n](i, j, 0) = float(place(i, j) + 10000 * n);
          tracers.view()[n](i, j, 1) = float(place(i, j) + 20000 * n);
        }
      }
    }
    Averages averages(pollutants, set, density.view3(), {1});
    averages.add<float>(tracers.view(), 60);
    std::vector<double> nothing;
    const bool root = communicator.is_root();
    collect_columns(communicator, decomposition, pollutants, set, accounts.views().dry, 0.5, root ? columns : nothing);
    collect_means(communicator, decomposition, averages, root ? means : nothing);
    collect_volume(communicator, decomposition, averages, std::vector<int>{1}, root ? volume : nothing);
  });
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      const std::size_t n = std::size_t(j * nx + i);
      const double place = 100 * j + i;
      EXPECT_EQ(columns[n], 0.5 * (place + 20000));
      EXPECT_EQ(columns[size + n], 0.5 * (2 * place + 10000));
      EXPECT_EQ(means[n], 2 * (place + 20000));
      EXPECT_EQ(means[size + n], 2 * (2 * place + 10000));
      EXPECT_EQ(volume[n], means[size + n]);
      EXPECT_EQ(volume[size + n], 2 * place + 20000);
    }
  }
}
