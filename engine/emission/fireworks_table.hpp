#pragma once
#include "base/lunar_calendar.hpp"
#include "emission/activity_factors.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace tq {

/// A part of an event, in hours from 0 h of its day.
struct FireworksBlock {
  int from = 0;
  int to = 0;
  double share = 0; // of the event's amount
};

/// Table of data/emission/fireworks.toml.
struct FireworksTable {
  /// Reads a file of schema "fireworks/1". All problems go to `problems`. Throws InputError if it cannot be read.
  FireworksTable(const std::filesystem::path& file, ProblemList& problems);
  /// The table that comes with the program, read once. Throws InputError.
  static const FireworksTable& standard();

  std::vector<ActivityFactor> products; // per kg
  /// Blocks by pattern and product; shares of one list sum to 1.
  std::map<std::string, std::map<std::string, std::vector<FireworksBlock>>> patterns;
  std::map<std::string, std::string> festivals; // pattern by name of a festival

  std::vector<std::string> pattern_names() const;
};

} // namespace tq
