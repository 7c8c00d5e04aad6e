#pragma once
#include "base/pattern.hpp"
#include "config/expression.hpp"
#include "emission/inventory.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tq {

/// What a measure costs; amounts in `currency`.
struct MeasureCost {
  double capital = 0;       // once
  double lifetime = 10;     // years that the capital lasts
  double discount_rate = 0; // per year
  double project_share = 0; // of what the selected sources' projects cost (their column project_cost), once
  double per_day = 0;       // for each local day on which the measure is active for at least one hour
  double per_unit_day = 0; // for each unit on which it acts, on each such day (count_units tells what a unit is)
  double per_m2_month = 0; // for the treated area (polygons of these units x coverage), per 365/12 such days
  double per_tonne = 0;    // of the pollutant avoided (if this were the only measure)
  InventoryPollutant tonne_of = InventoryPollutant::pm10;
  std::string payer;
  std::string currency = "CNY";

  /// What 1 of capital costs in each year of its life: r / (1 - (1 + r)^-n), 1/n without discount.
  double annuity() const;
};

/// A measure multiplies the emission of what it selects by a factor in the hours in which it is active:
/// factor = 1 - efficiency * coverage * compliance, per species. Species that the efficiency does not name
/// keep 1.
struct Measure {
  /// Factors of the streams whose part has one of these forms.
  struct Facet {
    std::vector<std::string> parts;          // patterns of Stream::part; empty: all
    std::vector<double> factor;              // per emitted species
    std::shared_ptr<const Fleet> fleet = {}; // of the source; none: any source
  };

  std::string id;
  std::string kind;    // scale, ban, activity, replace, add or surface
  std::string variant; // of kind replace: what the streams turn to
  std::string title;
  std::string control; // the technique, in the table of combined efficiencies
  SourceLocation where;
  double coverage = 1;
  double compliance = 1;
  std::vector<double> efficiency;        // per emitted species, of the treated part
  double low = 1, high = 1; // uncertainty: the efficiency lies between these multiples of itself, at most and at least 1
  std::vector<Facet> facets;             // the first that matches a stream holds for it; at least one
  std::vector<std::size_t> sources;      // selected, index into Inventory::sources, rising
  double project_cost = 0;               // of the selected sources
  std::optional<std::int64_t> first_day; // local days since 1970-01-01, inclusive; nothing: open
  std::optional<std::int64_t> last_day;
  std::array<bool, 7> weekdays{true, true, true, true, true, true, true}; // Monday first
  int first_hour = 0; // local hours of the day [first, last); last <= first wraps over midnight
  int last_hour = 24;
  std::shared_ptr<const config::Expression> when; // over trigger_variables(); none: always
  std::optional<std::size_t> level;               // of the emergency response, in which alone it acts
  MeasureCost cost;

  /// In the hour that begins at this local time, by date, weekday and hour. These are all those of that hour: with
  /// hours "22-06" and weekdays ["friday"], Friday 00 to 06 and 22 to 24 are active, Saturday 00 to 06 is
  /// not.
  bool active(const CivilTime& civil) const;
  /// The facet for streams of this part of a source that it selects, or nothing if it leaves them alone.
  std::optional<std::size_t> facet(const Source& source, const std::string& part) const;
};

/// The measure with `multiple` of its efficiency: Measure::low or high of it.
Measure with_efficiency(Measure measure, double multiple);

/// "monday" ... "sunday".
const std::vector<std::string>& day_names();

/// Local days since 1970-01-01.
std::int64_t day_number(const CivilTime& civil);

/// A step of the emergency response to polluted air. It begins lead_hours before a local day whose daily index is above
/// `above`, if the index is forecast, or with the day after, if it is the modelled one; and ends hold_hours after the
/// end of that day (of the day after).
struct EmergencyLevel {
  std::string id;
  std::string title;
  double above = 0;
  int lead_hours = 0;
  int hold_hours = 0;
  /// Local days of response, with the index that calls for them: the forecast of the day itself, or what was observed
  /// on the day before.
  std::vector<std::pair<std::int64_t, double>> days;
  bool modelled = false; // the modelled index of the day before counts
};

/// Reads every [[emergency]] of a scenario.
std::vector<EmergencyLevel> read_emergency(const config::Settings& scenario, const TimeZone& zone,
                                           ProblemList& problems);

/// Reads every [[measure]] of a scenario and finds what it selects. Sorted by id, so that products over
/// measures do not depend on the order in which files list them.
///
/// select: sector, department, enterprise, source (ids), cell (the source's management cell or any above it),
/// district, unit: a text or a list of which any may match, with `*` wildcards; different keys must all
/// match. `where` is a formula over the numbers of a source (area_m2, length_m, and the columns of its table, in SI).
/// `part` limits the measure to streams, `species` to bins or pollutants. Without select, all sources that are not
/// proposed; of kind add, all that are. Each text must match at least one source, and all together must select one;
/// both are checked only if `inventory.complete`.
///
/// efficiency: a number for all species, or a table by bin or pollutant, narrow names before wide ones:
/// `pm2_5` (or `fine`), `coarse`, `super`, `so2`, `no`, `no2`, `co` ...; then `pm10` (fine and coarse), `nox` (no
/// and no2), then `tsp` (all bins). What is named for coarse holds for super too, unless `super` or `tsp` is
/// there. What is not named stays as it is. `library` takes it from data/measures/library.toml.
std::vector<Measure> read_measures(const config::Settings& scenario, const Inventory& inventory,
                                   const ManagementCells& cells, const EmittedSpecies& species, const TimeZone& zone,
                                   Instant start, const std::vector<EmergencyLevel>& levels, ProblemList& problems);

} // namespace tq
