#include "emission/totals.hpp"

#include <map>

namespace tq {

namespace {

using Mask = std::vector<bool>; // which measures are active

/// Seconds of each profile, weighted with its factor, over all hours with one set of active measures. A run
/// has few such sets, so sums over sources need not go through the hours.
using WeightedSeconds = std::map<Mask, std::vector<double>>;

struct Activity {
  int hours = 0;
  int days = 0;
  std::int64_t last_day = -1;
};

WeightedSeconds weigh_hours(const std::vector<Measure>& measures, const ProfileClock& clock,
                            const TimeZone& zone, Instant start, Instant end,
                            std::vector<Activity>& activity) {
  WeightedSeconds seconds;
  Mask mask(measures.size());
  const std::size_t profiles = clock.profiles().size();
  for (Instant hour = start; hour < end; hour += seconds_per_hour) {
    const CivilTime civil = zone.to_civil(hour);
    const std::int64_t day = day_number(civil);
    for (std::size_t m = 0; m < measures.size(); ++m) {
      mask[m] = measures[m].active(civil);
      if (mask[m]) {
        ++activity[m].hours;
        activity[m].days += day != activity[m].last_day ? 1 : 0;
        activity[m].last_day = day;
      }
    }
    std::vector<double>& sums = seconds.try_emplace(mask, profiles, 0.0).first->second;
    for (std::size_t p = 0; p < profiles; ++p) {
      sums[p] += clock.factor(p, civil) * double(seconds_per_hour);
    }
  }
  return seconds;
}

void add(InventoryAmounts& sum, const InventoryAmounts& amounts, double share) {
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    sum[p] += share * amounts[p];
  }
}

void add(EmissionRow& row, const InventoryAmounts& without, const InventoryAmounts& with, double share) {
  add(row.without, without, share);
  add(row.with, with, share);
}

std::vector<MeasureRow> describe_measures(const std::vector<Measure>& measures,
                                          const std::vector<Activity>& activity) {
  std::vector<MeasureRow> rows;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const Measure& measure = measures[m];
    MeasureRow& row = rows.emplace_back();
    row.id = measure.id;
    row.title = measure.title;
    row.kind = measure.kind;
    row.sources = int(measure.sources.size());
    row.hours = activity[m].hours;
    row.days = activity[m].days;
    row.factor = measure.factor;
    row.capital = measure.cost.capital;
    const double months = row.days / (365.0 / 12.0);
    row.running = measure.cost.per_day * row.days +
                  measure.cost.per_m2_month * measure.area * measure.coverage * months;
    row.payer = measure.cost.payer;
    row.currency = measure.cost.currency;
  }
  return rows;
}

/// Emission of one source over the run, whole geometry, kg per species.
class SourceSum {
 public:
  SourceSum(const std::vector<Measure>& measures, const WeightedSeconds& seconds)
      : measures_(measures), seconds_(seconds) {}

  void set(const Source& source, std::vector<double> rates, std::vector<std::size_t> selecting) {
    profile_ = source.profile;
    rates_ = std::move(rates);
    selecting_ = std::move(selecting);
  }

  template <class Factor> std::vector<double> sum(Factor factor) const {
    std::vector<double> species(rates_.size(), 0.0);
    for (const auto& [mask, sums] : seconds_) {
      for (std::size_t s = 0; s < species.size(); ++s) {
        species[s] += rates_[s] * sums[profile_] * factor(mask, s);
      }
    }
    return species;
  }

  std::vector<double> without() const {
    return sum([](const Mask&, std::size_t) { return 1.0; });
  }
  std::vector<double> with() const {
    return sum([&](const Mask& mask, std::size_t s) {
      double product = 1;
      for (const std::size_t m : selecting_) {
        product *= mask[m] ? measures_[m].factor[s] : 1.0;
      }
      return product;
    });
  }
  std::vector<double> avoided_by(std::size_t m) const {
    return sum([&](const Mask& mask, std::size_t s) { return mask[m] ? 1.0 - measures_[m].factor[s] : 0.0; });
  }

 private:
  const std::vector<Measure>& measures_;
  const WeightedSeconds& seconds_;
  std::size_t profile_ = 0;
  std::vector<double> rates_;
  std::vector<std::size_t> selecting_;
};

} // namespace

EmissionTotals sum_emission(const Inventory& inventory, const std::vector<Measure>& measures,
                            const ManagementCells& cells, const EmittedSpecies& species,
                            const ProfileClock& clock, const TimeZone& zone, Instant start, Instant end) {
  EmissionTotals totals;
  totals.start = start;
  totals.end = end;
  totals.all.name = "all";
  for (const ManagementCell& cell : cells.cells) {
    totals.cells.emplace_back().name = cell.id;
  }
  std::vector<Activity> activity(measures.size());
  const WeightedSeconds seconds = weigh_hours(measures, clock, zone, start, end, activity);
  totals.measures = describe_measures(measures, activity);

  std::vector<std::vector<std::size_t>> selecting(inventory.sources.size());
  for (std::size_t m = 0; m < measures.size(); ++m) {
    for (const std::size_t s : measures[m].sources) {
      selecting[s].push_back(m);
    }
  }
  std::map<std::string, EmissionRow> sectors;
  SourceSum sum(measures, seconds);
  for (std::size_t s = 0; s < inventory.sources.size(); ++s) {
    const Source& source = inventory.sources[s];
    sum.set(source, rates(source, species), selecting[s]);
    const InventoryAmounts without = species.gather(sum.without());
    const InventoryAmounts with = species.gather(sum.with());
    EmissionRow& sector = sectors[source.sector];
    sector.name = source.sector;
    for (EmissionRow* row : {&totals.all, &sector}) {
      ++row->sources;
      add(*row, without, with, source.placement.inside);
    }
    for (const auto& [cell, share] : source.located) {
      EmissionRow& row = totals.cells[std::size_t(cell)];
      ++row.sources;
      add(row, without, with, share);
    }
    for (const std::size_t m : selecting[s]) {
      add(totals.measures[m].avoided, species.gather(sum.avoided_by(m)), source.placement.inside);
    }
  }
  for (auto& [name, row] : sectors) {
    totals.sectors.push_back(std::move(row));
  }
  return totals;
}

} // namespace tq
