#pragma once
#include "state/species.hpp"
#include "state/tracers.hpp"

#include <span>

namespace tq {

/// Time means of concentrations [kg m-3, ambient] on this rank's cells: of every pollutant in the lowest layer, and of
/// those in `volume` in all layers. Sums are kept in double and weighted with the length of each step, so the mean is that
/// of the hour however it was cut into steps.
class Averages {
public:
  /// `density`: of the air [kg m-3], (i, j, k), copied; only the lowest layer is used if `volume` is empty. `volume`: each an
  /// index of `pollutants`. Totals (tag 0) of `scenario`.
  Averages(const std::vector<Pollutant>& pollutants, const TracerSet& tracers, View3<const double> density,
           const std::vector<int>& volume = {}, int scenario = 0);
  /// In the lowest layer, of sums of tracers: `members` by what then counts as a pollutant.
  Averages(std::vector<std::vector<int>> members, View3<const double> density);

  /// Adds the state that holds for the next or last `seconds`, of all pollutants or of those given.
  template <class T> void add(View4<const T> mixing_ratio, double seconds);
  template <class T> void add(View4<const T> mixing_ratio, double seconds, std::span<const int> pollutants);

  int pollutants() const { return int(members_.size()); }
  double seconds(int p) const { return seconds_[std::size_t(p)]; }
  int levels() const { return density_.nz(); }
  /// Mean of pollutant p in layer k since the last reset, valid until the next call of mean(). Zero if nothing was added.
  /// Throws std::logic_error for a layer above the lowest of a pollutant that is not in the volume.
  View2<const double> mean(int p, int k = 0);
  void reset();

private:
  Averages(std::vector<std::vector<int>> members, View3<const double> density, const std::vector<int>& volume);

  struct Layer {
    int pollutant = 0;
    int k = 0;
  };
  std::vector<std::vector<int>> members_; // tracer indices by pollutant
  std::vector<Layer> layers_;             // the lowest of each pollutant; then the rest of the volume's, upwards
  std::vector<int> second_;               // by pollutant: index of its layer 1, or -1
  std::vector<int> all_;                  // the pollutants
  std::vector<bool> chosen_;              // by pollutant: those that add() was given
  std::vector<double> seconds_;           // by pollutant
  Field<double> density_;                 // (i, j, k)
  Field<double> sums_;                    // (i, j, index of layers_), kg m-3 s
  Field<double> mean_;
};

} // namespace tq
