// Case `askervein`: speed-up of the wind over a hill (Taylor and Teunissen 1987), run TU03-B, line A at 10 m.
#include "base/constants.hpp"
#include "cases.hpp"
#include "files/csv.hpp"
#include "files/raster.hpp"
#include "meteorology/wind/first_guess.hpp"
#include "meteorology/wind/mass_consistent.hpp"
#include "meteorology/wind/yielding.hpp"
#include "physics/similarity.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq::validation {
namespace {

// The run as it was observed.
constexpr double direction = 210; // degrees, where the wind comes from
constexpr double height = 10;     // m above ground, of the anemometers
constexpr double reference_speed = 8.9;
constexpr double coriolis = 1.225e-4; // s-1, at 57.2 N

// The engine's set-up; nothing is fitted: neutral air moves alike in all directions.
constexpr double alpha_ratio = 1;
constexpr physics::WindProfile open_country = {.roughness_length = 0.03};

constexpr double allowed_error = 0.20;  // rms of fractional speed-up, windward side and hilltop
constexpr double allowed_at_top = 0.15; // of the hilltop's fractional speed-up

struct Tower {
  std::string name;
  double x = 0, y = 0; // m
  double along = 0;    // m downwind of the hilltop
  double measured = 0; // fractional speed-up
};

/// Those of line A at 10 m, and the reference mast, from the wind's side to the lee.
std::vector<Tower> read_towers(const std::filesystem::path& file) {
  const files::CsvTable table = files::CsvTable::read(file);
  ProblemList problems;
  const auto name = table.require("Name", problems), x = table.require("X(m)", problems),
             y = table.require("Y(m)", problems), h = table.require("H(m)", problems),
             ratio = table.require("FSR", problems);
  problems.throw_if_any();
  std::vector<Tower> towers;
  for (std::size_t r = 0; r < table.rows(); ++r) {
    const auto number = [&](std::size_t column) { return table.number(r, column, problems).value_or(HUGE_VAL); };
    const bool twice = !towers.empty() && towers.back().name == table.text(r, *name);
    if (number(*h) == height && !twice) {
      towers.push_back({std::string(table.text(r, *name)), number(*x), number(*y), 0, number(*ratio)});
    }
  }
  problems.throw_if_any();
  if (towers.size() < 3 || towers.front().name != "RS") {
    throw InputError({file.string(), 0, 0}, "must begin with the reference mast RS and have two towers at 10 m more");
  }
  return towers;
}

Grid hill_grid(const files::AsciiRaster& raster) {
  GridSpecification s;
  s.name = "askervein";
  s.epsg = 27700;
  s.nx = raster.columns;
  s.ny = raster.rows;
  s.dx = s.dy = raster.cell_size;
  s.x_west = raster.x_west;
  s.y_south = raster.y_south;
  s.terrain = raster.values;
  double top = 0, depth = 3; // layers of 3 m at the ground, a sixth more each
  while (top < 1500) {
    s.zeta_faces.push_back(top);
    top += depth;
    depth *= 7.0 / 6;
  }
  s.zeta_faces.push_back(top);
  return Grid(s);
}

/// Wind at `height` above the ground of a place: between columns by distance, between levels by the height's logarithm.
double speed_at(const Grid& grid, const WindMetric& metric, const FaceFlow& flow, double x, double y) {
  const double column = (x - grid.x_center(0)) / grid.dx(), row = (y - grid.y_center(0)) / grid.dy();
  const int i0 = int(column), j0 = int(row);
  double u = 0, v = 0;
  for (const int j : {j0, j0 + 1}) {
    for (const int i : {i0, i0 + 1}) {
      int k = 0;
      while (grid.height_above_ground(i, j, k + 1) < height) {
        ++k;
      }
      const double low = std::log(grid.height_above_ground(i, j, k)),
                   high = std::log(grid.height_above_ground(i, j, k + 1));
      const double part = (std::log(height) - low) / (high - low);
      const double weight = (1 - std::fabs(column - i)) * (1 - std::fabs(row - j));
      for (const auto& [level, share] : {std::pair{k, 1 - part}, {k + 1, part}}) {
        const double mass = metric.mass.view3()(i, j, level);
        const auto fx = flow.x.view3(), fy = flow.y.view3();
        u += weight * share * 0.5 * (fx(i, j, level) + fx(i + 1, j, level)) / (mass * grid.dy());
        v += weight * share * 0.5 * (fy(i, j, level) + fy(i, j + 1, level)) / (mass * grid.dx());
      }
    }
  }
  return std::hypot(u, v);
}

struct Score {
  double squares = 0, nothing = 0;
  int count = 0;
  double rms() const { return std::sqrt(squares / count); }
  double rms_of_nothing() const { return std::sqrt(nothing / count); }
};

} // namespace

Report askervein(const std::optional<std::filesystem::path>& folder) {
  Report report{.name = "askervein"};
  if (!folder) {
    report.notes.push_back("no figures: nothing was run");
    report.demand_at_least("folders with the hill", 0, 1);
    return report;
  }
  std::vector<Tower> towers = read_towers(*folder / "towers_line_a.csv");
  const files::AsciiRaster raster = files::read_ascii_raster(*folder / "askervein_dem_25m.asc.gz");
  const Grid grid = hill_grid(raster);
  MassConsistentSolver solver(grid);

  physics::WindProfile profile = open_country;
  const double friction = physics::similarity_friction_velocity(reference_speed, height, profile);
  profile.top = 0.25 * friction / coriolis; // depth of the neutral layer
  const double to_x = -std::sin(direction * constants::pi / 180), to_y = -std::cos(direction * constants::pi / 180);
  Field<double> u(grid.nx(), grid.ny(), grid.nz(), 1, 0), v(grid.nx(), grid.ny(), grid.nz(), 1, 0);
  for (int k = 0; k < grid.nz(); ++k) {
    for (int j = 0; j < grid.ny(); ++j) {
      for (int i = 0; i < grid.nx(); ++i) {
        const double speed = physics::similarity_wind(friction, grid.height_above_ground(i, j, k), profile);
        u.view3()(i, j, k) = to_x * speed;
        v.view3()(i, j, k) = to_y * speed;
      }
    }
  }
  std::vector<double> level_speed;
  for (int k = 0; k < grid.nz(); ++k) {
    level_speed.push_back(physics::similarity_wind(friction, grid.zeta_center(k), profile));
  }
  FaceFlow flow = horizontal_flow(solver.metric(), u.view3(), v.view3());
  Field<double> potential = solver.no_potential();
  const double inner = wind::inner_layer_depth(grid);
  const AdjustmentReport solved =
      solver.adjust(flow, {alpha_ratio, wind::yielding(grid, inner, level_speed)}, potential, {});
  report.notes.push_back(fmt::format(
      "{} x {} x {} cells, lowest layer {:g} m, top {:.0f} m, alpha ratio {:g}, inner layer {:.0f} m; {} iterations, "
      "residual {:.1e}, largest divergence {:.1e} s-1",
      grid.nx(), grid.ny(), grid.nz(), grid.zeta_face(1), grid.top(), alpha_ratio, inner, solved.iterations,
      solved.residual, solved.divergence));

  const auto ground = [&](const Tower& t) {
    return grid.terrain(int((t.x - raster.x_west) / raster.cell_size), int((t.y - raster.y_south) / raster.cell_size));
  };
  const Tower top = *std::max_element(towers.begin() + 1, towers.end(),
                                      [&](const Tower& a, const Tower& b) { return ground(a) < ground(b); });
  const double reference = speed_at(grid, solver.metric(), flow, towers[0].x, towers[0].y);
  Table table{
      "Fractional speed-up at 10 m", {"tower", "m downwind of the highest", "measured", "computed", "side"}, {}};
  Score windward, lee;
  double at_top = 0;
  for (std::size_t n = 1; n < towers.size(); ++n) {
    Tower& t = towers[n];
    t.along = (t.x - top.x) * to_x + (t.y - top.y) * to_y;
    const double computed = speed_at(grid, solver.metric(), flow, t.x, t.y) / reference - 1;
    Score& side = t.along > 0 ? lee : windward;
    side.squares += std::pow(computed - t.measured, 2);
    side.nothing += std::pow(t.measured, 2);
    ++side.count;
    if (t.name == top.name) {
      at_top = computed / t.measured - 1;
    }
    table.rows.push_back({t.name, t.along, t.measured, computed, std::string(t.along > 0 ? "lee" : "windward")});
  }
  report.tables.push_back(std::move(table));
  Table scores{"Root mean square error", {"side", "towers", "computed", "no speed-up at all"}, {}};
  scores.rows.push_back(
      {std::string("windward and hilltop"), double(windward.count), windward.rms(), windward.rms_of_nothing()});
  if (lee.count > 0) {
    scores.rows.push_back({std::string("lee"), double(lee.count), lee.rms(), lee.rms_of_nothing()});
  }
  report.tables.push_back(std::move(scores));
  report.demand_at_most("rms error of fractional speed-up, windward side and hilltop", windward.rms(), allowed_error);
  report.demand_at_most("fractional speed-up at the highest tower, relative error", std::fabs(at_top), allowed_at_top);
  return report;
}

} // namespace tq::validation
