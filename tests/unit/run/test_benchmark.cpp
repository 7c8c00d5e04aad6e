// What the benchmarks measure, and how what they measured is told.
#include "run/benchmark.hpp"

#include <algorithm>
#include <gtest/gtest.h>

using namespace tq;

namespace {

template <class T> class BenchmarkCases : public testing::Test {};
using Precisions = testing::Types<float, double>;
TYPED_TEST_SUITE(BenchmarkCases, Precisions);

/// Whether `view` holds values of both signs inside the domain.
template <class T> bool both_signs(View3<const T> view) {
  bool positive = false, negative = false;
  for (int k = 0; k < view.nz; ++k) {
    for (int j = 0; j < view.ny; ++j) {
      for (int i = 0; i < view.nx; ++i) {
        positive = positive || view(i, j, k) > 0;
        negative = negative || view(i, j, k) < 0;
      }
    }
  }
  return positive && negative;
}

BenchmarkReport sample_report() {
  BenchmarkReport report;
  report.triad_megabytes = 800;
  report.triads = {{.threads = 1, .plain = {14, 15}, .streaming = {20.5, 20}},
                   {.threads = 2, .plain = {28, 27}, .streaming = {38, 41}}};
  report.rows = {{.size = {256, 256, 32, 8}, .threads = 1, .nanoseconds = 2},
                 {.size = {64, 64, 16, 1}, .double_precision = true, .threads = 2, .nanoseconds = 5.2}};
  return report;
}

} // namespace

TYPED_TEST(BenchmarkCases, TakeOneSubstepOfEachKindAtAnySize) {
  for (const BenchmarkSize& size : {BenchmarkSize{4, 4, 4, 1}, BenchmarkSize{64, 64, 16, 1},
                                    BenchmarkSize{80, 96, 32, 1}, BenchmarkSize{160, 8, 128, 1}}) {
    const BenchmarkCase<TypeParam> box(size);
    EXPECT_EQ(box.plan.steps, 1);
    EXPECT_EQ(box.plan.column_substeps, 1);
    EXPECT_EQ(box.plan.mixing_substeps, 1);
    EXPECT_EQ(box.plan.substeps, std::vector<int>(std::size_t(size.nz), 1));
    EXPECT_GT(box.plan.courant_horizontal, 0.4);
    EXPECT_LT(box.plan.courant_horizontal, 0.9);
  }
}

TYPED_TEST(BenchmarkCases, HaveFluxesOfBothSignsAndNoConstantCoefficients) {
  const BenchmarkCase<TypeParam> box({64, 64, 16, 2});
  const Forcing<TypeParam>& f = box.forcing;
  EXPECT_TRUE(both_signs(f.flux_x));
  EXPECT_TRUE(both_signs(f.flux_y));
  EXPECT_TRUE(both_signs(f.flux_z));
  for (const View3<const TypeParam>& view : {f.air_mass, f.flux_x, f.flux_y}) {
    EXPECT_NE(view(20, 20, 5), view(21, 20, 5));
    EXPECT_NE(view(20, 20, 5), view(20, 21, 5));
    EXPECT_NE(view(20, 20, 5), view(20, 20, 6));
  }
  EXPECT_NE(f.mixing_z(20, 20, 5), f.mixing_z(21, 20, 6));
  EXPECT_NE(f.deposition_conductance(20, 20, 0), f.deposition_conductance(21, 20, 0));
  EXPECT_EQ(f.flux_z(20, 20, 0), 0);
  EXPECT_EQ(f.mixing_z(20, 20, 0), 0);
  EXPECT_GT(f.exchange_rate(5, 0), 0);
  EXPECT_GT(f.exchange_rate(5, 1), 0);
}

TYPED_TEST(BenchmarkCases, BeginWithTagsThatAddUpToTheirTotal) {
  BenchmarkCase<TypeParam> box({.nx = 48, .ny = 40, .nz = 8, .tracers = 2, .tags = 3});
  const auto check = [&](auto value_of) { // of one tracer or tag
    for (int species = 0; species < 2; ++species) {
      const int total = box.set.index({0, species, 0});
      const double sum = value_of(total + 1) + value_of(total + 2) + value_of(total + 3);
      EXPECT_NEAR(sum, value_of(total), 1e-6 * value_of(total)); // a few roundings of float
    }
  };
  for (int j = 0; j < 40; ++j) {
    for (int i = 0; i < 48; ++i) {
      check([&](int n) { return double(box.tracers.view()[n](i, j, 5)); });
      check([&](int n) { return double(box.forcing.emission[n](i, j, 0)); });
    }
  }
  check([&](int n) { return double(box.forcing.inflow(5, n)); });
}

TYPED_TEST(BenchmarkCases, EmitAndDepositAndStayPositive) {
  BenchmarkCase<TypeParam> box({48, 40, 8, 2});
  for (int step = 0; step < 20; ++step) {
    box.step();
  }
  const AccountViews accounts = box.accounts.views();
  for (int n = 0; n < 2; ++n) {
    double least = 1, emitted = 0, dry = 0;
    for (int j = 0; j < 40; ++j) {
      for (int i = 0; i < 48; ++i) {
        emitted += accounts.emitted(i, j, n);
        dry += accounts.dry(i, j, n);
        for (int k = 0; k < 8; ++k) {
          least = std::min(least, double(box.tracers.view()[n](i, j, k)));
        }
      }
    }
    EXPECT_GT(least, 0);
    EXPECT_GT(emitted, 0);
    EXPECT_GT(dry, 0);
  }
}

TEST(Benchmark, CountsWhatTwoPassesMove) {
  // q in and out twice; per cell three shared numbers of planes for each eight tracers, three of columns.
  EXPECT_DOUBLE_EQ(benchmark_traffic({256, 256, 32, 8}, sizeof(float)).step(), 4 * (4 + 6.0 / 8));
  EXPECT_DOUBLE_EQ(benchmark_traffic({256, 256, 32, 1}, sizeof(double)).step(), 8 * 10.0);
  EXPECT_DOUBLE_EQ(benchmark_traffic({256, 256, 32, 64}, sizeof(float)).planes, 4 * (2 + 3.0 / 8));
  EXPECT_DOUBLE_EQ(benchmark_traffic({.nx = 8, .ny = 8, .nz = 8, .tracers = 2, .tags = 3}, 4).columns,
                   4 * (2 + 3.0 / 8));
}

TEST(Benchmark, EstimatesMemory) {
  // Eight tracers and six fields in float, about 56 bytes a cell, and halos and accounts.
  const double bytes = benchmark_memory({1024, 1024, 32, 8}, sizeof(float));
  EXPECT_GT(bytes, 56.0 * 1024 * 1024 * 32);
  EXPECT_LT(bytes, 1.5 * 56 * 1024 * 1024 * 32);
}

TEST(Benchmark, ThreadsDoubleUpToAllCores) {
  EXPECT_EQ(benchmark_threads(1), (std::vector{1}));
  EXPECT_EQ(benchmark_threads(2), (std::vector{1, 2}));
  EXPECT_EQ(benchmark_threads(6), (std::vector{1, 2, 4, 6}));
  EXPECT_EQ(benchmark_threads(8), (std::vector{1, 2, 4, 8}));
}

TEST(Benchmark, WhatIsGivenTakesThePlaceOfTheShortForm) {
  const std::vector<BenchmarkRow> all = benchmark_rows({}, 2);
  EXPECT_TRUE(
      std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.threads < b.threads; }));
  const auto has = [&](int tracers, bool double_precision, int threads) {
    return std::any_of(all.begin(), all.end(), [&](const BenchmarkRow& row) {
      return row.size == BenchmarkSize{256, 256, 32, tracers} && row.double_precision == double_precision &&
             row.threads == threads;
    });
  };
  for (const int threads : {1, 2}) {
    EXPECT_TRUE(has(8, false, threads) && has(1, false, threads) && has(8, true, threads));
  }
  const std::vector<BenchmarkRow> one =
      benchmark_rows({.threads = 3, .cells = BenchmarkSize{16, 24, 8}, .tracers = 5, .double_precision = true}, 2);
  ASSERT_EQ(one.size(), 1u); // and no row twice
  EXPECT_EQ(one[0].size, (BenchmarkSize{16, 24, 8, 5}));
  EXPECT_TRUE(one[0].double_precision);
  EXPECT_EQ(one[0].threads, 3);
  EXPECT_EQ(benchmark_rows({.threads = 1, .cells = BenchmarkSize{16, 24, 8}}, 2).size(),
            3u); // float with 8 and 1, double with 8
}

TEST(Benchmark, SetsTheStepBesideTheBetterTriadOfAsManyThreads) {
  const BenchmarkReport report = sample_report();
  EXPECT_DOUBLE_EQ(report.plain(report.rows[0]), 15);
  EXPECT_DOUBLE_EQ(report.streaming(report.rows[0]), 20.5);
  EXPECT_DOUBLE_EQ(report.streaming(report.rows[1]), 41);
  EXPECT_DOUBLE_EQ(report.rows[0].gb_per_s(), 9.5); // 19 bytes in 2 ns
  EXPECT_DOUBLE_EQ(report.share_of_bound(report.rows[0]), 19 / 2.0 / 20.5);
  EXPECT_DOUBLE_EQ(report.share_of_bound(report.rows[1]), 80 / 5.2 / 41);
  EXPECT_DOUBLE_EQ(report.rows[0].rate(), 5e8);
}

TEST(Benchmark, PrintsOneTable) {
  const std::string text = benchmark_table(sample_report());
  for (const char* line :
       {"  triad      1 thread, 800 MB: 14.0 GB/s before and 15.0 after, with streaming stores 20.5 and 20.0\n",
        "  triad      2 threads, 800 MB: 28.0 GB/s before and 27.0 after, with streaming stores 38.0 and 41.0\n",
        "precision cells         tracers threads tracer, step per second counted   triad streaming of bound\n",
        "float     256x256x32          8       1        2.000      500.0     9.5    15.0      20.5     0.46\n",
        "double    64x64x16            1       2        5.200      192.3    15.4    28.0      41.0     0.38\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << "is not in\n" << text;
  }
}

TEST(Benchmark, MeasuresEachRowOnItsThreads) {
  std::vector<BenchmarkRow> rows = benchmark_rows({.threads = 1, .cells = BenchmarkSize{8, 8, 4}, .tracers = 1}, 1);
  std::vector<std::string> heard;
  const BenchmarkReport report =
      run_benchmark(rows, 1, [&](const BenchmarkRow& row) { heard.push_back(row.precision()); });
  EXPECT_EQ(heard, (std::vector<std::string>{"float", "double"}));
  ASSERT_EQ(report.triads.size(), 1u);
  EXPECT_GT(std::min({report.triads[0].plain[0], report.triads[0].plain[1], report.triads[0].streaming[0],
                      report.triads[0].streaming[1]}),
            0);
  for (const BenchmarkRow& row : report.rows) {
    EXPECT_GT(row.nanoseconds, 0);
  }
}
