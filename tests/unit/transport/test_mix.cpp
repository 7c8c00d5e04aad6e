#include "synthetic_forcing.hpp"

#include <gtest/gtest.h>

using namespace tq;

TEST(Mix, InPartsIsWhatColumnsDoesInOne) {
  constexpr int nx = 9, ny = 7, nz = 5;
  test::ForcingRecipe recipe = test::rough_recipe(3, 0.2);
  test::add_sources(recipe, 3);
  recipe.wet_rate = nullptr; // which comes after mixing in columns()
  const Subdomain whole = test::whole_domain(nx, ny);
  const TracerSet set(1, 3, 0);
  SerialCommunicator alone;
  const test::SyntheticForcing<float> forcing(whole, nz, set.count(), recipe);
  test::TransportCase<float> together(whole, alone, set, nz), apart(whole, alone, set, nz);
  for (auto* box : {&together, &apart}) {
    box->for_each_cell([](float& q, int n, int i, int j, int k) {
      q = float(1e-8 * (1 + n + i + j * k));
    });
  }
  StepPlan plan = together.transport.plan(forcing.views(), 3600);
  ASSERT_EQ(apart.transport.plan(forcing.views(), 3600).steps, plan.steps);
  plan.mixing_substeps = 2;
  const std::vector<int> totals = {0, 2};
  together.transport.columns(forcing.views(), plan, together.tracers.view(), together.accounts.views());
  apart.transport.columns(forcing.views(), plan, apart.tracers.view(), apart.accounts.views(), totals);
  for (int part = 0; part < plan.mixing_substeps; ++part) {
    apart.transport.mix(forcing.views(), plan.dt / plan.mixing_substeps, totals, apart.tracers.view(),
                        apart.accounts.views());
  }
  together.for_each_cell([&](float& q, int n, int i, int j, int k) {
    const float other = apart.tracers.view()[n](i, j, k);
    ASSERT_NEAR(q, other, 2e-6 * q) << n << " " << i << " " << j << " " << k; // other values are set aside
  });
  for (int n = 0; n < set.count(); ++n) {
    for (const auto& [a, b] : {std::pair{together.accounts.views().emitted, apart.accounts.views().emitted},
                               std::pair{together.accounts.views().dry, apart.accounts.views().dry}}) {
      const double expected = together.total(a, n);
      EXPECT_NEAR(apart.total(b, n), expected, 1e-6 * expected) << n;
    }
  }
}
