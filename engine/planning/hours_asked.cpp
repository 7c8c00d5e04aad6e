#include "planning/hours_asked.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {

std::string civil(const ResultFacts& facts, Instant instant) {
  return format_civil(TimeZone(facts.time_zone).to_civil(instant));
}

Instant read_time(const ResultFacts& facts, const char* option, const std::string& text) {
  const std::optional<Instant> time = parse_instant(text, TimeZone(facts.time_zone));
  if (!time) {
    throw InputError({},
                     fmt::format("--{} {}: must be a time such as \"{}\"", option, text, civil(facts, facts.start[0])));
  }
  return *time;
}

[[noreturn]] void outside(const ResultFacts& facts, const std::string& asked) {
  throw InputError({}, fmt::format("{}: must lie within the result, {} to {} ({})", asked, civil(facts, facts.start[0]),
                                   civil(facts, facts.end), facts.time_zone));
}

/// Index of the first hour that begins at or after.
std::size_t index(const ResultFacts& facts, Instant instant) {
  return std::size_t(std::lower_bound(facts.start.begin(), facts.start.end(), instant) - facts.start.begin());
}

} // namespace

HourRange hours_between(const ResultFacts& facts, const std::string& from, const std::string& to) {
  const Instant first = from.empty() ? facts.start[0] : read_time(facts, "from", from);
  const Instant last = to.empty() ? facts.end : read_time(facts, "to", to);
  if (first < facts.start[0] || first >= facts.end) {
    outside(facts, "--from " + from);
  }
  if (last > facts.end) {
    outside(facts, "--to " + to);
  }
  if (index(facts, first) >= index(facts, last)) {
    throw InputError({}, fmt::format("--from {} --to {}: must hold the beginning of an hour between them",
                                     civil(facts, first), civil(facts, last)));
  }
  return {index(facts, first), index(facts, last)};
}

HourRange hour_at(const ResultFacts& facts, const std::string& at) {
  const Instant time = read_time(facts, "at", at);
  if (time < facts.start[0] || time >= facts.end) {
    outside(facts, "--at " + at);
  }
  const std::size_t last = index(facts, time + 1);
  return {last - 1, last};
}

Instant end_of(const ResultFacts& facts, const HourRange& hours) {
  return hours.last < facts.start.size() ? facts.start[hours.last] : facts.end;
}

} // namespace tq
