// A whole run, everything on: the same bits on any number of threads and ranks, also from a checkpoint that another
// number of them wrote.
#include "paths.hpp"
#include "run/simulation.hpp"
#include "wrf_sample.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>
#include <omp.h>

using namespace tq;

namespace {

constexpr int hours = 8, saved_after = 3;

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

/// The global field of every tracer after the run, the budget's residuals, and the state before and at the end.
template <class T> struct Outcome {
  std::vector<T> field;
  std::vector<double> residual;
  std::vector<std::byte> saved, last;
};

/// `saved`: goes on from there instead of the first hour.
template <class T> Outcome<T> run(const Case& c, int px, int py, int threads, std::vector<std::byte> saved = {}) {
  const Grid& grid = c.grid->grid;
  const Decomposition decomposition(grid.nx(), grid.ny(), px, py);
  Outcome<T> outcome;
  std::mutex mutex;
  run_virtual_ranks(px * py, [&](Communicator& communicator) {
    omp_set_num_threads(threads);
    Timers timers;
    Simulation<T> simulation(c, decomposition, communicator, timers);
    Archive before;
    if (saved.empty()) {
      advance(simulation, c, 0, saved_after);
      simulation.serialise(before);
    } else {
      Archive from(communicator.is_root() ? saved : std::vector<std::byte>());
      simulation.serialise(from);
      EXPECT_TRUE(from.at_end());
    }
    advance(simulation, c, saved_after, hours);
    Archive last;
    simulation.serialise(last);
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
      outcome.saved = before.bytes();
      outcome.last = last.bytes();
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
  const struct { int px, py, threads; } ways[] = {{1, 1, 2}, {1, 1, 3}, {1, 1, 7}, {2, 3, 1}, {3, 2, 2}};
  for (const auto& way : ways) {
    SCOPED_TRACE(testing::Message() << way.px << "x" << way.py << " ranks, " << way.threads << " threads");
    const Outcome<T> other = run<T>(c, way.px, way.py, way.threads);
    EXPECT_EQ(one.field, other.field);
    EXPECT_EQ(one.residual, other.residual);
    EXPECT_TRUE(one.saved == other.saved) << "a checkpoint depends on who wrote it";
    // From one to the other way, and back.
    EXPECT_TRUE(one.last == run<T>(c, way.px, way.py, way.threads, one.saved).last);
    EXPECT_TRUE(one.last == run<T>(c, 1, 1, 1, other.saved).last);
  }
  EXPECT_TRUE(one.last == run<T>(c, 3, 2, 1, run<T>(c, 2, 3, 1).saved).last);
}

} // namespace

TEST(Run, FloatIsTheSameOnAnyThreadsAndRanksAlsoResumed) { expect_same<float>(small_case(), 1e-5); }

TEST(Run, DoubleIsTheSameOnAnyThreadsAndRanksAlsoResumed) { expect_same<double>(small_case(), 1e-12); }

TEST(Run, OnTheWindOfSeveralStationsToo) { // one of them is silent from hour 4 to 8
  const Case c = load_case(test::source_directory() / "tests/scenarios/small/stations.toml");
  ASSERT_TRUE(c.wind_stations);
  expect_same<float>(c, 1e-5);
}

#if TIANQING_GEO // writes and reads netCDF
TEST(Run, OnTheWeatherOfWrfToo) {
  const auto folder = test::scratch_directory("run-on-wrf");
  test::WrfSample sample;
  sample.nx = sample.ny = 12;
  sample.nt = 25;
  sample.start = from_utc({2017, 12, 3, 16, 0, 0});
  sample.longitude = 116.93;
  sample.u = [](double x, double, double z, double t) { return 2 + 0.1 * x + 0.002 * z - 0.05 * t; };
  sample.v = [](double, double y, double, double t) { return -1 + 0.1 * y + 0.1 * t; };
  sample.rain = [](double x, double y, double, double t) { return t * std::max(x - y, 0.0); };
  sample.write(folder / "wrfout");
  std::ofstream(folder / "wrf.toml") << fmt::format(
      "base = \"{}\"\n[weather]\nsource = \"wrf\"\nfiles = \"wrfout\"\n",
      (test::source_directory() / "tests/scenarios/small/base.toml").string());
  const Case c = load_case(folder / "wrf.toml");
  const Outcome<float> one = run<float>(c, 1, 1, 1), six = run<float>(c, 2, 3, 2);
  EXPECT_EQ(one.field, six.field);
  EXPECT_EQ(one.residual, six.residual);
  EXPECT_TRUE(one.saved == six.saved);
  EXPECT_TRUE(one.last == run<float>(c, 3, 2, 1, six.saved).last); // WRF's hours do not depend on those before
  std::filesystem::remove_all(folder);
}
#endif
