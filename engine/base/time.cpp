#include "base/time.hpp"

#include <charconv>
#include <chrono>
#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>
#include <stdexcept>

namespace tq {

namespace {

date::sys_seconds sys(Instant instant) { return date::sys_seconds{std::chrono::seconds{instant}}; }

template <class Clock>
CivilTime split(std::chrono::time_point<Clock, std::chrono::seconds> time) {
  const auto day_point = date::floor<date::days>(time);
  const date::year_month_day ymd{date::local_days{day_point.time_since_epoch()}};
  const date::hh_mm_ss tod{time - day_point};
  return {int(ymd.year()),
          int(unsigned(ymd.month())),
          int(unsigned(ymd.day())),
          int(tod.hours().count()),
          int(tod.minutes().count()),
          int(tod.seconds().count())};
}

date::sys_days day_point(const CivilTime& civil) {
  return date::sys_days{date::year{civil.year} / unsigned(civil.month) / unsigned(civil.day)};
}

/// Takes `count` digits off the front of `text`.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) {
    return {};
  }
  int value = 0;
  const auto result = std::from_chars(text.data(), text.data() + count, value);
  if (result.ec != std::errc{} || result.ptr != text.data() + count || text[0] == '-') {
    return {};
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text[0] != expected) {
    return false;
  }
  text.remove_prefix(1);
  return true;
}

/// "+08:00", "+8", "-0330" -> seconds.
std::optional<std::int64_t> parse_offset(std::string_view text) {
  const bool west = !text.empty() && text[0] == '-';
  if (!west && (text.empty() || text[0] != '+')) {
    return {};
  }
  text.remove_prefix(1);
  std::optional<int> hours = take_digits(text, 2);
  if (!hours) {
    hours = take_digits(text, 1);
  }
  if (!hours) {
    return {};
  }
  int minutes = 0;
  if (!text.empty()) {
    take(text, ':');
    const std::optional<int> read = take_digits(text, 2);
    if (!read || !text.empty()) {
      return {};
    }
    minutes = *read;
  }
  if (*hours > 14 || minutes > 59) {
    return {};
  }
  const std::int64_t seconds = *hours * seconds_per_hour + minutes * 60;
  return west ? -seconds : seconds;
}

} // namespace

bool is_leap_year(int year) { return date::year{year}.is_leap(); }

int days_in_month(int year, int month) {
  return int(unsigned((date::year{year} / unsigned(month) / date::last).day()));
}

bool is_valid(const CivilTime& civil) {
  return (date::year{civil.year} / unsigned(civil.month) / unsigned(civil.day)).ok() && civil.hour >= 0 &&
         civil.hour < 24 && civil.minute >= 0 && civil.minute < 60 && civil.second >= 0 && civil.second < 60;
}

int weekday(const CivilTime& civil) {
  return int(date::weekday{day_point(civil)}.iso_encoding()) - 1;
}

int day_of_year(const CivilTime& civil) {
  const date::sys_days first{date::year{civil.year} / 1 / 1};
  return int((day_point(civil) - first).count()) + 1;
}

CivilTime to_utc(Instant instant) { return split(sys(instant)); }

Instant from_utc(const CivilTime& civil) {
  return day_point(civil).time_since_epoch().count() * seconds_per_day + civil.hour * seconds_per_hour +
         civil.minute * 60 + civil.second;
}

TimeZone::TimeZone(const std::string& name) : name_(name) {
  if (name == "UTC") {
    offset_ = 0;
  } else if (name.starts_with("UTC")) {
    offset_ = parse_offset(std::string_view(name).substr(3));
    if (!offset_) {
      throw std::invalid_argument(fmt::format("\"{}\" is not an offset such as UTC+8", name));
    }
  } else {
    try {
      zone_ = date::locate_zone(name);
    } catch (const std::runtime_error&) {
      throw std::invalid_argument(fmt::format("there is no time zone \"{}\"", name));
    }
  }
}

CivilTime TimeZone::to_civil(Instant instant) const {
  if (offset_) {
    return to_utc(instant + *offset_);
  }
  return split(static_cast<const date::time_zone*>(zone_)->to_local(sys(instant)));
}

Instant TimeZone::to_instant(const CivilTime& civil) const {
  const Instant as_if_utc = from_utc(civil);
  if (offset_) {
    return as_if_utc - *offset_;
  }
  const date::local_seconds local{std::chrono::seconds{as_if_utc}};
  const auto instant = static_cast<const date::time_zone*>(zone_)->to_sys(local, date::choose::earliest);
  return std::chrono::duration_cast<std::chrono::seconds>(instant.time_since_epoch()).count();
}

std::string format_utc(Instant instant) {
  const CivilTime c = to_utc(instant);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

std::string format_civil(const CivilTime& c) {
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute);
}

std::optional<Instant> parse_instant(std::string_view text, const TimeZone& zone) {
  CivilTime civil;
  const auto year = take_digits(text, 4);
  if (!year || !take(text, '-')) {
    return {};
  }
  const auto month = take_digits(text, 2);
  if (!month || !take(text, '-')) {
    return {};
  }
  const auto day = take_digits(text, 2);
  if (!day) {
    return {};
  }
  civil.year = *year;
  civil.month = *month;
  civil.day = *day;
  std::optional<std::int64_t> offset;
  if (take(text, 'T') || take(text, ' ')) {
    const auto hour = take_digits(text, 2);
    if (!hour || !take(text, ':')) {
      return {};
    }
    const auto minute = take_digits(text, 2);
    if (!minute) {
      return {};
    }
    civil.hour = *hour;
    civil.minute = *minute;
    if (take(text, ':')) {
      const auto second = take_digits(text, 2);
      if (!second) {
        return {};
      }
      civil.second = *second;
    }
    if (text == "Z") {
      offset = 0;
    } else if (!text.empty()) {
      offset = parse_offset(text);
      if (!offset) {
        return {};
      }
    }
  } else if (!text.empty()) {
    return {};
  }
  if (!is_valid(civil)) {
    return {};
  }
  return offset ? from_utc(civil) - *offset : zone.to_instant(civil);
}

} // namespace tq
