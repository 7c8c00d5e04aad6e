// What tianqing-validate finds with the shared figures.
#include "cases.hpp"
#include "paths.hpp"

#include <gtest/gtest.h>

namespace tq {
namespace {

TEST(SharedAdvection, HoldsAllCriteria) {
  const std::filesystem::path folder = test::shared_directory() / "validation/advection";
  if (!std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << folder << " is not there";
  }
  const validation::Report report = validation::advection(folder);
  EXPECT_EQ(report.tables.size(), 12u);
  EXPECT_TRUE(report.passed()) << validation::as_text(report);
}

TEST(SharedPrairieGrass, HoldsAllCriteria) {
  const std::filesystem::path folder = test::shared_directory() / "validation/prairie_grass";
  if (!std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << folder << " is not there";
  }
  const validation::Report report = validation::prairie_grass(folder);
  ASSERT_EQ(report.tables.size(), 2u);
  EXPECT_EQ(report.tables[1].rows.size(), 27u);
  EXPECT_TRUE(report.passed()) << validation::as_text(report);
}

TEST(SharedAskervein, HoldsAllCriteria) {
  const std::filesystem::path folder = test::shared_directory() / "validation/askervein";
  if (!std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << folder << " is not there";
  }
  const validation::Report report = validation::askervein(folder);
  EXPECT_TRUE(report.passed()) << validation::as_text(report);
}

TEST(SharedDeposition, HoldsAllCriteria) {
  const std::filesystem::path folder = test::shared_directory() / "validation/deposition";
  if (!std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << folder << " is not there";
  }
  const validation::Report report = validation::deposition(folder);
  ASSERT_EQ(report.tables.size(), 3u);
  EXPECT_EQ(report.tables[2].rows.size(), 17u);
  EXPECT_TRUE(report.passed()) << validation::as_text(report);
}

TEST(SharedChemistry, HoldsAllCriteria) {
  const std::filesystem::path folder = test::shared_directory() / "validation/chemistry";
  if (!std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << folder << " is not there";
  }
  const validation::Report report = validation::chemistry(folder);
  ASSERT_EQ(report.tables.size(), 5u);
  EXPECT_TRUE(report.passed()) << validation::as_text(report);
}

} // namespace
} // namespace tq
