#include "planning/rank.hpp"

#include "files/csv_text.hpp"
#include "planning/padded.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace tq {

namespace {

bool is_index(const Ranking& ranking) {
  return ranking.pollutant == "aqi" || ranking.pollutant == "composite";
}
double scale(const Ranking& ranking) {
  return is_index(ranking) ? 1.0 : 1e9;
} // ug per kg
std::string unit(const Ranking& ranking) {
  return is_index(ranking) ? "1" : "ug m-3";
}

std::string what(const Ranking& ranking) {
  const std::string of = ranking.pollutant == "aqi"         ? "mean daily index (AQI, preliminary)"
                         : ranking.pollutant == "composite" ? "composite index"
                                                            : ranking.pollutant + ", ug m-3";
  return ranking.by == "own"      ? "what own sources add to the city's mean of " + of
         : ranking.by == "change" ? fmt::format("change of {} since {}", of, ranking.base)
                                  : of;
}

std::string line(const Ranking& ranking, const Ranking::Row& row) {
  const auto shared = std::count_if(ranking.rows.begin(), ranking.rows.end(),
                                    [&](const Ranking::Row& other) { return other.rank == row.rank; });
  const std::string name = row.id.empty()                           ? "(none)"
                           : row.name.empty() || row.name == row.id ? row.id
                                                                    : row.id + " " + row.name;
  const double by = scale(ranking);
  std::string text = fmt::format("{:>4}{} {}", row.rank == 0 ? "-" : std::to_string(row.rank),
                                 row.rank > 0 && shared > 1 ? "=" : " ", padded(name, 26));
  text += std::isnan(row.value.central) ? fmt::format("{:>10}", "-")
          : ranking.by == "change"      ? fmt::format("{:>+10.3f}", row.value.central * by)
                                        : fmt::format("{:>10.3f}", row.value.central * by);
  if (row.value.low < row.value.high) {
    text += fmt::format(" ({:.3f} to {:.3f})", row.value.low * by, row.value.high * by);
  }
  if (ranking.by == "change") {
    text += fmt::format("{:>+9.1f} %{:>10.3f}", 100 * row.value.central / row.before, row.before * by);
    text += std::isnan(row.weather) ? "" : fmt::format("{:>+10.3f}", row.weather * by);
  }
  return text + '\n';
}

} // namespace

std::string ranking_table(const Ranking& ranking, std::size_t rows) {
  const TimeZone zone(ranking.time_zone);
  std::string text =
      fmt::format("{}, {} to {} ({})\n{}\n", ranking.scenario, format_civil(zone.to_civil(ranking.start)),
                  format_civil(zone.to_civil(ranking.end)), ranking.time_zone, what(ranking));
  text += fmt::format("near the ground, {}; less is better, = shares its place\n", ranking.reference_state);
  std::string labels =
      fmt::format("{:>5} {:<26}{:>10}", "rank", ranking.of, ranking.by == "change" ? "change" : unit(ranking));
  if (ranking.by == "change") {
    labels += fmt::format("{:>11}{:>10}{:>10}", "of before", "before", "weather");
  }
  const auto placed = std::size_t(std::count_if(ranking.rows.begin(), ranking.rows.end(),
                                                [](const Ranking::Row& row) { return row.rank > 0; })); // they come first
  const std::size_t best = std::min(rows, placed);
  text += "\nred list: the best\n" + labels + '\n';
  for (std::size_t n = 0; n < best; ++n) {
    text += line(ranking, ranking.rows[n]);
  }
  text += "\nblack list: the worst\n" + labels + '\n';
  for (std::size_t n = 0; n < best; ++n) {
    text += line(ranking, ranking.rows[placed - 1 - n]);
  }
  if (placed < ranking.rows.size()) {
    text += fmt::format("NOTE: {} more have no value: too few hours or days\n", ranking.rows.size() - placed);
  }
  for (const std::string& note : ranking.notes) {
    text += "NOTE: " + note + '\n';
  }
  return text;
}

std::string ranking_csv(const Ranking& ranking) {
  const std::string in = unit(ranking);
  std::string text = fmt::format("rank [1],{},name,{} [{}],low [{}],high [{}],before [{}],weather [{}]\n", ranking.of,
                                 ranking.by, in, in, in, in, in);
  const auto field = [&](double value) {
    return std::isnan(value) ? "," : fmt::format(",{:.6g}", value * scale(ranking));
  };
  for (const Ranking::Row& row : ranking.rows) {
    text += fmt::format("{},{},{}", row.rank, files::csv_text(row.id), files::csv_text(row.name));
    for (const double value : {row.value.central, row.value.low, row.value.high, row.before, row.weather}) {
      text += field(value);
    }
    text += '\n';
  }
  return text;
}

} // namespace tq
