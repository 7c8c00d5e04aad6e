// Case `deposition`: fall of particles, Emerson's particles over needleleaf forest, Wesely's canopies.
#include "cases.hpp"
#include "files/csv.hpp"
#include "physics/gas_deposition.hpp"
#include "physics/particle_deposition.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq::validation {
namespace {

// The air of both files.
constexpr double temperature = 293.15, pressure = 101325;

constexpr double allowed_fall = 0.03;     // relative, every diameter
constexpr double allowed_particles = 0.03; // of the geometric mean of computed over theirs
constexpr double allowed_canopies = 0.001; // relative, every gas and surface

// Emerson et al. 2020, figure 1: their evaluation's air and particles.
constexpr double density = 1500, friction_velocity = 0.4;
constexpr physics::Collector needleleaf = {.impaction = 1.0, .width = 2e-3, .bounce = true}; // Zhang et al. 2001, table 3

struct Point {
  double diameter = 0; // m
  double value = 0;    // m s-1
};

/// Two columns of a file; diameters in um, values times `scale` in m s-1. Where `parametrization` is not empty, its rows.
std::vector<Point> read_points(const std::filesystem::path& file, const char* diameter, const char* value, double scale,
                               const std::string& parametrization) {
  const files::CsvTable table = files::CsvTable::read(file);
  ProblemList problems;
  const auto d = table.require(diameter, problems), v = table.require(value, problems);
  const auto name = parametrization.empty() ? d : table.require("Parametrization", problems);
  problems.throw_if_any();
  std::vector<Point> points;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const auto x = table.number(r, *d, problems), y = table.number(r, *v, problems);
    if (x && y && (parametrization.empty() || table.text(r, *name) == parametrization)) {
      points.push_back({1e-6 * *x, scale * *y});
    }
  }
  problems.throw_if_any();
  if (points.empty()) {
    throw InputError({file.string()}, "holds no row that could be scored");
  }
  return points;
}

void score_fall(const std::filesystem::path& file, Report& report) {
  Table table{"Fall of particles of 1000 kg m-3, m s-1", {"diameter, um", "theirs", "computed", "relative error"}, {}};
  double worst = 0;
  for (const Point& point : read_points(file, "d_um", "vs_dragcorr_m_s", 1, "")) {
    const double computed = physics::settling_speed(point.diameter, 1000, temperature, pressure);
    const double error = computed / point.value - 1;
    worst = std::max(worst, std::fabs(error));
    table.rows.push_back({1e6 * point.diameter, point.value, computed, error});
  }
  report.tables.push_back(std::move(table));
  report.demand_at_most("speed of fall, largest relative error", worst, allowed_fall);
}

void score_particles(const std::filesystem::path& file, Report& report) {
  Table table{"Particles over needleleaf forest, cm s-1", {"diameter, um", "theirs", "computed", "relative error"}, {}};
  double logarithms = 0, squares = 0;
  const std::vector<Point> points = read_points(file, "ParticleDiameter_um", "DepositionVelocity_cms", 0.01, "GCNew");
  for (const Point& point : points) {
    // Theirs falls by Stokes's law, without the drag beyond it.
    const double fall = physics::stokes_speed(point.diameter, density, temperature, pressure);
    const double computed = fall + 1 / physics::particle_surface_resistance(needleleaf, point.diameter, fall,
                                                                            friction_velocity, temperature, pressure);
    logarithms += std::log(computed / point.value);
    squares += std::pow(computed / point.value - 1, 2);
    table.rows.push_back({1e6 * point.diameter, 100 * point.value, 100 * computed, computed / point.value - 1});
  }
  report.tables.push_back(std::move(table));
  const double count = double(points.size());
  report.notes.push_back(fmt::format(
      "The curve was read from a figure with two logarithmic axes: neighbours scatter around it by as much as ours, {:.1f} % "
      "rms. Scored is the geometric mean, in which that cancels.",
      100 * std::sqrt(squares / count)));
  report.demand_at_most("particles over needleleaf forest, geometric mean of computed over theirs less 1",
                        std::fabs(std::exp(logarithms / count) - 1), allowed_particles);
}

/// Check values worked out from Wesely 1989 (tables 1 and 2, midsummer) in sun of 700 W m-2 at 25 degC.
void score_canopies(Report& report) {
  using physics::CanopyResistances, physics::DepositingGas;
  constexpr double none = 1e25;
  struct Surface {
    const char* name;
    CanopyResistances resistances;
  };
  constexpr Surface urban{"urban", {none, none, 100, 400, 300, none, none}};
  constexpr Surface crops{"agriculture", {60, 2000, 200, 150, 150, 2000, 1000}};
  constexpr Surface forest{"deciduous forest", {70, 2000, 2000, 500, 200, 2000, 1000}};
  struct Gas {
    const char* name;
    DepositingGas gas;
  };
  constexpr Gas so2{"so2", {1.9, 1e5, 0}}, o3{"o3", {1.6, 0.01, 1}}, no2{"no2", {1.6, 0.01, 0.1}}, nh3{"nh3", {0.97, 2e4, 0}},
      hno3{"hno3", {1.9, 1e14, 0}};
  struct Check {
    const Surface& surface;
    const Gas& gas;
    double wanted; // s m-1
  };
  const Check checks[] = {{urban, so2, 500},      {urban, o3, 400},       {urban, no2, 3099.998}, {urban, nh3, 2100},
                          {urban, hno3, 100},     {crops, so2, 87.6819},  {crops, o3, 75.8091},   {crops, no2, 102.4954},
                          {crops, nh3, 62.0735},  {forest, so2, 127.194}, {forest, o3, 105.2763}, {forest, no2, 122.9917}};
  Table table{"Canopies by Wesely, s m-1", {"surface", "gas", "wanted", "computed"}, {}};
  double worst = 0;
  for (const Check& check : checks) {
    const double computed = physics::canopy_resistance(check.gas.gas, check.surface.resistances, 298.15, 700, false);
    worst = std::max(worst, std::fabs(computed / check.wanted - 1));
    table.rows.push_back({std::string(check.surface.name), std::string(check.gas.name), check.wanted, computed});
  }
  report.tables.push_back(std::move(table));
  report.demand_at_most("resistance of canopies, largest relative error", worst, allowed_canopies);
}

} // namespace

Report deposition(const std::optional<std::filesystem::path>& folder) {
  Report report{.name = "deposition"};
  score_canopies(report);
  if (!folder) {
    report.notes.push_back("no figures of particles: canopies alone were scored");
    return report;
  }
  score_fall(*folder / "settling_reference.csv", report);
  score_particles(*folder / "emerson2020_fig1_needleleaf.csv", report);
  return report;
}

} // namespace tq::validation
