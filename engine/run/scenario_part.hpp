#pragma once
#include "diagnostics/averages.hpp"
#include "diagnostics/cell_means.hpp"
#include "grid/decomposition.hpp"
#include "run/case.hpp"
#include "run/modelled_air.hpp"
#include "state/tracers.hpp"

#include <optional>
#include <span>

namespace tq {

/// What each of the scenarios that share a run has for itself besides its tracers: its hour's means, the places that they are
/// taken to, and the air that its measures react to.
class ScenarioPart {
 public:
  /// Scenario `index` of the tracers; `reacting`: tracer indices of totals that chemistry changes. The case must outlive
  /// this.
  ScenarioPart(const Case& c, int index, const TracerSet& tracers, const Subdomain& subdomain,
               std::span<const int> reacting);

  const Case& scenario() const { return case_; }
  /// Adds the state that holds for `seconds` to the hour's means of what reacts or of what does not.
  template <class T> void sample(View4<const T> mixing_ratio, double seconds, bool reacting);
  /// Begins the hour's means.
  void reset();

  Averages& averages() { return averages_; }
  /// Of each pollutant of each tag, as tag_members() has them.
  Averages& tag_averages() { return tag_averages_; }
  const CellMeans& cell_means() const { return cell_means_; }
  const ReceptorValues& receptor_values() const { return receptor_values_; }
  std::optional<ModelledAir>& modelled_air() { return modelled_air_; } // if a measure reacts to it
  const AirTriggers* air_triggers() const { return modelled_air_ ? &modelled_air_->triggers() : nullptr; }

 private:
  const Case& case_;
  Averages averages_, tag_averages_;
  CellMeans cell_means_;
  ReceptorValues receptor_values_;
  /// What averages hold, apart by whether a member reacts.
  struct Averaged {
    std::vector<int> reacting, inert;
  };
  Averaged pollutants_, tags_of_pollutants_;
  std::optional<ModelledAir> modelled_air_;
};

} // namespace tq
