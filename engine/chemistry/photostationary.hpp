#pragma once
#include "config/schema.hpp"
#include "grid/decomposition.hpp"
#include "grid/grid.hpp"
#include "state/accounts.hpp"
#include "state/species.hpp"
#include "state/tracers.hpp"

#include <vector>

namespace tq {

/// Declares `chemistry.*`, the switch of rain-out included.
void declare_chemistry(config::Schema& schema);

/// NO, NO2 and O3 relax towards their photostationary state (physics/photostationary.hpp), cell by cell, in double.
/// Nitrogen (NO + NO2) and odd oxygen (O3 + NO2) are kept; what each gains or loses goes to the accounts.
template <class T> class Photostationary {
public:
  Photostationary(const Grid& grid, const Subdomain& subdomain, const SpeciesTable& species,
                  const TracerSet& tracers);

  /// The hour's air temperature [K] and photolysis rate of NO2 [s-1].
  void update(double temperature, double photolysis_rate);

  /// One step of `dt` seconds on a scenario in levels [first, last); `air_mass` [kg]. Tags of NO and NO2 follow the
  /// nitrogen: what turns into the other takes its tag along (physics::nitrogen_exchange). Both have as many tags or
  /// none; ozone has none.
  void relax(double dt, int scenario, int first, int last, View3<const T> air_mass, View4<T> mixing_ratio,
             AccountViews accounts) const;

  /// Tracer indices of the totals that react.
  const std::vector<int>& reacting() const { return reacting_; }

private:
  /// Moves the tags of NO and NO2 in a row, whose totals went from `before` [kg kg-1, NO, NO2 and O3 a row each] to what
  /// they are now.
  void exchange_row(double dt, int j, int k, const int (&index)[3], int tags, const std::vector<T>& before,
                    View3<const T> air_mass, View4<T> mixing_ratio, AccountViews accounts) const;
  void relax_row(double dt, int j, int k, const int (&index)[3], View3<const T> air_mass, View4<T> mixing_ratio,
                 AccountViews accounts) const;

  TracerSet tracers_;
  int members_[3];        // species indices of NO, NO2, O3
  std::vector<int> reacting_;
  double molar_mass_[3];  // kg mol-1
  double rate_constant_ = 0;
  double photolysis_rate_ = 0;
  Field<double> molecules_; // 1e-6 rho N_A: molecules per cm3 of one mol per kg of air
};

} // namespace tq
