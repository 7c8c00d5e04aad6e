// Mixing with overturning against a dense solve of its equations.
#include "synthetic_forcing.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace tq;

namespace {

constexpr int nx = 5, ny = 3, nz = 7;
constexpr double seconds = 60;

double exchange(int i, int j, int k) {
  return k == 0 || k == nz ? 0.0 : 2.0 * test::random_at(1, 1, i, j, k);
}
/// Sinks through the floor of cell k: less and less upwards, nothing above level 4, and in the first column at all.
double sinking(int i, int j, int k) {
  return k == 0 || k > 4 || i == 0 ? 0.0 : (5 - k) * (0.5 + 0.1 * j);
}
double air(int i, int j, int k) {
  return 100 + 10 * k + i + j;
}
double conductance(int i, int, int) {
  return i % 2 == 0 ? 0.0 : 0.3;
}
double source(int i, int j, int k) {
  return k == 0 ? 1e-6 * (i + j) : 0.0;
}
double start(int i, int j, int k) {
  return 1e-7 * (1 + test::random_at(2, 2, i, j, k));
}

/// Backward Euler of one column by Gaussian elimination.
std::vector<double> dense(int i, int j) {
  std::vector<std::vector<double>> a(nz, std::vector<double>(nz + 1, 0.0));
  const auto move = [&](int from, int to, double amount) { // air that carries q' of `from` to `to`
    a[from][from] += seconds * amount;
    a[to][from] -= seconds * amount;
  };
  for (int k = 0; k < nz; ++k) {
    a[k][k] += air(i, j, k);
    a[k][nz] = air(i, j, k) * start(i, j, k) + seconds * source(i, j, k);
  }
  a[0][0] += seconds * conductance(i, j, 0);
  for (int k = 1; k < nz; ++k) {
    move(k, k - 1, exchange(i, j, k) + sinking(i, j, k));
    move(k - 1, k, exchange(i, j, k));
    move(0, k, sinking(i, j, k) - sinking(i, j, k + 1));
  }
  for (int p = 0; p < nz; ++p) {
    for (int r = 0; r < nz; ++r) {
      const double factor = r == p ? 0.0 : a[r][p] / a[p][p];
      for (int c = p; c <= nz && r != p; ++c) {
        a[r][c] -= factor * a[p][c];
      }
    }
  }
  std::vector<double> q(nz);
  for (int k = 0; k < nz; ++k) {
    q[k] = a[k][nz] / a[k][k];
  }
  return q;
}

} // namespace

TEST(Overturning, SolvesTheEquationsOfPlumesAndSinkingAir) {
  test::ForcingRecipe recipe;
  recipe.air_mass = air;
  recipe.mixing_z = exchange;
  recipe.overturning_z = sinking;
  recipe.deposition_conductance = conductance;
  recipe.emission_levels = 1;
  recipe.emission = [](int, int i, int j, int k) { return source(i, j, k); };
  const Subdomain whole = test::whole_domain(nx, ny);
  const TracerSet set(1, 1, 0);
  SerialCommunicator alone;
  const test::SyntheticForcing<double> forcing(whole, nz, 1, recipe);
  test::TransportCase<double> box(whole, alone, set, nz);
  box.for_each_cell([](double& q, int, int i, int j, int k) { q = start(i, j, k); });
  const std::vector<int> totals = {0};
  box.transport.mix(forcing.views(), seconds, totals, box.tracers.view(), box.accounts.views());
  double most = 0;
  for (int j = 0; j < ny; ++j) {
    for (int i = 0; i < nx; ++i) {
      const std::vector<double> expected = dense(i, j);
      double before = 0, after = 0;
      for (int k = 0; k < nz; ++k) {
        const double q = box.tracers.view()[0](i, j, k);
        ASSERT_NEAR(q / expected[std::size_t(k)], 1, 1e-12) << i << " " << j << " " << k;
        before += air(i, j, k) * start(i, j, k) + seconds * source(i, j, k);
        after += air(i, j, k) * q;
        most = std::max(most, std::abs(q / start(i, j, k) - 1));
      }
      const double dry = seconds * conductance(i, j, 0) * box.tracers.view()[0](i, j, 0);
      ASSERT_NEAR((after + dry) / before, 1, 1e-14);
    }
  }
  EXPECT_GT(most, 0.1);
}
