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

  /// One step of `dt` seconds on the totals of all scenarios in levels [first, last); `air_mass` [kg]. Tags stay as they
  /// are: whoever mixes next scales them to their new total.
  void relax(double dt, int first, int last, View3<const T> air_mass, View4<T> mixing_ratio,
             AccountViews accounts) const;

  /// Tracer indices of the totals that react.
  const std::vector<int>& reacting() const { return reacting_; }

private:
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
