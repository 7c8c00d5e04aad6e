#include "diagnostics/averages.hpp"
#include "diagnostics/cell_means.hpp"

#include <gtest/gtest.h>

using namespace tq;

TEST(Averages, AreWeightedWithTheLengthOfEachStep) {
  const std::vector<Pollutant> pollutants = {{"so2", "", "", {2}}, {"pm10", "", "", {0, 1}}};
  const TracerSet set(1, 3, 1); // with a tag that must not be counted
  const int nx = 5, ny = 4;
  Field<double> density(nx, ny, 3, 1, 0);
  for (int k = 0; k < 3; ++k) {
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < nx; ++i) {
        density.view3()(i, j, k) = (1.0 + 0.25 * i) / (1 << k);
      }
    }
  }
  const int so2 = 0, pm10 = 1;
  Averages averages(pollutants, set, density.view3());
  Averages with_volume(pollutants, set, density.view3(), {pm10});
  Tracers<float> tracers(set, nx, ny, 3);
  const auto fill = [&](float value) {
    for (int t = 0; t < set.count(); ++t) {
      for (int j = 0; j < ny; ++j) {
        for (int i = 0; i < nx; ++i) {
          tracers.view()[t](i, j, 0) = set.id(t).tag == 0 ? value * float(1 + j) : 50;
          tracers.view()[t](i, j, 1) = 100;
          tracers.view()[t](i, j, 2) = set.id(t).tag == 0 ? value * float(1 + i) : 50;
        }
      }
    }
  };
  EXPECT_EQ(averages.mean(pm10)(2, 1), 0.0);
  fill(1);
  averages.add<float>(tracers.view(), 900);
  with_volume.add<float>(tracers.view(), 900);
  fill(3);
  averages.add<float>(tracers.view(), 300);
  with_volume.add<float>(tracers.view(), 300);
  // (1 * 900 + 3 * 300) / 1200 = 1.5 of each member, times (1 + j) and the density; exact in binary.
  EXPECT_EQ(averages.mean(pm10)(2, 1), 2 * 1.5 * 2 * 1.5);
  EXPECT_EQ(averages.mean(so2)(2, 1), 1.5 * 2 * 1.5);
  EXPECT_EQ(averages.mean(pm10)(4, 3), 2 * 1.5 * 4 * 2.0);
  EXPECT_EQ(averages.seconds(so2), 1200);
  EXPECT_EQ(with_volume.mean(pm10, 0)(2, 1), 9.0);
  EXPECT_EQ(with_volume.mean(pm10, 1)(2, 1), 2 * 100 * 0.75);
  EXPECT_EQ(with_volume.mean(pm10, 2)(2, 1), 2 * 1.5 * 3 * 0.375);
  EXPECT_EQ(with_volume.mean(so2)(2, 1), 1.5 * 2 * 1.5);
  EXPECT_EQ(averages.levels(), 1);
  EXPECT_EQ(with_volume.levels(), 3);
  EXPECT_THROW(with_volume.mean(so2, 1), std::logic_error);
  EXPECT_THROW(averages.mean(pm10, 1), std::logic_error);
  averages.reset();
  EXPECT_EQ(averages.mean(pm10)(2, 1), 0.0);
}

TEST(Averages, OfSomePollutantsLeaveTheOthersAlone) {
  const std::vector<Pollutant> pollutants = {{"so2", "", "", {0}}, {"no", "", "", {1}}};
  const TracerSet set(1, 2, 0);
  Field<double> density(1, 1, 1, 1, 0);
  density.view3()(0, 0, 0) = 2;
  Averages averages(pollutants, set, density.view3());
  Tracers<float> tracers(set, 1, 1, 1);
  const std::vector<int> no = {1};
  tracers.view()[0](0, 0, 0) = tracers.view()[1](0, 0, 0) = 1;
  averages.add<float>(tracers.view(), 300);
  tracers.view()[0](0, 0, 0) = tracers.view()[1](0, 0, 0) = 5;
  averages.add<float>(tracers.view(), 900, no);
  EXPECT_EQ(averages.seconds(0), 300);
  EXPECT_EQ(averages.seconds(1), 1200);
  EXPECT_EQ(averages.mean(0)(0, 0), 2);
  EXPECT_EQ(averages.mean(1)(0, 0), 2 * (300 * 1 + 900 * 5) / 1200.0);
}

TEST(CellMeans, WeighByArea) {
  ManagementCells cells;
  cells.cells.resize(2);
  cells.cells[0].overlay.shares = {{0, 0, 1.0}, {1, 1, 3.0}};
  cells.cells[1].overlay.shares = {{2, 1, 0.5}};
  const CellMeans means(cells, 3);
  std::vector<double> result(2);
  means.apply(std::vector<double>{4, 0, 0, 0, 8, 6}, result);
  EXPECT_EQ(result, (std::vector<double>{7, 6}));
}
