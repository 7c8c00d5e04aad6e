#pragma once
/// Air to try the mechanism `urban` in.
#include "chemistry/gas_solver.hpp"
#include "physics/photolysis.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tq::test {

/// Air at the ground with the sun at that sine of elevation.
inline gas::RateConditions city_conditions(double sun_sine, double temperature = 298.15) {
  gas::RateConditions conditions;
  conditions.temperature = temperature;
  conditions.water = 5e17;
  conditions.photolysis = physics::photolysis_rates(sun_sine, 0.0);
  return conditions;
}

/// Amounts [molecules cm-3] of a mechanism that has the species named, given in ppb; the others are 0.
inline std::vector<double> amounts_of(const gas::Mechanism& mechanism, const gas::RateConditions& conditions,
                                      const std::vector<std::pair<std::string, double>>& ppb) {
  std::vector<double> amounts(mechanism.species().size(), 0.0);
  for (const auto& [name, value] : ppb) {
    amounts[std::size_t(mechanism.find(name))] = value * 1e-9 * conditions.air();
  }
  return amounts;
}

/// A city's morning, for `urban`: nitrogen oxides and organic compounds as emitted into background air.
inline std::vector<std::pair<std::string, double>> city_morning(double nox = 20.0, double organic = 30.0) {
  return {{"NO", 0.9 * nox},        {"NO2", 0.1 * nox},       {"O3", 30.0},          {"CO", 400.0},
          {"SO2", 5.0},             {"NH3", 5.0},             {"HCHO", 0.04 * organic}, {"ALD", 0.03 * organic},
          {"ALK", 0.55 * organic},  {"ETH", 0.12 * organic},  {"OLE", 0.06 * organic},  {"TOL", 0.10 * organic},
          {"XYL", 0.07 * organic},  {"ISOP", 0.03 * organic}, {"H2O2", 0.5},         {"HONO", 0.01 * nox}};
}

/// Air that lasts: reacts for `seconds` in calls of `call`.
inline void react(const gas::GasSolver& solver, const std::vector<double>& rates, double seconds, double call,
                  std::vector<double>& amounts) {
  gas::GasSolver::Workspace workspace(solver);
  double first_step = 0;
  gas::CellBlock block{.cells = 1, .amount = amounts.data(), .species_stride = 1, .rate = rates.data(),
                       .first_step = &first_step};
  for (double time = 0; time < seconds - 0.5 * call; time += call) {
    solver.advance(call, block, workspace);
  }
}

inline std::vector<double> rates_of(const gas::Mechanism& mechanism, const gas::RateConditions& conditions) {
  std::vector<double> rates(mechanism.reactions().size());
  mechanism.rates(conditions, rates);
  return rates;
}

/// How many atoms of `element` all species hold [atoms cm-3].
inline double atoms_of(const gas::Mechanism& mechanism, const std::vector<double>& amounts, const std::string& element) {
  double sum = 0;
  for (std::size_t s = 0; s < amounts.size(); ++s) {
    const auto& atoms = mechanism.species()[s].atoms;
    sum += atoms.contains(element) ? atoms.at(element) * amounts[s] : 0.0;
  }
  return sum;
}

} // namespace tq::test
