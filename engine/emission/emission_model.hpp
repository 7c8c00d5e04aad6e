#pragma once
#include "config/schema.hpp"
#include "emission/plume_levels.hpp"
#include "emission/source_groups.hpp"
#include "emission/totals.hpp"
#include "grid/decomposition.hpp"
#include "grid/field.hpp"
#include "state/tag_emission.hpp"
#include "state/tracers.hpp"

#include <string>
#include <vector>

namespace tq {

/// Declares [[inventory]], [[release]], [[measure]], [[emergency]], and the groups of [attribution].
void declare_emission(config::Schema& schema);

/// Emission of one scenario: its inventories and measures, laid over the grid. Everything is resolved at
/// construction, the weather's effects on the run's hours included; an hour is then sums over short lists. Knows
/// the whole grid, so every rank holds the same model. Keeps no reference to what it was built from.
class EmissionModel {
 public:
  /// Reads [[inventory]], [[release]], [[measure]] and [attribution] of the scenario, and run.start and run.end. All problems go to
  /// `problems`; if there are any of its own, the model is empty. `weather` is asked for the hours of the run, once,
  /// if a source or a measure's `when` depends on weather. Warnings (log): a source partly outside, a measure that is
  /// never active in the run.
  EmissionModel(const Grid& grid, const ManagementCells& cells, const SpeciesTable& table,
                const config::Settings& scenario, const TimeZone& zone, const EmissionWeatherSource& weather,
                ProblemList& problems);

  /// Number of lowest levels that any source reaches in the run; at least 1.
  int levels() const { return levels_; }

  /// Fills the interior of the tracers (scenario_index, species, all tags) with the emission [kg s-1] of the
  /// hour that begins at `start`: constant through the hour; 0 where nothing is emitted. Tags are those of
  /// `groups`, of species that have as many in `tracers`; others stay as they are. `kg_per_second` holds the rank's cells, nz
  /// >= levels(), nt = tracers.count(). Sums are made in double, cell by cell in the order of sources, so the
  /// values do not depend on ranks or threads, nor totals on tags. `air` is what measures react to; without it, those
  /// that react to the modelled air are not active. Throws std::out_of_range for an hour outside the run.
  template <class T>
  void hour(Instant start, const Subdomain& subdomain, int scenario_index, const TracerSet& tracers,
            View4<T> kg_per_second, const SourceGroups& groups = {}, const AirTriggers* air = nullptr) const;

  /// Mean emission of all sources inside the domain in that hour, kg s-1 per emitted species.
  std::vector<double> hourly_total(Instant start) const;

  const Inventory& inventory() const { return inventory_; }
  const std::vector<Measure>& measures() const { return measures_; }
  /// What [attribution] asks to be followed.
  const SourceGroups& groups() const { return groups_; }
  const EmittedSpecies& species() const { return species_; }
  /// True if a measure reacts to the modelled air; totals without that air count it as not active.
  bool needs_air() const { return schedule_.needs_air(); }
  /// Over the run, known before it begins.
  const EmissionTotals& totals() const { return totals_; }
  /// Over the hours in [from, to), within the run; `air`: what measures reacted to.
  EmissionTotals totals(Instant from, Instant to, const AirTriggers* air = nullptr) const;
  /// Emission by tag in all hours of the run, with measures; those that react to the modelled air are not active. The
  /// scenario must have [attribution].
  TagEmission by_tag() const;
  /// Emission over the run, with measures, of the whole column above each grid cell [kg]: [j * nx + i], of an
  /// inventory's pollutant.
  std::vector<double> map(InventoryPollutant pollutant) const;
  /// What is printed before the run: the tables of totals and of measures.
  std::string report() const;

 private:
  struct Target { // a grid cell that some source reaches, with entries [first, next target's first)
    int i, j, k;
    std::size_t first;
  };
  struct Entry {
    std::size_t source;
    double share; // of the source; of a chimney, of what reaches the level
  };

  void prepare(const Grid& grid, const ManagementCells& cells, const std::vector<EmergencyLevel>& levels,
               const EmissionWeatherSource& weather);
  void build_targets(const Grid& grid);
  /// kg s-1, [source * species + n], of the whole geometry in the hour that begins at `start`.
  std::vector<double> source_rates(Instant start, const AirTriggers* air) const;
  std::size_t hour_index(Instant start) const;

  int nx_ = 0, ny_ = 0;
  EmittedSpecies species_;
  TimeZone zone_;
  Instant start_ = 0, end_ = 0;
  Inventory inventory_;
  std::vector<Measure> measures_;
  SourceGroups groups_;
  MeasureSchedule schedule_;
  MeasureSets sets_;
  ProfileClock clock_;
  PlumeLevels plumes_;
  std::vector<std::string> cell_ids_;
  EmissionTotals totals_;
  int levels_ = 1;
  std::vector<Target> targets_; // in order of (k, j, i), and one behind the last
  std::vector<Entry> entries_;
};

} // namespace tq
