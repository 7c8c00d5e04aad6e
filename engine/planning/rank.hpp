#pragma once
/// The red and black list of a city: its cleanest and its dirtiest places.

#include "base/time.hpp"
#include "planning/sampling.hpp"

#include <array>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace tq {

/// Places of values of which less is better: one below the number of values whose whole range is better, so ranges that
/// overlap with the best are all 1, and what cannot be told from its neighbours shares their place; equal values
/// without a range do, too (1, 2, 2, 4). Overlap does not carry over: of three in a chain the last may come behind the
/// first though both share a place with the middle one. 0 of NaN, which no other value counts.
std::vector<int> ranks(std::span<const Range> values);

/// What places are ranked by.
inline constexpr std::array rank_kinds = {"level", "change", "own"};

struct RankQuestion {
  std::string by = "level";
  std::string of = "cell";              // the places: one of ledger_places
  std::string pollutant = "pm10";       // or "aqi", "composite"; own: a pollutant that has tags
  std::filesystem::path base = {};      // change: since this result
  std::filesystem::path normalise = {}; // change: base's emission in the weather of the result
  /// Of what tags bring ([[uncertainty]]): then values have ranges. "": none.
  std::filesystem::path uncertainty = {};
  SampleOptions sampling = {};
  std::string from = {}, to = {}; // as hours_between takes them, of each result
};

struct Ranking {
  struct Row {
    std::string id, name;
    int rank = 0;                                             // 0: no value
    Range value;                                              // what is ranked
    double before = std::numeric_limits<double>::quiet_NaN(); // change: of the base
    double weather =
        std::numeric_limits<double>::quiet_NaN(); // change: the part that the weather makes, if that is known
  };
  std::string scenario, base;
  std::string by, of, pollutant;
  std::string reference_state; // in words, at the start
  std::string time_zone;
  Instant start = 0, end = 0;
  std::vector<Row> rows; // best first
  std::vector<std::string> notes;
};

/// level: mean concentration [kg m-3], mean daily index, or composite index (PeriodGathering) of all hours; change: the
/// same less that of the base, or with `normalise` less that of the base's emission in the same weather; own: what the
/// place's own sources add to the city's mean [kg m-3]. Of units and districts the mean over the area of their cells.
/// Ranges are those of what the pollutant's tags bring. Throws InputError: not a result; no such kind, place, pollutant
/// or time; results of other grids or places; tags that do not tell; a `normalise` that is not the base's emission in
/// the result's weather.
Ranking make_ranking(const std::filesystem::path& result, const RankQuestion& question);

/// For the terminal: the `rows` best, then the `rows` worst, worst first.
std::string ranking_table(const Ranking& ranking, std::size_t rows);
/// All places, best first, header with units.
std::string ranking_csv(const Ranking& ranking);

} // namespace tq
