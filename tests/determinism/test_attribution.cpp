// Following sources by tags changes no total by one bit, whatever is followed, and tags sum to their total.
#include "paths.hpp"
#include "run/simulation.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <limits>

using namespace tq;

namespace {

constexpr int hours = 3;

/// The small city with `count` groups of sources: the first holds the boiler, the only source that works at night, the
/// second another source, the rest none.
Case tagged_case(int count) {
  Case c = load_case(test::source_directory() / "tests/scenarios/small/base.toml");
  if (count == 0) {
    return c;
  }
  std::vector<SourceGroup> groups;
  for (int g = 0; g < count; ++g) {
    groups.push_back({fmt::format("group {}", g), {}});
    if (g < 2) {
      groups.back().sources.push_back(c.emission->inventory().sources.size() - 1 - std::size_t(g));
    }
  }
  c.groups = SourceGroups(c.emission->inventory(), groups);
  for (int s = 0; s < c.species.count(); ++s) {
    c.attribution.species[std::size_t(s)] = c.species.species()[std::size_t(s)].id != "o3";
  }
  return c;
}

/// kg kg-1: close to the least number that a float holds in full, what is left of NO by night has no digits to share
/// out.
constexpr double least = 1e6 * std::numeric_limits<float>::min();

/// The totals of all cells at the end, and how far tags are from them.
struct Outcome {
  std::vector<float> totals;
  double mismatch = 0;           // largest |sum of tags - total| / total, where the total is above `least`
  std::vector<double> residuals; // of the budgets of all tracers
  std::vector<double> followed;  // airborne kg of PM of the boiler and of what was there at the start
};

Outcome run(const Case& c) {
  const Grid& grid = c.grid->grid;
  SerialCommunicator alone;
  Timers timers;
  Simulation<float> simulation(c, Decomposition(grid.nx(), grid.ny(), 1, 1), alone, timers);
  for (int hour = 0; hour < hours; ++hour) {
    simulation.begin_hour(c.start + hour * seconds_per_hour);
    for (int step = 0; step < simulation.steps(); ++step) {
      simulation.step();
    }
    simulation.end_hour();
  }
  const View4<const float> q = simulation.mixing_ratio();
  Outcome outcome;
  for (const TracerSet::Family& family : simulation.tracer_set().families()) {
    for (int k = 0; k < q.nz; ++k) {
      for (int j = 0; j < q.ny; ++j) {
        for (int i = 0; i < q.nx; ++i) {
          const double total = q[family.first](i, j, k);
          outcome.totals.push_back(q[family.first](i, j, k));
          double sum = 0;
          for (int tag = 1; tag <= family.tags; ++tag) {
            sum += q[family.first + tag](i, j, k);
          }
          if (family.tags > 0 && total > least) {
            outcome.mismatch = std::max(outcome.mismatch, std::abs(sum - total) / total);
          }
        }
      }
    }
  }
  for (const BudgetTerms& terms : simulation.budget().terms()) {
    outcome.residuals.push_back(std::abs(terms.residual()));
  }
  const auto terms = simulation.budget().terms();
  for (const int tag : {1, c.groups.initial()}) {
    outcome.followed.push_back(
        c.groups.tags() > 0 ? terms[std::size_t(simulation.tracer_set().index({0, 0, tag}))].airborne : 0);
  }
  return outcome;
}

} // namespace

TEST(Attribution, TotalsAreTheSameBitsWithNoTenAndTwoHundredTags) {
  const Outcome none = run(tagged_case(0));
  const Outcome ten = run(tagged_case(7)), many = run(tagged_case(197)); // and three that are always there
  EXPECT_EQ(none.totals, ten.totals);
  EXPECT_EQ(none.totals, many.totals);
  EXPECT_LT(ten.mismatch, 1e-5);
  EXPECT_LT(many.mismatch, 1e-5);
  EXPECT_LT(*std::max_element(ten.residuals.begin(), ten.residuals.end()), 1e-3);
  for (const double airborne : ten.followed) { // there is something to sum
    EXPECT_GT(airborne, 0);
  }
}
