// A day in closed boxes with the mechanism `urban`.
#include "base/gnuplot.hpp"
#include "paths.hpp"
#include "smog_box.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace tq;

namespace {

constexpr int side = 13;
constexpr double lowest_nox = 2, lowest_organic = 2.5; // ppb; twice as much every second box

double nox_of(int n) { return lowest_nox * std::pow(2.0, 0.5 * n); }
double organic_of(int n) { return lowest_organic * std::pow(2.0, 0.5 * n); }

/// Boxes [organic][nox] after 12 hours from six in the morning on.
const test::SmogBoxes& day() {
  static const test::SmogBoxes boxes = [] {
    std::vector<std::pair<double, double>> starts;
    for (int organic = 0; organic < side; ++organic) {
      for (int nox = 0; nox < side; ++nox) {
        starts.push_back({nox_of(nox), organic_of(organic)});
      }
    }
    test::SmogBoxes result(starts);
    result.run(6, 18);
    return result;
  }();
  return boxes;
}

double peak(int organic, int nox) { return day().peak_ozone[std::size_t(organic * side + nox)]; }

/// Which amount of nitrogen oxides makes most ozone of these organic compounds.
int ridge(int organic) {
  int best = 0;
  for (int nox = 1; nox < side; ++nox) {
    best = peak(organic, nox) > peak(organic, best) ? nox : best;
  }
  return best;
}

} // namespace

TEST(SmogBox, OzoneHasARidgeBetweenNitrogenOxidesAndOrganicCompounds) {
  int before = 0;
  for (int organic = 0; organic < side; ++organic) {
    const int top = ridge(organic);
    EXPECT_GT(top, 0) << organic;
    EXPECT_LT(top, side - 1) << organic;
    EXPECT_GE(top, before) << "more organic compounds need more nitrogen oxides, " << organic;
    before = top;
    for (int nox = 1; nox < side; ++nox) { // up to it and down again, with one top
      if (nox <= top) {
        EXPECT_GT(peak(organic, nox), peak(organic, nox - 1)) << organic << ' ' << nox;
      } else {
        EXPECT_LE(peak(organic, nox), peak(organic, nox - 1)) << organic << ' ' << nox;
      }
    }
  }
  // where nitrogen oxides are plenty, organic compounds decide; where they are scarce, hardly
  EXPECT_GT(peak(8, side - 1), 1.2 * peak(6, side - 1));
  EXPECT_LT(peak(12, 0) / peak(10, 0), 1.1);
  EXPECT_GT(peak(12, ridge(12)), 120);
}

TEST(SmogBox, KeepsNitrogenAndSulfurOverADay) {
  test::SmogBoxes boxes({{2, 20}, {40, 80}, {128, 320}, {128, 5}});
  std::vector<double> nitrogen, sulfur;
  for (std::size_t cell = 0; cell < boxes.count; ++cell) {
    nitrogen.push_back(boxes.atoms("N", cell));
    sulfur.push_back(boxes.atoms("S", cell));
  }
  boxes.run(6, 30);
  for (std::size_t cell = 0; cell < boxes.count; ++cell) {
    EXPECT_NEAR(boxes.atoms("N", cell) / nitrogen[cell], 1, 1e-10);
    EXPECT_NEAR(boxes.atoms("S", cell) / sulfur[cell], 1, 1e-10);
    EXPECT_GT(boxes.ppb("SULF", cell), 0.01); // it did react
  }
}

TEST(SmogBox, NitrogenMonoxideTakesOzoneAtNight) {
  test::SmogBoxes boxes({{60, 30}, {10, 30}});
  boxes.run(22, 24); // 54 and 9 ppb of NO meet 30 ppb of O3
  EXPECT_LT(boxes.ppb("O3", 0), 0.1);
  EXPECT_NEAR(boxes.ppb("NO", 0), 54 - 30, 1);
  EXPECT_NEAR(boxes.ppb("NO2", 0), 6 + 30, 1);
  EXPECT_LT(boxes.ppb("NO", 1), 0.01);
  EXPECT_LT(boxes.ppb("O3", 1), 30 - 9);
  EXPECT_GT(boxes.ppb("NO3", 1) + boxes.ppb("N2O5", 1), 1e-4); // the night's chemistry goes on with what is left
  EXPECT_LT(boxes.ppb("OH", 1), 1e-4);
}

TEST(SmogBox, RadicalsAndProductsAreAsInTheAir) {
  const test::SmogBoxes& boxes = day();
  const std::size_t cell = std::size_t(6 * side + 6); // 16 ppb of nitrogen oxides, 20 ppb of organic compounds
  test::SmogBoxes noon({{nox_of(6), organic_of(6)}});
  noon.run(6, 12);
  const double per_ppb = 1e-9 * test::city_conditions(0).air();
  EXPECT_GT(noon.ppb("OH", 0) * per_ppb, 1e6);
  EXPECT_LT(noon.ppb("OH", 0) * per_ppb, 3e7);
  EXPECT_GT(noon.ppb("HO2", 0) * per_ppb, 1e7);
  EXPECT_LT(noon.ppb("HO2", 0) * per_ppb, 3e9);
  EXPECT_GT(boxes.ppb("HNO3", cell), 1);
  EXPECT_GT(boxes.ppb("PAN", cell), 0.1);
  EXPECT_LT(boxes.ppb("PAN", cell), 10);
}

TEST(SmogBox, IsoplethsAreDrawn) {
  std::string commands = "$peak << EOD\n";
  for (int organic = 0; organic < side; ++organic) {
    for (int nox = 0; nox < side; ++nox) {
      commands += fmt::format("{} {} {}\n", organic_of(organic), nox_of(nox), peak(organic, nox));
    }
    commands += "\n";
  }
  commands += "EOD\n$ridge << EOD\n";
  for (int organic = 0; organic < side; ++organic) {
    commands += fmt::format("{} {}\n", organic_of(organic), nox_of(ridge(organic)));
  }
  commands += "EOD\nset table $lines\nset contour base\nset cntrparam levels incremental 40, 20, 400\nunset surface\n"
              "splot $peak with lines\nunset table\nset logscale xy 2\nset xlabel 'organic compounds at the start [ppb]'\n"
              "set ylabel 'nitrogen oxides at the start [ppb]'\nset title 'Largest ozone of the day [ppb]'\nset key top left\n"
              "plot $lines with lines lc rgb '#336699' notitle, $lines every 12 with labels notitle, "
              "$ridge with linespoints lc rgb '#cc3311' title 'ridge'\n";
  const auto png = test::scratch_directory("smog_box") / "isopleths.png";
  if (draw_png(commands, png, 800, 700)) {
    EXPECT_GT(std::filesystem::file_size(png), 5000u);
  } else {
    EXPECT_FALSE(std::filesystem::exists(png)); // no gnuplot here
  }
}
