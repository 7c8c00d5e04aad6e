#include "planning/screen.hpp"

#include "files/csv_text.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq {

namespace {

constexpr double micrograms = 1e9;   // ug per kg
constexpr double shown_share = 0.01; // of the limit

using Place = ScreeningRow::Place;
using Verdict = ScreeningRow::Verdict;

const char* text_of(Place place) {
  switch (place) {
  case Place::highest_sum:
    return "grid cell of the highest sum";
  case Place::largest_increment:
    return "grid cell of the largest increment";
  case Place::class_1_area:
    return "class I area";
  case Place::cell:
    break;
  }
  return "management cell";
}

std::string average_of(const Screening& screening, const ScreeningRow& row) {
  return row.average == "annual" && !screening.whole_year ? "period mean" : row.average;
}

std::string verdict_of(const Screening& screening, const ScreeningRow& row) {
  const Verdict verdict = row.verdict();
  if (verdict == Verdict::no_limit) {
    return "no limit";
  }
  std::string text = verdict == Verdict::within    ? "within the limit"
                     : verdict == Verdict::exceeds ? "exceeds the limit"
                                                   : "exceeds the limit without the plant too";
  return row.average == "annual" && !screening.whole_year ? text + "; of a period mean, not a year's" : text;
}

/// Share of the limit that the plant adds at most.
double share_of(const ScreeningRow& row) {
  return row.largest_increment / row.limit;
}

bool is_shown(const ScreeningRow& row, bool all_cells) {
  if (row.verdict() == Verdict::no_limit) {
    return false;
  }
  return all_cells || row.place != Place::cell || row.verdict() != Verdict::within || share_of(row) >= shown_share;
}

std::string line(const Screening& screening, const ScreeningRow& row, const TimeZone& zone) {
  return fmt::format("  {:<6} {:<11} {:>9.3f} {:>9.2f} {:>9.2f} {:>9.1f} {:>9.3f} {:>7.2f}  {:<16}  {}\n",
                     row.pollutant, average_of(screening, row), row.increment() * micrograms,
                     row.background * micrograms, row.sum * micrograms, row.limit * micrograms,
                     row.largest_increment * micrograms, 100 * share_of(row), format_civil(zone.to_civil(row.when)),
                     verdict_of(screening, row));
}

} // namespace

std::string screening_table(const Screening& screening, bool all_cells) {
  const TimeZone zone(screening.time_zone);
  std::string text =
      fmt::format("{}, {} to {} ({}): {} against {}\nug m-3 near the ground, {}; limits of {}\n", screening.grid,
                  format_civil(zone.to_civil(screening.start)), format_civil(zone.to_civil(screening.end)),
                  screening.time_zone, screening.plant, screening.base, screening.reference_state, screening.edition);
  text +=
      "increment, background and sum when the sum is highest; most: the largest increment at any time, and its part "
      "of the limit\ngrid cells by limits of class II; 8h: daily maximum\n";
  if (!screening.complete) {
    text += "NOTE: a run was stopped before its end\n";
  }
  if (!screening.whole_year) {
    text += "NOTE: shorter than a year: in place of annual means stands that of the period\n";
  }
  const bool days = std::any_of(screening.rows.begin(), screening.rows.end(),
                                [](const ScreeningRow& row) { return row.average == "24h"; });
  if (!days) {
    text += "NOTE: no day has enough hours for 24-hour means\n";
  }
  std::string title;
  std::size_t hidden = 0;
  for (const ScreeningRow& row : screening.rows) {
    if (!is_shown(row, all_cells)) {
      hidden += row.verdict() == Verdict::no_limit ? 0 : 1;
      continue;
    }
    const std::string place =
        row.id.empty() ? text_of(row.place) : fmt::format("{} {} {}", text_of(row.place), row.id, row.name);
    if (place != title) {
      title = place;
      text += '\n' + place;
      text += fmt::format("\n  {:<6} {:<11} {:>9} {:>9} {:>9} {:>9} {:>9} {:>7}  {:<16}  {}\n", "", "average",
                          "increment", "backgr.", "sum", "limit", "most", "%", "from", "verdict");
    }
    text += line(screening, row, zone);
  }
  if (hidden > 0) {
    text +=
        fmt::format("... and {} more rows of management cells within their limits, where the plant adds less than 1 % "
                    "of them\n",
                    hidden);
  }
  return text;
}

std::string screening_csv(const Screening& screening) {
  const TimeZone zone(screening.time_zone);
  std::string text = "place,cell,name,class,pollutant,average,increment [ug m-3],background [ug m-3],sum [ug m-3],"
                     "limit [ug m-3],largest_increment [ug m-3],largest_increment_of_limit [%],from,verdict\n";
  for (const ScreeningRow& row : screening.rows) {
    text += fmt::format("{},{},{},{},{},{},{:.6g},{:.6g},{:.6g},", text_of(row.place), files::csv_text(row.id),
                        files::csv_text(row.name), row.function_class, row.pollutant, average_of(screening, row),
                        row.increment() * micrograms, row.background * micrograms, row.sum * micrograms);
    const bool limited = row.verdict() != Verdict::no_limit;
    text += limited ? fmt::format("{:.6g}", row.limit * micrograms) : "";
    text += fmt::format(",{:.6g},", row.largest_increment * micrograms);
    text += limited ? fmt::format("{:.6g}", 100 * share_of(row)) : "";
    text += fmt::format(",{},{}\n", format_civil(zone.to_civil(row.when)), verdict_of(screening, row));
  }
  return text;
}

} // namespace tq
