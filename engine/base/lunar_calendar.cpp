#include "base/lunar_calendar.hpp"

#include <algorithm>
#include <array>

namespace tq {

namespace {

constexpr std::array<std::string_view, 5> names{"new_years_eve", "new_years_day", "fifth_day", "lantern_festival",
                                                "qingming"};

/// New year's day, month * 100 + day, from first_festival_year on.
constexpr std::array<int, 31> new_years{214, 203, 123, 210, 131, 219, 208, 128, 216, 205, // 2010
                                        125, 212, 201, 122, 210, 129, 217, 206, 126, 213, // 2020
                                        203, 123, 211, 131, 219, 208, 128, 215, 204, 124, // 2030
                                        212};                                             // 2040
static_assert(new_years.size() == last_festival_year - first_festival_year + 1);

CivilTime days_later(const CivilTime& day, int days) {
  return to_utc(from_utc(day) + days * seconds_per_day);
}

} // namespace

std::span<const std::string_view> festival_names() {
  return names;
}

std::optional<Festival> find_festival(std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? std::nullopt : std::optional(Festival(found - names.begin()));
}

std::optional<CivilTime> festival_day(Festival festival, int year) {
  if (year < first_festival_year || year > last_festival_year) {
    return std::nullopt;
  }
  if (festival == Festival::qingming) {
    const int y = year - 2000;
    return CivilTime{year, 4, (2422 * y + 48100) / 10000 - y / 4, 0, 0, 0};
  }
  const int date = new_years[std::size_t(year - first_festival_year)];
  const CivilTime new_year{year, date / 100, date % 100, 0, 0, 0};
  switch (festival) {
  case Festival::new_years_eve:
    return days_later(new_year, -1);
  case Festival::fifth_day:
    return days_later(new_year, 4);
  case Festival::lantern_festival:
    return days_later(new_year, 14);
  default:
    return new_year;
  }
}

} // namespace tq
