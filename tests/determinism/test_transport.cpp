// The same bits on any number of threads and ranks, with every process on.
#include "synthetic_forcing.hpp"

#include <gtest/gtest.h>
#include <omp.h>

#include <cstring>
#include <mutex>
#include <vector>

namespace tq {
namespace {

using test::ForcingRecipe;
using test::TransportCase;

constexpr int nz = 5;

struct Setting {
  int nx = 19, ny = 17, totals = 2, tags = 2, hours = 3;
  Advection advection = Advection::u5_universal;
};

/// Mixing ratios and accounts of the whole domain after some hours, as bytes-comparable doubles.
template <class T> std::vector<double> run(int px, int py, int threads, const Setting& setting = {}) {
  const auto [nx, ny, totals, tags, hours, advection] = setting;
  TransportOptions options;
  options.advection = advection;
  const Decomposition decomposition(nx, ny, px, py);
  const TracerSet set(1, totals, tags);
  std::vector<double> result(std::size_t(nx) * ny * set.count() * (nz + 6), -1.0);
  std::mutex mutex;
  run_virtual_ranks(px * py, [&, nx = nx, ny = ny, hours = hours](Communicator& communicator) {
    omp_set_num_threads(threads);
    const Subdomain s = decomposition.of(communicator.rank());
    TransportCase<T> box(s, communicator, set, nz, options);
    box.for_each_cell([&](T& q, int n, int i, int j, int k) {
      q = T(1e-7 * test::random_at(1, std::uint64_t(n), s.i0 + i, s.j0 + j, k));
    });
    for (int hour = 0; hour < hours; ++hour) {
      ForcingRecipe recipe = test::rough_recipe(std::uint64_t(hour), 2e-3);
      test::add_sources(recipe, 1);
      box.advance(recipe);
    }
    const std::lock_guard lock(mutex);
    const auto at = [&](int n, int layer, int i, int j) -> double& {
      return result[((std::size_t(n) * (nz + 6) + layer) * ny + s.j0 + j) * nx + s.i0 + i];
    };
    box.for_each_cell([&](T& q, int n, int i, int j, int k) { at(n, k, i, j) = double(q); });
    const AccountViews a = box.accounts.views();
    const View3<double> accounts[] = {a.emitted, a.inflow, a.outflow, a.dry, a.wet, a.settled};
    for (int n = 0; n < set.count(); ++n) {
      for (int j = 0; j < s.ny; ++j) {
        for (int i = 0; i < s.nx; ++i) {
          for (int m = 0; m < 6; ++m) {
            at(n, nz + m, i, j) = accounts[m](i, j, n);
          }
        }
      }
    }
  });
  return result;
}

bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
}

template <class T> class TransportDeterminism : public testing::Test {};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(TransportDeterminism, Precisions);

TYPED_TEST(TransportDeterminism, SameBitsOnAnyNumberOfThreads) {
  const std::vector<double> one = run<TypeParam>(1, 1, 1);
  for (const int threads : {2, 3, 7}) {
    EXPECT_TRUE(same_bits(one, run<TypeParam>(1, 1, threads))) << threads;
  }
}

TYPED_TEST(TransportDeterminism, SameBitsOnAnyNumberOfRanks) {
  const std::vector<double> one = run<TypeParam>(1, 1, 1);
  EXPECT_TRUE(same_bits(one, run<TypeParam>(2, 3, 1)));
  EXPECT_TRUE(same_bits(one, run<TypeParam>(3, 2, 2)));
}

TYPED_TEST(TransportDeterminism, SameBitsWithEverySchemeAndForALoneTracer) {
  for (const Advection advection :
       {Advection::u5_universal, Advection::u5_relaxed, Advection::ppm, Advection::upwind}) {
    for (const int totals : {1, 3}) {
      const Setting setting{.totals = totals, .tags = 0, .advection = advection};
      const std::vector<double> one = run<TypeParam>(1, 1, 1, setting);
      EXPECT_TRUE(same_bits(one, run<TypeParam>(1, 1, 2, setting))) << int(advection) << " " << totals;
      EXPECT_TRUE(same_bits(one, run<TypeParam>(2, 3, 1, setting))) << int(advection) << " " << totals;
    }
  }
}

TYPED_TEST(TransportDeterminism, RowsThatAreCutGiveTheBitsOfShortOnes) {
  // Three ranks side by side have rows of less than 512 columns, which are not cut; one and two ranks cut theirs.
  const Setting wide{.nx = 1040, .ny = 7, .totals = 1, .tags = 2, .hours = 1};
  const std::vector<double> uncut = run<TypeParam>(3, 1, 1, wide);
  EXPECT_TRUE(same_bits(uncut, run<TypeParam>(1, 1, 1, wide)));
  EXPECT_TRUE(same_bits(uncut, run<TypeParam>(1, 1, 2, wide)));
  EXPECT_TRUE(same_bits(uncut, run<TypeParam>(2, 2, 1, wide)));
}

} // namespace
} // namespace tq
