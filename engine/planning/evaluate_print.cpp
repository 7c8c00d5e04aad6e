#include "planning/evaluate.hpp"

#include "files/csv_text.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

/// Concentrations as people read them.
double scale_of(const EvaluationRow& row) { return row.pollutant == "co" ? 1e6 : 1e9; }

double shown(const EvaluationRow& row, std::size_t score, double value) {
  return score == rmse || score == mean_bias ? value * scale_of(row) : value;
}

std::string number(double value) {
  return std::isnan(value) ? fmt::format("{:>8}", "-") : fmt::format("{:>8.{}f}", value, std::abs(value) < 100 ? 2 : 1);
}

std::string line(const EvaluationRow& row) {
  std::string text = fmt::format("  {:<10} {:<4} {:>6}{}{}", row.station, row.part, row.pairs,
                                 number(row.observed_mean * scale_of(row)), number(row.modelled_mean * scale_of(row)));
  for (std::size_t s = 0; s < score_count; ++s) {
    text += number(shown(row, s, row.score[s]));
  }
  return text + '\n';
}

/// The 95 % interval below a row.
std::string range_line(const EvaluationRow& row) {
  std::string low = fmt::format("  {:<38}", "  95 %: from"), high = fmt::format("  {:<38}", "        to");
  for (std::size_t s = 0; s < score_count; ++s) {
    low += number(shown(row, s, row.range.low[s]));
    high += number(shown(row, s, row.range.high[s]));
  }
  return low + '\n' + high + '\n';
}

std::string field(double value) { return std::isnan(value) ? "," : fmt::format(",{:.6g}", value); }

} // namespace

std::string evaluation_table(const Evaluation& evaluation) {
  const TimeZone zone(evaluation.time_zone);
  std::string text = fmt::format("{} against {}\n{} to {} ({}), {}\n", evaluation.scenario,
                                 evaluation.observations.string(), format_civil(zone.to_civil(evaluation.start)),
                                 format_civil(zone.to_civil(evaluation.end)), evaluation.time_zone,
                                 evaluation.reference_state);
  text += "means, RMSE and MB in ug m-3, CO in mg m-3; FB > 0: too little is modelled; MQI <= 1: as good as measurements "
          "ask for\nintervals: 95 %, days drawn with replacement\n";
  if (!evaluation.complete) {
    text += "NOTE: the run was stopped before its end\n";
  }
  for (const auto& [ids, what] : {std::pair{&evaluation.only_modelled, "receptors without measurements"},
                                  std::pair{&evaluation.only_observed, "stations without a receptor"}}) {
    if (!ids->empty()) {
      text += fmt::format("NOTE: {}: {}\n", what, fmt::join(*ids, ", "));
    }
  }
  std::string title;
  for (const EvaluationRow& row : evaluation.rows) {
    if (row.average == "1h" && row.part.size() == 2) {
      continue; // hours of the day are for the file
    }
    const std::string own = fmt::format("{}, {}", row.pollutant,
                                        row.average == "1h"   ? "hours"
                                        : row.average == "8h" ? "daily maximum 8-hour means"
                                                              : "daily means");
    if (own != title) {
      title = own;
      text += fmt::format("\n{}\n  {:<10} {:<4} {:>6}{:>8}{:>8}", own, "station", "part", "pairs", "obs.", "model");
      for (const char* name : score_names) {
        text += fmt::format("{:>8}", name);
      }
      text += '\n';
    }
    text += line(row);
    if (row.part == "all") {
      text += range_line(row);
    }
  }
  return text;
}

std::string evaluation_csv(const Evaluation& evaluation) {
  std::string text = "station,pollutant,average,part,pairs,unit,observed_mean,modelled_mean";
  for (const char* name : score_names) {
    text += fmt::format(",{0},{0}_low,{0}_high", name);
  }
  text += '\n';
  for (const EvaluationRow& row : evaluation.rows) {
    text += fmt::format("{},{},{},{},{},{},{:.6g},{:.6g}", files::csv_text(row.station), row.pollutant, row.average, row.part,
                        row.pairs, row.pollutant == "co" ? "mg m-3" : "ug m-3", row.observed_mean * scale_of(row),
                        row.modelled_mean * scale_of(row));
    for (std::size_t s = 0; s < score_count; ++s) {
      text += field(shown(row, s, row.score[s])) + field(shown(row, s, row.range.low[s])) +
              field(shown(row, s, row.range.high[s]));
    }
    text += '\n';
  }
  return text;
}

} // namespace tq
