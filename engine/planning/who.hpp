#pragma once
/// Who made the air of a place, from the tags of a result.

#include "base/time.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq {

struct WhoQuestion {
  std::string place; // id of a management cell or, where there is none of that id, of a receptor
  /// Hours that begin in [from, to), civil time of the result unless the text says otherwise; "": from its beginning, to
  /// its end.
  std::string from = {}, to = {};
  std::string at = {};        // instead of both: the hour that holds this time
  std::string pollutant = {}; // "": pm10 if it has tags, else the first that has
};

struct WhoAnswer {
  struct Row {
    std::string kind, id;     // of the tag
    std::string name;         // of a management cell
    double concentration = 0; // kg m-3
  };
  std::string scenario;
  std::string place, name;
  std::string pollutant;
  std::string reference_state; // in words, at the start
  std::string time_zone;
  Instant start = 0, end = 0;
  double total = 0;      // kg m-3, of the place itself, not summed from the rows
  std::vector<Row> rows; // largest first; all tags
};

/// Means over the hours, in the reference state of each hour's date, in the lowest layer. Throws InputError: not a
/// result, a result without tags, a place, pollutant or time that it does not have.
WhoAnswer who(const std::filesystem::path& result, const WhoQuestion& question);

/// For the terminal, ug m-3 and per cent: the `rows` largest, what the rest adds, the total; below, of tags by management
/// cell, what the cell itself and what others contribute.
std::string who_table(const WhoAnswer& answer, std::size_t rows);

} // namespace tq
