#include "transport/options.hpp"

#include "base/error.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace tq {
namespace {

TransportOptions read(const std::string& text, ProblemList& problems) {
  config::Schema schema;
  declare_transport(schema);
  const std::filesystem::path file =
      std::filesystem::path(testing::TempDir()) /
      (std::string("transport_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".toml");
  std::ofstream(file) << text;
  const config::Settings settings = config::Settings::check(config::read_toml(file), schema, problems);
  std::filesystem::remove(file);
  return read_transport(settings, problems);
}

TEST(TransportSettings, DefaultsAreThoseOfTheStructure) {
  ProblemList problems;
  const TransportOptions options = read("", problems), defaults;
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(options.max_step, defaults.max_step);
  EXPECT_EQ(options.max_courant, defaults.max_courant);
  EXPECT_EQ(options.horizontal_diffusivity, defaults.horizontal_diffusivity);
  EXPECT_FALSE(options.double_precision);
}

TEST(TransportSettings, ReadsAllKeys) {
  ProblemList problems;
  const TransportOptions options = read("[transport]\nprecision = \"double\"\nmax_step = 60\nmax_courant = 0.5\n"
                                        "horizontal_diffusivity = 0\n",
                                        problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_TRUE(options.double_precision);
  EXPECT_EQ(options.max_step, 60);
  EXPECT_EQ(options.max_courant, 0.5);
  EXPECT_EQ(options.horizontal_diffusivity, 0);
}

TEST(TransportSettings, RefusesWhatCannotBe) {
  ProblemList problems;
  read("[transport]\nprecision = \"half\"\nmax_step = 0\nmax_courant = 0\nhorizontal_diffusivity = -1\n", problems);
  EXPECT_EQ(problems.problems().size(), 4u);
}

} // namespace
} // namespace tq
