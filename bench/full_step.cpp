// One outer step of transport: x and y sweeps (one substep), z, one solve of mixing with emission and
// deposition, in a sheared wind over hills. Names
// full_step/<float|double>/<nx>x<ny>x<nz>/tracers:<n>/threads:<n>; counters
//   ns_per_cell_tracer_step  wall time
//   stream_gb_per_s          triad with streaming stores on as many threads, measured in this run
//   share_of_bound           time that the counted bytes take at that bandwidth, over the measured time
#include "../tests/support/synthetic_forcing.hpp"
#include "triad.hpp"

#include <benchmark/benchmark.h>

#include <cmath>
#include <map>
#include <string>

namespace {

using namespace tq;

struct Size {
  int nx, ny, nz, tracers;
};

constexpr double cell = 500, seconds = 60; // m, s: Courant number below 0.9 in the fastest level
constexpr int tracers_per_pass = 8; // that share the fluxes of a level, see engine/transport/planes.cpp

/// Bytes that must pass between memory and processor per cell, tracer and step. Planes: q in and out; per
/// pass of `tracers_per_pass` tracers the air mass, its convergence, two fluxes, two exchanges. Columns: q in
/// and out; per step the air mass, vertical flux and exchange. What has one level (emission, deposition) is
/// not counted.
double bytes(const Size& size, double element) {
  const double passes = (size.tracers + tracers_per_pass - 1) / tracers_per_pass;
  return element * (4 + (6 * passes + 3) / size.tracers);
}

/// Wind from 1 m/s at the ground to 6 m/s aloft, turning with height, over hills of up to a tenth of the
/// depth.
test::ForcingRecipe sheared_wind(const Size& size) {
  test::ForcingRecipe recipe;
  const int nz = size.nz;
  recipe.air_mass = [=](int i, int j, int k) {
    const double thickness = 10 + 140.0 * k / nz;
    return 1.2 * thickness * cell * cell * (1 - 0.1 * std::pow(std::sin(0.05 * i) * std::sin(0.04 * j), 2));
  };
  const auto speed = [=](int k) { return 1 + 5 * std::sqrt(double(k) / nz); };
  recipe.flux_x = [=](int i, int j, int k) {
    return speed(k) * std::cos(0.5 * k / nz) / cell * 0.5 *
           (recipe.air_mass(i - 1, j, k) + recipe.air_mass(i, j, k));
  };
  recipe.flux_y = [=](int i, int j, int k) {
    return speed(k) * std::sin(0.5 * k / nz) / cell * 0.5 *
           (recipe.air_mass(i, j - 1, k) + recipe.air_mass(i, j, k));
  };
  recipe.mixing_z = [=](int, int, int k) { // 30 m2/s at most
    const double height = double(k) / nz, thickness = 10 + 140 * height;
    return k == 0 ? 0 : 1.2 * (0.1 + 120 * height * (1 - height)) * cell * cell / thickness;
  };
  recipe.exchange_rate = 10 / (cell * cell);
  recipe.emission_levels = 1;
  recipe.emission = [](int n, int i, int j, int) { return (i + j + n) % 7 == 0 ? 1e-3 : 0.0; };
  recipe.deposition_conductance = [](int, int, int n) { return 1e-3 * n * 1.2 * cell * cell; };
  recipe.inflow = [](int, int n) { return 1e-8 * (1 + n); };
  return recipe;
}

double bandwidth(int threads) {
  static std::map<int, double> known;
  const auto found = known.find(threads);
  return found != known.end() ? found->second : known[threads] = bench::Triad(threads).bandwidth();
}

template <class T> void full_step(benchmark::State& state, Size size, int threads) {
  const double gb_per_s = bandwidth(threads);
  omp_set_num_threads(threads);
  SerialCommunicator alone;
  const Subdomain domain = test::whole_domain(size.nx, size.ny);
  const TracerSet set(1, size.tracers, 0);
  TransportOptions options;
  options.max_step = seconds;
  test::TransportCase<T> box(domain, alone, set, size.nz, options);
  box.for_each_cell([](T& q, int n, int i, int j, int k) {
    q = T(1e-8 * (1 + n) * (1 + 0.5 * std::sin(0.1 * i + k) * std::cos(0.08 * j)));
  });
  const test::SyntheticForcing<T> forcing(domain, size.nz, set.count(), sheared_wind(size));
  const Forcing<T> views = forcing.views();
  const StepPlan plan = box.transport.plan(views, seconds);
  if (plan.steps != 1 || plan.mixing_substeps != 1 || plan.column_substeps != 1 ||
      *std::max_element(plan.substeps.begin(), plan.substeps.end()) != 1) {
    state.SkipWithError("the case needs more than one substep");
    return;
  }
  std::int64_t step = 0;
  const auto start = std::chrono::steady_clock::now();
  for (auto _ : state) {
    box.transport.planes(views, plan, step++, box.tracers.view());
    box.transport.columns(views, plan, box.tracers.view(), box.accounts.views());
  }
  const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const double ns = 1e9 * elapsed / (double(step) * size.nx * size.ny * size.nz * size.tracers);
  state.counters["ns_per_cell_tracer_step"] = ns;
  state.counters["stream_gb_per_s"] = gb_per_s;
  state.counters["share_of_bound"] = bytes(size, sizeof(T)) / gb_per_s / ns;
}

template <class T> void register_case(const char* type, const Size& size, int threads) {
  const std::string name = std::string("full_step/") + type + "/" + std::to_string(size.nx) + "x" +
                           std::to_string(size.ny) + "x" + std::to_string(size.nz) +
                           "/tracers:" + std::to_string(size.tracers) + "/threads:" + std::to_string(threads);
  benchmark::RegisterBenchmark(name.c_str(), [=](benchmark::State& state) {
    full_step<T>(state, size, threads);
  })->Unit(benchmark::kMillisecond);
}

} // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  for (int threads = 1; threads <= omp_get_num_procs(); threads *= 2) {
    for (const Size& size : {Size{80, 80, 16, 8}, Size{128, 128, 32, 8}, Size{256, 256, 32, 8},
                             Size{256, 256, 32, 1}, Size{512, 512, 32, 8}}) {
      register_case<float>("float", size, threads);
    }
    register_case<double>("double", {256, 256, 32, 8}, threads);
  }
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
