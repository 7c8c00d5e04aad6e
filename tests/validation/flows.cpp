#include "flows.hpp"

#include "base/error.hpp"
#include "quadrature.hpp"
#include "synthetic_forcing.hpp"

#include <cmath>
#include <fmt/format.h>
#include <numbers>

namespace tq::validation {
namespace {

using std::numbers::pi;

double square(double x) {
  return x * x;
}

double hill_at(Point p) {
  const double r = std::hypot(p.x - 0.25, p.y - 0.5) / 0.15;
  return r < 1 ? 0.5 * (1 + std::cos(pi * r)) : 0;
}
double cone_at(Point p) {
  const double r = std::hypot(p.x - 0.5, p.y - 0.25) / 0.15;
  return r < 1 ? 1 - r : 0;
}
double slotted_disk_at(Point p) {
  const bool in_disk = std::hypot(p.x - 0.5, p.y - 0.75) < 0.15;
  return in_disk && !(std::abs(p.x - 0.5) < 0.025 && p.y < 0.85) ? 1 : 0;
}
double cloud_at(Point p) {
  const double r2 = square((p.x + 50e3) / 25e3) + square((p.y - 9e3) / 3e3);
  return r2 < 1 ? square(std::cos(0.5 * pi * std::sqrt(r2))) : 0;
}

std::function<Point(int, int)> unit_square(int n) {
  return [h = 1.0 / n](int i, int j) { return Point{i * h, j * h}; };
}

/// Cell (i, j) of a mesh: bilinear between its corners.
struct Cell {
  Cell(const Flow& flow, int i, int j)
      : a(flow.vertex(i, j)), b(flow.vertex(i + 1, j)), c(flow.vertex(i, j + 1)), d(flow.vertex(i + 1, j + 1)) {}

  double volume() const { return 0.5 * ((d.x - a.x) * (c.y - b.y) - (c.x - b.x) * (d.y - a.y)); }
  Point at(double s, double t) const {
    const auto mix = [&](double pa, double pb, double pc, double pd) {
      return (1 - t) * ((1 - s) * pa + s * pb) + t * ((1 - s) * pc + s * pd);
    };
    return {mix(a.x, b.x, c.x, d.x), mix(a.y, b.y, c.y, d.y)};
  }
  double jacobian(double s, double t) const {
    const double xs = (1 - t) * (b.x - a.x) + t * (d.x - c.x), ys = (1 - t) * (b.y - a.y) + t * (d.y - c.y);
    const double xt = (1 - s) * (c.x - a.x) + s * (d.x - b.x), yt = (1 - s) * (c.y - a.y) + s * (d.y - b.y);
    return xs * yt - xt * ys;
  }
  double mean(const std::function<double(Point)>& value, int points) const {
    const auto over_t = [&](double s) {
      return integral(0, 1, points, [&](double t) { return value(at(s, t)) * jacobian(s, t); });
    };
    return integral(0, 1, points, over_t) / volume();
  }

  Point a, b, c, d;
};

/// Visits all cells with their running number.
template <class Visit> void for_each_cell(const Flow& flow, Visit visit) {
  for (int j = 0; j < flow.ny; ++j) {
    for (int i = 0; i < flow.nx; ++i) {
      visit(i, j, std::size_t(j) * std::size_t(flow.nx) + std::size_t(i));
    }
  }
}

/// The stream function at vertices, halo included.
class StreamFunction {
 public:
  explicit StreamFunction(const Flow& flow) : row_(flow.nx + 2 * halo_width + 1) {
    for (int j = -halo_width; j <= flow.ny + halo_width; ++j) {
      for (int i = -halo_width; i <= flow.nx + halo_width; ++i) {
        values_.push_back(flow.psi(flow.vertex(i, j)));
      }
    }
  }
  double operator()(int i, int j) const { return values_[std::size_t((j + halo_width) * row_ + i + halo_width)]; }

 private:
  int row_;
  std::vector<double> values_;
};

/// Runs the flow on tracers that hold the shapes' start.
template <class T> void run(const Flow& flow, test::TransportCase<T>& box, const std::vector<double>& volume) {
  const StreamFunction psi(flow);
  const double dt = flow.end / flow.steps;
  double now = 1;
  test::ForcingRecipe recipe;
  recipe.air_mass = [&](int i, int j, int) { return volume[std::size_t(j) * std::size_t(flow.nx) + std::size_t(i)]; };
  recipe.flux_x = [&](int i, int j, int) { return -now * (psi(i, j + 1) - psi(i, j)); };
  recipe.flux_y = [&](int i, int j, int) { return now * (psi(i + 1, j) - psi(i, j)); };
  std::optional<test::SyntheticForcing<T>> forcing;
  StepPlan plan;
  for (int step = 0; step < flow.steps; ++step) {
    if (!forcing || flow.amplitude) {
      now = flow.amplitude ? flow.amplitude((step + 0.5) * dt) : 1;
      forcing.emplace(box.subdomain, 1, box.set.count(), recipe);
      plan = box.transport.plan(forcing->views(), dt);
      if (plan.steps != 1 || plan.substeps != std::vector<int>{1}) {
        throw NumericalError(fmt::format("step {}: the planes would take {} steps of {} substeps; Courant number {}",
                                         step, plan.steps, plan.substeps[0], plan.courant_horizontal));
      }
    }
    box.transport.planes(forcing->views(), plan, step, box.tracers.view());
    if (box.set.most_tags() > 0) { // which are scaled to their total there
      box.transport.columns(forcing->views(), plan, box.tracers.view(), box.accounts.views());
    }
  }
}

} // namespace

Flow rotation(int n, double courant) {
  return {n,
          n,
          unit_square(n),
          [](Point p) { return pi * (square(p.x - 0.5) + square(p.y - 0.5)); },
          {},
          1,
          int(std::ceil(2 * pi * n / courant))};
}

Flow swirl(int n, double courant) {
  return {n,
          n,
          unit_square(n),
          [](Point p) { return -square(std::sin(pi * p.x)) * square(std::sin(pi * p.y)) / pi; },
          [](double t) { return std::cos(pi * t / 1.5); },
          1.5,
          int(std::ceil(2 * 1.5 * n / courant))};
}

Flow mountain(double spacing, double courant) {
  constexpr double lid = 25e3, west = -150e3, end = 10e3; // m, m, s
  Flow flow;
  flow.nx = int(std::lround(-2 * west / spacing));
  flow.ny = int(std::lround(lid / (0.5 * spacing)));
  flow.vertex = [=](int i, int j) {
    const double x = west + i * spacing;
    const double h = std::abs(x) < 25e3 ? 3e3 * square(std::cos(pi * x / 50e3)) * square(std::cos(pi * x / 8e3)) : 0;
    return Point{x, (lid - h) * (j * 0.5 * spacing) / lid + h};
  };
  flow.psi = [](Point p) { // wind rises from 0 to 10 m/s between z1 and z2
    constexpr double z1 = 4e3, z2 = 5e3;
    return p.y < z1   ? 0.0
           : p.y > z2 ? -5 * (2 * p.y - z1 - z2)
                      : -5 * (p.y - z1 - (z2 - z1) / pi * std::sin(pi * (p.y - z1) / (z2 - z1)));
  };
  flow.end = end;
  double outflow = 0; // s-1, in one direction
  for_each_cell(flow, [&](int i, int j, std::size_t) {
    const double sw = flow.psi(flow.vertex(i, j)), se = flow.psi(flow.vertex(i + 1, j));
    const double nw = flow.psi(flow.vertex(i, j + 1)), ne = flow.psi(flow.vertex(i + 1, j + 1));
    const double along_x = std::max(se - ne, 0.0) + std::max(nw - sw, 0.0);
    const double along_y = std::max(ne - nw, 0.0) + std::max(sw - se, 0.0);
    outflow = std::max(outflow, std::max(along_x, along_y) / Cell(flow, i, j).volume());
  });
  flow.steps = int(std::ceil(end * outflow / courant));
  return flow;
}

Shape hill() {
  return {hill_at, hill_at};
}
Shape cone() {
  return {cone_at, cone_at};
}
Shape slotted_disk() {
  return {slotted_disk_at, slotted_disk_at, 8};
}
Shape combined() {
  const auto all = [](Point p) { return 0.5 * hill_at(p) + cone_at(p) + slotted_disk_at(p); };
  return {all, all, 8};
}
Shape cloud() {
  return {cloud_at, [](Point p) { return cloud_at({p.x - 100e3, p.y}); }};
}

template <class T>
std::vector<Errors> advect(const Flow& flow, const std::vector<Shape>& shapes, TransportOptions options, bool tags) {
  options.max_step = flow.end;
  options.max_courant = 0.99;
  SerialCommunicator alone;
  const int count = int(shapes.size());
  test::TransportCase<T> box(test::whole_domain(flow.nx, flow.ny), alone,
                             tags ? TracerSet(1, 1, count - 1) : TracerSet(1, count, 0), 1, options);
  std::vector<double> volume;
  std::vector<Errors> all(shapes.size());
  std::vector<double> mass(shapes.size(), 0.0), least(shapes.size(), 0.0), most(shapes.size(), 0.0);
  for_each_cell(flow, [&](int i, int j, std::size_t) {
    const Cell cell(flow, i, j);
    volume.push_back(cell.volume());
    for (std::size_t n = 0; n < shapes.size(); ++n) {
      const T q = T(cell.mean(shapes[n].start, shapes[n].points));
      box.tracers.view()[int(n)](i, j, 0) = q;
      mass[n] += q * volume.back();
      least[n] = std::min(least[n], double(q));
      most[n] = std::max(most[n], double(q));
    }
  });

  run(flow, box, volume);

  for (std::size_t n = 0; n < shapes.size(); ++n) {
    Errors& e = all[n];
    double differences = 0, squares = 0, sum = 0, sum_of_squares = 0, largest = 0, mass_after = 0;
    e.min = e.max = box.tracers.view()[int(n)](0, 0, 0);
    for_each_cell(flow, [&](int i, int j, std::size_t m) {
      const double q = box.tracers.view()[int(n)](i, j, 0);
      const double exact = Cell(flow, i, j).mean(shapes[n].end, shapes[n].points);
      differences += std::abs(q - exact) * volume[m];
      squares += square(q - exact) * volume[m];
      sum += std::abs(exact) * volume[m];
      sum_of_squares += square(exact) * volume[m];
      largest = std::max(largest, std::abs(exact));
      e.linf = std::max(e.linf, std::abs(q - exact));
      e.min = std::min(e.min, q);
      e.max = std::max(e.max, q);
      mass_after += q * volume[m];
    });
    e.l1 = differences / sum;
    e.l2 = std::sqrt(squares / sum_of_squares);
    e.linf /= largest;
    e.mass = mass_after / mass[n] - 1;
    e.beyond = std::max({0.0, least[n] - e.min, e.max - most[n]});
  }
  return all;
}

template std::vector<Errors> advect<float>(const Flow&, const std::vector<Shape>&, TransportOptions, bool);
template std::vector<Errors> advect<double>(const Flow&, const std::vector<Shape>&, TransportOptions, bool);

} // namespace tq::validation
