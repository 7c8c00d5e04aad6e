#include "physics/plume_rise.hpp"

#include <array>
#include <gtest/gtest.h>
#include <vector>

using namespace tq;
using namespace tq::physics;

namespace {

constexpr double standard_gravity = 9.80665 / constants::gravity; // the check values' gravity is the standard one
constexpr Chimney boiler{45, 1.5, 15, 423.15};

double flux() {
  return buoyancy_flux(boiler, 288.15) * standard_gravity;
}
double stability() {
  return plume_stability(0.01, 288.15) * standard_gravity;
}

/// Air of many layers, the same at all heights.
struct UniformAir {
  std::vector<PlumeLayer> layers;
  PlumeAir air;

  UniformAir(double gradient, double convective_scale, double wind, const std::vector<double>& tops) {
    for (const double top : tops) {
      layers.push_back({top, wind, 288.15, gradient, true});
    }
    air = {layers.data(), int(layers.size()), 0.3, convective_scale};
  }
};

const std::vector<double> many{20, 40, 60, 80, 100, 130, 160, 200, 250, 300, 400, 600, 1000, 3000};

} // namespace

// Computed with independent code, eight digits.
TEST(PlumeRise, FormulasHaveTheCheckValues) {
  EXPECT_NEAR(flux(), 26.398174, 1e-6);
  EXPECT_NEAR(unstable_rise(flux(), 3), 110.60960, 1e-5);
  EXPECT_NEAR(neutral_rise(flux(), 3, 0.3, 45), 147.10316, 1e-5);
  EXPECT_NEAR(stability(), 3.4033143e-4, 1e-11);
  EXPECT_NEAR(stable_rise(flux(), 3, stability()), 76.881800, 1e-6);
  EXPECT_NEAR(momentum_rise(15, 1.5, 3), 22.5, 1e-12);
  EXPECT_NEAR(stable_momentum_rise(boiler, 3, 288.15, 0.01), 17.389682, 1e-6);
  EXPECT_NEAR(stack_tip_downwash(4, 5, 1.5), -2.1, 1e-12);
  EXPECT_EQ(stack_tip_downwash(15, 5, 1.5), 0.0);
}

TEST(PlumeRise, BriggsHasTheCheckValues) {
  EXPECT_NEAR(briggs_rise(flux(), 3), 83.172545, 1e-6);
  EXPECT_NEAR(briggs_distance(flux()), 379.03539, 1e-5);
  EXPECT_NEAR(briggs_stable_rise(flux(), 0.01, stability()), 181.12992, 1e-5); // calm
  EXPECT_EQ(briggs_stable_rise(flux(), 3, stability()), stable_rise(flux(), 3, stability()));
  const double large = buoyancy_flux({100, 4, 20, 413.15}, 288.15) * standard_gravity;
  EXPECT_NEAR(large, 237.36294, 1e-5);
  EXPECT_NEAR(briggs_rise(large, 5), 206.11088, 1e-5);
  EXPECT_NEAR(briggs_distance(large), 1060.9920, 1e-4);
  EXPECT_NEAR(briggs_stable_distance(3, 4e-4), 310.725, 1e-9);
}

TEST(PlumeRise, NeutralFluxIsTheInverseOfNeutralRise) {
  for (const double rise : {1e-6, 0.1, 5.0, 60.0, 300.0, 449.0}) {
    const double back = neutral_rise(neutral_flux(rise, 3, 0.3, 45), 3, 0.3, 45);
    EXPECT_NEAR(back, rise, 1e-11 * rise);
  }
  EXPECT_EQ(neutral_flux(0, 3, 0.3, 45), 0.0);
}

TEST(PlumeRise, WeakWindAndFlatGradientsHaveFloors) {
  EXPECT_EQ(plume_stability(0, 288.15), 3e-5);
  EXPECT_EQ(plume_stability(-0.02, 288.15), 3e-5);
  const UniformAir calm(0.01, -1, 0, {3000});
  EXPECT_DOUBLE_EQ(layer_rise(flux(), calm.layers[0], calm.air, 45),
                   stable_rise(flux(), 1, plume_stability(0.01, 288.15)));
  EXPECT_LE(neutral_rise(1e4, 1, 0.1, 45), 450.0);
}

TEST(PlumeRise, AirChoosesTheFormula) {
  const PlumeLayer layer{100, 3, 288.15, 0, true}, above{100, 3, 288.15, 0, false},
      inversion{100, 3, 288.15, 0.002, true};
  EXPECT_EQ(plume_regime(layer, 4e-6), PlumeRegime::unstable);
  EXPECT_EQ(plume_regime(layer, 0), PlumeRegime::neutral);
  EXPECT_EQ(plume_regime(layer, -4e-6), PlumeRegime::stable);
  EXPECT_EQ(plume_regime(above, 4e-6), PlumeRegime::stable);
  EXPECT_EQ(plume_regime(inversion, 0), PlumeRegime::stable);
  EXPECT_EQ(plume_regime(inversion, 4e-6), PlumeRegime::unstable); // still below the mixing height
}

TEST(PlumeRise, PlumeReachesFromHalfToOneAndAHalfTimesTheRise) {
  const UniformAir stable(0.01, -1, 3, {3000});
  const double rise = stable_rise(buoyancy_flux(boiler, 288.15), 3, plume_stability(0.01, 288.15));
  const PlumeReach plume = plume_reach(boiler, stable.air);
  EXPECT_NEAR(plume.bottom, 45 + 0.5 * rise, 1e-10);
  EXPECT_NEAR(plume.top, 45 + 1.5 * rise, 1e-10);
}

TEST(PlumeRise, CuttingUniformAirIntoLayersChangesNothing) {
  for (const double convective_scale : {-1.0, 0.0, 1.0}) {
    const double gradient = convective_scale < 0 ? 0.01 : 0.0;
    const UniformAir one(gradient, convective_scale, 4, {3000}), cut(gradient, convective_scale, 4, many);
    const PlumeReach whole = plume_reach(boiler, one.air), layered = plume_reach(boiler, cut.air);
    EXPECT_GT(whole.top, 100) << convective_scale;            // several layers
    const double digits = convective_scale < 0 ? 3e-5 : 1e-9; // 59.319 has five
    EXPECT_NEAR(layered.top, whole.top, digits * whole.top) << convective_scale;
    EXPECT_NEAR(layered.bottom, whole.bottom, digits * whole.bottom) << convective_scale;
  }
}

/// What is left above the first layer, r, becomes r (u1 S1/(u2 S2))^(1/3): by the definition of what is left of F.
TEST(PlumeRise, EightfoldStabilityHalvesWhatIsLeft) {
  UniformAir one(0.004, -1, 3, {3000}), air(0.004, -1, 3, {100, 3000});
  one.air.friction_velocity = air.air.friction_velocity = 0.1; // neutral rise far above
  const double whole = plume_reach(boiler, one.air).top;
  air.layers[1].gradient = 0.032;
  ASSERT_GT(whole, 110);
  EXPECT_NEAR(plume_reach(boiler, air.air).top - 100, 0.5 * (whole - 100), 1e-3); // 59.319 has five digits
  air.layers[1].gradient = 0.004;
  air.layers[1].wind = 24;
  EXPECT_NEAR(plume_reach(boiler, air.air).top - 100, 0.5 * (whole - 100), 1e-3);
}

TEST(PlumeRise, GrowsWithHeatInAnyAir) {
  for (const double convective_scale : {-1.0, 0.0, 1.0}) {
    for (const double gradient : {0.0, 0.005}) {
      UniformAir air(gradient, convective_scale, 2.5, many);
      for (std::size_t layer = 0; layer < air.layers.size(); ++layer) {
        air.layers[layer].wind = 1.5 + 0.4 * double(layer);
        air.layers[layer].mixed = air.layers[layer].top <= 250;
        air.layers[layer].gradient = air.layers[layer].mixed ? gradient : 0.006;
      }
      double before = 0;
      for (double diameter = 0.5; diameter < 6; diameter *= 1.02) { // F grows with d^2 at the same speed and heat
        const PlumeReach plume = plume_reach({45, diameter, 15, 423.15}, air.air);
        EXPECT_GE(plume.top, before) << convective_scale << ' ' << gradient << ' ' << diameter;
        EXPECT_GT(plume.bottom, 45);
        EXPECT_LT(plume.bottom, plume.top);
        before = plume.top;
      }
      EXPECT_GT(before, 200) << convective_scale << ' ' << gradient;
    }
  }
}

TEST(PlumeRise, InversionHoldsAPlumeDown) {
  UniformAir open(0, 1, 3, {250, 3000}), lid(0, 1, 3, {250, 3000});
  lid.layers[1] = {3000, 3, 288.15, 0.02, false};
  const Chimney tall{100, 4, 20, 413.15};
  EXPECT_LT(plume_reach(tall, lid.air).top, plume_reach(tall, open.air).top - 50);
  EXPECT_GT(plume_reach(tall, lid.air).top, 250); // it gets in, though
}

TEST(PlumeRise, ColdJetsRiseByMomentum) {
  const UniformAir air(0, 0, 3, many);
  const PlumeReach cold = plume_reach({45, 1.5, 15, 280}, air.air);
  EXPECT_NEAR(cold.bottom, 45 + 11.25, 1e-12);
  EXPECT_NEAR(cold.top, 45 + 33.75, 1e-12);
  const PlumeReach vent = plume_reach({10, 0.1, 4.5, 280}, air.air);
  EXPECT_NEAR(vent.top, 10 + 3.0, 1e-12);                          // 2 m at least
  const PlumeReach lazy = plume_reach({45, 1.5, 3, 280}, air.air); // 2 (1 - 1.5) 1.5 = -1.5 m behind the tip
  EXPECT_NEAR(lazy.top, 43.5 + 1.5 * 4.5, 1e-12);
}

TEST(PlumeRise, MomentumCountsWhereItLiftsHigher) {
  const UniformAir neutral(0, 0, 3, many), stable(0.01, -1, 3, many);
  EXPECT_NEAR(plume_reach({45, 1.5, 15, 288.2}, neutral.air).top, 45 + 33.75, 1e-12);
  const Chimney jet{45, 1.5, 15, 288.2};
  EXPECT_NEAR(plume_reach(jet, stable.air).top, 45 + 1.5 * stable_momentum_rise(jet, 3, 288.15, 0.01), 1e-12);
}

TEST(PlumeRise, SharesOfLayersSumToOne) {
  for (const double wind : {0.5, 3.0, 12.0}) {
    const UniformAir air(0.003, -1, wind, many);
    const PlumeReach plume = plume_reach(boiler, air.air);
    double sum = 0, low = 0;
    for (const double top : many) {
      const double share = plume_share(plume, low, top);
      EXPECT_GE(share, 0.0);
      EXPECT_LE(share, 1.0 + 1e-15);
      sum += share;
      low = top;
    }
    EXPECT_NEAR(sum, 1.0, 1e-14) << wind;
  }
}
