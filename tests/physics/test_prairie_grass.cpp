// Releases near the ground over a mown prairie: Project Prairie Grass, O'Neill, Nebraska, 1956. The figures of its runs
// are those of Barad (1958), Geophysical Research Papers 59, Air Force Cambridge Research Center, tabulated with kappa
// 0.35.
#include "prairie_grass.hpp"
#include "scores.hpp"

#include <cmath>
#include <gtest/gtest.h>

using namespace tq;
using namespace tq::validation;

namespace {

const std::vector<double> arcs = {50, 100, 200, 400, 800}; // m

struct Trial {
  const char* run;
  PrairieGrassRun figures;
  double wind_at_2_m;           // m s-1
  std::vector<double> observed; // crosswind-integrated concentration over Q, s m-2
};

const std::vector<Trial> trials = {
    {"8", {0.31, -18, 1380, 0.008, 0.35, 0.46, 1.5}, 4.52, {0.055947, 0.028741, 0.012540, 0.004265, 0.001585}},
    {"20", {0.60, -62, 806, 0.008, 0.35, 0.46, 1.5}, 9.38, {0.034075, 0.017830, 0.008421, 0.003357, 0.001259}},
    {"38", {0.28, 99, 0, 0.008, 0.35, 0.46, 1.5}, 4.28, {0.077663, 0.046982, 0.025316, 0.013749, 0.007740}},
    {"28", {0.16, 24, 0, 0.008, 0.35, 0.46, 1.5}, 2.55, {0.135410, 0.093135, 0.051354, 0.029643, 0.014194}},
};

} // namespace

TEST(PrairieGrass, ProfileOfARunGivesTheWindThatWasMeasured) {
  for (const Trial& trial : trials) {
    const SurfaceRelease release = release_of(trial.figures);
    const double wind = physics::similarity_wind(release.friction_velocity, 2, release.wind);
    EXPECT_NEAR(wind / trial.wind_at_2_m, 1, 0.06) << trial.run; // what u* and L miss it by with Businger's functions
  }
  const SurfaceRelease release = release_of(trials[0].figures);
  EXPECT_NEAR(release.friction_velocity, 0.3542857, 1e-7);              // 0.31 x 8/7
  EXPECT_NEAR(1 / release.wind.inverse_obukhov_length, -23.5102, 1e-4); // -18 x (8/7)^2
  EXPECT_EQ(release.wind.top, 1380);
  EXPECT_LT(release_of(trials[3].figures).wind.top, 150); // a calm clear night
}

TEST(PrairieGrass, ConcentrationsAreThoseObserved) {
  std::vector<double> observed, predicted;
  for (const Trial& trial : trials) {
    const std::vector<double> values = crosswind_integrated(release_of(trial.figures), arcs, 1);
    for (std::size_t a = 0; a < arcs.size(); ++a) {
      EXPECT_NEAR(std::log(values[a] / trial.observed[a]), 0, std::log(1.6)) << trial.run << ' ' << arcs[a];
    }
    observed.insert(observed.end(), trial.observed.begin(), trial.observed.end());
    predicted.insert(predicted.end(), values.begin(), values.end());
  }
  const Scores scores = scores_of(observed, predicted);
  EXPECT_NEAR(scores.fractional_bias, 0, 0.15);
  EXPECT_LT(scores.nmse, 0.1);
  EXPECT_GT(scores.correlation, 0.98);
}

TEST(PrairieGrass, GroundTakesUpWhatItsResistanceLetsThrough) {
  SurfaceRelease release = release_of(trials[3].figures);
  const double taken_up = crosswind_integrated(release, arcs, 1).back();
  release.uptake = 0;
  const double kept = crosswind_integrated(release, arcs, 1).back();
  EXPECT_GT(kept, 1.4 * taken_up);
}

TEST(PrairieGrass, FinerCellsLayersAndStepsChangeLittle) {
  SurfaceRelease release = release_of(trials[0].figures);
  const std::vector<double> near = {50, 100};
  const std::vector<double> coarse = crosswind_integrated(release, near, 1),
                            fine = crosswind_integrated(release, near, 2);
  for (std::size_t a = 0; a < near.size(); ++a) {
    EXPECT_NEAR(coarse[a] / fine[a], 1, 0.01) << near[a];
  }
  const std::vector<double> faces = layers_from_the_ground(2);
  EXPECT_LE(faces[1], 0.1);
  EXPECT_NEAR(faces.back(), layers_from_the_ground(1).back(), 1e-9 * faces.back());
}

TEST(Scores, CheckValues) {
  const Scores scores = scores_of({10, 20, 30, 40, 50}, {12, 18, 33, 35, 60});
  EXPECT_NEAR(scores.fractional_bias, -.05194805, 1e-8);
  EXPECT_NEAR(scores.nmse, .02995781, 1e-8);
  EXPECT_NEAR(scores.geometric_bias, .9567508, 1e-7);
  EXPECT_EQ(scores.fac2, 1);
  EXPECT_NEAR(scores.correlation, .9587294, 1e-7);
  EXPECT_EQ(scores_of({1, 1, 1, 1}, {0.4, 0.5, 2, 2.1}).fac2, 0.5);
}
