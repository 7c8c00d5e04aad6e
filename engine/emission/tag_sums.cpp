#include "emission/tag_sums.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace tq {

namespace {

using Key = std::tuple<std::size_t, std::size_t, Instant, Instant>; // driver, set, from, to

/// Streams that have a driver, measures and dates in common.
struct Bundle {
  Key key;
  std::vector<double> seconds;            // weighted with all factors, over the run, per species
  std::vector<std::vector<double>> slope; // likewise per uncertain measure: its change per unit of the multiple
  std::map<std::size_t, std::vector<double>> rate; // by tag: of the part inside the domain [kg s-1], per species
};

class TagSums {
 public:
  TagSums(const Inventory& inventory, const std::vector<Measure>& measures, const SourceGroups& groups,
          const EmittedSpecies& species)
      : inventory_(inventory), emitted_(std::size_t(species.count())), count_(std::size_t(species.transported())),
        with_(count_) {
    result_.tags = {groups.ids().begin(), groups.ids().begin() + groups.other()};
    result_.species = {species.ids().begin(), species.ids().begin() + species.transported()};
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (measures[m].low != measures[m].high) {
        result_.measures.push_back({measures[m].id, measures[m].low, measures[m].high, {}});
        uncertain_.push_back(m);
        ends_.emplace_back(measures, measures);
        ends_.back().first[m] = with_efficiency(measures[m], measures[m].low);
        ends_.back().second[m] = with_efficiency(measures[m], measures[m].high);
      }
    }
    for (std::size_t s = 0; s < inventory.sources.size(); ++s) {
      const Source& source = inventory.sources[s];
      result_.sources.push_back(source.id);
      result_.tag_of.push_back(std::size_t(groups.tag(s) - 1));
      for (const Stream& stream : source.streams) {
        Bundle& bundle = bundle_of(stream);
        std::vector<double>& rate = bundle.rate.try_emplace(result_.tag_of[s], count_, 0.0).first->second;
        for (std::size_t n = 0; n < count_; ++n) {
          rate[n] += stream.rate[n] * source.placement.inside;
        }
      }
    }
  }

  void add_hour(Instant hour, const std::vector<double>& driven, const std::vector<double>& measured,
                const std::vector<std::vector<double>>& change) {
    const std::size_t tags = result_.tags.size();
    double* const kilograms = &*result_.hourly.insert(result_.hourly.end(), tags * count_, 0.0);
    ++result_.hours;
    for (Bundle& bundle : bundles_) {
      const auto& [driver, set, from, to] = bundle.key;
      if (hour < from || hour >= to) {
        continue;
      }
      for (std::size_t n = 0; n < count_; ++n) {
        const double seconds = driven[driver * emitted_ + n] * double(seconds_per_hour);
        with_[n] = seconds * measured[set * emitted_ + n];
        bundle.seconds[n] += with_[n];
        for (std::size_t u = 0; u < change.size(); ++u) {
          bundle.slope[u][n] += seconds * change[u][set * emitted_ + n];
        }
      }
      for (const auto& [tag, rate] : bundle.rate) {
        for (std::size_t n = 0; n < count_; ++n) {
          kilograms[tag * count_ + n] += rate[n] * with_[n];
        }
      }
    }
  }

  /// By uncertain measure, [set * species + n]: how a set's factor changes per unit of the multiple.
  std::vector<std::vector<double>> changes(const MeasureSets& sets, const std::vector<bool>& active) const {
    std::vector<std::vector<double>> change;
    std::vector<double> low, high;
    for (std::size_t u = 0; u < uncertain_.size(); ++u) {
      sets.factors(ends_[u].first, active, low);
      sets.factors(ends_[u].second, active, high);
      for (std::size_t n = 0; n < low.size(); ++n) {
        high[n] = (high[n] - low[n]) / (result_.measures[u].high - result_.measures[u].low);
      }
      change.push_back(high);
    }
    return change;
  }

  TagEmission finish() {
    for (TagEmission::UncertainMeasure& measure : result_.measures) {
      measure.slope.assign(result_.tags.size() * count_, 0.0);
    }
    for (const Bundle& bundle : bundles_) {
      for (std::size_t u = 0; u < uncertain_.size(); ++u) {
        for (const auto& [tag, rate] : bundle.rate) {
          for (std::size_t n = 0; n < count_; ++n) {
            result_.measures[u].slope[tag * count_ + n] += rate[n] * bundle.slope[u][n];
          }
        }
      }
    }
    for (const Source& source : inventory_.sources) {
      double* const total = &*result_.total.insert(result_.total.end(), count_, 0.0);
      for (const Stream& stream : source.streams) {
        const Bundle& bundle = bundle_of(stream);
        for (std::size_t n = 0; n < count_; ++n) {
          total[n] += stream.rate[n] * source.placement.inside * bundle.seconds[n];
        }
      }
    }
    return std::move(result_);
  }

 private:
  Bundle& bundle_of(const Stream& stream) {
    const Key key{stream.driver, stream.measures, stream.from, stream.to};
    const auto [found, fresh] = index_.emplace(key, bundles_.size());
    if (fresh) {
      bundles_.push_back({key,
                          std::vector<double>(count_, 0.0),
                          std::vector(uncertain_.size(), std::vector<double>(count_, 0.0)),
                          {}});
    }
    return bundles_[found->second];
  }

  const Inventory& inventory_;
  std::size_t emitted_, count_;
  std::vector<double> with_;           // s of the hour, weighted with all factors, per species
  std::vector<std::size_t> uncertain_; // index into measures
  std::vector<std::pair<std::vector<Measure>, std::vector<Measure>>> ends_; // all measures, one at its low or high end
  std::map<Key, std::size_t> index_;
  std::vector<Bundle> bundles_;
  TagEmission result_;
};

} // namespace

TagEmission sum_by_tag(const Inventory& inventory, const std::vector<Measure>& measures,
                       const MeasureSchedule& schedule, const MeasureSets& sets, const ProfileClock& clock,
                       const TimeZone& zone, Instant start, Instant end, const EmittedSpecies& species,
                       const SourceGroups& groups) {
  TagSums sums(inventory, measures, groups, species);
  std::vector<bool> active, before;
  std::vector<double> driven, measured;
  std::vector<std::vector<double>> change;
  for (Instant hour = start; hour < end; hour += seconds_per_hour) {
    active = schedule.active(measures, hour, nullptr);
    if (active != before || hour == start) { // factors change only when a measure begins or ends
      sets.factors(measures, active, measured);
      change = sums.changes(sets, active);
      before = active;
    }
    inventory.drivers.factors(std::size_t((hour - start) / seconds_per_hour), zone.to_civil(hour), clock, driven);
    sums.add_hour(hour, driven, measured, change);
  }
  TagEmission result = sums.finish();
  for (std::size_t m = 0; m < measures.size(); ++m) {
    if (schedule.needs_air(m)) {
      result.triggered.push_back(measures[m].id);
    }
  }
  return result;
}

} // namespace tq
