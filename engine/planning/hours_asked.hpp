#pragma once
#include "planning/read_result.hpp"

#include <string>

namespace tq {

/// Indices of hours of a result, [first, last); at least one.
struct HourRange {
  std::size_t first = 0, last = 0;
  std::size_t size() const { return last - first; }
};

/// Hours that begin in [from, to): what --from and --to of a command ask for, in civil time of the result unless the
/// text says otherwise; "": from its beginning, to its end. Throws InputError: no time, outside the result, no hour
/// between.
HourRange hours_between(const ResultFacts& facts, const std::string& from, const std::string& to);

/// The hour that holds a time, as --at of a command gives it. Throws InputError.
HourRange hour_at(const ResultFacts& facts, const std::string& at);

/// The end of the range's last hour.
Instant end_of(const ResultFacts& facts, const HourRange& hours);

} // namespace tq
