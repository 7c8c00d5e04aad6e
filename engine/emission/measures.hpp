#pragma once
#include "emission/inventory.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tq {

/// What a measure costs; amounts in `currency`.
struct MeasureCost {
  double capital = 0;      // once
  double per_day = 0;      // for each local day on which the measure is active for at least one hour
  double per_m2_month = 0; // for the treated area (polygons of the selected sources x coverage), per 365/12 active days
  std::string payer;
  std::string currency = "CNY";
};

/// A measure multiplies the emission of what it selects by `factor` in the hours in which it is active:
/// factor = 1 - efficiency * coverage * compliance, per species. Species that the efficiency does not name
/// keep 1.
struct Measure {
  std::string id;
  std::string kind;    // "scale", or "ban": efficiency 1
  std::string variant; // of kind replace: what the streams turn to
  std::string title;
  SourceLocation where;
  double coverage = 1;
  double compliance = 1;
  std::vector<double> factor;            // per emitted species
  std::vector<std::string> parts;        // patterns of Stream::part; empty: all
  std::vector<std::size_t> sources;      // selected, index into Inventory::sources, rising
  double area = 0;                       // m2 of the selected sources' polygons, each geometry once
  std::optional<std::int64_t> first_day; // local days since 1970-01-01, inclusive; nothing: open
  std::optional<std::int64_t> last_day;
  std::array<bool, 7> weekdays{true, true, true, true, true, true, true}; // Monday first
  int first_hour = 0; // local hours of the day [first, last); last <= first wraps over midnight
  int last_hour = 24;
  MeasureCost cost;

  /// In the hour that begins at this local time. Date, weekday and hour are all those of that hour: with
  /// hours "22-06" and weekdays ["friday"], Friday 00 to 06 and 22 to 24 are active, Saturday 00 to 06 is
  /// not.
  bool active(const CivilTime& civil) const;
  /// Of the sources that it selects, whether it acts on streams of this part.
  bool selects_part(const std::string& part) const;
};

/// "monday" ... "sunday".
const std::vector<std::string>& day_names();

/// Local days since 1970-01-01.
std::int64_t day_number(const CivilTime& civil);

/// True if `text` has the form of `pattern`, in which `*` stands for any characters, also none.
bool matches(const std::string& pattern, const std::string& text);

/// Reads every [[measure]] of a scenario and finds what it selects. Sorted by id, so that products over
/// measures do not depend on the order in which files list them.
///
/// select: sector, department, enterprise, source (ids), cell (the source's management cell or any above it),
/// district, unit: a text or a list of which any may match, with `*` wildcards; different keys must all
/// match. `species` limits the measure to bins or pollutants. Without select, all sources. Each text must
/// match at least one source, and all together must select one; both are checked only if
/// `inventory.complete`.
///
/// efficiency: a number for all species, or a table by bin or pollutant, narrow names before wide ones:
/// `pm2_5` (or `fine`), `coarse`, `super`, `so2`, `no`, `no2`, `co`; then `pm10` (fine and coarse), `nox` (no
/// and no2), then `tsp` (all bins). What is named for coarse holds for super too, unless `super` or `tsp` is
/// there. What is not named stays as it is.
std::vector<Measure> read_measures(const config::Settings& scenario, const Inventory& inventory,
                                   const ManagementCells& cells, const EmittedSpecies& species, const TimeZone& zone,
                                   ProblemList& problems);

} // namespace tq
