#include "emission/emission_model.hpp"

#include "base/log.hpp"
#include "emission/read_groups.hpp"
#include "emission/tag_sums.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <tuple>

namespace tq {

namespace {

bool has_stack(const Source& source) {
  return source.stack && !source.placement.shares.empty();
}

} // namespace

EmissionModel::EmissionModel(const Grid& grid, const ManagementCells& cells, const SpeciesTable& table,
                             const config::Settings& scenario, const TimeZone& zone,
                             const EmissionWeatherSource& weather, ProblemList& problems)
    : nx_(grid.nx()), ny_(grid.ny()), species_(table), zone_(zone), clock_({}, zone, 0, 0) {
  const std::size_t before = problems.problems().size();
  const bool period = scenario.has("run.start") && scenario.has("run.end");
  start_ = period ? scenario.time("run.start", zone) : 0;
  end_ = period ? scenario.time("run.end", zone) : 0;
  inventory_ = read_inventories(grid, cells, species_, scenario, zone, start_, end_, problems);
  const std::vector<EmergencyLevel> levels = read_emergency(scenario, zone, problems);
  measures_ = read_measures(scenario, inventory_, cells, species_, zone, start_, levels, problems);
  const std::vector<SourceGroup> groups = read_groups(scenario, inventory_, cells, measures_, problems);
  // Who reads [run] reports a bad period; a very long one must not be summed hour by hour before that.
  if (problems.problems().size() > before || end_ <= start_ || end_ - start_ > 367 * seconds_per_day) {
    inventory_ = {};
    measures_.clear();
    targets_.push_back({0, 0, 0, 0});
    return;
  }
  groups_ = groups.empty() ? SourceGroups() : SourceGroups(inventory_, groups);
  prepare(grid, cells, levels, weather);
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    if (totals_.measures[m].hours == 0 && !schedule_.needs_air(m)) {
      log::warn("{}: measure \"{}\" is never active in this run", to_string(measures_[m].where), measures_[m].id);
    }
  }
}

void EmissionModel::prepare(const Grid& grid, const ManagementCells& cells, const std::vector<EmergencyLevel>& levels,
                            const EmissionWeatherSource& weather) {
  const std::size_t count = std::size_t(species_.count());
  const bool stacks = std::any_of(inventory_.sources.begin(), inventory_.sources.end(), has_stack);
  EmissionWeather hours;
  if (stacks || inventory_.drivers.need_weather() || MeasureSchedule::need_weather(measures_)) {
    hours = weather();
  }
  inventory_.drivers.prepare(hours, std::size_t((end_ - start_) / seconds_per_hour), count);
  schedule_ = MeasureSchedule(measures_, levels, zone_, start_, hours);
  plumes_ = PlumeLevels(grid, inventory_.sources, stacks ? std::move(hours) : EmissionWeather{});
  clock_ = ProfileClock(inventory_.profiles, zone_, start_, end_);
  sets_.build(inventory_.sources, measures_, species_);
  build_targets(grid);
  for (const ManagementCell& cell : cells.cells) {
    cell_ids_.push_back(cell.id);
  }
  totals_ = totals(start_, end_);
}

EmissionTotals EmissionModel::totals(Instant from, Instant to, const AirTriggers* air) const {
  const StreamSums sums(inventory_.sources, measures_, schedule_, sets_, inventory_.drivers, clock_, zone_, start_,
                        from, to, std::size_t(species_.count()), air);
  return sum_emission(inventory_, measures_, cell_ids_, species_, sets_, sums, from, to);
}

TagEmission EmissionModel::by_tag() const {
  return sum_by_tag(inventory_, measures_, schedule_, sets_, clock_, zone_, start_, end_, species_, groups_);
}

void EmissionModel::build_targets(const Grid& grid) {
  struct Placed {
    int k, j, i;
    Entry entry;
  };
  std::vector<Placed> placed;
  levels_ = std::max(1, plumes_.levels());
  for (std::size_t s = 0; s < inventory_.sources.size(); ++s) {
    const Source& source = inventory_.sources[s];
    for (const PlacedShare& share : source.placement.shares) {
      if (source.stack) {
        for (int k = 0; k < std::min(plumes_.levels(), grid.nz()); ++k) {
          placed.push_back({k, share.j, share.i, {s, share.share}});
        }
      } else {
        placed.push_back({share.k, share.j, share.i, {s, share.share}});
        levels_ = std::max(levels_, share.k + 1);
      }
    }
  }
  const auto cell = [](const Placed& p) { return std::tie(p.k, p.j, p.i); };
  std::stable_sort(placed.begin(), placed.end(), [&](const Placed& a, const Placed& b) { return cell(a) < cell(b); });
  for (std::size_t p = 0; p < placed.size(); ++p) {
    if (p == 0 || cell(placed[p]) != cell(placed[p - 1])) {
      targets_.push_back({placed[p].i, placed[p].j, placed[p].k, p});
    }
    entries_.push_back(placed[p].entry);
  }
  targets_.push_back({0, 0, 0, entries_.size()});
}

std::size_t EmissionModel::hour_index(Instant start) const {
  if (start < start_ || start >= end_) {
    throw std::out_of_range(fmt::format("{} is outside the run", format_utc(start)));
  }
  return std::size_t((start - start_) / seconds_per_hour);
}

std::vector<double> EmissionModel::source_rates(Instant start, const AirTriggers* air) const {
  const std::size_t index = hour_index(start);
  const CivilTime civil = zone_.to_civil(start);
  const std::vector<bool> active = schedule_.active(measures_, start, air);
  const std::size_t count = std::size_t(species_.count());
  std::vector<double> driven, measured;
  inventory_.drivers.factors(index, civil, clock_, driven);
  sets_.factors(measures_, active, measured);
  std::vector<double> hourly(inventory_.sources.size() * count, 0.0);
#pragma omp parallel for schedule(static)
  for (std::size_t s = 0; s < inventory_.sources.size(); ++s) {
    double* sum = hourly.data() + s * count;
    for (const Stream& stream : inventory_.sources[s].streams) {
      if (start < stream.from || start >= stream.to) {
        continue;
      }
      const double* driver = driven.data() + stream.driver * count;
      const double* measure = measured.data() + stream.measures * count;
      for (std::size_t n = 0; n < count; ++n) {
        sum[n] += stream.rate[n] * driver[n] * measure[n];
      }
    }
  }
  return hourly;
}

template <class T>
void EmissionModel::hour(Instant start, const Subdomain& subdomain, int scenario_index, const TracerSet& tracers,
                         View4<T> kg_per_second, const SourceGroups& groups, const AirTriggers* air) const {
  const std::size_t emitted = std::size_t(species_.count()), count = std::size_t(species_.transported());
  const std::vector<double> hourly = source_rates(start, air);
  std::vector<std::vector<View3<T>>> fields(count); // of each species the total, then its tags
  for (std::size_t n = 0; n < count; ++n) {
    const bool tagged = groups.tags() > 0 && tracers.tags(scenario_index, int(n)) == groups.tags();
    for (int tag = 0; tag <= (tagged ? groups.tags() : 0); ++tag) {
      const View3<T> field = kg_per_second[tracers.index({scenario_index, int(n), tag})];
      for (int k = 0; k < kg_per_second.nz; ++k) {
        for (int j = 0; j < subdomain.ny; ++j) {
          std::fill_n(field.line(j, k), subdomain.nx, T(0));
        }
      }
      fields[n].push_back(field);
    }
  }
  std::vector<std::vector<double>> plume(inventory_.sources.size());
  for (std::size_t s = 0; s < inventory_.sources.size(); ++s) {
    if (has_stack(inventory_.sources[s])) {
      plume[s] = plumes_.shares(s, hour_index(start));
    }
  }
  std::vector<double> sums;
  for (std::size_t t = 0; t + 1 < targets_.size(); ++t) {
    const Target& target = targets_[t];
    const int i = target.i - subdomain.i0;
    const int j = target.j - subdomain.j0;
    if (i < 0 || i >= subdomain.nx || j < 0 || j >= subdomain.ny) {
      continue;
    }
    for (std::size_t n = 0; n < count; ++n) {
      sums.assign(fields[n].size(), 0.0);
      for (std::size_t e = target.first; e < targets_[t + 1].first; ++e) {
        const Entry& entry = entries_[e];
        const double reaching = plume[entry.source].empty() ? 1.0 : plume[entry.source][std::size_t(target.k)];
        const double rate = hourly[entry.source * emitted + n] * (entry.share * reaching);
        sums[0] += rate;
        if (sums.size() > 1) {
          sums[std::size_t(groups.tag(entry.source))] += rate;
        }
      }
      for (std::size_t v = 0; v < sums.size(); ++v) {
        fields[n][v](i, j, target.k) = T(sums[v]);
      }
    }
  }
}

template void EmissionModel::hour(Instant, const Subdomain&, int, const TracerSet&, View4<float>, const SourceGroups&,
                                  const AirTriggers*) const;
template void EmissionModel::hour(Instant, const Subdomain&, int, const TracerSet&, View4<double>, const SourceGroups&,
                                  const AirTriggers*) const;

std::vector<double> EmissionModel::hourly_total(Instant start) const {
  const std::size_t count = std::size_t(species_.count());
  const std::vector<double> hourly = source_rates(start, nullptr);
  std::vector<double> total(count, 0.0);
  for (std::size_t s = 0; s < inventory_.sources.size(); ++s) {
    for (std::size_t n = 0; n < count; ++n) {
      total[n] += hourly[s * count + n] * inventory_.sources[s].placement.inside;
    }
  }
  return total;
}

std::vector<double> EmissionModel::map(InventoryPollutant pollutant) const {
  std::vector<double> kilograms(std::size_t(nx_) * std::size_t(ny_), 0.0);
  for (std::size_t s = 0; s < inventory_.sources.size(); ++s) {
    const double amount = totals_.sources[s][std::size_t(pollutant)];
    for (const PlacedShare& share : inventory_.sources[s].placement.shares) {
      kilograms[std::size_t(share.j) * std::size_t(nx_) + std::size_t(share.i)] += amount * share.share;
    }
  }
  return kilograms;
}

std::string EmissionModel::report() const {
  std::string text = totals_table(totals_, zone_) + measures_table(totals_, species_);
  for (std::size_t m = 0; m < measures_.size(); ++m) {
    if (schedule_.needs_air(m)) {
      text += fmt::format("measure {} acts as the modelled air asks for it; these totals are without it\n",
                          measures_[m].id);
    }
  }
  return text;
}

} // namespace tq
