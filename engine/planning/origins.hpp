#pragma once
#include "planning/hours_asked.hpp"
#include "planning/read_attribution.hpp"

#include <vector>

namespace tq {

/// Areas [m2] of the cells that make up the city: those that are nobody's parent; 0 of the others, whose parts count.
std::vector<double> city_areas(const ResultFacts& facts);

/// Shares of the cells in the city's mean, which sum to 1: city_areas() over their sum.
std::vector<double> city_weights(const ResultFacts& facts);

/// Of a management cell its own id, the unit that answers for it or its district: `by` is "cell", "unit" or "district".
const std::string& place_of(const PlaceFacts& cell, const std::string& by);

inline constexpr std::size_t no_place = std::size_t(-1);

/// Of each cell of the city the index of its place among `ids`; no_place of cells above others.
std::vector<std::size_t> places_of_cells(const ResultFacts& facts, const std::string& by,
                                         const std::vector<std::string>& ids);

/// Of each tag the index of the place whose sources it follows; no_place where it follows none's: of another kind, or
/// of a cell above others.
std::vector<std::size_t> places_of_tags(const ResultFacts& facts, const std::vector<AttributionReader::Tag>& tags,
                                        const std::string& by, const std::vector<std::string>& ids);

/// What a pollutant comes to in the management cells of a result over some hours, and which tags made it.
/// Concentrations in the reference state of each hour's date.
struct Origins {
  std::size_t cells = 0;
  std::vector<AttributionReader::Tag> tags; // none where the pollutant has no tags
  std::vector<double> total;                // kg m-3, by cell
  std::vector<double> of_tag;               // kg m-3, [tag * cells + c]
  /// Days whose mean (of O3: maximum 8-hour mean) is above the day's limit of the cell's class, by cell; NaN of a
  /// pollutant without such a limit.
  std::vector<double> exceeded;
  /// The same days, each split among the tags by their shares of the day's mean, so over the tags they sum to
  /// `exceeded`.
  std::vector<double> exceeded_of_tag; // [tag * cells + c]
  std::vector<int> days;               // that have enough hours to be judged, by cell
};

/// `attribution`: nullptr of a result without tags. The facts must hold the pollutant.
Origins gather_origins(const ResultFacts& facts, const AttributionReader* attribution, const std::string& pollutant,
                       const HourRange& hours);

} // namespace tq
