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

} // namespace
} // namespace tq
