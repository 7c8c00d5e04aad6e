#pragma once
#include "emission/measures.hpp"
#include "emission/resolved_factors.hpp"
#include "emission/stream_sums.hpp"

#include <string>
#include <vector>

namespace tq {

/// Emission over the run [kg], inside the domain, per inventory pollutant.
struct EmissionRow {
  std::string name;
  int sources = 0;
  InventoryAmounts without{}; // measures
  InventoryAmounts with{};
};

/// What one measure does over the run.
struct MeasureRow {
  std::string id;
  std::string title;
  std::string kind;
  int sources = 0;                    // selected
  int hours = 0;                      // active
  int days = 0;                       // local days with an active hour
  std::vector<Measure::Facet> facets; // resolved factors while active
  /// Emission avoided [kg] if this were the only measure. Measures that share sources multiply, so the sum
  /// over measures may exceed what all avoid together: EmissionTotals::all.without - all.with.
  InventoryAmounts avoided{};
  /// The same at the low and the high end of its efficiency, in which what it avoids alone is linear.
  InventoryAmounts avoided_low{}, avoided_high{};
  double capital = 0;          // in `currency`, once, apart from what running costs
  double lifetime = 0;         // years that the capital lasts
  double discount_rate = 0;    // per year
  double capital_per_year = 0; // the capital as equal payments in each year of its life
  double running = 0;          // over the run: by day, unit, treated area and tonne avoided
  double running_low = 0, running_high = 0; // the same at the ends of its efficiency
  std::string payer;
  std::string currency;
};

/// Emission of one of the scenario's tracers over the run [kg], inside the domain.
struct TracerRow {
  std::string id;
  double without = 0; // measures
  double with = 0;
};

struct EmissionTotals {
  Instant start = 0;
  Instant end = 0;
  EmissionRow all;
  /// What all measures avoid together [kg] with their efficiencies all at the low ends, and all at the high ends:
  /// the widest range. A figure for two techniques together stays as it is.
  InventoryAmounts avoided_low{}, avoided_high{};
  std::vector<EmissionRow> sectors;     // by name
  std::vector<EmissionRow> departments; // by name; "" where a source has none
  /// In the order of the management cells; located by where the emission is (CellLocator), not by who answers
  /// for it.
  std::vector<EmissionRow> cells;
  std::vector<TracerRow> tracers;      // by species
  std::vector<MeasureRow> measures;    // by id
  std::vector<ResolvedFactor> factors; // of measures on groups of sources
  /// With measures, kg of the whole geometry, in the order of the sources.
  std::vector<InventoryAmounts> sources;
};

/// The totals of a period from the sums of its streams; `cells`: ids of the management cells.
EmissionTotals sum_emission(const Inventory& inventory, const std::vector<Measure>& measures,
                            const std::vector<std::string>& cells, const EmittedSpecies& species,
                            const MeasureSets& sets, const StreamSums& sums, Instant start, Instant end);

/// "Totals by sector and species", printed before the run: a text of several lines, amounts in t. What
/// measures change has a second line with them.
std::string totals_table(const EmissionTotals& totals, const TimeZone& zone);

/// One line per measure: sources, active days and hours, resolved factors, avoided emission [t], cost; then one per
/// group of sources on which several act together, with what they make of it. "" if there are none.
std::string measures_table(const EmissionTotals& totals, const EmittedSpecies& species);

} // namespace tq
