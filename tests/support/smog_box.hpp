#pragma once
/// Closed boxes of city air under the sun of a June day at Jingdezhen: what the mechanism `urban` makes of them.
#include "city_air.hpp"
#include "physics/solar.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace tq::test {

struct SmogBoxes {
  /// Boxes with what a morning emitted: city_morning(nox, organic), in ppb.
  explicit SmogBoxes(const std::vector<std::pair<double, double>>& nox_and_organic)
      : mechanism(gas::Mechanism::load("urban")), solver(mechanism), workspace(solver), count(nox_and_organic.size()),
        amounts(mechanism.species().size() * count), given(amounts.size(), 0.0), first_step(count, 0.0) {
    for (std::size_t cell = 0; cell < count; ++cell) {
      const auto own = amounts_of(mechanism, city_conditions(0.0),
                                  city_morning(nox_and_organic[cell].first, nox_and_organic[cell].second));
      for (std::size_t s = 0; s < own.size(); ++s) {
        amounts[s * count + cell] = own[s];
      }
    }
  }

  /// From one hour of the local clock (UTC+8) to another, in calls of 300 s, without cloud.
  void run(double from, double to) {
    constexpr double call = 300;
    for (int n = 0; n < int((to - from) * 3600 / call + 0.5); ++n) {
      const double hour = from + (n + 0.5) * call / 3600;
      const auto rates = rates_of(mechanism, city_conditions(physics::solar_elevation_sine(172, hour - 8, 29.29, 117.20)));
      const auto troubles = solver.advance(call,
                                           {.cells = int(count), .amount = amounts.data(), .species_stride = std::ptrdiff_t(count),
                                            .rate = rates.data(), .first_step = first_step.data(), .given = given.data()},
                                           workspace);
      if (!troubles.empty()) {
        throw std::runtime_error(gas::describe(troubles.front(), mechanism));
      }
      for (std::size_t cell = 0; cell < count; ++cell) {
        peak_ozone.resize(count, 0.0);
        peak_ozone[cell] = std::max(peak_ozone[cell], ppb("O3", cell));
      }
    }
  }

  double ppb(const char* name, std::size_t cell) const {
    return amounts[std::size_t(mechanism.find(name)) * count + cell] / (1e-9 * city_conditions(0.0).air());
  }
  /// Atoms of an element in a box [atoms cm-3], without what clipping gave.
  double atoms(const char* element, std::size_t cell) const {
    std::vector<double> own;
    for (std::size_t s = 0; s < mechanism.species().size(); ++s) {
      own.push_back(amounts[s * count + cell] - given[s * count + cell]);
    }
    return atoms_of(mechanism, own, element);
  }

  gas::Mechanism mechanism;
  gas::GasSolver solver;
  gas::GasSolver::Workspace workspace;
  std::size_t count;
  std::vector<double> amounts, given, first_step, peak_ozone;
};

} // namespace tq::test
