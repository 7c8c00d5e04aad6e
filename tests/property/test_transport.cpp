// Divergent random winds over hilly masses, through all sides and the lid, with mixing.
#include "synthetic_forcing.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tq {
namespace {

using test::ForcingRecipe;
using test::TransportCase;

constexpr int nx = 13, ny = 11, nz = 5;

template <class T> class RandomTransport : public testing::Test {
protected:
  SerialCommunicator alone;
  Subdomain domain = test::whole_domain(nx, ny);
};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(RandomTransport, Precisions);

/// Spikes on a background, of very different sizes.
double spiky(int n, int i, int j, int k) {
  const double r = test::random_at(99, std::uint64_t(n), i, j, k);
  return r > 0.8 ? 1e-6 * r : r > 0.4 ? 1e-9 * r : 0.0;
}

TYPED_TEST(RandomTransport, UniformMixingRatioStaysUniformBitForBit) {
  using T = TypeParam;
  const T value = T(0.3e-7);
  TransportCase<T> box(this->domain, this->alone, TracerSet(1, 1, 0), nz);
  box.for_each_cell([&](T& q, int, int, int, int) { q = value; });
  int substeps = 0;
  for (std::uint64_t seed = 0; box.steps_done < 1000; ++seed) {
    ForcingRecipe recipe = test::rough_recipe(seed, 1.5e-3);
    recipe.inflow = [&](int, int) { return double(value); };
    const StepPlan plan = box.advance(recipe, 3600, 50);
    substeps = std::max(substeps, plan.substeps.back());
    EXPECT_LE(plan.courant_horizontal, 0.9);
    EXPECT_LE(plan.courant_vertical, 0.9);
  }
  EXPECT_GT(substeps, 1) << "the case should need substeps";
  box.for_each_cell(
      [&](T& q, int, int i, int j, int k) { ASSERT_EQ(q, value) << i << " " << j << " " << k; });
}

TYPED_TEST(RandomTransport, NoNewExtremumAndNeverNegative) {
  using T = TypeParam;
  TransportCase<T> box(this->domain, this->alone, TracerSet(1, 1, 0), nz);
  T least = 1, most = 0;
  box.for_each_cell([&](T& q, int n, int i, int j, int k) {
    q = T(2e-7 + spiky(n, i, j, k));
    least = std::min(least, q);
    most = std::max(most, q);
  });
  // Round-off of one update is a few units in the last place; bounds hold for exact arithmetic.
  const T slack = 100 * std::numeric_limits<T>::epsilon();
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    ForcingRecipe recipe = test::rough_recipe(seed, 1.5e-3);
    recipe.inflow = [&](int, int) { return double(least); };
    box.advance(recipe, 3600, 20);
    box.for_each_cell([&](T& q, int, int, int, int) {
      ASSERT_GE(q, least * (1 - slack));
      ASSERT_LE(q, most * (1 + slack));
    });
  }
}

TYPED_TEST(RandomTransport, BudgetClosesWithEveryProcessOn) {
  using T = TypeParam;
  ForcingRecipe recipe = test::rough_recipe(7, 1.5e-3);
  test::add_sources(recipe, 7);
  TransportCase<T> box(this->domain, this->alone, TracerSet(1, 3, 0), nz);
  box.for_each_cell([](T& q, int n, int i, int j, int k) { q = T(spiky(n, i, j, k)); });
  double initial[3];
  for (int n = 0; n < 3; ++n) {
    initial[n] = box.airborne(n, recipe);
  }
  for (int hour = 0; hour < 4; ++hour) {
    box.advance(recipe);
  }
  const AccountViews a = box.accounts.views();
  for (int n = 0; n < 3; ++n) {
    const auto sum = [&](const View3<double>& account) { return box.total(account, n); };
    const double in = initial[n] + sum(a.emitted) + sum(a.inflow);
    const double left = box.airborne(n, recipe) + sum(a.outflow) + sum(a.dry) + sum(a.wet) + sum(a.settled);
    EXPECT_NEAR(in, left, (std::is_same_v<T, double> ? 1e-13 : 3e-6) * in);
    EXPECT_GT(sum(a.emitted), 1e-3 * in);
    EXPECT_GT(sum(a.inflow), 1e-3 * in);
    EXPECT_GT(sum(a.outflow), 1e-3 * in);
    EXPECT_GT(sum(a.wet), 1e-3 * in);
    EXPECT_EQ(sum(a.dry) > 1e-3 * in, n != 1);
    EXPECT_EQ(sum(a.settled) > 1e-3 * in, n != 1);
  }
  box.for_each_cell([](T& q, int, int, int, int) { ASSERT_GE(q, 0); });
}

TYPED_TEST(RandomTransport, TagsSumToTheTotalAndLeaveItUntouched) {
  using T = TypeParam;
  constexpr int tags = 3;
  ForcingRecipe plain = test::rough_recipe(3, 1.5e-3);
  const auto share = [](int n, int i, int j) { // of tags 1..3; sums to 1
    const double first = test::random_at(5, 1, i, j, 0) * 0.5, second = 0.25;
    return n == 1 ? first : n == 2 ? second : 1 - first - second;
  };
  ForcingRecipe tagged = plain;
  plain.emission_levels = tagged.emission_levels = 1;
  plain.emission = [](int, int i, int j, int) { return 1e-4 * test::random_at(6, 1, i, j, 0); };
  tagged.emission = [=](int n, int i, int j, int) {
    return plain.emission(0, i, j, 0) * (n == 0 ? 1 : share(n, i, j));
  };
  plain.deposition_conductance = tagged.deposition_conductance = [](int, int, int) { return 300.0; };
  plain.wet_rate = tagged.wet_rate = [](int, int, int) { return 2e-5; };
  plain.settling_speed = tagged.settling_speed = [](int k, int) { return 0.05 + 0.004 * k; };
  plain.thickness = tagged.thickness = [](int i, int j, int k) { return 1e-5 * test::hilly_mass(i, j, k); };
  plain.inflow = [](int, int) { return 1e-8; };
  tagged.inflow = [](int, int n) { return n == 0 ? 1e-8 : n == 3 ? 1e-8 : 0.0; };

  TransportCase<T> alone(this->domain, this->alone, TracerSet(1, 1, 0), nz);
  TransportCase<T> with(this->domain, this->alone, TracerSet(1, 1, tags), nz);
  alone.for_each_cell([](T& q, int, int i, int j, int k) { q = T(spiky(0, i, j, k)); });
  with.for_each_cell(
      [&](T& q, int n, int i, int j, int k) { q = T(spiky(0, i, j, k) * (n == 0 ? 1 : share(n, i, j))); });
  for (int hour = 0; hour < 3; ++hour) {
    alone.advance(plain);
    with.advance(tagged);
  }
  const View4<T> q = with.tracers.view();
  alone.for_each_cell([&](T& total, int, int i, int j, int k) {
    ASSERT_EQ(total, q[0](i, j, k));
    double sum = 0;
    for (int v = 1; v <= tags; ++v) {
      ASSERT_GE(q[v](i, j, k), 0);
      sum += q[v](i, j, k);
    }
    ASSERT_NEAR(sum, total, (std::is_same_v<T, double> ? 1e-15 : 1e-6) * total);
  });
  for (const auto account : {&AccountViews::emitted, &AccountViews::inflow, &AccountViews::outflow,
                             &AccountViews::dry, &AccountViews::wet, &AccountViews::settled}) {
    const View3<double> a = alone.accounts.views().*account, b = with.accounts.views().*account;
    double sum = 0;
    for (int v = 1; v <= tags; ++v) {
      sum += TransportCase<T>::total(b, v);
    }
    EXPECT_EQ(TransportCase<T>::total(a, 0), TransportCase<T>::total(b, 0));
    // Tags meet their total at the end of a step only: what is cut off below zero in between shows here.
    EXPECT_NEAR(sum, TransportCase<T>::total(b, 0), 1e-4 * TransportCase<T>::total(b, 0));
  }
}

} // namespace
} // namespace tq
