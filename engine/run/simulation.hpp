#pragma once
#include "base/archive.hpp"
#include "base/timer.hpp"
#include "chemistry/decay.hpp"
#include "chemistry/photostationary.hpp"
#include "chemistry/wet_removal.hpp"
#include "deposition/dry.hpp"
#include "deposition/settling.hpp"
#include "diagnostics/budget.hpp"
#include "meteorology/boundary_layer.hpp"
#include "meteorology/turbulence.hpp"
#include "run/case.hpp"
#include "run/hour_flow.hpp"
#include "run/scenario_part.hpp"
#include "state/accounts.hpp"
#include "state/tracers.hpp"
#include "transport/transport.hpp"

#include <deque>

namespace tq {

/// The scenarios that advance together in a run, the first for all that they share.
using Cases = std::vector<const Case*>;

/// One rank's part of a run of one scenario, or of several that differ in nothing but their emission (check_together): all
/// share grid, weather, fluxes, mixing and deposition, and the tracers of each are what they would be alone, to the
/// bit. Owns the parts and hands them to each other. Hour by hour: begin_hour, step() x steps(), end_hour.
template <class T> class Simulation {
public:
  /// Starts with the background everywhere. The cases must outlive this.
  Simulation(Cases cases, const Decomposition& decomposition, Communicator& communicator, Timers& timers);
  /// Of one scenario.
  Simulation(const Case& c, const Decomposition& decomposition, Communicator& communicator, Timers& timers)
      : Simulation(Cases{&c}, decomposition, communicator, timers) {}

  /// Weather, fluxes, emission and rates of the hour, and the number of steps that they need.
  void begin_hour(Instant hour);
  int steps() const { return plan_.steps; }
  /// One outer step: the ordered list of what happens to the tracers (step.cpp).
  void step();
  /// Closes the hour's budget; complete on rank 0.
  void end_hour();
  /// What measures of a scenario react to takes up the hour. Collective; `hour` on rank 0.
  void observe(const ResultHour* hour, int scenario = 0);

  int scenarios() const { return tracer_set().scenarios(); }
  ScenarioPart& part(int scenario) { return parts_[std::size_t(scenario)]; }
  const SurfaceWeather& weather() const { return weather_; }
  const BoundaryLayer& boundary_layer() const { return boundary_layer_; }
  const HourFlow<T>& air_flow() const { return air_flow_; }
  const Turbulence<T>& turbulence() const { return turbulence_; }
  const StepPlan& plan() const { return plan_; }
  const Forcing<T>& forcing() const { return forcing_; }
  AccountViews accounts() { return accounts_.views(); }
  /// Terms by tracer; complete on rank 0.
  const Budget& budget() const { return budget_; }
  /// Those of a scenario's totals, by species; complete on rank 0.
  std::vector<BudgetTerms> total_budget(int scenario = 0) const;
  /// Those of its tags, [species with tags][tag - 1]; complete on rank 0.
  std::vector<BudgetTerms> tag_budget(int scenario = 0) const;
  const TracerSet& tracer_set() const { return tracers_.set(); }
  View4<const T> mixing_ratio() const { return tracers_.view(); }

  /// All state that the next hour of a scenario depends on; on hour boundaries. What is shared is part of it, so each
  /// scenario can go on alone. Collective; of other ranks than 0 only the archive's direction counts, so that the state
  /// fits any decomposition.
  void serialise(Archive& archive, int scenario = 0);

private:
  /// The domain at the start.
  void fill_background();
  /// What comes in during the hour.
  void fill_inflow(Instant hour);
  /// Adds the state that holds for `seconds` to the hours' means of what reacts or of what does not.
  void sample(double seconds, bool reacting);
  /// Vertical mixing and chemistry of the tracers that react, in turns.
  void mix_and_react();

  Cases cases_;
  const Case& case_; // the first: what all share
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
  std::vector<int> reacting_;            // totals that mix and react in turns; none without chemistry
  std::deque<ScenarioPart> parts_;       // by scenario
  Budget budget_;
  SurfaceWeather weather_{};
  BoundaryLayer boundary_layer_{};
  Forcing<T> forcing_{};
  StepPlan plan_{};
  std::int64_t step_index_ = 0; // since the start of the run
};

} // namespace tq
