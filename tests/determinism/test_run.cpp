// A whole run, everything on: the same bits on any number of threads and ranks, and after a round trip through an
// archive.
#include "paths.hpp"
#include "run/simulation.hpp"

#include <gtest/gtest.h>
#include <mutex>
#include <omp.h>

using namespace tq;

namespace {

constexpr int hours = 8;

Case small_case() { return load_case(test::source_directory() / "tests/scenarios/small/base.toml"); }

template <class T> void advance(Simulation<T>& simulation, const Case& c, int first, int last) {
  for (int hour = first; hour < last; ++hour) {
    simulation.begin_hour(c.start + hour * seconds_per_hour);
    for (int step = 0; step < simulation.steps(); ++step) {
      simulation.step();
    }
    simulation.end_hour();
  }
}

/// The global field of every tracer after the run, and the budget's residuals.
template <class T> struct Outcome {
  std::vector<T> field;
  std::vector<double> residual;
};

template <class T> Outcome<T> run(const Case& c, int px, int py, int threads) {
  const Grid& grid = c.grid->grid;
  const Decomposition decomposition(grid.nx(), grid.ny(), px, py);
  Outcome<T> outcome;
  std::mutex mutex;
  run_virtual_ranks(px * py, [&](Communicator& communicator) {
    omp_set_num_threads(threads);
    Timers timers;
    Simulation<T> simulation(c, decomposition, communicator, timers);
    advance(simulation, c, 0, hours);
    const View4<const T> q = simulation.mixing_ratio();
    const Subdomain at = decomposition.of(communicator.rank());
    const std::lock_guard lock(mutex);
    outcome.field.resize(std::size_t(q.nt) * grid.nz() * grid.ny() * grid.nx());
    for (int n = 0; n < q.nt; ++n) {
      for (int k = 0; k < q.nz; ++k) {
        for (int j = 0; j < q.ny; ++j) {
          for (int i = 0; i < q.nx; ++i) {
            outcome.field[((std::size_t(n) * grid.nz() + k) * grid.ny() + at.j0 + j) * grid.nx() + at.i0 + i] =
                q[n](i, j, k);
          }
        }
      }
    }
    if (communicator.is_root()) {
      for (int s = 0; s < c.species.count(); ++s) {
        outcome.residual.push_back(simulation.budget().terms()[std::size_t(s)].residual());
      }
    }
  });
  return outcome;
}

template <class T> void expect_same(const Case& c, double tolerance) {
  const Outcome<T> one = run<T>(c, 1, 1, 1);
  double sum = 0;
  for (const T value : one.field) {
    ASSERT_GE(value, 0);
    sum += value;
  }
  ASSERT_GT(sum, 0);
  for (const double residual : one.residual) {
    EXPECT_LE(std::abs(residual), tolerance);
  }
  const struct { int px, py, threads; } ways[] = {{1, 1, 2}, {1, 1, 3}, {2, 3, 1}, {3, 2, 2}};
  for (const auto& way : ways) {
    const Outcome<T> other = run<T>(c, way.px, way.py, way.threads);
    EXPECT_EQ(one.field, other.field) << way.px << "x" << way.py << " ranks, " << way.threads << " threads";
    EXPECT_EQ(one.residual, other.residual) << way.px << "x" << way.py;
  }
}

} // namespace

TEST(Run, FloatIsTheSameOnAnyThreadsAndRanks) { expect_same<float>(small_case(), 1e-5); }

TEST(Run, DoubleIsTheSameOnAnyThreadsAndRanks) { expect_same<double>(small_case(), 1e-12); }

TEST(Run, GoesOnFromAnArchiveAsIfNothingHadHappened) {
  const Case c = small_case();
  const Grid& grid = c.grid->grid;
  const Decomposition decomposition(grid.nx(), grid.ny(), 1, 1);
  SerialCommunicator communicator;
  Timers timers;

  Simulation<float> whole(c, decomposition, communicator, timers);
  advance(whole, c, 0, 3);
  Archive saved;
  whole.serialise(saved);
  advance(whole, c, 3, 6);

  Simulation<float> resumed(c, decomposition, communicator, timers);
  Archive restored(saved.bytes());
  resumed.serialise(restored);
  EXPECT_TRUE(restored.at_end());
  advance(resumed, c, 3, 6);

  Archive a, b;
  whole.serialise(a);
  resumed.serialise(b);
  EXPECT_TRUE(a.bytes() == b.bytes());
}
