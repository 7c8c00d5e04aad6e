#include "settled_column.hpp"

#include "base/error.hpp"
#include "cell_means.hpp"
#include "quadrature.hpp"
#include "synthetic_forcing.hpp"

#include <cmath>

namespace tq::validation {
namespace {

constexpr int coarsest = 16;    // layers
constexpr double steady = 1e-9; // change over `pause`, of the largest value

/// Heights of the layers' faces [m].
std::vector<double> faces_of(const Rouse& rouse, int layers) {
  const double bottom = 0.5 * rouse.reference, top = rouse.depth > 0 ? 0.97 * rouse.depth : 60;
  const auto stretched = [&](double z) { return std::log(rouse.depth > 0 ? z / (rouse.depth - z) : z); };
  std::vector<double> faces;
  for (int f = 0; f <= layers; ++f) {
    const double s = std::exp(stretched(bottom) + (stretched(top) - stretched(bottom)) * f / layers);
    faces.push_back(rouse.depth > 0 ? rouse.depth * s / (1 + s) : s);
  }
  return faces;
}

} // namespace

ColumnResult run_rouse(const Rouse& rouse, double speed, int refinement, const std::vector<double>& heights) {
  const int layers = coarsest * refinement;
  const std::vector<double> z = faces_of(rouse, layers);
  const auto thickness = [&](int k) { return z[std::size_t(k) + 1] - z[std::size_t(k)]; };
  test::ForcingRecipe recipe; // a column of 1 m2, air of 1 kg m-3
  recipe.air_mass = [&](int, int, int k) { return thickness(k); };
  recipe.thickness = recipe.air_mass;
  recipe.mixing_z = [&](int, int, int k) {
    return k == 0 || k == layers
               ? 0.0
               : rouse.diffusivity(z[std::size_t(k)]) / (0.5 * (z[std::size_t(k) + 1] - z[std::size_t(k) - 1]));
  };
  recipe.settling_speed = [&](int k, int) { return k == 0 ? 0.0 : speed; };

  const double pause = 100 * rouse.reference / rouse.kappa_ustar;
  TransportOptions options;
  options.max_step = 0.5 * rouse.reference / rouse.kappa_ustar / (refinement * refinement);
  SerialCommunicator alone;
  test::TransportCase<double> box(test::whole_domain(1, 1), alone, TracerSet(1, 1, 0), layers, options);
  std::vector<double> exact;
  double mass_exact = 0;
  for (int k = 0; k < layers; ++k) {
    const auto profile = [&](double height) { return rouse.concentration(height, speed); };
    exact.push_back(integral(z[std::size_t(k)], z[std::size_t(k) + 1], 8, profile) / thickness(k));
    mass_exact += exact.back() * thickness(k);
  }
  box.for_each_cell([](double& q, int, int, int, int) { q = 1; });
  const double mass = z.back() - z.front();

  std::vector<double> before(std::size_t(layers), 0.0);
  for (double change = 1; change > steady;) {
    box.advance(recipe, pause);
    change = 0;
    double largest = 0;
    box.for_each_cell([&](double q, int, int, int, int k) {
      double& earlier = before[std::size_t(k)];
      change = std::max(change, std::abs(q - earlier));
      largest = std::max(largest, q);
      earlier = q;
    });
    change /= largest;
    if (!(double(box.steps_done) * options.max_step < 1000 * pause)) {
      throw NumericalError("a column with settling particles does not become steady");
    }
  }

  ColumnResult result;
  double norm = 0;
  for (int k = 0; k < layers; ++k) {
    const double e = exact[std::size_t(k)] * mass / mass_exact, difference = before[std::size_t(k)] - e;
    result.difference += difference * difference * thickness(k);
    norm += e * e * thickness(k);
  }
  result.difference /= norm;
  const auto value_at = [&](double height) {
    const PointWeights w = weights_at(z, height);
    double sum = 0;
    for (int c = 0; c < 3; ++c) {
      sum += w.weight[std::size_t(c)] * before[std::size_t(w.first + c)];
    }
    return sum;
  };
  for (const double height : heights) {
    result.values.push_back(value_at(height) / value_at(rouse.reference));
  }
  return result;
}

} // namespace tq::validation
