// Vertical advection over unequal layers, and vertical mixing, against exact solutions.
#include "synthetic_forcing.hpp"
#include "transport/vertical_faces.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tq {
namespace {

using test::ForcingRecipe;
using test::TransportCase;

constexpr double pi = 3.14159265358979323846;

/// Sweeps a front once along a line of n cells whose masses vary smoothly by a factor of 5, at Courant 0.6
/// and less, until it has moved by 0.25 of the total mass; returns the l2 error.
double line_error(int n) {
  constexpr int pad = 2;
  const auto edge = [&](int f) { return double(f) / n - 0.66 * std::sin(2 * pi * f / n) / (2 * pi); };
  const auto front_mean = [&](int k, double middle) { // exact mean of (1 + tanh) / 2 over cell k
    const double width = 0.05;
    const auto integral = [&](double x) {
      return 0.5 * (x + width * std::log(std::cosh((x - middle) / width)));
    };
    return (integral(edge(k + 1)) - integral(edge(k))) / (edge(k + 1) - edge(k));
  };
  const int size = n + 2 * pad;
  std::vector<double> mass(size), q(size), flux(size + 1), memory(VerticalFaces<double, 1>::rows), p(n + 1), m(n + 1);
  const int steps = int(std::ceil(0.25 / (0.6 * (edge(1) - edge(0)))));
  const double moved = 0.25 / steps;
  for (int k = 0; k < size; ++k) {
    mass[k] = edge(k - pad + 1) - edge(k - pad);
    q[k] = front_mean(k - pad, 0.35);
  }
  for (int step = 0; step < steps; ++step) {
    for (int f = 0; f <= n; ++f) {
      const VerticalFaces<double, 1> face{memory.data()};
      fill_faces(1, {1.0, &moved, &moved, &moved, &mass[f], &mass[f + 1], &mass[f + 2], &mass[std::min(f + 3, size - 1)]},
                 face);
      face_increments(1, face, AcrossRows<double>{{nullptr, &q[f], &q[f + 1], &q[f + 2], &q[f + 3], nullptr}}, &p[f],
                      &m[f]);
    }
    for (int k = 0; k < n; ++k) {
      const double inverse = 1 / mass[k + pad];
      update_cells(1, &q[k + pad], &p[k + 1], &m[k], &inverse, &q[k + pad]);
    }
  }
  double sum = 0;
  for (int k = 0; k < n; ++k) {
    sum += std::pow(q[k + pad] - front_mean(k, 0.6), 2) * mass[k + pad];
  }
  return std::sqrt(sum);
}

TEST(VerticalAdvection, ThirdOrderOnUnequalLayersWhereNothingIsLimited) {
  const double coarse = line_error(400), fine = line_error(800);
  EXPECT_NEAR(std::log2(coarse / fine), 3, 0.3) << coarse << " " << fine;
}

/// A circulation in the x-z plane, closed at all walls: one level of y, turned forth and back; l2 error of a
/// blob.
double overturning_error(int n) {
  const double h = 1.0 / n, end = 2;
  const auto psi = [&](int i, int k) {
    return std::pow(std::sin(pi * i * h), 2) * std::pow(std::sin(pi * k * h), 2) / pi;
  };
  const int hours = 4 * n; // of constant flow
  SerialCommunicator alone;
  constexpr int ny = 3;
  TransportOptions options;
  options.max_step = 1e9;
  options.max_courant = 0.5;
  TransportCase<double> box(test::whole_domain(n, ny), alone, TracerSet(1, 1, 0), n, options);
  const auto blob = [&](int i, int k) {
    const double r = std::hypot((i + 0.5) * h - 0.3, (k + 0.5) * h - 0.5) / 0.2;
    return r < 1 ? 0.5 * (1 + std::cos(pi * r)) : 0;
  };
  box.for_each_cell([&](double& q, int, int i, int, int k) { q = blob(i, k); });
  for (int hour = 0; hour < hours; ++hour) {
    const double now = std::cos(pi * (hour + 0.5) / hours);
    ForcingRecipe recipe;
    recipe.air_mass = [&](int, int, int) { return h * h; };
    recipe.flux_x = [&](int i, int, int k) {
      return i <= 0 || i >= n ? 0.0 : now * (psi(i, k + 1) - psi(i, k));
    };
    box.advance(recipe, end / hours);
  }
  double difference = 0, norm = 0;
  box.for_each_cell([&](double& q, int, int i, int, int k) {
    EXPECT_GE(q, 0);
    difference += std::pow(q - blob(i, k), 2);
    norm += std::pow(blob(i, k), 2);
  });
  return std::sqrt(difference / norm);
}

TEST(VerticalAdvection, OverturningIsReversedWithASmallError) {
  const double coarse = overturning_error(40), fine = overturning_error(80);
  EXPECT_NEAR(coarse, 0.139, 0.001);
  EXPECT_NEAR(fine, 0.0447, 0.0005);
}

constexpr double depth = 500, diffusivity = 50;                        // m, m2 s-1
constexpr double decay_rate = diffusivity * pi * pi / (depth * depth); // s-1, of half a cosine over the depth

/// Mixing of a cosine in a closed column of n equal layers in steps of dt; largest error at the end.
double mixing_error(int n, double seconds, double dt) {
  const double dz = depth / n;
  SerialCommunicator alone;
  TransportOptions options;
  options.max_step = dt;
  TransportCase<double> box(test::whole_domain(3, 3), alone, TracerSet(1, 1, 0), n, options);
  ForcingRecipe recipe;
  recipe.air_mass = [](int, int, int) { return 1.0; };
  recipe.mixing_z = [&](int, int, int k) { return k == 0 ? 0 : diffusivity / (dz * dz); };
  const auto mean = [&](int k, double t) { // of 2 + cos(pi z / depth), decaying
    return 2 + std::exp(-decay_rate * t) * (std::sin(pi * (k + 1) / n) - std::sin(pi * k / n)) * n / pi;
  };
  box.for_each_cell([&](double& q, int, int, int, int k) { q = mean(k, 0); });
  box.advance(recipe, seconds);
  double worst = 0;
  box.for_each_cell(
      [&](double& q, int, int, int, int k) { worst = std::max(worst, std::abs(q - mean(k, seconds))); });
  return worst;
}

TEST(VerticalMixing, FirstOrderInTimeSecondInSpace) {
  // Backward Euler damps by 1 / (1 + rate dt) per step; that of 200 layers themselves is 50 times smaller.
  const double expected = std::pow(1 + decay_rate * 30, -20) - std::exp(-decay_rate * 600);
  EXPECT_NEAR(mixing_error(200, 600, 30), expected, 0.02 * expected);
  EXPECT_NEAR(mixing_error(200, 600, 60) / mixing_error(200, 600, 30), 2, 0.05);
  const double thick = mixing_error(10, 60, 0.02), thin = mixing_error(20, 60, 0.02);
  EXPECT_NEAR(thick / thin, 4, 0.2) << thick << " " << thin;
}

TEST(VerticalMixing, SteadyEmissionAgainstDepositionHasTheExactProfile) {
  // Emission in the top cell, deposition at the ground: in the end the flux E is the same at every height, so
  // q_0 = E / D and q_k - q_{k-1} = E / K_k.
  constexpr int n = 8;
  SerialCommunicator alone;
  TransportCase<double> box(test::whole_domain(3, 3), alone, TracerSet(1, 1, 0), n, {});
  ForcingRecipe recipe;
  recipe.air_mass = [](int, int, int k) { return 1e5 * (1 + k); };
  recipe.mixing_z = [](int, int, int k) { return 400.0 * k; };
  recipe.emission_levels = n;
  recipe.emission = [](int, int, int, int k) { return k == n - 1 ? 1e-3 : 0.0; };
  recipe.deposition_conductance = [](int, int, int) { return 250.0; };
  for (int hour = 0; hour < 400; ++hour) {
    box.advance(recipe);
  }
  double expected = 1e-3 / 250;
  const View3<double> q = box.tracers.view()[0];
  for (int k = 0; k < n; ++k) {
    expected += k == 0 ? 0 : 1e-3 / (400.0 * k);
    EXPECT_NEAR(q(1, 1, k), expected, 1e-9 * expected);
  }
}

} // namespace
} // namespace tq
