#include "emission/resolved_factors.hpp"

#include "emission/fleets.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace tq {

namespace {

/// Measures that act at one time on the streams of a set.
struct Together {
  std::vector<std::size_t> measures; // rising
  bool by_part = false;              // one of them tells parts apart
  bool by_fleet = false;             // or fleets
  std::vector<double> factor;        // per species
};

/// All that act at some time on the streams of a set, and change them.
std::vector<Together> combinations_on(std::size_t set, const std::vector<Measure>& measures, const MeasureSets& sets,
                                      const std::set<std::vector<bool>>& active, std::size_t species) {
  const std::vector<MeasureSets::Member>& members = sets.members(set);
  std::set<std::vector<std::size_t>> lists;
  for (const MeasureSets::Member& member : members) {
    lists.insert({member.measure});
  }
  for (const std::vector<bool>& all : active) {
    std::vector<std::size_t> list;
    for (const MeasureSets::Member& member : members) {
      if (all[member.measure]) {
        list.push_back(member.measure);
      }
    }
    if (!list.empty()) {
      lists.insert(std::move(list));
    }
  }
  std::vector<double> without(species);
  sets.factors_of(set, measures, std::vector<bool>(measures.size(), false), without.data());
  std::vector<Together> result;
  for (const std::vector<std::size_t>& list : lists) {
    Together together{list, false, false, std::vector<double>(species)};
    std::vector<bool> acting(measures.size(), false);
    for (const MeasureSets::Member& member : members) {
      if (std::binary_search(list.begin(), list.end(), member.measure)) {
        const Measure::Facet& facet = measures[member.measure].facets[member.facet];
        acting[member.measure] = true;
        together.by_part = together.by_part || !facet.parts.empty();
        together.by_fleet = together.by_fleet || facet.fleet != nullptr;
      }
    }
    sets.factors_of(set, measures, acting, together.factor.data());
    if (together.factor != without) {
      result.push_back(std::move(together));
    }
  }
  return result;
}

} // namespace

std::vector<ResolvedFactor> resolve_factors(const Inventory& inventory, const std::vector<Measure>& measures,
                                            const MeasureSets& sets, const std::set<std::vector<bool>>& active,
                                            std::size_t species) {
  std::vector<std::vector<Together>> of_set;
  for (std::size_t set = 0; set < sets.count(); ++set) {
    of_set.push_back(combinations_on(set, measures, sets, active, species));
  }
  // measures, sector, variant, fleet, part, factor
  using Key =
      std::tuple<std::vector<std::size_t>, std::string, std::string, std::string, std::string, std::vector<double>>;
  struct Count {
    int sources = 0;
    const Source* last = nullptr;
  };
  std::map<Key, Count> groups;
  for (const Source& source : inventory.sources) {
    for (const Stream& stream : source.streams) {
      for (const Together& together : of_set[stream.measures]) {
        Count& count =
            groups[{together.measures, source.sector, stream.variant, together.by_fleet ? source.fleet->id : "",
                    together.by_part ? stream.part : "", together.factor}];
        count.sources += count.last != &source ? 1 : 0;
        count.last = &source;
      }
    }
  }
  std::vector<ResolvedFactor> factors;
  for (const auto& [key, count] : groups) {
    const auto& [list, sector, variant, fleet, part, factor] = key;
    std::vector<std::string> ids;
    for (const std::size_t m : list) {
      ids.push_back(measures[m].id);
    }
    factors.push_back({std::move(ids), sector, part, fleet, variant, count.sources, factor});
  }
  return factors;
}

} // namespace tq
