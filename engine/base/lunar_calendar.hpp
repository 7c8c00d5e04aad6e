#pragma once
#include "base/time.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace tq {

/// Days of the Chinese calendar that people keep, by civil date in China.
enum class Festival {
  new_years_eve,
  new_years_day,    // first day of the first month
  fifth_day,        // of the first month: shops open again
  lantern_festival, // fifteenth day of the first month
  qingming          // sun at 15 degrees of longitude
};

inline constexpr int first_festival_year = 2010;
inline constexpr int last_festival_year = 2040;

/// "new_years_eve" ..., in the order of Festival.
std::span<const std::string_view> festival_names();
std::optional<Festival> find_festival(std::string_view name);

/// The day, at 0 h, on which a festival falls that belongs to the Gregorian year of its new year's day (so the eve of
/// 2017 is 27 January 2017). Nothing outside first_festival_year to last_festival_year.
///
/// Source: dates of the new year as published by the Hong Kong Observatory (Gregorian-lunar calendar conversion
/// tables); all agree with new moons and solar longitudes computed after Meeus, Astronomical Algorithms, ch. 25 and 49.
/// Qingming: the customary rule floor(0.2422 y + 4.81) - floor(y/4) of April, y the year of the century; agrees
/// likewise.
std::optional<CivilTime> festival_day(Festival festival, int year);

} // namespace tq
