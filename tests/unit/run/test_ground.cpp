#include "paths.hpp"
#include "run/case.hpp"

#include <fmt/format.h>
#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

/// The default city's week with a measure of kind surface; `ground` and more of it.
Case greened(const std::string& name, const std::string& text) {
  const std::filesystem::path file = test::scratch_directory("ground") / (name + ".toml");
  std::ofstream(file) << fmt::format("base = \"{}\"\nname = \"{}\"\n[[measure]]\nid = \"plant\"\nkind = \"surface\"\n"
                                     "select = {{ sector = \"bare_soil\" }}\n{}\n",
                                     (test::source_directory() / "scenarios/jingdezhen/base.toml").string(), name, text);
  return load_case(file);
}

std::string message(const std::string& name, const std::string& text) {
  try {
    greened(name, text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

} // namespace

TEST(Ground, TurnsTheClassesNamedInTheCellsNamed) {
  const Case before = load_case(test::source_directory() / "scenarios/jingdezhen/base.toml");
  const Case after = greened("some", "coverage = 0.5\ncompliance = 0.8\nground = { was = [\"low_town\"], becomes = \"forest\", "
                                     "cell = [\"ZS-*\"] }");
  const LandCover &was = before.grid->land_cover, &is = after.grid->land_cover;
  const Grid& grid = before.grid->grid;
  const int town = was.find("low_town"), forest = was.find("forest"), water = was.find("water");
  std::vector<double> inside(std::size_t(grid.nx() * grid.ny()), 0.0); // shares of grid cells in ZS-*
  for (const ManagementCell& cell : before.grid->management.cells) {
    if (cell.id.starts_with("ZS-")) {
      for (const CellShare& share : cell.overlay.shares) {
        inside[std::size_t(share.j * grid.nx() + share.i)] += share.amount / grid.cell_area();
      }
    }
  }
  double turned = 0; // m2
  for (int j = 0; j < grid.ny(); ++j) {
    for (int i = 0; i < grid.nx(); ++i) {
      const double part = 0.4 * std::min(1.0, inside[std::size_t(j * grid.nx() + i)]) * was.share(i, j, town);
      EXPECT_NEAR(is.share(i, j, town), was.share(i, j, town) - part, 1e-12);
      EXPECT_NEAR(is.share(i, j, forest), was.share(i, j, forest) + part, 1e-12);
      EXPECT_NEAR(is.share(i, j, water), was.share(i, j, water), 1e-12);
      turned += part * grid.cell_area();
    }
  }
  ASSERT_GT(turned, 1e5);
  ASSERT_EQ(after.ground.size(), 1u);
  EXPECT_EQ(after.ground[0], fmt::format("measure plant: {:.2f} km2 of ground become forest", turned * 1e-6));
  EXPECT_TRUE(before.ground.empty());
}

TEST(Ground, AllOfItEverywhereWhereNothingIsNamed) {
  const Case c = greened("all", "ground = { becomes = \"water\" }");
  EXPECT_NEAR(c.grid->land_cover.domain_share(c.grid->land_cover.find("water")), 1, 1e-12);
}

TEST(Ground, ProblemsNameWhatIsWrong) {
  const auto expect = [](const std::string& name, const std::string& text, const std::string& problem) {
    EXPECT_NE(message(name, text).find(problem), std::string::npos) << message(name, text);
  };
  expect("class", "ground = { becomes = \"forrest\" }",
         "measure[plant].ground.becomes = \"forrest\": must name classes of land cover: ");
  expect("suggests", "ground = { becomes = \"forrest\" }", "\"forrest\" is none; did you mean \"forest\"?");
  expect("was", "ground = { was = [\"swamp\"], becomes = \"forest\" }", "\"swamp\" is none");
  expect("later", "from = 2017-12-06\nground = { becomes = \"forest\" }", "must hold all through the run");
  expect("hours", "hours = \"07-19\"\nground = { becomes = \"forest\" }", "must hold all through the run");
  expect("nothing", "ground = { was = [\"forest\"], becomes = \"forest\" }", "must find ground that it changes");
  expect("nowhere", "ground = { cell = [\"XX\"], becomes = \"forest\" }", "must find ground that it changes");
  expect("without", "ground = { was = [\"crops\"] }", "measure[plant].ground.becomes: is required");
}
