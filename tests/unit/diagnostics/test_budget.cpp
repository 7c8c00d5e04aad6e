#include "base/random.hpp"
#include "diagnostics/budget.hpp"
#include "state/tracers.hpp"

#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr int nx = 13, ny = 10, nz = 4, tracers = 2;

/// A number that depends on the global place alone, over many powers of ten so that the order of sums matters.
double value(int purpose, int i, int j, int k, int n) {
  RandomStream stream(5, std::uint64_t(purpose), ((n * 100 + k) * 100 + j) * 100 + i);
  return std::exp(8 * stream.normal());
}

/// Two hours of made-up accounts on px x py ranks; the terms as rank 0 sees them.
std::vector<BudgetTerms> terms_on(int px, int py) {
  const Decomposition decomposition(nx, ny, px, py);
  std::vector<BudgetTerms> terms;
  run_virtual_ranks(px * py, [&](Communicator& communicator) {
    const Subdomain part = decomposition.of(communicator.rank());
    Field<double> mass(part.nx, part.ny, nz, 1, halo_width);
    Tracers<double> q(TracerSet(1, tracers, 0), part.nx, part.ny, nz);
    Accounts accounts(part.nx, part.ny, tracers);
    Budget budget(decomposition, nx, ny, tracers);
    for (int hour = 0; hour < 3; ++hour) {
      accounts.reset();
      const AccountViews views = accounts.views();
      const View3<double> all[] = {views.emitted, views.inflow, views.outflow, views.dry, views.wet, views.produced,
                                   views.consumed, views.settled};
      for (int n = 0; n < tracers; ++n) {
        for (int j = 0; j < part.ny; ++j) {
          for (int i = 0; i < part.nx; ++i) {
            for (int k = 0; k < nz; ++k) {
              mass.view3()(i, j, k) = value(0, part.i0 + i, part.j0 + j, k, 0);
              q.view()[n](i, j, k) = value(1 + hour, part.i0 + i, part.j0 + j, k, n);
            }
            for (int term = 0; term < 8; ++term) {
              all[term](i, j, n) = value(10 + 10 * hour + term, part.i0 + i, part.j0 + j, 0, n);
            }
          }
        }
      }
      if (hour == 0) {
        budget.start<double>(communicator, q.view(), mass.view3());
      } else {
        budget.update<double>(communicator, views, q.view(), mass.view3());
      }
    }
    if (communicator.is_root()) {
      terms = budget.terms();
    }
  });
  return terms;
}

} // namespace

TEST(Budget, IsTheSameForAnyDecompositionAndRight) {
  const auto alone = terms_on(1, 1), cut = terms_on(2, 3);
  ASSERT_EQ(alone.size(), 2U);
  for (int n = 0; n < tracers; ++n) {
    const BudgetTerms &a = alone[std::size_t(n)], &b = cut[std::size_t(n)];
    for (const auto term : {&BudgetTerms::initial, &BudgetTerms::emitted, &BudgetTerms::inflow, &BudgetTerms::produced,
                            &BudgetTerms::airborne, &BudgetTerms::outflow, &BudgetTerms::dry, &BudgetTerms::wet,
                            &BudgetTerms::consumed, &BudgetTerms::settled}) {
      EXPECT_EQ(a.*term, b.*term);
    }
    long double wet = 0, settled = 0, airborne = 0;
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        wet += (long double)(value(24, i, j, 0, n)) + value(34, i, j, 0, n);
        settled += (long double)(value(27, i, j, 0, n)) + value(37, i, j, 0, n);
        for (int k = 0; k < nz; ++k) {
          airborne += (long double)(value(0, i, j, k, 0)) * value(3, i, j, k, n);
        }
      }
    }
    EXPECT_NEAR(a.wet / double(wet), 1, 4e-16); // two roundings
    EXPECT_NEAR(a.settled / double(settled), 1, 4e-16);
    EXPECT_NEAR(a.airborne / double(airborne), 1, 1e-15); // products and columns are rounded too
  }
}

TEST(Budget, ResidualIsRelativeToWhatCameIn) {
  BudgetTerms terms{.initial = 10, .emitted = 5, .inflow = 4, .produced = 1, .airborne = 6, .outflow = 5, .dry = 3,
                    .settled = 1, .wet = 3, .consumed = 2};
  EXPECT_EQ(terms.residual(), 0);
  terms.wet = 1;
  EXPECT_EQ(terms.residual(), 0.1);
  terms.wet = 3;
  terms.settled = -1;
  EXPECT_EQ(terms.residual(), 0.1);
  EXPECT_EQ(BudgetTerms{}.residual(), 0);
  const std::string table = budget_table({terms}, {"so2"});
  EXPECT_NE(table.find("so2"), std::string::npos);
  EXPECT_NE(table.find("1.0e-01"), std::string::npos) << table;
}

TEST(Budget, CompensatedSumsKeepSmallTerms) {
  CompensatedSum sum;
  double plain = 0;
  sum.add(1e16);
  plain += 1e16;
  for (int n = 0; n < 1000; ++n) {
    sum.add(0.5);
    plain += 0.5;
  }
  EXPECT_EQ(sum.value() - 1e16, 500);
  EXPECT_EQ(plain - 1e16, 0);
}

TEST(Budget, RoundTripsThroughAnArchive) {
  SerialCommunicator alone;
  const Decomposition decomposition(6, 5, 1, 1);
  Field<double> mass(6, 5, 2, 1, halo_width);
  Tracers<double> q(TracerSet(1, 1, 0), 6, 5, 2);
  Accounts accounts(6, 5, 1);
  mass.view3()(1, 1, 1) = 3;
  q.view()[0](1, 1, 1) = 2;
  accounts.views().dry(4, 4, 0) = 7;
  Budget first(decomposition, 6, 5, 1), second(decomposition, 6, 5, 1);
  first.start<double>(alone, q.view(), mass.view3());
  first.update<double>(alone, accounts.views(), q.view(), mass.view3());
  Archive out;
  first.serialise(out, 0, 1);
  Archive in(out.bytes());
  second.serialise(in, 0, 1);
  EXPECT_EQ(second.terms()[0].initial, 6);
  EXPECT_EQ(second.terms()[0].dry, 7);
  EXPECT_EQ(second.terms()[0].airborne, 6);
}
