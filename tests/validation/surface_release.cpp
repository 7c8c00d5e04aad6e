#include "surface_release.hpp"

#include "base/error.hpp"
#include "cell_means.hpp"
#include "grid/grid.hpp"
#include "physics/diffusivity.hpp"
#include "quadrature.hpp"
#include "synthetic_forcing.hpp"

#include <cmath>

namespace tq::validation {
namespace {

constexpr double cell_length = 2.5;        // m, coarsest
constexpr double lowest_layer = 0.1;       // m, coarsest
constexpr double growth = 1.08;            // of layers, coarsest
constexpr int layers = 80;                 // coarsest
constexpr double width = 10;               // m, of the slab: any
constexpr int cells_beyond = 4;            // the farthest distance
constexpr double least_diffusivity = 0.01; // m2 s-1, open country
constexpr double steady = 1e-5;            // change over a fifth of the way, of the value at the farthest distance
constexpr int utm_14_north = 32614;        // projection of the grid; nothing depends on it

Grid make_grid(double farthest, int refinement) {
  GridSpecification specification;
  specification.epsg = utm_14_north;
  specification.dx = cell_length / refinement;
  specification.dy = width;
  specification.nx = int(std::ceil(farthest / specification.dx)) + cells_beyond;
  specification.ny = 1;
  specification.zeta_faces = layers_from_the_ground(refinement);
  return Grid(specification);
}

test::ForcingRecipe recipe_of(const SurfaceRelease& release, const Grid& grid) {
  const std::vector<double>& z = grid.specification().zeta_faces;
  const double inverse_length = release.wind.inverse_obukhov_length;
  std::vector<double> flux, exchange{0};
  for (int k = 0; k < grid.nz(); ++k) {
    const double bottom = grid.zeta_face(k), top = grid.zeta_face(k + 1);
    const double wind = integral(bottom, top, 8, [&](double height) {
      return physics::similarity_wind(release.friction_velocity, height, release.wind);
    });
    flux.push_back(grid.air_mass(0, 0, k) / (grid.dx() * (top - bottom)) * wind);
  }
  for (int k = 1; k < grid.nz(); ++k) {
    const double height = grid.zeta_face(k);
    const double diffusivity =
        std::max(physics::parabolic_diffusivity(height, release.friction_velocity, release.wind.top, inverse_length),
                 physics::least_diffusivity(height, least_diffusivity));
    exchange.push_back(grid.reference_density(height) * diffusivity * grid.cell_area() /
                       (grid.zeta_center(k) - grid.zeta_center(k - 1)));
  }
  exchange.push_back(0);
  const double resistance = physics::aerodynamic_resistance(grid.zeta_center(0), release.friction_velocity,
                                                            release.wind.roughness_length, inverse_length);
  const double conductance =
      release.uptake > 0 ? grid.air_density(0, 0, 0) * grid.cell_area() / (resistance + 1 / release.uptake) : 0.0;
  test::ForcingRecipe recipe;
  recipe.air_mass = [&grid](int i, int j, int k) { return grid.air_mass(i, j, k); };
  recipe.flux_x = [flux](int, int, int k) { return flux[std::size_t(k)]; };
  recipe.mixing_z = [exchange](int, int, int k) { return exchange[std::size_t(k)]; };
  recipe.deposition_conductance = [conductance](int, int, int) { return conductance; };
  recipe.emission_levels = grid.nz();
  recipe.emission = [z, height = release.source_height](int, int i, int, int k) { // 1 kg s-1
    return i == 0 ? share_of_source(z, height, k) : 0.0;
  };
  return recipe;
}

} // namespace

std::vector<double> layers_from_the_ground(int refinement) {
  const double ratio = std::pow(growth, 1.0 / refinement);
  // The coarsest layers, each cut into `refinement` with the same ratio.
  const double first = lowest_layer * (ratio - 1) / (growth - 1);
  std::vector<double> faces{0};
  for (int f = 1; f <= layers * refinement; ++f) {
    faces.push_back(first * (std::pow(ratio, f) - 1) / (ratio - 1));
  }
  return faces;
}

std::vector<double> crosswind_integrated(const SurfaceRelease& release, const std::vector<double>& distances,
                                         int refinement) {
  const Grid grid = make_grid(distances.back(), refinement);
  const test::ForcingRecipe recipe = recipe_of(release, grid);
  const double wind = physics::similarity_wind(release.friction_velocity, release.sampler_height, release.wind);
  TransportOptions options;
  options.max_step = 0.4 * grid.dx() / wind;
  SerialCommunicator alone;
  test::TransportCase<double> box(test::whole_domain(grid.nx(), grid.ny()), alone, TracerSet(1, 1, 0), grid.nz(),
                                  options);
  const View3<const double> q = View4<const double>(box.tracers.view())[0];
  std::vector<double> x;
  for (int i = 0; i <= grid.nx(); ++i) {
    x.push_back(grid.dx() * i);
  }
  const PointWeights wz = weights_at(grid.specification().zeta_faces, release.sampler_height);
  const double density = grid.reference_density(release.sampler_height);
  const auto value_at = [&](double distance) {
    const PointWeights wx = weights_at(x, distance);
    double sum = 0;
    for (int c = 0; c < 3; ++c) {
      for (int a = 0; a < 3; ++a) {
        sum += wx.weight[std::size_t(a)] * wz.weight[std::size_t(c)] * q(wx.first + a, 0, wz.first + c);
      }
    }
    return sum * density * width;
  };

  const double transit = distances.back() / wind;
  double before = 0;
  box.advance(recipe, 1.2 * transit);
  for (double change = 1; change > steady;) {
    box.advance(recipe, 0.2 * transit);
    const double value = value_at(distances.back());
    change = std::abs(value - before) / value;
    before = value;
    if (!(double(box.steps_done) * options.max_step < 20 * transit)) {
      throw NumericalError("a release near the ground does not become steady");
    }
  }
  std::vector<double> values;
  for (const double distance : distances) {
    values.push_back(value_at(distance));
  }
  return values;
}

} // namespace tq::validation
