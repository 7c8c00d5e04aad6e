#pragma once
#include "base/error.hpp"
#include "planning/read_result.hpp"

#include <map>
#include <string>
#include <vector>

namespace tq {

/// In what a result may differ from the base and still be held against it.
struct AllowedDifferences {
  bool grid = false;    // places are then found by the ids of management cells
  bool weather = false; // changes then hold the weather too
  bool period = false;  // of equal length
};

/// Adds every reason why the places of `other` are not those of `base`: another grid, other management cells or terrain.
void check_same_places(const ResultFacts& base, const ResultFacts& other, ProblemList& problems);

/// Whether both have the same hours and in them the same weather.
bool same_weather(const ResultFacts& base, const ResultFacts& other);

/// Adds every reason why `other` cannot be held against `base`: another grid, other management cells or terrain,
/// another period, other weather, another time zone. Returns sentences that say what differs and is allowed. With
/// `allowed`, what could be allowed is said with its option.
std::vector<std::string> check_comparable(const ResultFacts& base, const ResultFacts& other, ProblemList& problems,
                                          const AllowedDifferences* allowed = nullptr);

/// A civil day of a result.
struct Day {
  Instant start = 0;
  std::map<int, std::size_t> hours; // civil hour -> index of the result's hour
};

/// The days of a result in its own time zone, in order.
std::vector<Day> civil_days(const ResultFacts& facts);

} // namespace tq
