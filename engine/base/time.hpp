#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tq {

/// Seconds since 1970-01-01T00:00:00 UTC, without leap seconds.
using Instant = std::int64_t;

inline constexpr Instant seconds_per_hour = 3600;
inline constexpr Instant seconds_per_day = 86400;

/// A date and time of day on the proleptic Gregorian calendar, of no particular zone.
struct CivilTime {
  int year = 1970;
  int month = 1; // 1..12
  int day = 1;   // 1..31
  int hour = 0;  // 0..23
  int minute = 0;
  int second = 0;

  bool operator==(const CivilTime&) const = default;
};

bool is_leap_year(int year);
bool is_valid(const CivilTime& civil);
int days_in_month(int year, int month);
/// 0 = Monday ... 6 = Sunday.
int weekday(const CivilTime& civil);
/// 1 = 1 January.
int day_of_year(const CivilTime& civil);

CivilTime to_utc(Instant instant);
Instant from_utc(const CivilTime& civil);

/// A zone of the IANA database ("Asia/Shanghai"), "UTC", or a fixed offset ("UTC+8", "UTC-03:30").
class TimeZone {
public:
  /// Throws std::invalid_argument if there is no such zone.
  explicit TimeZone(const std::string& name = "UTC");

  const std::string& name() const { return name_; }
  CivilTime to_civil(Instant instant) const;
  /// The first instant that bears this civil time; a time inside a gap is moved to the gap's end.
  Instant to_instant(const CivilTime& civil) const;

private:
  std::string name_;
  std::optional<std::int64_t> offset_; // seconds east of UTC, for fixed zones
  const void* zone_ = nullptr;         // date::time_zone otherwise; owned by the database
};

/// "2017-12-04T00:00:00Z".
std::string format_utc(Instant instant);
/// "2017-12-04 08:00".
std::string format_civil(const CivilTime& civil);

/// Reads "2017-12-04", "2017-12-04 08:00[:00]", "2017-12-04T08:00[:00][Z|+08:00]". A text without a zone is
/// civil time in `zone`. Returns nothing if the text is not such a time.
std::optional<Instant> parse_instant(std::string_view text, const TimeZone& zone);

} // namespace tq
