#include "plume.hpp"

#include "base/error.hpp"
#include "cell_means.hpp"
#include "quadrature.hpp"
#include "synthetic_forcing.hpp"

#include <cmath>
#include <fmt/format.h>

namespace tq::validation {
namespace {

constexpr int cells_to_far_arc = 16;    // on the coarsest grid
constexpr double cells_per_width = 2.5; // at the near arc
constexpr double widths = 5;            // of the plume at the far arc, to the lid and the side
constexpr double most_layers = 500;     // on the coarsest grid
constexpr double steady = 1e-7;         // change over a fifth of the way to the far arc, of the largest value there

std::vector<double> even_faces(double from, double to, int cells) {
  std::vector<double> faces;
  for (int f = 0; f <= cells; ++f) {
    faces.push_back(from + (to - from) * f / cells);
  }
  return faces;
}

double middle(const std::vector<double>& faces, int cell) {
  return 0.5 * (faces[std::size_t(cell)] + faces[std::size_t(cell) + 1]);
}
double size(const std::vector<double>& faces, int cell) {
  return faces[std::size_t(cell) + 1] - faces[std::size_t(cell)];
}

/// Edges of the cells: x from where the plume begins, y from the plume's axis (half of a point's plume; one cell of 1 m
/// for a line), z in layers that are equal in z^(alpha/2).
struct Mesh {
  std::vector<double> x, y, z;

  Mesh(const Plume& plume, double start, double near, double far, int refinement) {
    const int along = cells_to_far_arc * refinement;
    x = even_faces(start, far + 4 * (far - start) / along, along + 4);
    const double power = 0.5 * plume.law.alpha();
    const double top = std::pow(plume.law.height, power) + widths * plume.law.width(far);
    const double layers_needed = std::ceil(cells_per_width * top / plume.law.width(near));
    if (!(layers_needed < most_layers)) {
      throw NumericalError(fmt::format("a plume from {} m height would need {:g} layers to be resolved at {} m",
                                       plume.law.height, layers_needed, near));
    }
    const int layers = int(layers_needed);
    z = even_faces(0, top, layers * refinement);
    for (double& face : z) {
      face = std::pow(face, 1 / power);
    }
    y = {0, 1};
    if (plume.crosswind_diffusivity > 0) {
      const int cells = int(std::ceil(cells_per_width * widths * std::sqrt(far / near)));
      y = even_faces(0, widths * sigma_y(plume, far), cells * refinement);
    }
  }

  static double sigma_y(const Plume& plume, double x) {
    return std::sqrt(2 * plume.crosswind_diffusivity * x / plume.law.a);
  }
  int nx() const { return int(x.size()) - 1; }
  int ny() const { return int(y.size()) - 1; }
  int nz() const { return int(z.size()) - 1; }
};

/// Integral of the exact solution at x over layer k and row j of cells [kg m-1].
double exact_section(const Plume& plume, const Mesh& mesh, double x, int j, int k) {
  const double bottom = mesh.z[std::size_t(k)], top = mesh.z[std::size_t(k) + 1];
  const double layer = integral(bottom, top, 4, [&](double z) { return plume.law.concentration(x, z); });
  const double south = mesh.y[std::size_t(j)], north = mesh.y[std::size_t(j) + 1];
  if (plume.crosswind_diffusivity == 0) {
    return layer * (north - south);
  }
  const double sigma = Mesh::sigma_y(plume, x) * std::sqrt(2.0);
  return layer * 0.5 * (std::erf(north / sigma) - std::erf(south / sigma));
}

test::ForcingRecipe recipe_of(const Plume& plume, const Mesh& mesh) { // air of 1 kg m-3
  test::ForcingRecipe recipe;
  recipe.air_mass = [&](int i, int j, int k) { return size(mesh.x, i) * size(mesh.y, j) * size(mesh.z, k); };
  recipe.flux_x = [&](int, int j, int k) {
    const std::size_t row = std::size_t(std::clamp(j, 0, mesh.ny() - 1));
    return plume.law.mean_wind(mesh.z[std::size_t(k)], mesh.z[std::size_t(k) + 1]) * size(mesh.y, int(row)) *
           size(mesh.z, k);
  };
  recipe.mixing_z = [&](int i, int j, int k) {
    return k == 0 || k == mesh.nz() ? 0.0
                                    : plume.law.diffusivity(mesh.z[std::size_t(k)]) * size(mesh.x, i) *
                                          size(mesh.y, j) / (middle(mesh.z, k) - middle(mesh.z, k - 1));
  };
  recipe.exchanges_along_x = false;
  recipe.exchange_rate = plume.crosswind_diffusivity / (size(mesh.y, 0) * size(mesh.y, 0));
  recipe.emission_levels = mesh.nz();
  recipe.emission = [&](int, int i, int j, int k) {
    const double strength = plume.crosswind_diffusivity > 0 ? 0.5 : 1; // kg s-1; half of a point's plume is outside
    return mesh.x[0] == 0 && i == 0 && j == 0 ? strength * share_of_source(mesh.z, plume.law.height, k) : 0.0;
  };
  recipe.inflow = [&](int k, int) {
    return mesh.x[0] > 0 ? exact_section(plume, mesh, mesh.x[0], 0, k) / size(mesh.z, k) : 0.0;
  };
  return recipe;
}

/// Mean of the exact solution over a cell.
double exact_mean(const Plume& plume, const Mesh& mesh, int i, int j, int k) {
  const double west = mesh.x[std::size_t(i)], east = mesh.x[std::size_t(i) + 1];
  return integral(west, east, 4, [&](double x) { return exact_section(plume, mesh, x, j, k); }) /
         ((east - west) * size(mesh.y, j) * size(mesh.z, k));
}

/// Relative square difference in the cells of column i (all j and k) that hold at least 10 % of the largest.
double square_difference(const Plume& plume, const Mesh& mesh, int i, const View3<const double>& q) {
  std::vector<double> exact;
  for (int k = 0; k < mesh.nz(); ++k) {
    for (int j = 0; j < mesh.ny(); ++j) {
      exact.push_back(exact_mean(plume, mesh, i, j, k));
    }
  }
  const double least = 0.1 * *std::max_element(exact.begin(), exact.end());
  double squares = 0, norm = 0;
  for (int k = 0; k < mesh.nz(); ++k) {
    for (int j = 0; j < mesh.ny(); ++j) {
      const double e = exact[std::size_t(k * mesh.ny() + j)];
      if (e >= least) {
        const double volume = size(mesh.y, j) * size(mesh.z, k);
        squares += volume * (q(i, j, k) - e) * (q(i, j, k) - e);
        norm += volume * e * e;
      }
    }
  }
  return squares / norm;
}

double value_at(const Receptor& at, const Plume& plume, const Mesh& mesh, const View3<const double>& q) {
  const PointWeights wx = weights_at(mesh.x, at.x), wz = weights_at(mesh.z, at.z, plume.law.alpha());
  PointWeights wy{0, {1, 0, 0}};
  if (plume.crosswind_diffusivity > 0) {
    wy = weights_at(mesh.y, at.y, 2); // symmetric about the axis
  }
  double sum = 0;
  for (int c = 0; c < 3; ++c) {
    for (int b = 0; b < 3 && wy.weight[std::size_t(b)] != 0; ++b) {
      for (int a = 0; a < 3; ++a) {
        sum += wx.weight[std::size_t(a)] * wy.weight[std::size_t(b)] * wz.weight[std::size_t(c)] *
               q(wx.first + a, wy.first + b, wz.first + c);
      }
    }
  }
  return sum;
}

int cell_with(const std::vector<double>& faces, double at) {
  return int(std::lower_bound(faces.begin(), faces.end(), at) - faces.begin()) - 1;
}

} // namespace

double Plume::concentration(const Receptor& at) const {
  const double across = crosswind_diffusivity > 0 ? gaussian(at.y, Mesh::sigma_y(*this, at.x)) : 1;
  return law.concentration(at.x, at.z) * across;
}

PlumeResult run_plume(const Plume& plume, double start, double near, double far, int refinement,
                      const std::vector<Receptor>& receptors) {
  const Mesh mesh(plume, start, near, far, refinement);
  const test::ForcingRecipe recipe = recipe_of(plume, mesh);
  const double fastest = plume.law.mean_wind(mesh.z[std::size_t(mesh.nz()) - 1], mesh.z.back());
  TransportOptions options;
  options.max_step = 0.4 / refinement * size(mesh.x, 0) / fastest;
  SerialCommunicator alone;
  test::TransportCase<double> box(test::whole_domain(mesh.nx(), mesh.ny()), alone, TracerSet(1, 1, 0), mesh.nz(),
                                  options);
  const View3<const double> q = View4<const double>(box.tracers.view())[0];
  const double carrying_height = std::pow(
      std::max(std::pow(plume.law.height, 0.5 * plume.law.alpha()), plume.law.width(far)), 2 / plume.law.alpha());
  const double transit = far / plume.law.wind(carrying_height);

  const int far_column = cell_with(mesh.x, far);
  std::vector<double> before(std::size_t(mesh.ny() * mesh.nz()), 0.0);
  box.advance(recipe, 1.2 * transit);
  for (double change = 1; change > steady;) {
    box.advance(recipe, 0.2 * transit);
    double largest = 0;
    change = 0;
    for (int k = 0; k < mesh.nz(); ++k) {
      for (int j = 0; j < mesh.ny(); ++j) {
        const double value = q(far_column, j, k);
        double& earlier = before[std::size_t(k * mesh.ny() + j)];
        change = std::max(change, std::abs(value - earlier));
        largest = std::max(largest, value);
        earlier = value;
      }
    }
    change /= largest;
    if (!(double(box.steps_done) * options.max_step < 100 * transit)) {
      throw NumericalError("a plume does not become steady");
    }
  }

  PlumeResult result{mesh.nx(), mesh.ny(), mesh.nz(), {}, 0};
  for (const Receptor& receptor : receptors) {
    result.values.push_back(value_at(receptor, plume, mesh, q));
  }
  for (const double arc : {near, far}) {
    result.difference += square_difference(plume, mesh, cell_with(mesh.x, arc), q);
  }
  return result;
}

} // namespace tq::validation
