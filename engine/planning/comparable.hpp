#pragma once
#include "base/error.hpp"
#include "planning/read_result.hpp"

#include <map>
#include <vector>

namespace tq {

/// Adds every reason why the places of `other` are not those of `base`: another grid, other management cells or terrain.
void check_same_places(const ResultFacts& base, const ResultFacts& other, ProblemList& problems);

/// Whether both have the same hours and in them the same weather.
bool same_weather(const ResultFacts& base, const ResultFacts& other);

/// Adds every reason why `other` cannot be held against `base`: another grid, other management cells or terrain,
/// another period, other weather, another time zone.
void check_comparable(const ResultFacts& base, const ResultFacts& other, ProblemList& problems);

/// A civil day of a result.
struct Day {
  Instant start = 0;
  std::map<int, std::size_t> hours; // civil hour -> index of the result's hour
};

/// The days of a result in its own time zone, in order.
std::vector<Day> civil_days(const ResultFacts& facts);

} // namespace tq
