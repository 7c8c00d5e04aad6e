#include "emission/totals.hpp"

#include "emission/measure_units.hpp"

#include <map>

namespace tq {

namespace {

void add(InventoryAmounts& sum, const InventoryAmounts& amounts, double share) {
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    sum[p] += share * amounts[p];
  }
}

void add(EmissionRow& row, const InventoryAmounts& without, const InventoryAmounts& with, double share) {
  add(row.without, without, share);
  add(row.with, with, share);
}

std::vector<MeasureRow> describe_measures(const Inventory& inventory, const std::vector<Measure>& measures,
                                          const std::vector<MeasureActivity>& activity) {
  std::vector<MeasureRow> rows;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const Measure& measure = measures[m];
    MeasureRow& row = rows.emplace_back();
    row.id = measure.id;
    row.title = measure.title;
    row.kind = measure.kind;
    row.sources = int(measure.sources.size());
    row.hours = int(activity[m].hours.size());
    row.days = int(activity[m].days());
    row.facets = measure.facets;
    row.capital = measure.cost.capital + measure.cost.project_share * measure.project_cost;
    row.lifetime = measure.cost.lifetime;
    row.discount_rate = measure.cost.discount_rate;
    row.capital_per_year = row.capital * measure.cost.annuity();
    row.running = measure.cost.per_day * row.days;
    if (measure.cost.per_unit_day > 0 || measure.cost.per_m2_month > 0) {
      constexpr double month = 365.0 / 12.0; // days
      const MeasuredUnits units = count_units(inventory, measure, activity[m]);
      row.running += measure.cost.per_unit_day * units.unit_days +
                     measure.cost.per_m2_month * measure.coverage * units.area_days / month;
    }
    row.payer = measure.cost.payer;
    row.currency = measure.cost.currency;
  }
  return rows;
}

} // namespace

EmissionTotals sum_emission(const Inventory& inventory, const std::vector<Measure>& measures,
                            const std::vector<std::string>& cells, const EmittedSpecies& species,
                            const MeasureSets& sets, const StreamSums& sums, Instant start, Instant end) {
  EmissionTotals totals;
  totals.start = start;
  totals.end = end;
  totals.all.name = "all";
  for (const std::string& id : cells) {
    totals.cells.emplace_back().name = id;
  }
  for (const int tracer : species.tracers()) {
    totals.tracers.push_back({species.ids()[std::size_t(tracer)]});
  }
  totals.measures = describe_measures(inventory, measures, sums.activity());
  totals.factors = resolve_factors(inventory, measures, sets, sums.active_together(), std::size_t(species.count()));

  std::vector<std::vector<std::size_t>> selecting(inventory.sources.size());
  for (std::size_t m = 0; m < measures.size(); ++m) {
    for (const std::size_t s : measures[m].sources) {
      selecting[s].push_back(m);
    }
  }
  std::map<std::string, EmissionRow> sectors, departments;
  InventoryAmounts with_low{}, with_high{};
  for (std::size_t s = 0; s < inventory.sources.size(); ++s) {
    const Source& source = inventory.sources[s];
    const std::vector<double> emitted_without = sums.without(source), emitted_with = sums.with(source);
    const InventoryAmounts without = species.gather(emitted_without), with = species.gather(emitted_with);
    for (std::size_t t = 0; t < totals.tracers.size(); ++t) {
      const std::size_t tracer = std::size_t(species.tracers()[t]);
      totals.tracers[t].without += emitted_without[tracer] * source.placement.inside;
      totals.tracers[t].with += emitted_with[tracer] * source.placement.inside;
    }
    totals.sources.push_back(with);
    EmissionRow& sector = sectors[source.sector];
    sector.name = source.sector;
    EmissionRow& department = departments[source.department];
    department.name = source.department;
    for (EmissionRow* row : {&totals.all, &sector, &department}) {
      ++row->sources;
      add(*row, without, with, source.placement.inside);
    }
    for (const auto& [cell, share] : source.located) {
      EmissionRow& row = totals.cells[std::size_t(cell)];
      ++row.sources;
      add(row, without, with, share);
    }
    const double inside = source.placement.inside;
    add(with_low, sums.ranged() ? species.gather(sums.with_low(source)) : with, inside);
    add(with_high, sums.ranged() ? species.gather(sums.with_high(source)) : with, inside);
    for (const std::size_t m : selecting[s]) {
      add(totals.measures[m].avoided, species.gather(sums.avoided_by(source, m)), inside);
    }
  }
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    totals.avoided_low[p] = totals.all.without[p] - with_low[p];
    totals.avoided_high[p] = totals.all.without[p] - with_high[p];
  }
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const MeasureCost& cost = measures[m].cost;
    MeasureRow& row = totals.measures[m];
    add(row.avoided_low, row.avoided, measures[m].low);
    add(row.avoided_high, row.avoided, measures[m].high);
    const auto by_tonne = [&](const InventoryAmounts& avoided) {
      return cost.per_tonne * std::max(0.0, avoided[std::size_t(cost.tonne_of)]) / 1000.0;
    };
    row.running_low = row.running + by_tonne(row.avoided_low);
    row.running_high = row.running + by_tonne(row.avoided_high);
    row.running += by_tonne(row.avoided);
  }
  for (auto& [name, row] : sectors) {
    totals.sectors.push_back(std::move(row));
  }
  for (auto& [name, row] : departments) {
    totals.departments.push_back(std::move(row));
  }
  return totals;
}

} // namespace tq
