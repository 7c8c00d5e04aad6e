// Gas chemistry: calls of 300 s in cells of a city, each after a pulse of emission, on one thread. Counters: ns_per_cell_call,
// steps_per_cell_call, ns_per_cell_step.
#include "base/text_file.hpp"
#include "chemistry/gas_solver.hpp"
#include "measure.hpp"
#include "physics/photolysis.hpp"

#include <cmath>
#include <fmt/format.h>
#include <map>

using namespace tq;

namespace {

constexpr int cells = 1024;
constexpr double call = 300;      // s
constexpr double exchanged = 0.2; // of the air in a call, for the background's

/// `urban` with 13 more organic compounds, each with its peroxy radical and its carbonyl: 69 species, 196 reactions.
gas::Mechanism large() {
  std::string text = read_text_file(data_directory() / "mechanisms/urban.eqn"), species, equations;
  for (int n = 1; n <= 13; ++n) {
    species += fmt::format("V{0} = C; Q{0} = C; K{0} = C;\n", n);
    equations += fmt::format(
        "OH + V{0} = Q{0} : ARR2({1}E-12, 300); O3 + V{0} = 0.3 OH + 0.7 Q{0} + HCHO : {1}E-18;\n"
        "NO3 + V{0} = HNO3 + Q{0} : {1}E-15; Q{0} + NO = 0.9 NO2 + 0.9 HO2 + 0.9 K{0} + 0.1 RNO3 : ARR2(2.7E-12, 360);\n"
        "Q{0} + HO2 = ROOH : ARR2(2.0E-13, 1300); Q{0} + RO2 = HO2 + K{0} : 2.0E-13; Q{0} + RCO3 = HO2 + RO2 + K{0} : 1.0E-11;\n"
        "Q{0} + NO3 = NO2 + HO2 + K{0} : 2.3E-12; OH + K{0} = 0.5 RCO3 + 0.5 RO2 + 0.6 K{2} : ARR2({1}E-12, 400);\n"
        "K{0} + hv = RO2 + HO2 + CO : PHOTO(CH3CHO);\n",
        n, n, n % 13 + 1);
  }
  text.insert(text.find("#DEFFIX"), species);
  return gas::Mechanism::parse("large.eqn", text + equations);
}

/// A row of city cells in the morning.
struct City {
  City(const gas::Mechanism& of, bool remembers)
      : mechanism(of), solver(mechanism), workspace(solver), remembers(remembers), species(mechanism.species().size()),
        background(species, 0.0), pulse(species, 0.0), amounts(species * cells, 0.0), first_step(cells, 0.0) {
    gas::RateConditions air;
    air.water = 5e17;
    air.photolysis = physics::photolysis_rates(0.6, 0.0);
    rates.resize(mechanism.reactions().size());
    mechanism.rates(air, rates);
    const std::map<std::string, std::array<double, 2>> ppb = { // background, largest pulse
        {"NO", {0.1, 4.0}},   {"NO2", {2, 0.5}},   {"O3", {45, 0}},     {"CO", {200, 20}},    {"SO2", {2, 0.5}},
        {"HCHO", {1, 0.1}},   {"ALD", {0.5, 0.1}}, {"ALK", {2, 1.0}},   {"ETH", {0.5, 0.3}},  {"OLE", {0.1, 0.15}},
        {"TOL", {0.3, 0.3}},  {"XYL", {0.1, 0.2}}, {"ISOP", {0.2, 0.1}}, {"H2O2", {0.8, 0}},  {"HNO3", {0.5, 0}},
        {"PAN", {0.4, 0}},    {"HONO", {0.05, 0.04}}, {"NH3", {3, 0.5}}};
    for (std::size_t s = 0; s < species; ++s) {
      const auto found = ppb.find(mechanism.species()[s].name);
      const bool added = mechanism.species()[s].name[0] == 'V';
      const std::array<double, 2> own = found != ppb.end() ? found->second : std::array{added ? 0.1 : 0.0, added ? 0.05 : 0.0};
      background[s] = own[0] * 1e-9 * air.air();
      pulse[s] = own[1] * 1e-9 * air.air();
      std::fill_n(amounts.begin() + std::ptrdiff_t(s * cells), cells, background[s]);
    }
    for (int n = 0; n < 12; ++n) { // an hour, so that radicals and products are there
      emit();
      react();
    }
  }

  /// Roads and quiet corners by turns.
  void emit() {
    for (std::size_t s = 0; s < species; ++s) {
      for (int i = 0; i < cells; ++i) {
        double& amount = amounts[s * cells + std::size_t(i)];
        const double busy = std::pow(std::sin(0.013 * i) * std::sin(0.21 * i), 2);
        amount += exchanged * (background[s] - amount) + pulse[s] * busy;
      }
    }
    if (!remembers) {
      std::fill(first_step.begin(), first_step.end(), 0.0);
    }
  }
  void react() {
    solver.advance(call, {.cells = cells, .amount = amounts.data(), .species_stride = cells, .rate = rates.data(),
                          .first_step = first_step.data()},
                   workspace);
  }

  const gas::Mechanism& mechanism;
  gas::GasSolver solver;
  gas::GasSolver::Workspace workspace;
  bool remembers;
  std::size_t species;
  std::vector<double> background, pulse, amounts, first_step, rates;
};

void run(benchmark::State& state, const gas::Mechanism& mechanism, bool remembers) {
  City city(mechanism, remembers);
  const long before = city.workspace.steps();
  double seconds = 0;
  for (auto _ : state) {
    state.PauseTiming();
    city.emit();
    state.ResumeTiming();
    const auto start = Timers::Clock::now();
    city.react();
    seconds += bench::seconds_since(start);
  }
  const double calls = double(state.iterations()) * cells, steps = double(city.workspace.steps() - before);
  state.counters["ns_per_cell_call"] = 1e9 * seconds / calls;
  state.counters["steps_per_cell_call"] = steps / calls;
  state.counters["ns_per_cell_step"] = 1e9 * seconds / steps;
}

void add_all() {
  for (const bool remembers : {true, false}) {
    const std::string step = remembers ? "/remembered_step" : "/no_step_remembered";
    bench::add("chemistry/urban" + step, [=](benchmark::State& state) {
      static const gas::Mechanism mechanism = gas::Mechanism::load("urban");
      run(state, mechanism, remembers);
    });
    bench::add("chemistry/large" + step, [=](benchmark::State& state) {
      static const gas::Mechanism mechanism = large();
      run(state, mechanism, remembers);
    });
  }
}

} // namespace

int main(int count, char** values) {
  return bench::run(count, values, add_all);
}
