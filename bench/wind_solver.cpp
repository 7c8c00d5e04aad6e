// The least adjustment of the wind, 200 x 200 x 24 cells to 1e-8: cold, and warm from the solution for a wind that is a
// tenth weaker and comes from 20 degrees aside. Counters iterations, ns_per_cell_iteration.
#include "base/constants.hpp"
#include "measure.hpp"
#include "meteorology/wind/first_guess.hpp"
#include "meteorology/wind/mass_consistent.hpp"
#include "physics/similarity.hpp"

#include <cmath>

using namespace tq;

namespace {

constexpr int columns = 200, levels = 24;

/// Hills of waves up to 600 m high, the shortest 12 cells long; the lowest layer has 10 m, the top is at 2.9 km.
Grid hills() {
  GridSpecification s;
  s.name = "hills";
  s.epsg = 32650;
  s.nx = s.ny = columns;
  s.dx = s.dy = 500;
  double top = 0, depth = 10;
  for (int k = 0; k <= levels; ++k, depth *= 1.18) {
    s.zeta_faces.push_back(top);
    top += depth;
  }
  for (int j = 0; j < columns; ++j) {
    for (int i = 0; i < columns; ++i) {
      double wave = 0;
      for (int n = 1; n <= 8; ++n) {
        wave += std::sin(0.065 * n * i + 0.4 * n * n) * std::cos(0.05 * n * j + 1.7 * n) / n;
      }
      s.terrain.push_back(300 + 110 * wave);
    }
  }
  return Grid(s);
}

struct Wind {
  Grid grid = hills();
  MassConsistentSolver solver{grid};
  Field<double> potential = solver.no_potential();

  FaceFlow first_guess(double speed, double direction) const {
    Field<double> u(columns, columns, levels, 1, 0), v(columns, columns, levels, 1, 0);
    const physics::WindProfile profile{.top = 800};
    for (int k = 0; k < levels; ++k) {
      for (int j = 0; j < columns; ++j) {
        for (int i = 0; i < columns; ++i) {
          const double wind = speed * profile(grid.height_above_ground(i, j, k));
          u.view3()(i, j, k) = -std::sin(direction * constants::pi / 180) * wind;
          v.view3()(i, j, k) = -std::cos(direction * constants::pi / 180) * wind;
        }
      }
    }
    return horizontal_flow(solver.metric(), u.view3(), v.view3());
  }
};

void solve(benchmark::State& state, double ratio, bool warm, int threads) {
  omp_set_num_threads(threads);
  Wind& wind = bench::kept<Wind>("wind");
  double seconds = 0, iterations = 0;
  for (auto _ : state) {
    state.PauseTiming();
    wind.potential = wind.solver.no_potential();
    if (warm) {
      FaceFlow before = wind.first_guess(0.9, 220);
      wind.solver.adjust(before, ratio, wind.potential, {});
    }
    FaceFlow flow = wind.first_guess(1.0, 240);
    state.ResumeTiming();
    const auto start = Timers::Clock::now();
    iterations += wind.solver.adjust(flow, ratio, wind.potential, {}).iterations;
    seconds += bench::seconds_since(start);
  }
  state.counters["iterations"] = iterations / double(state.iterations());
  state.counters["ns_per_cell_iteration"] = 1e9 * seconds / (iterations * columns * columns * levels);
}

void add_all() {
  for (const int threads : benchmark_threads(this_machine().cores)) {
    for (const double ratio : {1.0, 5.0, 0.2}) {
      for (const bool warm : {false, true}) {
        const std::string name = "wind_solver/200x200x24/ratio:" +
                                 std::string(ratio == 1  ? "1"
                                             : ratio > 1 ? "5"
                                                         : "0.2") +
                                 (warm ? "/warm" : "/cold") + "/threads:" + std::to_string(threads);
        bench::add(name, [=](benchmark::State& state) { solve(state, ratio, warm, threads); })->UseRealTime();
      }
    }
  }
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
