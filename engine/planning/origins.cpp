#include "planning/origins.hpp"

#include "diagnostics/day_gathering.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>

namespace tq {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t slab_hours = 31 * 24; // of tags that are in memory at once

} // namespace

std::vector<double> city_areas(const ResultFacts& facts) {
  std::vector<double> areas;
  for (const PlaceFacts& cell : facts.cells) {
    const bool is_parent = std::any_of(facts.cells.begin(), facts.cells.end(),
                                       [&](const PlaceFacts& other) { return other.parent == cell.id; });
    areas.push_back(is_parent ? 0 : cell.area);
  }
  return areas;
}

std::vector<double> city_weights(const ResultFacts& facts) {
  std::vector<double> weights = city_areas(facts);
  const double whole = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) {
    weight /= whole;
  }
  return weights;
}

const std::string& place_of(const PlaceFacts& cell, const std::string& by) {
  return by == "cell" ? cell.id : by == "unit" ? cell.unit : cell.district;
}

namespace {

std::size_t index_of(const std::vector<std::string>& ids, const std::string& id) {
  const auto found = std::find(ids.begin(), ids.end(), id);
  return found != ids.end() ? std::size_t(found - ids.begin()) : no_place;
}

} // namespace

std::vector<std::size_t> places_of_cells(const ResultFacts& facts, const std::string& by,
                                         const std::vector<std::string>& ids) {
  const std::vector<double> areas = city_areas(facts);
  std::vector<std::size_t> places;
  for (std::size_t c = 0; c < areas.size(); ++c) {
    places.push_back(areas[c] > 0 ? index_of(ids, place_of(facts.cells[c], by)) : no_place);
  }
  return places;
}

std::vector<std::size_t> places_of_tags(const ResultFacts& facts, const std::vector<AttributionReader::Tag>& tags,
                                        const std::string& by, const std::vector<std::string>& ids) {
  std::vector<std::size_t> places;
  for (const AttributionReader::Tag& tag : tags) {
    const auto cell = std::find_if(facts.cells.begin(), facts.cells.end(),
                                   [&](const PlaceFacts& one) { return tag.kind == "cell" && one.id == tag.id; });
    places.push_back(cell != facts.cells.end() ? index_of(ids, place_of(*cell, by))
                     : tag.kind == by          ? index_of(ids, tag.id)
                                               : no_place);
  }
  return places;
}

Origins gather_origins(const ResultFacts& facts, const AttributionReader* attribution, const std::string& pollutant,
                       const HourRange& hours) {
  const ResultFacts::Pollutant& air = facts.pollutants.at(pollutant);
  const std::size_t cells = facts.cells.size();
  const bool tagged = attribution != nullptr && attribution->has(pollutant);
  Origins origins{.cells = cells,
                  .tags = tagged ? attribution->tags() : std::vector<AttributionReader::Tag>{},
                  .total = std::vector<double>(cells, 0.0),
                  .of_tag = {},
                  .exceeded = std::vector<double>(cells, 0.0),
                  .exceeded_of_tag = {},
                  .days = std::vector<int>(cells, 0)};
  const std::size_t tags = origins.tags.size(), block = tags * cells;
  origins.of_tag.assign(block, 0.0);
  origins.exceeded_of_tag.assign(block, 0.0);
  const std::size_t standard =
      std::size_t(std::find(standard_pollutants.begin(), standard_pollutants.end(), std::string_view(pollutant)) -
                  standard_pollutants.begin());
  const bool judged = standard < standard_pollutants.size();
  if (!judged) {
    origins.exceeded.assign(cells, none);
    origins.exceeded_of_tag.assign(block, none);
  }

  std::vector<int> function_class;
  for (const PlaceFacts& cell : facts.cells) {
    function_class.push_back(cell.function_class);
  }
  const Standards standards = Standards::load();
  std::vector<double> day(block, 0.0); // sums over the day's hours so far, as of_tag
  DayGathering days(standards, TimeZone(facts.time_zone), function_class,
                    [&](Instant, std::span<const DayQuality> qualities) {
                      for (std::size_t c = 0; c < cells && judged; ++c) {
                        origins.days[c] += std::isnan(qualities[c].judged[standard]) ? 0 : 1;
                        if ((qualities[c].exceeded >> standard & 1U) == 0) {
                          continue;
                        }
                        origins.exceeded[c] += 1;
                        double sum = 0;
                        for (std::size_t tag = 0; tag < tags; ++tag) {
                          sum += day[tag * cells + c];
                        }
                        for (std::size_t tag = 0; tag < tags; ++tag) {
                          origins.exceeded_of_tag[tag * cells + c] += day[tag * cells + c] / sum;
                        }
                      }
                      std::fill(day.begin(), day.end(), 0.0);
                    });

  std::vector<double> values(standard_pollutants.size() * cells, none), factor(cells);
  std::vector<float> slab;
  for (std::size_t h = hours.first; h < hours.last; ++h) {
    const ReferenceState& state = standards.reference_state(facts.start[h]);
    for (std::size_t c = 0; c < cells; ++c) {
      factor[c] = state.reported(1.0, air.particle, facts.cells[c].air_density);
      const double reported = factor[c] * air.hours[h * cells + c];
      origins.total[c] += reported / double(hours.size());
      if (judged) {
        values[standard * cells + c] = reported;
      }
    }
    days.add(facts.start[h], values); // the day before may end here, before this hour counts
    const std::size_t of_slab = (h - hours.first) % slab_hours;
    if (tagged && of_slab == 0) {
      slab = attribution->in_cells(pollutant, h, std::min(slab_hours, hours.last - h));
    }
    for (std::size_t tag = 0; tag < tags; ++tag) {
      for (std::size_t c = 0; c < cells; ++c) {
        const std::size_t n = tag * cells + c;
        const double reported = factor[c] * double(slab[of_slab * block + n]);
        origins.of_tag[n] += reported / double(hours.size());
        day[n] += reported;
      }
    }
  }
  days.finish();
  return origins;
}

} // namespace tq
