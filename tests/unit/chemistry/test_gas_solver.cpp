#include "chemistry/gas_solver.hpp"
#include "city_air.hpp"
#include "pack.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>

using namespace tq;
using namespace tq::gas;

namespace {

Mechanism mechanism_of(const std::string& equations) {
  return Mechanism::parse("m.eqn", "#DEFVAR A = IGNORE; B = IGNORE; C = IGNORE;\n#EQUATIONS " + equations);
}

/// y(t) of y' = -y, y(0) = 1, in `steps` equal steps to t = 1.
template <class Method> double decay(int steps) {
  test::Pack pack(mechanism_of("A = PROD : 1;"));
  pack.set({1, 0, 0}, {1});
  for (int n = 0; n < steps; ++n) {
    stages<Method>(pack.tables, pack.memory, broadcast(1.0 / steps));
    finish<Method>(pack.tables, pack.memory, {.absolute = 1});
    std::copy(pack.memory.trial, pack.memory.trial + 3, pack.memory.amount);
  }
  return pack.memory.amount[pack.place(0)][0];
}

/// Cells of a city, each with its own emission, before and after calls.
struct City {
  explicit City(const Mechanism& mechanism, int count) : cells(count), first_step(std::size_t(count), 0.0) {
    species = int(mechanism.species().size());
    const RateConditions conditions = test::city_conditions(0.7);
    rates = test::rates_of(mechanism, conditions);
    amounts.resize(std::size_t(species * count));
    given.assign(amounts.size(), 0.0);
    for (int cell = 0; cell < count; ++cell) {
      const auto own =
          test::amounts_of(mechanism, conditions, test::city_morning(1.0 + 7.0 * cell, 20.0 + 31.0 * (cell % 5)));
      for (int s = 0; s < species; ++s) {
        amounts[std::size_t(s * count + cell)] = own[std::size_t(s)];
      }
    }
  }
  CellBlock block(int first, int count) {
    return {.cells = count, .amount = amounts.data() + first, .species_stride = cells, .rate = rates.data(),
            .first_step = first_step.data() + first, .given = given.data() + first};
  }

  int cells, species = 0;
  std::vector<double> amounts, given, first_step, rates;
};

} // namespace

// Check values of Rodas3 for y' = -y: worked out in exact arithmetic from its coefficients.
TEST(Rosenbrock, Rodas3HasItsValues) {
  EXPECT_NEAR(decay<Rodas3>(10), .3678720708, 1e-10);
  EXPECT_NEAR(decay<Rodas3>(20), .3678785020, 1e-10);
  EXPECT_NEAR(decay<Rodas3>(40), .3678793226, 1e-10);
  test::Pack pack(mechanism_of("A = PROD : 1;"));
  pack.set({1, 0, 0}, {1});
  stages<Rodas3>(pack.tables, pack.memory, broadcast(0.1));
  // of three species one has an error: the root of the mean square is its size over sqrt(3)
  EXPECT_NEAR(finish<Rodas3>(pack.tables, pack.memory, {.absolute = 1})[0] * std::sqrt(3.0), 3.427927e-5, 1e-11);
  pack.set({1, 0, 0}, {1000});
  stages<Rodas3>(pack.tables, pack.memory, broadcast(1.0));
  finish<Rodas3>(pack.tables, pack.memory, {.absolute = 1});
  EXPECT_NEAR(pack.memory.trial[pack.place(0)][lanes - 1], -2.6454237e-3, 1e-10);
}

TEST(Rosenbrock, Ros3IsOfThirdOrderAndDampsWhatIsFast) {
  const double exact = std::exp(-1.0);
  EXPECT_NEAR((decay<Ros3>(20) - exact) / (decay<Ros3>(40) - exact), 8, 0.5);
  test::Pack pack(mechanism_of("A = B : 1;"));
  pack.set({1, 0, 0}, {1e6});
  stages<Ros3>(pack.tables, pack.memory, broadcast(1.0));
  finish<Ros3>(pack.tables, pack.memory, {.absolute = 1});
  const double left = pack.memory.trial[pack.place(0)][0];
  EXPECT_NEAR(left, 0, 1e-5);
  EXPECT_NEAR(left + pack.memory.trial[pack.place(1)][0], 1, 1e-9); // kept to round-off times rate and step
}

TEST(Rosenbrock, JacobianEqualsDifferences) {
  const Mechanism urban = Mechanism::load("urban");
  const RateConditions conditions = test::city_conditions(0.7);
  const std::vector<double> rates = test::rates_of(urban, conditions);
  std::vector<double> amounts = test::amounts_of(urban, conditions, test::city_morning());
  test::react(GasSolver(urban), rates, 3600, 300, amounts); // radicals come to their amounts
  EXPECT_LT(test::jacobian_error(urban, amounts, rates), 1e-12);
  const Mechanism powers = mechanism_of("3 A = B : 2; 2 A + B = 0.5 C : 3; A + 2 B = A + C : 5; C = B : 7; A + B + C = 2 A : 11;");
  EXPECT_LT(test::jacobian_error(powers, {1.5, 0.3, 4}, {2, 3, 5, 7, 11}), 2e-6); // of A^3: d^2 = 1e-6
  EXPECT_GT(test::jacobian_error(powers, {1.5, 0.3, 4}, {2, 3, 5, 7, 11}), 1e-9);
}

TEST(Rosenbrock, EliminationSolves) {
  const Mechanism urban = Mechanism::load("urban");
  const RateConditions conditions = test::city_conditions(0.7);
  test::Pack pack(urban);
  const GasTables& t = pack.tables;
  pack.set(std::vector<double>(30, 1e10), test::rates_of(urban, conditions));
  negative_jacobian(t, pack.memory);
  for (int s = 0; s < t.species; ++s) {
    pack.memory.matrix[t.diagonal[s]] += broadcast(0.1);
  }
  const std::vector<Lanes> matrix(pack.memory.matrix, pack.memory.matrix + t.entries);
  std::vector<Lanes> x;
  for (int s = 0; s < t.species; ++s) {
    x.push_back(broadcast(1.0 + s));
  }
  factorise(t, pack.memory.matrix);
  solve(t, pack.memory.matrix, x.data());
  for (int row = 0; row < t.species; ++row) {
    double sum = 0, gross = 0;
    for (int e = t.row_begin[row]; e < t.row_begin[row + 1]; ++e) {
      const double term = matrix[std::size_t(e)][3] * x[std::size_t(t.column[e])][3];
      sum += term;
      gross += std::abs(term);
    }
    EXPECT_NEAR(sum, 1.0 + row, 1e-12 * gross) << row;
  }
}

TEST(GasSolver, CellsDoNotFeelTheirNeighbours) {
  const Mechanism urban = Mechanism::load("urban");
  const GasSolver solver(urban);
  GasSolver::Workspace workspace(solver);
  City together(urban, 21), apart(urban, 21);
  for (int call = 0; call < 3; ++call) {
    EXPECT_TRUE(solver.advance(300, together.block(0, 21), workspace).empty());
    for (int cell = 20; cell >= 0; cell -= cell % 3 == 0 ? 1 : 3) { // ones and threes, from behind
      const int count = cell % 3 == 0 ? 1 : 3;
      EXPECT_TRUE(solver.advance(300, apart.block(cell - count + 1, count), workspace).empty());
    }
  }
  EXPECT_EQ(together.amounts, apart.amounts);
  EXPECT_EQ(together.first_step, apart.first_step);
}

TEST(GasSolver, UsualTolerancesAreGoodToHalfAPercent) {
  const Mechanism urban = Mechanism::load("urban");
  const GasSolver usual(urban), exact(urban, {1e-7, 1});
  City city(urban, 16), reference(urban, 16);
  GasSolver::Workspace workspace(usual);
  for (int call = 0; call < 12; ++call) {
    usual.advance(300, city.block(0, 16), workspace);
    EXPECT_TRUE(exact.advance(300, reference.block(0, 16), workspace).empty());
  }
  for (int s = 0; s < city.species; ++s) {
    for (int cell = 0; cell < 16; ++cell) {
      const std::size_t at = std::size_t(s * 16 + cell);
      EXPECT_NEAR(city.amounts[at], reference.amounts[at], 5e-3 * reference.amounts[at] + 1e4)
          << urban.species()[std::size_t(s)].name << " in cell " << cell;
    }
  }
}

TEST(GasSolver, ElementsAreKept) {
  const Mechanism urban = Mechanism::load("urban");
  const GasSolver solver(urban);
  GasSolver::Workspace workspace(solver);
  City city(urban, 8);
  const auto sums = [&](const char* element) {
    std::vector<double> totals;
    for (int cell = 0; cell < 8; ++cell) {
      std::vector<double> own;
      for (int s = 0; s < city.species; ++s) {
        own.push_back(city.amounts[std::size_t(s * 8 + cell)] - city.given[std::size_t(s * 8 + cell)]);
      }
      totals.push_back(test::atoms_of(urban, own, element));
    }
    return totals;
  };
  const auto nitrogen = sums("N"), sulfur = sums("S");
  for (int call = 0; call < 24; ++call) {
    solver.advance(300, city.block(0, 8), workspace);
  }
  for (std::size_t cell = 0; cell < 8; ++cell) {
    EXPECT_NEAR(sums("N")[cell] / nitrogen[cell], 1, 1e-12);
    EXPECT_NEAR(sums("S")[cell] / sulfur[cell], 1, 1e-12);
  }
}

TEST(GasSolver, RemembersItsFirstStep) {
  const Mechanism urban = Mechanism::load("urban");
  const GasSolver solver(urban);
  City city(urban, 8);
  GasSolver::Workspace cold(solver), warm(solver);
  const std::vector<double> start = city.amounts;
  solver.advance(300, city.block(0, 8), cold);
  city.amounts = start;
  solver.advance(300, city.block(0, 8), warm);
  EXPECT_LT(warm.steps(), cold.steps());
}

TEST(GasSolver, TellsWhatClippingGave) {
  const GasSolver solver(mechanism_of("A = B : 1;"), {1e9, 1e9}); // whatever comes is accepted
  GasSolver::Workspace workspace(solver);
  double amount[3] = {1, 0, 0}, given[3] = {}, first_step = 100;
  const double rate = 1;
  // one step of many lifetimes ends below 0
  solver.advance(5.0, {.cells = 1, .amount = amount, .species_stride = 1, .rate = &rate, .first_step = &first_step, .given = given},
                 workspace);
  EXPECT_EQ(amount[0], 0.0);
  EXPECT_GT(given[0], 1e-6);
  EXPECT_NEAR(amount[0] - given[0] + amount[1], 1.0, 1e-14);
  EXPECT_EQ(given[1], 0.0);
}

TEST(GasSolver, MendsWithSmallerStepsAndSaysSo) {
  const Mechanism mechanism = mechanism_of("A = B : 1; B = A : 2;");
  const GasSolver solver(mechanism, {1e-11, 1e-11}); // takes more than the usual number of steps
  GasSolver::Workspace workspace(solver);
  double amount[6] = {0, 3, 0, 0, 0, 0}, first_step[2] = {};
  const double rates[2] = {1, 2};
  const auto troubles = solver.advance(
      30.0, {.cells = 2, .amount = amount, .species_stride = 2, .rate = rates, .first_step = first_step}, workspace);
  ASSERT_EQ(troubles.size(), 1u);
  EXPECT_EQ(troubles[0].cell, 1);
  EXPECT_TRUE(troubles[0].mended);
  EXPECT_NEAR(amount[1], 2, 1e-6);
  EXPECT_NEAR(amount[3], 1, 1e-6);
  const std::string text = describe(troubles[0], mechanism);
  EXPECT_TRUE(text.starts_with("cell 1: ") && text.ends_with(" s: too many steps; smaller ones from the start did")) << text;
}

TEST(GasSolver, LeavesACellThatCannotBeSolvedAsItWas) {
  const Mechanism mechanism = mechanism_of("A = B : 1; B + C = 2 A : 2;");
  const GasSolver solver(mechanism);
  GasSolver::Workspace workspace(solver);
  double amount[6] = {1, 1, 5, 5, 7, 7}, first_step[2] = {1, 1}, given[6] = {};
  const double rates[4] = {1, 1, 0, std::numeric_limits<double>::quiet_NaN()};
  const auto troubles = solver.advance(60.0,
                                       {.cells = 2, .amount = amount, .species_stride = 2, .rate = rates, .reaction_stride = 2,
                                        .rate_cell_stride = 1, .first_step = first_step, .given = given},
                                       workspace);
  ASSERT_EQ(troubles.size(), 1u);
  const std::string text = describe(troubles[0], mechanism);
  EXPECT_TRUE(text.ends_with(" after 0 s: steps too small; smaller ones from the start neither")) << text;
  EXPECT_EQ(amount[1], 1);
  EXPECT_EQ(amount[3], 5);
  EXPECT_EQ(amount[5], 7);
  EXPECT_EQ(first_step[1], 1);
  EXPECT_LT(amount[0], 0.01); // its neighbour went on
  EXPECT_NEAR(amount[0] - given[0] + amount[2] - given[2], 6, 1e-12);
}
