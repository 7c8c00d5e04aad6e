#include "files/csv_text.hpp"
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

std::string row(const Comparison::Place& place, const PlaceResult& base, const PlaceResult& run) {
  std::string text = padded(place.id.empty() ? place.name : place.id + " " + place.name, 26);
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    const double change = (run.mean[p] - base.mean[p]) * micrograms;
    text += fmt::format(" {:>7.1f} {:>+7.2f}", run.mean[p] * micrograms, std::abs(change) < 0.005 ? 0.0 : change);
  }
  text += fmt::format(" {:>9} {:>+6}", fmt::format("{}/{}", run.good_days, run.days), run.good_days - base.good_days);
  return text + amount(run.avoided[0]) + " t\n";
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
  const int gain = run.places[0].good_days - base.places[0].good_days;
  for (const auto& [currency, total] : run.cost) {
    const auto found = base.cost.find(currency);
    const Cost of_base = found == base.cost.end() ? Cost{} : found->second;
    const double cost = total.period.central - of_base.period.central;
    text += fmt::format("cost above {}: {:.0f} {}", base.scenario, cost, currency);
    text += gain > 0 ? fmt::format(", {:.0f} per good day gained in the city\n", cost / gain)
                     : std::string("; no good day gained in the city\n");
    if (total.capital != of_base.capital) {
      text += fmt::format("capital above {}: {:.0f} {}\n", base.scenario, total.capital - of_base.capital, currency);
    }
  }
  return text;
}

} // namespace

std::string comparison_table(const Comparison& comparison, bool all_cells) {
  const TimeZone zone(comparison.time_zone);
  std::string text = fmt::format("{}, {} to {} ({})\nug m-3 near the ground, {}\ngood days: AQI <= 100 by {}, "
                                 "preliminary; of the days with enough hours\n",
                                 comparison.grid, format_civil(zone.to_civil(comparison.start)),
                                 format_civil(zone.to_civil(comparison.end)), comparison.time_zone,
                                 comparison.reference_state, comparison.edition);
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
    text += padded("", 26);
    for (const char* label : labels) {
      text += fmt::format(" {:>7} {:>7}", label, "change");
    }
    text += fmt::format(" {:>9} {:>6} {:>11}\n", "good days", "change", "PM10 less");
    text += row(comparison.places[0], base.places[0], run.places[0]);

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
    text += measures(base, run);
  }
  return text;
}

std::string comparison_csv(const Comparison& comparison) {
  std::string text = "scenario,cell,name,area [km2]";
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    text += fmt::format(",{} [ug m-3],{}_change [ug m-3],{}_avoided [t]", compared_pollutants[p],
                        compared_pollutants[p], compared_emissions[p]);
  }
  text += ",good_days [1],good_days_change [1],days [1]\n";
  for (const RunResult& run : comparison.runs) {
    for (std::size_t n = 0; n < comparison.places.size(); ++n) {
      const Comparison::Place& place = comparison.places[n];
      const PlaceResult &base = comparison.runs[0].places[n], &own = run.places[n];
      text += fmt::format("{},{},{},{:.6g}", files::csv_text(run.scenario), files::csv_text(place.id),
                          files::csv_text(place.name), place.area * 1e-6);
      for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
        text += fmt::format(",{:.6g},{:.6g},", own.mean[p] * micrograms, (own.mean[p] - base.mean[p]) * micrograms);
        text += std::isnan(own.avoided[p]) ? "" : fmt::format("{:.6g}", own.avoided[p] * tonnes);
      }
      text += fmt::format(",{},{},{}\n", own.good_days, own.good_days - base.good_days, own.days);
    }
  }
  return text;
}

} // namespace tq
