#include "physics/settling.hpp"

#include "files/csv.hpp"
#include "paths.hpp"

#include <filesystem>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::physics;

namespace {

constexpr double temperature = 293.15, pressure = 101325;

double speed(double micrometres, double density) {
  return settling_speed(micrometres * 1e-6, density, temperature, pressure);
}

} // namespace

// Computed with independent code at 293.15 K and 101325 Pa; seven digits.
TEST(SettlingSpeed, AirAndSlipHaveTheReferenceValues) {
  EXPECT_NEAR(air_viscosity(temperature), 1.813406e-5, 5e-12);
  const double path = mean_free_path(temperature, pressure);
  EXPECT_NEAR(path, 6.50681e-8, 5e-14);
  EXPECT_NEAR(slip_correction(0.1e-6, path), 2.859356, 5e-7);
  EXPECT_NEAR(slip_correction(1e-6, path), 1.163592, 5e-7);
  EXPECT_NEAR(slip_correction(2.5e-6, path), 1.065432, 5e-7);
  EXPECT_NEAR(slip_correction(10e-6, path), 1.016358, 5e-7);
}

TEST(SettlingSpeed, StokesAndDragHaveTheReferenceValues) {
  const double rows[][3] = {// um, m/s by Stokes, with drag, six digits; 2650 kg m-3
                            {30, 0.0720695, 0.0693962}, {50, 0.199759, 0.180681}, {100, 0.797732, 0.578800}};
  for (const auto& [micrometres, stokes, drag] : rows) {
    EXPECT_NEAR(stokes_speed(micrometres * 1e-6, 2650, temperature, pressure), stokes, 3e-6 * stokes);
    EXPECT_NEAR(speed(micrometres, 2650), drag, 3e-6 * drag);
  }
  EXPECT_NEAR(stokes_speed(1e-6, 2650, temperature, pressure), 9.267193e-5, 5e-12);
  EXPECT_NEAR(stokes_speed(2.5e-6, 2650, temperature, pressure), 5.303387e-4, 5e-11);
  EXPECT_NEAR(stokes_speed(10e-6, 2650, temperature, pressure), 8.094576e-3, 5e-10);
}

TEST(SettlingSpeed, AerodynamicBinsHaveTheReferenceValues) {
  const double rows[][2] = {
      {0.7, 1.817076e-5}, {1, 3.497054e-5}, {5.5, 9.361713e-4}, {18, 9.825971e-3}};
  for (const auto& [micrometres, expected] : rows) {
    const double stokes = stokes_speed(micrometres * 1e-6, 1000, temperature, pressure);
    EXPECT_NEAR(stokes, expected, 3e-7 * expected) << micrometres;
  }
}

TEST(SettlingSpeed, IsItsOwnFixedPointUpToLargeDrops) {
  for (const double micrometres : {0.01, 1.0, 100.0, 1000.0}) {
    const double d = micrometres * 1e-6, v = speed(micrometres, 1000);
    const double reynolds = pressure / (constants::dry_air_gas * temperature) * v * d / air_viscosity(temperature);
    EXPECT_NEAR(v * (1 + 0.15 * std::pow(reynolds, 0.687)), stokes_speed(d, 1000, temperature, pressure), 1e-11 * v);
  }
  EXPECT_NEAR(speed(1000, 1000) / 4.03, 1, 0.05); // Gunn and Kinzer 1949: a water drop of 1 mm; the law is good to 5 %
}

TEST(SettlingSpeed, ColdThinAirLetsParticlesFallFaster) {
  EXPECT_GT(settling_speed(5.5e-6, 1000, 253.15, 60000), settling_speed(5.5e-6, 1000, 293.15, 101325));
}

TEST(SharedSettlingSpeed, TableIsReproduced) {
  const auto file = test::shared_directory() / "validation/deposition/settling_reference.csv";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  const files::CsvTable table = files::CsvTable::read(file);
  ProblemList problems;
  const auto diameter = table.require("d_um", problems), slip = table.require("Cc", problems),
             stokes = table.require("vs_stokes_m_s", problems), drag = table.require("vs_dragcorr_m_s", problems);
  problems.throw_if_any();
  EXPECT_EQ(table.rows(), 16u);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto at = [&](std::size_t column) { return *table.number(row, column, problems); };
    const double d = at(*diameter) * 1e-6;
    constexpr double digits = 5e-6;                              // six are printed
    constexpr double density = 1000 * 9.80665 / constants::gravity; // the table's gravity is the standard one
    EXPECT_NEAR(slip_correction(d, mean_free_path(temperature, pressure)) / at(*slip), 1, digits);
    EXPECT_NEAR(stokes_speed(d, density, temperature, pressure) / at(*stokes), 1, digits) << d;
    EXPECT_NEAR(settling_speed(d, density, temperature, pressure) / at(*drag), 1, digits) << d;
  }
}
