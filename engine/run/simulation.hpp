#pragma once
#include "base/archive.hpp"
#include "base/timer.hpp"
#include "chemistry/decay.hpp"
#include "chemistry/photostationary.hpp"
#include "chemistry/wet_removal.hpp"
#include "deposition/dry.hpp"
#include "deposition/settling.hpp"
#include "diagnostics/averages.hpp"
#include "diagnostics/budget.hpp"
#include "meteorology/boundary_layer.hpp"
#include "meteorology/turbulence.hpp"
#include "run/case.hpp"
#include "run/hour_flow.hpp"
#include "run/modelled_air.hpp"
#include "state/accounts.hpp"
#include "state/tracers.hpp"
#include "transport/transport.hpp"

namespace tq {

/// One rank's part of a run: owns the parts and hands them to each other. Hour by hour:
/// begin_hour, step() x steps(), end_hour.
template <class T> class Simulation {
public:
  /// Starts with the background everywhere.
  Simulation(const Case& c, const Decomposition& decomposition, Communicator& communicator, Timers& timers);

  /// Weather, fluxes, emission and rates of the hour, and the number of steps that they need.
  void begin_hour(Instant hour);
  int steps() const { return plan_.steps; }
  /// One outer step: the ordered list of what happens to the tracers (step.cpp).
  void step();
  /// Closes the hour's budget; complete on rank 0.
  void end_hour();
  /// What measures react to takes up the hour. Collective; `hour` on rank 0.
  void observe(const ResultHour* hour);
  /// The air that measures reacted to until now; null where none does.
  const AirTriggers* air_triggers() const { return modelled_air_ ? &modelled_air_->triggers() : nullptr; }

  const SurfaceWeather& weather() const { return weather_; }
  const BoundaryLayer& boundary_layer() const { return boundary_layer_; }
  const HourFlow<T>& air_flow() const { return air_flow_; }
  const Turbulence<T>& turbulence() const { return turbulence_; }
  const StepPlan& plan() const { return plan_; }
  const Forcing<T>& forcing() const { return forcing_; }
  Averages& averages() { return averages_; }
  /// Of each pollutant of each tag, as tag_members() has them.
  Averages& tag_averages() { return tag_averages_; }
  AccountViews accounts() { return accounts_.views(); }
  /// Terms by tracer; complete on rank 0.
  const Budget& budget() const { return budget_; }
  /// Those of the totals, by species; complete on rank 0.
  std::vector<BudgetTerms> total_budget() const;
  const TracerSet& tracer_set() const { return tracers_.set(); }
  View4<const T> mixing_ratio() const { return tracers_.view(); }

  /// All state that the next hour depends on; on hour boundaries. Collective; of other ranks than 0 only the archive's
  /// direction counts, so that the state fits any decomposition.
  void serialise(Archive& archive);

private:
  void fill_background();
  /// Adds the state that holds for `seconds` to the hour's means of what reacts or of what does not.
  void sample(double seconds, bool reacting);
  /// Vertical mixing and chemistry of the tracers that react, in turns.
  void mix_and_react();

  const Case& case_;
  Decomposition decomposition_;
  Communicator& communicator_;
  Timers& timers_;
  Subdomain subdomain_;
  Tracers<T> tracers_;
  Accounts accounts_;
  BoundaryLayerModel boundary_layer_model_;
  HourFlow<T> air_flow_;
  Turbulence<T> turbulence_;
  Transport<T> transport_;
  Photostationary<T> photostationary_;
  WetRemoval<T> wet_removal_;
  Decay<T> decay_;
  Settling<T> settling_;
  DryDeposition<T> dry_deposition_;
  Field<T> emission_; // kg s-1, (tracer, k, j, i)
  Field<T> inflow_;   // kg kg-1, (k, tracer)
  Averages averages_, tag_averages_;
  std::vector<int> reacting_;            // totals that mix and react in turns; none without chemistry
  /// What averages hold, apart by whether a member reacts.
  struct Averaged {
    std::vector<int> reacting, inert;
  };
  Averaged pollutants_, tags_of_pollutants_;
  Budget budget_;
  std::optional<ModelledAir> modelled_air_; // if a measure reacts to it
  SurfaceWeather weather_{};
  BoundaryLayer boundary_layer_{};
  Forcing<T> forcing_{};
  StepPlan plan_{};
  std::int64_t step_index_ = 0; // since the start of the run
};

} // namespace tq
