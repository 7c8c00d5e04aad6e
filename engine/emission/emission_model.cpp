#include "emission/emission_model.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <tuple>

namespace tq {

EmissionModel::EmissionModel(const Grid& grid, const ManagementCells& cells, const SpeciesTable& table,
                             const config::Settings& scenario, const TimeZone& zone, ProblemList& problems)
    : species_(table), zone_(zone), clock_({}, zone, 0, 0) {
  const std::size_t before = problems.problems().size();
  inventory_ = read_inventories(grid, cells, scenario, problems);
  measures_ = read_measures(scenario, inventory_, cells, species_, zone, problems);
  const bool period = scenario.has("run.start") && scenario.has("run.end");
  const Instant start = period ? scenario.time("run.start", zone) : 0;
  const Instant end = period ? scenario.time("run.end", zone) : 0;
  // Who reads [run] reports a bad period; a very long one must not be summed hour by hour before that.
  if (problems.problems().size() > before || end <= start || end - start > 367 * seconds_per_day) {
    inventory_ = {};
    measures_.clear();
    targets_.push_back({0, 0, 0, 0});
    return;
  }
  clock_ = ProfileClock(inventory_.profiles, zone, start, end);
  build_rates();
  build_targets();
  totals_ = sum_emission(inventory_, measures_, cells, species_, clock_, zone, start, end);
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    if (totals_.measures[m].hours == 0) {
      log::warn("{}: measure \"{}\" is never active in this run", to_string(measures_[m].where),
                measures_[m].id);
    }
  }
}

void EmissionModel::build_rates() {
  selecting_.resize(inventory_.sources.size());
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    for (const std::size_t s : measures_[m].sources) {
      selecting_[s].push_back(m);
    }
  }
  for (const Source& source : inventory_.sources) {
    const std::vector<double> source_rates = rates(source, species_);
    rates_.insert(rates_.end(), source_rates.begin(), source_rates.end());
  }
}

void EmissionModel::build_targets() {
  struct Placed {
    int k, j, i;
    Entry entry;
  };
  std::vector<Placed> placed;
  for (std::size_t s = 0; s < inventory_.sources.size(); ++s) {
    for (const PlacedShare& share : inventory_.sources[s].placement.shares) {
      placed.push_back({share.k, share.j, share.i, {s, share.share}});
      levels_ = std::max(levels_, share.k + 1);
    }
  }
  const auto cell = [](const Placed& p) { return std::tie(p.k, p.j, p.i); };
  std::stable_sort(placed.begin(), placed.end(),
                   [&](const Placed& a, const Placed& b) { return cell(a) < cell(b); });
  for (std::size_t p = 0; p < placed.size(); ++p) {
    if (p == 0 || cell(placed[p]) != cell(placed[p - 1])) {
      targets_.push_back({placed[p].i, placed[p].j, placed[p].k, p});
    }
    entries_.push_back(placed[p].entry);
  }
  targets_.push_back({0, 0, 0, entries_.size()});
}

std::vector<double> EmissionModel::source_rates(Instant start) const {
  const CivilTime civil = zone_.to_civil(start);
  std::vector<bool> active;
  for (const Measure& measure : measures_) {
    active.push_back(measure.active(civil));
  }
  std::vector<double> factors;
  for (std::size_t p = 0; p < clock_.profiles().size(); ++p) {
    factors.push_back(clock_.factor(p, civil));
  }
  const std::size_t count = std::size_t(species_.count());
  std::vector<double> hourly(rates_.size());
  for (std::size_t s = 0; s < inventory_.sources.size(); ++s) {
    const double factor = factors[inventory_.sources[s].profile];
    for (std::size_t n = 0; n < count; ++n) {
      double product = 1;
      for (const std::size_t m : selecting_[s]) {
        product *= active[m] ? measures_[m].factor[n] : 1.0;
      }
      hourly[s * count + n] = rates_[s * count + n] * factor * product;
    }
  }
  return hourly;
}

template <class T>
void EmissionModel::hour(Instant start, const Subdomain& subdomain, int scenario_index,
                         const TracerSet& tracers, View4<T> kg_per_second,
                         const SourceGroups& groups) const {
  const std::size_t count = std::size_t(species_.count());
  const std::vector<double> hourly = source_rates(start);
  const std::size_t family = 1 + std::size_t(groups.tags());
  std::vector<View3<T>> fields;
  for (std::size_t n = 0; n < count * family; ++n) {
    fields.push_back(kg_per_second[tracers.index({scenario_index, int(n / family), int(n % family)})]);
    for (int k = 0; k < kg_per_second.nz; ++k) {
      for (int j = 0; j < subdomain.ny; ++j) {
        std::fill_n(fields[n].line(j, k), subdomain.nx, T(0));
      }
    }
  }
  std::vector<double> sums(family);
  for (std::size_t t = 0; t + 1 < targets_.size(); ++t) {
    const Target& target = targets_[t];
    const int i = target.i - subdomain.i0;
    const int j = target.j - subdomain.j0;
    if (i < 0 || i >= subdomain.nx || j < 0 || j >= subdomain.ny) {
      continue;
    }
    for (std::size_t n = 0; n < count; ++n) {
      std::fill(sums.begin(), sums.end(), 0.0);
      for (std::size_t e = target.first; e < targets_[t + 1].first; ++e) {
        const double rate = hourly[entries_[e].source * count + n] * entries_[e].share;
        sums[0] += rate;
        if (family > 1) {
          sums[std::size_t(groups.tag(entries_[e].source))] += rate;
        }
      }
      for (std::size_t v = 0; v < family; ++v) {
        fields[n * family + v](i, j, target.k) = T(sums[v]);
      }
    }
  }
}

template void EmissionModel::hour(Instant, const Subdomain&, int, const TracerSet&, View4<float>,
                                  const SourceGroups&) const;
template void EmissionModel::hour(Instant, const Subdomain&, int, const TracerSet&, View4<double>,
                                  const SourceGroups&) const;

std::vector<double> EmissionModel::hourly_total(Instant start) const {
  const std::size_t count = std::size_t(species_.count());
  const std::vector<double> hourly = source_rates(start);
  std::vector<double> total(count, 0.0);
  for (std::size_t s = 0; s < inventory_.sources.size(); ++s) {
    for (std::size_t n = 0; n < count; ++n) {
      total[n] += hourly[s * count + n] * inventory_.sources[s].placement.inside;
    }
  }
  return total;
}

std::string EmissionModel::report() const {
  return totals_table(totals_, zone_) + measures_table(totals_, species_);
}

} // namespace tq
