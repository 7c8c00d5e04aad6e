#include "spreading.hpp"

#include "cell_means.hpp"
#include "quadrature.hpp"
#include "synthetic_forcing.hpp"

#include <cmath>

namespace tq::validation {
namespace {

/// A vertical section of nx x nz equal cells around (0, 0), 1 m deep, air of 1 kg m-3.
struct Section {
  int nx = 0, nz = 1;
  double dx = 0, dz = 1; // m

  double west(int i) const { return (i - 0.5 * nx) * dx; }
  double bottom(int k) const { return (k - 0.5 * nz) * dz; }

  test::ForcingRecipe recipe(const std::function<double(int k)>& wind, double along, double upright) const {
    test::ForcingRecipe r;
    r.air_mass = [*this](int, int, int) { return dx * dz; };
    r.flux_x = [*this, wind](int, int, int k) { return wind(k) * dz; };
    r.exchange_rate = along / (dx * dx);
    r.mixing_z = [*this, upright](int, int, int k) { return k == 0 || k == nz ? 0.0 : upright * dx / dz; };
    return r;
  }

  test::TransportCase<double> box(double step) const {
    TransportOptions options;
    options.max_step = step;
    options.max_courant = 0.99;
    return {test::whole_domain(nx, 1), alone, TracerSet(1, 1, 0), nz, options};
  }

  static inline SerialCommunicator alone;
};

/// Second moment along x about the middle of mass [m2], of cell means: the cells' own width taken out.
double variance(const Section& section, test::TransportCase<double>& box) {
  double mass = 0, first = 0, second = 0;
  box.for_each_cell([&](double q, int, int i, int, int) {
    const double x = section.west(i) + 0.5 * section.dx;
    mass += q;
    first += q * x;
    second += q * x * x;
  });
  return second / mass - (first / mass) * (first / mass) - section.dx * section.dx / 12;
}

/// Share of a Gaussian between two places.
double gaussian_share(double from, double to, double sigma) {
  const double scale = std::sqrt(2.0) * sigma;
  return 0.5 * (std::erf(to / scale) - std::erf(from / scale));
}

} // namespace

double Pulse::concentration(double x, double t) const {
  return mass * std::exp(-loss * t) * gaussian(x - wind * t, std::sqrt(2 * diffusivity * t));
}

PulseResult run_pulse(const Pulse& pulse, double start, double t, int refinement, const std::vector<double>& at) {
  constexpr double widths = 6, cells_per_width = 2.5;
  const double sigma = std::sqrt(2 * pulse.diffusivity * t), travel = pulse.wind * t;
  // The domain reaches from before the start to beyond the end, and its middle is x = travel / 2.
  Section section;
  section.dx = sigma / (cells_per_width * refinement);
  section.nx = 2 * int(std::ceil((0.5 * travel + widths * sigma) / section.dx)) + 1;
  const double origin = 0.5 * travel;
  const auto west = [&](int i) { return origin + section.west(i); };

  const double step = 0.4 / refinement * section.dx / pulse.wind;
  test::TransportCase<double> box = section.box(step);
  test::ForcingRecipe recipe = section.recipe([&](int) { return pulse.wind; }, pulse.diffusivity, 0);
  recipe.wet_rate = [&](int, int, int) { return pulse.loss; };
  const auto exact = [&](int i, double time) {
    const double middle = pulse.wind * time;
    return pulse.mass * std::exp(-pulse.loss * time) *
           gaussian_share(west(i) - middle, west(i + 1) - middle, std::sqrt(2 * pulse.diffusivity * time)) / section.dx;
  };
  box.for_each_cell([&](double& q, int, int i, int, int) {
    if (start > 0) {
      q = exact(i, start);
    } else { // in the two cells whose middles enclose x = 0
      q = pulse.mass * std::max(0.0, 1 - std::abs(west(i) / section.dx + 0.5)) / section.dx;
    }
  });
  box.advance(recipe, t - start);

  PulseResult result;
  std::vector<double> faces;
  double largest = 0, norm = 0;
  for (int i = 0; i <= section.nx; ++i) {
    faces.push_back(west(i));
    largest = std::max(largest, i < section.nx ? exact(i, t) : 0.0);
  }
  const View3<double> q = box.tracers.view()[0];
  for (int i = 0; i < section.nx; ++i) {
    const double e = exact(i, t);
    if (e >= 0.1 * largest) {
      result.difference += (q(i, 0, 0) - e) * (q(i, 0, 0) - e);
      norm += e * e;
    }
  }
  result.difference /= norm;
  for (const double x : at) {
    const PointWeights w = weights_at(faces, x);
    result.values.push_back(w.weight[0] * q(w.first, 0, 0) + w.weight[1] * q(w.first + 1, 0, 0) +
                            w.weight[2] * q(w.first + 2, 0, 0));
  }
  return result;
}

double run_shear_puff(double diffusivity, double shear, double t, int refinement) {
  constexpr double widths = 5;
  const PuffVariance before = shear_puff(diffusivity, shear, 0.5 * t), after = shear_puff(diffusivity, shear, t);
  Section section;
  section.nx = 60 * refinement;
  section.nz = 40 * refinement;
  section.dx = 2 * widths * std::sqrt(after.xx) / section.nx;
  section.dz = 2 * widths * std::sqrt(after.zz) / section.nz;
  const double fastest = shear * widths * std::sqrt(after.zz);
  const double step = std::min(0.4 * section.dx * refinement / fastest, 0.01 * t) / (refinement * refinement);
  test::TransportCase<double> box = section.box(step);
  // Gaussian in z; at each z Gaussian in x about a middle that is sheared.
  const double slope = before.xz / before.zz, narrow = std::sqrt(before.xx - slope * before.xz);
  box.for_each_cell([&](double& q, int, int i, int, int k) {
    const double low = section.bottom(k), west = section.west(i);
    q = integral(low, low + section.dz, 8,
                 [&](double z) {
                   return gaussian(z, std::sqrt(before.zz)) *
                          gaussian_share(west - slope * z, west + section.dx - slope * z, narrow);
                 }) /
        (section.dx * section.dz);
  });
  box.advance(
      section.recipe([&](int k) { return shear * (section.bottom(k) + 0.5 * section.dz); }, diffusivity, diffusivity),
      0.5 * t);
  return variance(section, box);
}

double run_channel(ChannelFlow flow, double diffusivity, double wind, double depth, int refinement) {
  const double mixed = depth * depth / diffusivity; // s; the slowest mode falls by exp(-pi^2) in this time
  const double expected =
      taylor_dispersion(diffusivity, wind, depth, flow == ChannelFlow::linear ? 1.0 / 120 : 1.0 / 210);
  const double sigma = std::max(2 * depth, std::sqrt(2 * expected * mixed)); // of the cloud at the start
  const double sigma_end = std::sqrt(sigma * sigma + 4 * expected * mixed);
  Section section;
  section.nz = 6 * refinement;
  section.dz = depth / section.nz;
  section.dx = sigma / (4 * refinement);
  section.nx = 2 * int(std::ceil(6 * sigma_end / section.dx));
  const auto relative_wind = [&](int k) { // means of the layers, as seen by an observer who moves with the mean wind
    const double low = double(k) / section.nz, high = double(k + 1) / section.nz; // z / h
    if (flow == ChannelFlow::linear) {
      return wind * (0.5 * (low + high) - 0.5);
    }
    const auto passed = [](double s) { return s * s * (3 - 2 * s); }; // of the parabola below z / h
    return wind * ((passed(high) - passed(low)) * section.nz - 1);
  };
  const double step = std::min(0.4 * section.dx * refinement / wind, 0.02 * mixed) / (refinement * refinement);
  test::TransportCase<double> box = section.box(step);
  box.for_each_cell([&](double& q, int, int i, int, int) {
    q = gaussian_share(section.west(i), section.west(i + 1), sigma) / section.dx;
  });
  const test::ForcingRecipe recipe = section.recipe(relative_wind, diffusivity, diffusivity);
  box.advance(recipe, mixed);
  const double before = variance(section, box);
  box.advance(recipe, mixed);
  return 0.5 * (variance(section, box) - before) / mixed;
}

} // namespace tq::validation
