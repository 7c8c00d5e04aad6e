// The least adjustment of uniform wind over a ridge is potential flow (a = 1), here with a closed form.
#include "base/constants.hpp"
#include "meteorology/wind/first_guess.hpp"
#include "meteorology/wind/mass_consistent.hpp"

#include <cmath>
#include <complex>
#include <gtest/gtest.h>

namespace tq {
namespace {

/// Wind of 1 m s-1 over ridges that repeat every `length`: a row of dipoles of strength m, `depth` below z = 0,
/// W = Z + m (pi/length) cot(pi (Z + i depth)/length). The ground is its streamline psi = 0.
struct Ridge {
  double length = 6000, depth = 600, strength = 0; // m, m, m2

  std::complex<double> velocity(double x, double z) const { // u - i w
    const std::complex<double> s = std::sin(constants::pi / length * std::complex<double>(x, z + depth));
    return 1.0 - strength * std::pow(constants::pi / length, 2) / (s * s);
  }
  double stream(double x, double z) const {
    const std::complex<double> a = constants::pi / length * std::complex<double>(x, z + depth);
    return z + strength * constants::pi / length * (std::cos(a) / std::sin(a)).imag();
  }
  double ground(double x) const {
    double low = 0, high = 2 * depth;
    for (int n = 0; n < 100; ++n) {
      const double middle = 0.5 * (low + high);
      (stream(x, middle) < 0 ? low : high) = middle;
    }
    return 0.5 * (low + high);
  }
  double steepest() const {
    double slope = 0;
    for (double x = 0; x < length / 2; x += length / 2000) {
      slope = std::max(slope, std::fabs(ground(x + 1) - ground(x - 1)) / 2);
    }
    return slope;
  }
  static Ridge of_slope(double slope) {
    Ridge ridge;
    double low = 0, high = 4 * ridge.depth * ridge.depth; // `ground` looks high enough
    for (int n = 0; n < 40; ++n) {
      ridge.strength = 0.5 * (low + high);
      (ridge.steepest() < slope ? low : high) = ridge.strength;
    }
    return ridge;
  }
};

/// Distance of u on all faces from potential flow, over that of the uniform wind (root mean squares).
double error(const Ridge& ridge, int n) {
  GridSpecification s;
  s.name = "ridge";
  s.epsg = 32650;
  s.nx = n;
  s.ny = 1;
  s.dx = ridge.length / n;
  s.dy = 1e9; // nothing across
  s.surface_temperature = 400;
  s.lapse_rate = constants::gravity / constants::dry_air_gas; // of constant density
  for (int k = 0; k <= n; ++k) {                              // thin near the ground
    const double part = double(k) / n;
    s.zeta_faces.push_back(9000 * (std::exp(2.5 * part) - 1) / (std::exp(2.5) - 1));
  }
  const auto x_of_face = [&](int i) { return (i - 0.5 * n) * s.dx; };
  for (int i = 0; i < n; ++i) {
    s.terrain.push_back(ridge.ground(x_of_face(i) + 0.5 * s.dx));
  }
  const Grid grid(s);
  MassConsistentSolver solver(grid);
  Field<double> u(n, 1, n, 1, 0), v(n, 1, n, 1, 0);
  for (int k = 0; k < n; ++k) {
    std::fill(u.view3().line(0, k), u.view3().line(0, k) + n, 1.0);
  }
  FaceFlow flow = horizontal_flow(solver.metric(), u.view3(), v.view3());
  const FaceFlow uniform = horizontal_flow(solver.metric(), u.view3(), v.view3());
  Field<double> potential = solver.no_potential();
  solver.adjust(flow, 1.0, potential, {.tolerance = 1e-10});
  double wrong = 0, moved = 0;
  for (int k = 0; k < n; ++k) {
    for (int i = 1; i < n; ++i) {
      const double ground = 0.5 * (grid.terrain(i - 1, 0) + grid.terrain(i, 0));
      const double z = ground + grid.zeta_center(k) * (1 - ground / grid.top());
      const double exact = ridge.velocity(x_of_face(i), z).real();
      const double computed = flow.x.view3()(i, 0, k) / uniform.x.view3()(i, 0, k);
      wrong += std::pow(computed - exact, 2);
      moved += std::pow(1 - exact, 2);
    }
  }
  return std::sqrt(wrong / moved);
}

TEST(WindAdjustment, SecondOrderToPotentialFlowOverRidges) {
  for (const double slope : {0.05, 0.18, 0.33}) {
    const Ridge ridge = Ridge::of_slope(slope);
    EXPECT_NEAR(ridge.steepest(), slope, 1e-4);
    const double coarse = error(ridge, 32), middle = error(ridge, 64), fine = error(ridge, 128);
    EXPECT_NEAR(std::log2(coarse / middle), 2, 0.2) << slope << ": " << coarse << " " << middle << " " << fine;
    EXPECT_NEAR(std::log2(middle / fine), 2, 0.2) << slope << ": " << coarse << " " << middle << " " << fine;
    EXPECT_LT(fine, 3e-3) << slope; // half of (cell width / depth)^2
    RecordProperty(std::to_string(slope), std::to_string(fine));
  }
}

} // namespace
} // namespace tq
