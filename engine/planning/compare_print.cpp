#include "planning/compare.hpp"
#include "planning/padded.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace tq {

namespace {

constexpr double micrograms = 1e9; // ug per kg
constexpr double tonnes = 1e-3;    // t per kg
constexpr std::size_t shown_cells = 10;
constexpr std::array<const char*, compared_pollutants.size()> labels = {"PM10", "PM2.5", "SO2", "NO2"};
constexpr std::array<const char*, compared_emissions.size()> emission_labels = {"PM10", "PM2.5", "SO2", "NOx"};

std::string amount(double kilograms) {
  return std::isnan(kilograms) ? fmt::format("{:>9}", "-") : fmt::format("{:>9.2f}", kilograms * tonnes);
}

/// Largest relative change of any pollutant.
double largest_change(const PlaceResult& base, const PlaceResult& run) {
  double largest = 0;
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    if (base.mean[p] > 0) {
      largest = std::max(largest, std::abs(run.mean[p] - base.mean[p]) / base.mean[p]);
    }
  }
  return largest;
}

constexpr std::size_t place_width = 30;

std::string row(const Comparison::Place& place, const PlaceResult& base, const PlaceResult& run) {
  std::string text =
      padded((place.id.empty() ? place.name : place.id + " " + place.name) + (place.function_class == 1 ? " (I)" : ""),
             place_width);
  if (!run.present) {
    return text + " -\n";
  }
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    const double change = (run.mean[p] - base.mean[p]) * micrograms;
    const double shown = std::abs(change) < 0.005 ? 0.0 : change;
    text += fmt::format(" {:>6.1f} {:>+6.2f}", run.mean[p] * micrograms, shown);
    text += base.mean[p] > 0 ? fmt::format(" {:>+5.1f}", shown / (base.mean[p] * micrograms) * 100)
                             : fmt::format(" {:>5}", "-");
  }
  text += fmt::format(" {:>9} {:>+6}", fmt::format("{}/{}", run.good_days, run.days), run.good_days - base.good_days);
  text += fmt::format(" {:>5} {:>+6}", run.days_above, run.days_above - base.days_above);
  return text + amount(run.avoided[0]) + " t\n";
}

/// The city's changes with what they leave open; "" where no range is known.
std::string range_row(const PlaceResult& run) {
  std::string text;
  for (const Range& change : run.change_range) {
    text += fmt::format(
        " {:>19}",
        is_known(change) ? fmt::format("{:+.2f} to {:+.2f}", change.low * micrograms, change.high * micrograms) : "-");
  }
  return std::any_of(run.change_range.begin(), run.change_range.end(), is_known)
             ? padded("  change, 10 to 90 %", place_width) + text + '\n'
             : "";
}

/// "PM10 3 (-1), O3 1 (+0)", or "none".
std::string days_above(const PlaceResult& base, const PlaceResult& run) {
  constexpr ByPollutant<const char*> names = {"SO2", "NO2", "CO", "O3", "PM10", "PM2.5"};
  std::string text;
  for (std::size_t p = 0; p < names.size(); ++p) {
    if (run.exceeded_days[p] > 0 || base.exceeded_days[p] > 0) {
      text += fmt::format("{}{} {} ({:+})", text.empty() ? "" : ", ", names[p], run.exceeded_days[p],
                          run.exceeded_days[p] - base.exceeded_days[p]);
    }
  }
  return text.empty() ? "none" : text;
}

constexpr std::size_t measure_width = 40;

using Amounts = std::array<MeasureFacts::Range, compared_emissions.size()>;
using End = double MeasureFacts::Range::*;

std::string tonnes_of(const std::string& label, const Amounts& avoided, End end) {
  std::string text = padded(label, measure_width);
  for (const MeasureFacts::Range& one : avoided) {
    text += amount(one.*end);
  }
  return text;
}

/// Cost per kg avoided, as if all of it were paid for one pollutant; "-" where nothing is avoided.
std::string cost_per_kilogram(const std::string& label, const MeasureFacts::Range& cost, const Amounts& avoided,
                              End end) {
  std::string text = padded(label, measure_width);
  for (const MeasureFacts::Range& one : avoided) {
    text += one.*end > 0 ? fmt::format("{:>9.4g}", cost.*end / (one.*end)) : fmt::format("{:>9}", "-");
  }
  return text + '\n';
}

/// What is avoided, and behind it the text of its cost; then cost per kg; both also at the ends of the efficiencies
/// where these have a range.
std::string avoided_rows(const std::string& id, const Amounts& avoided, const std::string& cost_text,
                         const MeasureFacts::Range& cost, const std::string& currency) {
  const bool ranged =
      std::any_of(avoided.begin(), avoided.end(), [](const MeasureFacts::Range& one) { return one.low != one.high; });
  std::string text = tonnes_of(id, avoided, &MeasureFacts::Range::central) + cost_text + '\n';
  if (ranged) {
    text += tonnes_of("  low efficiency", avoided, &MeasureFacts::Range::low) + '\n';
    text += tonnes_of("  high efficiency", avoided, &MeasureFacts::Range::high) + '\n';
  }
  if (cost.central > 0) {
    text += cost_per_kilogram(fmt::format("  {} per kg", currency), cost, avoided, &MeasureFacts::Range::central);
  }
  if (cost.central > 0 && ranged) {
    text += cost_per_kilogram("    low efficiency", cost, avoided, &MeasureFacts::Range::low);
    text += cost_per_kilogram("    high efficiency", cost, avoided, &MeasureFacts::Range::high);
  }
  return text;
}

std::string measure_rows(const MeasureFacts& measure) {
  Amounts avoided{};
  for (std::size_t p = 0; p < avoided.size(); ++p) {
    avoided[p] = measure.avoided.at(compared_emissions[p]);
  }
  std::string text = fmt::format("  {:>14.0f} {}", measure.cost.central, measure.currency);
  if (measure.capital > 0) {
    text += fmt::format(" (capital {:.0f}, {:.0f} a year)", measure.capital, measure.capital_per_year);
  }
  text += measure.payer.empty() ? "" : ", paid by: " + measure.payer;
  return avoided_rows(measure.id, avoided, text, measure.cost, measure.currency);
}

std::string all_together(const RunResult& run) {
  if (run.cost.size() != 1) { // different currencies do not add
    return avoided_rows("all together", run.avoided, "", {}, "");
  }
  const auto& [currency, cost] = *run.cost.begin();
  return avoided_rows("all together", run.avoided, fmt::format("  {:>14.0f} {}", cost.period.central, currency),
                      cost.period, currency);
}

/// "120 (100 to 150)"; without ends that do not differ.
std::string with_ends(const Range& cost) {
  std::string text = fmt::format("{:.0f}", cost.central);
  if (cost.low != cost.high) {
    text += std::isinf(cost.high) ? fmt::format(" ({:.0f} and more)", cost.low)
                                  : fmt::format(" ({:.0f} to {:.0f})", cost.low, cost.high);
  }
  return text;
}

/// What a run costs above the base, per good day and per microgram.
std::string costs(const RunResult& base, const RunResult& run) {
  std::string text;
  for (const auto& [currency, effect] : run.effect) {
    text += fmt::format("cost above {}: {} {}", base.scenario, with_ends(effect.cost), currency);
    text += is_known(effect.per_good_day)
                ? fmt::format(", {} per good day gained in the city\n", with_ends(effect.per_good_day))
                : std::string("; no good day gained in the city\n");
    text += fmt::format("{} per ug m-3 by which the city's mean falls:", currency);
    bool all_fall = true, own_ranges = true;
    for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
      const Range& cost = effect.per_microgram[p];
      text += fmt::format("{} {} {}", p == 0 ? "" : ",", labels[p], is_known(cost) ? with_ends(cost) : "-");
      all_fall = all_fall && is_known(cost);
      own_ranges = own_ranges && (!is_known(cost) || cost.low == cost.high || is_known(run.places[0].change_range[p]));
    }
    text += std::string(all_fall ? "" : " (-: it does not fall)") +
            (own_ranges ? "" : "; where no range of the change is known, the range is the cost's alone") + '\n';
    if (effect.capital != 0) {
      text += fmt::format("capital above {}: {:.0f} {}\n", base.scenario, effect.capital, currency);
    }
  }
  return text;
}

std::string measures(const RunResult& base, const RunResult& run) {
  std::string text;
  if (!run.measures.empty()) {
    text += '\n' + padded("measure (t avoided by it alone)", measure_width);
    for (const char* label : emission_labels) {
      text += fmt::format("{:>9}", label);
    }
    text += fmt::format("  {:>14}\n", "cost of period");
    for (const MeasureFacts& measure : run.measures) {
      text += measure_rows(measure);
    }
    text += run.measures.size() > 1 ? all_together(run) : "";
    text +=
        "cost of period: running cost, and the period's share of the capital's yearly payments; per kg: as if all were "
        "for that pollutant\n";
  }
  return text + costs(base, run);
}

std::string run_block(const Comparison& comparison, const RunResult& run, bool all_cells) {
  const RunResult& base = comparison.runs.front();
  std::string text;
  for (const std::string& note : run.notes) {
    text += fmt::format("NOTE: {}\n", note);
  }
  text += padded("", place_width);
  for (const char* label : labels) {
    text += fmt::format(" {:>6} {:>6} {:>5}", label, "change", "%");
  }
  text += fmt::format(" {:>9} {:>6} {:>5} {:>6} {:>11}\n", "good days", "change", "above", "change", "PM10 less");
  text += row(comparison.places[0], base.places[0], run.places[0]) + range_row(run.places[0]);

  std::vector<std::size_t> order(comparison.places.size() - 1);
  std::iota(order.begin(), order.end(), 1);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return largest_change(base.places[a], run.places[a]) > largest_change(base.places[b], run.places[b]);
  });
  if (!all_cells && order.size() > shown_cells) {
    order.resize(shown_cells);
  }
  for (const std::size_t place : order) {
    text += row(comparison.places[place], base.places[place], run.places[place]);
  }
  const std::size_t hidden = comparison.places.size() - 1 - order.size();
  if (hidden > 0) {
    text += fmt::format("... and {} more cells that change less\n", hidden);
  }
  text += fmt::format("days above a limit in the city (change): {}\n", days_above(base.places[0], run.places[0]));
  return text + measures(base, run);
}

std::string ranking(const Comparison& comparison, const std::string& by) {
  const auto p = std::find(compared_pollutants.begin(), compared_pollutants.end(), by) - compared_pollutants.begin();
  std::string text =
      fmt::format("\nstrategies by cost per {} in the city; those whose ranges overlap are equal\n",
                  by == "good_days" ? "good day gained" : fmt::format("ug m-3 less {}", labels[std::size_t(p)]));
  for (const RankedStrategy& one : rank_strategies(comparison, by)) {
    text += fmt::format("{:>4}  {}", one.rank > 0 ? std::to_string(one.rank) : "-",
                        padded(comparison.runs[one.run].scenario, place_width));
    text +=
        one.rank > 0 ? fmt::format(" {} {}\n", with_ends(one.cost), one.currency) : fmt::format(" {}\n", one.reason);
  }
  return text;
}

} // namespace

std::string comparison_table(const Comparison& comparison, bool all_cells, const std::string& rank_by) {
  const TimeZone zone(comparison.time_zone);
  std::string text = fmt::format(
      "{}, {} to {} ({})\nug m-3 near the ground, {}\ngood days: AQI <= 100 by {}, preliminary; of the days "
      "with enough hours; above: days above a limit of class II, in places marked (I) of class I\n",
      comparison.grid, format_civil(zone.to_civil(comparison.start)), format_civil(zone.to_civil(comparison.end)),
      comparison.time_zone, comparison.reference_state, comparison.edition);
  const RunResult& base = comparison.runs.at(0);
  for (std::size_t n = comparison.runs.size() > 1 ? 1 : 0; n < comparison.runs.size(); ++n) {
    const RunResult& run = comparison.runs[n];
    text += n == 0 ? fmt::format("\n{}: {}\n", run.scenario, run.title)
                   : fmt::format("\n{}: {}; changes against {}\n", run.scenario, run.title, base.scenario);
    for (const RunResult* one : {&base, &run}) {
      if (!one->complete && (one == &run || n == 1)) {
        text += fmt::format("NOTE: {} was stopped before its end\n", one->scenario);
      }
    }
    text += run_block(comparison, run, all_cells);
  }
  return text + (comparison.runs.size() > 2 ? ranking(comparison, rank_by) : "");
}

} // namespace tq
