#include "files/csv_text.hpp"
#include "planning/predict.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace tq {

namespace {

constexpr std::size_t pollutants = standard_pollutants.size();
constexpr double micrograms = 1e9; // ug per kg
constexpr std::size_t shown_cells = 10;
constexpr std::array labels = {"SO2", "NO2", "CO", "O3", "PM10", "PM2.5"};
constexpr std::array<std::size_t, pollutants> order = {4, 5, 0, 1, 2, 3}; // in tables

double largest_change(const Prediction::Place& place) {
  double largest = 0;
  for (std::size_t p = 0; p < pollutants; ++p) {
    if (place.run[p] > 0) {
      largest = std::max(largest, std::abs(place.asked[p] - place.run[p]) / place.run[p]);
    }
  }
  return largest;
}

std::string tag_rows(const Prediction& prediction) {
  std::string text =
      "\nemission of tags that changes, t (uneven: of the change, in % of it, what does not hit all of the tag's "
      "sources alike)\n";
  for (const PredictedTag& tag : prediction.tags) {
    const TagFactors::Amounts& amounts = tag.amounts;
    const std::string pollutant = tag.beside.empty() ? tag.pollutant : tag.pollutant + " - " + tag.beside;
    if (tag.id == "outside" || tag.id == "initial") {
      text += fmt::format("  {:<14} {:<16} background x {:.4g}\n", pollutant, tag.id, amounts.ratio());
    } else {
      text += fmt::format("  {:<14} {:<16} {:>11.3f} -> {:>11.3f} {:>+8.2f} %  uneven {:>5.1f} %\n", pollutant, tag.id,
                          amounts.run * 1e-3, amounts.asked * 1e-3, 100 * (amounts.ratio() - 1),
                          amounts.moved > 0 ? 100 * amounts.uneven / amounts.moved : 0.0);
    }
  }
  return text;
}

std::string range_text(const Range& range, double scale, int digits) {
  return fmt::format("{:.{}f} to {:.{}f}", range.low * scale, digits, range.high * scale, digits);
}

std::string place_row(const Prediction& prediction, std::size_t n) {
  const Prediction::Place& place = prediction.places[n];
  std::string text = fmt::format("{}\n", place.id.empty() ? place.name : place.id + " " + place.name);
  for (const std::size_t p : order) {
    if (!prediction.predicted[p]) {
      continue;
    }
    const double change = place.asked[p] - place.run[p];
    text += fmt::format("  {:<6} {:>9.3f} -> {:>9.3f} {:>+9.3f}", labels[p], place.run[p] * micrograms,
                        place.asked[p] * micrograms, change * micrograms);
    text += place.error[p] > 0 ? fmt::format(" +- {:.3f}", place.error[p] * micrograms) : "";
    if (prediction.samples > 0) {
      text += fmt::format("   10 to 90 %: {}, change {}", range_text(place.mean[p], micrograms, 3),
                          range_text(place.change[p], micrograms, 3));
    }
    text += '\n';
  }
  const PeriodQuality &run = prediction.run_quality.back()[n], &asked = prediction.asked_quality.back()[n];
  text += fmt::format("  good days {} -> {} of {}", run.good_days, asked.good_days, asked.valid_days);
  if (prediction.samples > 0) {
    text += fmt::format("   10 to 90 %: {}, gained {}", range_text(place.good_days, 1, 1),
                        range_text(place.good_days_gained, 1, 1));
  }
  return text + '\n';
}

std::string number(double value) {
  return std::isnan(value) ? "" : fmt::format("{:.6g}", value * micrograms);
}

} // namespace

std::string prediction_table(const Prediction& prediction, bool all_cells) {
  const TimeZone zone(prediction.time_zone);
  std::string text =
      fmt::format("{}: {}\npredicted from the tags of {} ({}), {} to {} ({})\nug m-3 near the ground, {}; good days: "
                  "AQI <= 100 by {}\n",
                  prediction.asked, prediction.title, prediction.result.string(), prediction.scenario,
                  format_civil(zone.to_civil(prediction.start)), format_civil(zone.to_civil(prediction.end)),
                  prediction.time_zone, prediction.reference_state, prediction.edition);
  text += prediction.tags.empty() ? "\nno tag's emission changes\n" : tag_rows(prediction);
  if (prediction.samples > 0) {
    text += fmt::format("\n{} samples of {} result{}\n", prediction.samples, prediction.results,
                        prediction.results == 1 ? "" : "s, a weather each");
  }
  text += '\n' + place_row(prediction, 0);
  std::vector<std::size_t> cells(prediction.places.size() - 1);
  std::iota(cells.begin(), cells.end(), 1);
  std::stable_sort(cells.begin(), cells.end(), [&](std::size_t a, std::size_t b) {
    return largest_change(prediction.places[a]) > largest_change(prediction.places[b]);
  });
  if (!all_cells && cells.size() > shown_cells) {
    cells.resize(shown_cells);
  }
  for (const std::size_t n : cells) {
    text += place_row(prediction, n);
  }
  if (const std::size_t hidden = prediction.places.size() - 1 - cells.size(); hidden > 0) {
    text += fmt::format("... and {} more cells that change less\n", hidden);
  }
  text += "\n+-: what uneven measures within a tag may amount to there. What tags cannot tell:\n";
  for (const std::string& caution : prediction.cautions) {
    text += "  " + caution + '\n';
  }
  return text;
}

std::string prediction_csv(const Prediction& prediction) {
  std::string text = "cell,name,period,days [1],aqi_run [1],aqi [1],good_days_run [1],good_days [1]";
  for (const std::size_t p : order) {
    text += fmt::format(",{0}_run [ug m-3],{0} [ug m-3],{0}_change [ug m-3],{0}_low [ug m-3],{0}_high [ug m-3]",
                        standard_pollutants[p]);
  }
  text += ",good_days_low [1],good_days_high [1]\n";
  const TimeZone zone(prediction.time_zone);
  const auto concentrations = [](const ByPollutant<double>& run, const ByPollutant<double>& asked,
                                 const ByPollutant<Range>* ranges) {
    std::string row;
    for (const std::size_t p : order) {
      row += fmt::format(",{},{},{}", number(run[p]), number(asked[p]), number(asked[p] - run[p]));
      row += ranges != nullptr && !std::isnan(asked[p])
                 ? fmt::format(",{},{}", number((*ranges)[p].low), number((*ranges)[p].high))
                 : ",,";
    }
    return row;
  };
  for (std::size_t n = 0; n < prediction.places.size(); ++n) {
    const Prediction::Place& place = prediction.places[n];
    const std::string head = files::csv_text(place.id) + "," + files::csv_text(place.name);
    for (const Prediction::Day& day : prediction.days) {
      const DayQuality &run = day.run[n], &asked = day.asked[n];
      const auto index = [](const DayQuality& quality) {
        return quality.valid() ? fmt::format("{}", quality.index) : "";
      };
      text += fmt::format("{},{},{},{},{},{},{}", head, format_civil(zone.to_civil(day.start)).substr(0, 10),
                          asked.valid() ? 1 : 0, index(run), index(asked), run.good() ? 1 : 0, asked.good() ? 1 : 0);
      text += concentrations(run.mean, asked.mean, nullptr) + ",,\n";
    }
    for (std::size_t at = 0; at < prediction.periods.size(); ++at) {
      const PeriodQuality &run = prediction.run_quality[at][n], &asked = prediction.asked_quality[at][n];
      const bool whole = prediction.periods[at].kind == Period::Kind::whole, ranged = whole && prediction.samples > 0;
      text += fmt::format("{},{},{},,,{},{}", head, prediction.periods[at].label, asked.valid_days, run.good_days,
                          asked.good_days);
      text += whole ? concentrations(place.run, place.asked, ranged ? &place.mean : nullptr)
                    : concentrations(run.mean, asked.mean, nullptr);
      text += ranged ? fmt::format(",{:.6g},{:.6g}\n", place.good_days.low, place.good_days.high) : ",,\n";
    }
  }
  return text;
}

} // namespace tq
