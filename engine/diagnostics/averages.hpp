#pragma once
#include "base/archive.hpp"
#include "state/species.hpp"
#include "state/tracers.hpp"

namespace tq {

/// Time means of the lowest layer's concentrations [kg m-3, ambient], per pollutant, on this rank's cells. Sums are kept
/// in double and weighted with the length of each step, so the mean is that of the hour however it was cut into steps.
class Averages {
public:
  /// `surface_density`: air density of the lowest layer [kg m-3], (i, j), copied. Totals (tag 0) of `scenario`.
  Averages(const std::vector<Pollutant>& pollutants, const TracerSet& tracers, View2<const double> surface_density,
           int scenario = 0);

  /// Adds the state that holds for the next or last `seconds`; once per step.
  template <class T> void add(View4<const T> mixing_ratio, double seconds);

  int pollutants() const { return int(members_.size()); }
  double seconds() const { return seconds_; }
  /// Mean of pollutant p since the last reset, valid until the next call of add() or reset(). Zero if nothing was added.
  View2<const double> mean(int p);
  void reset();
  void serialise(Archive& archive);

private:
  std::vector<std::vector<int>> members_; // tracer indices by pollutant
  Field<double> density_;
  Field<double> sums_;  // (i, j, pollutant), kg m-3 s
  Field<double> mean_;
  double seconds_ = 0;
};

} // namespace tq
