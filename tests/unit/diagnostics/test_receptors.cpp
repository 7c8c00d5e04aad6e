#include "base/error.hpp"
#include "diagnostics/receptors.hpp"
#include "paths.hpp"
#include "sample_result.hpp"

#include <fstream>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr double west = 517500, south = 3242500, cell = 500; // of sample_grid, 12 x 10 cells

/// The value that a field given by what(i, j) has at a place, in cells from the south-west corner.
class Values {
public:
  double operator()(double x, double y, double (*what)(double i, double j)) const {
    std::vector<double> field;
    for (int j = 0; j < grid_.ny(); ++j) {
      for (int i = 0; i < grid_.nx(); ++i) {
        field.push_back(what(i, j));
      }
    }
    std::vector<double> values(1);
    ReceptorValues({{.id = "r", .name = "r", .x = west + cell * x, .y = south + cell * y}}, grid_).apply(field, values);
    return values[0];
  }

private:
  Grid grid_ = test::sample_grid();
};

double linear(double i, double j) { return 3 + 2 * i - 5 * j; }
double bilinear(double i, double j) { return (1 + i) * (2 + j); }

std::vector<Receptor> read(const std::string& text, ProblemList& problems) {
  const auto folder = test::scratch_directory("receptors");
  std::ofstream(folder / "s.toml") << text;
  config::Schema schema;
  declare_receptors(schema);
  const auto settings = config::Settings::check(config::read_toml(folder / "s.toml"), schema, problems);
  std::filesystem::remove_all(folder);
  return read_receptors(settings, test::sample_grid(), problems);
}

} // namespace

// Places at eighths of a cell, so weights and sums are exact in binary.
TEST(Receptors, LinearFieldsAreReproducedExactly) {
  const Values value;
  for (double x = 0.5; x <= 11.5; x += 0.125) {
    for (double y = 0.5; y <= 9.5; y += 0.125) {
      ASSERT_EQ(value(x, y, linear), linear(x - 0.5, y - 0.5)) << x << ", " << y;
      ASSERT_EQ(value(x, y, bilinear), bilinear(x - 0.5, y - 0.5)) << x << ", " << y;
    }
  }
}

TEST(Receptors, BeyondTheOutermostCentresTheEdgeHolds) {
  const Values value;
  EXPECT_EQ(value(0, 0, linear), linear(0, 0));
  EXPECT_EQ(value(12, 10, linear), linear(11, 9));
  EXPECT_EQ(value(0.125, 4, linear), linear(0, 3.5));
  EXPECT_EQ(value(3.5, 9.875, linear), linear(3, 9));
}

TEST(Receptors, AreReadInOrderAndProjected) {
  ProblemList problems;
  // The centre of cell (0, 0), by the Krueger series of the transverse Mercator projection, not by PROJ.
  const auto receptors = read("[[receptor]]\nid = \"b\"\nname = \"Corner\"\nlongitude = 117.182792715\nlatitude = 29.313649786\n"
                              "[[receptor]]\nid = \"a\"\nlongitude = 117.2\nlatitude = 29.33\n",
                              problems);
  problems.throw_if_any();
  ASSERT_EQ(receptors.size(), 2U);
  EXPECT_EQ(receptors[0].id, "b");
  EXPECT_EQ(receptors[0].name, "Corner");
  EXPECT_EQ(receptors[1].name, "a");
  EXPECT_NEAR(receptors[0].x, west + 250, 1e-3); // 1e-9 degrees are 1e-4 m
  EXPECT_NEAR(receptors[0].y, south + 250, 1e-3);
}

TEST(Receptors, ProblemsNameTheirLine) {
  ProblemList problems;
  read("[[receptor]]\nid = \"far\"\nlongitude = 117.2\nlatitude = 29.5\n"
       "[[receptor]]\nid = \"far\"\nlongitude = 181\nlatitude = 29.33\n"
       "[[receptor]]\nid = \"half\"\nlongitude = 117.2\n",
       problems);
  std::vector<std::pair<int, std::string>> found; // line, beginning of the text
  for (const Problem& problem : problems.problems()) {
    found.emplace_back(problem.where.line, problem.text.substr(0, 38));
  }
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector<std::pair<int, std::string>>{{1, "receptor[far]: must lie inside the dom"},
                                                             {6, "receptor.id = \"far\": must be unique; i"},
                                                             {7, "receptor[far].longitude = 181: must be"},
                                                             {9, "receptor[half].latitude: is required ("}}));
}
