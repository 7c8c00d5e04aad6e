#include "files/csv_text.hpp"
#include "planning/compare.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {

constexpr double micrograms = 1e9; // ug per kg
constexpr double tonnes = 1e-3;    // t per kg

/// A number as a field of a CSV file; empty for none.
std::string field(double value) {
  return std::isfinite(value) ? fmt::format(",{:.6g}", value) : ",";
}

std::string fields(const Range& range) {
  return field(range.low) + field(range.high);
}

/// The relative change [%].
double percent(double base, double run) {
  return base > 0 ? 100 * (run - base) / base : no_range.central;
}

std::string cost_fields(const RunResult& run) {
  const bool one = run.effect.size() == 1;
  const CostEffect effect = one ? run.effect.begin()->second : CostEffect{.cost = no_range, .per_good_day = no_range};
  std::string text = ',' + (one ? files::csv_text(run.effect.begin()->first) : std::string());
  text += field(effect.cost.central) + fields(effect.cost) + (one ? field(effect.capital) : ",");
  text += field(effect.per_good_day.central) + fields(effect.per_good_day);
  for (const Range& cost : effect.per_microgram) {
    text += one ? field(cost.central) + fields(cost) : ",,,";
  }
  return text;
}

/// A name that no earlier run has: that of its scenario, numbered if it comes again.
std::vector<std::string> names(const Comparison& comparison) {
  std::vector<std::string> names;
  for (const RunResult& run : comparison.runs) {
    std::string name = run.scenario;
    for (int n = 2; std::find(names.begin(), names.end(), name) != names.end(); ++n) {
      name = fmt::format("{}_{}", run.scenario, n);
    }
    names.push_back(name);
  }
  return names;
}

} // namespace

std::string comparison_csv(const Comparison& comparison) {
  std::string text = "scenario,cell,name,class [1],area [km2]";
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    text += fmt::format(",{0} [ug m-3],{0}_low [ug m-3],{0}_high [ug m-3],{0}_change [ug m-3],{0}_change_low [ug m-3],"
                        "{0}_change_high [ug m-3],{0}_change [%],{1}_avoided [t]",
                        compared_pollutants[p], compared_emissions[p]);
  }
  text += ",good_days [1],good_days_change [1],days [1],days_above [1],days_above_change [1]";
  for (const char* pollutant : standard_pollutants) {
    text += fmt::format(",{}_days_above [1]", pollutant);
  }
  text += ",currency,cost [currency],cost_low [currency],cost_high [currency],capital [currency],"
          "cost_per_good_day [currency],cost_per_good_day_low [currency],cost_per_good_day_high [currency]";
  for (const char* pollutant : compared_pollutants) {
    for (const char* end : {"", "_low", "_high"}) {
      text += fmt::format(",cost_per_{}{} [currency ug-1 m3]", pollutant, end);
    }
  }
  text += '\n';
  for (const RunResult& run : comparison.runs) {
    for (std::size_t n = 0; n < comparison.places.size(); ++n) {
      const Comparison::Place& place = comparison.places[n];
      const PlaceResult &base = comparison.runs[0].places[n], &own = run.places[n];
      if (!own.present) {
        continue;
      }
      text += fmt::format("{},{},{},{},{:.6g}", files::csv_text(run.scenario), files::csv_text(place.id),
                          files::csv_text(place.name), place.function_class, place.area * 1e-6);
      for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
        const auto scaled = [](const Range& range) {
          return fields({range.low * micrograms, range.central * micrograms, range.high * micrograms});
        };
        text += field(own.mean[p] * micrograms) + scaled(own.mean_range[p]);
        text += field((own.mean[p] - base.mean[p]) * micrograms) + scaled(own.change_range[p]);
        text += field(percent(base.mean[p], own.mean[p])) + field(own.avoided[p] * tonnes);
      }
      text += fmt::format(",{},{},{},{},{}", own.good_days, own.good_days - base.good_days, own.days, own.days_above,
                          own.days_above - base.days_above);
      for (const int days : own.exceeded_days) {
        text += fmt::format(",{}", days);
      }
      text += cost_fields(place.id.empty() ? run : RunResult{}) + '\n';
    }
  }
  return text;
}

files::FeatureTable comparison_map(const Comparison& comparison, files::FeatureTable cells) {
  const std::size_t count = comparison.places.size() - 1;
  const RunResult& base = comparison.runs.at(0);
  const auto add = [&](const std::string& name, const std::string& unit, const RunResult& run, auto&& value) {
    std::vector<double> values;
    for (std::size_t n = 1; n <= count; ++n) {
      values.push_back(run.places[n].present ? double(value(base.places[n], run.places[n])) : no_range.central);
    }
    cells.columns.push_back({name, unit, std::move(values)});
  };
  const std::vector<std::string> name = names(comparison);
  cells.description = fmt::format("means and days of {}, and what the others change", base.scenario);
  for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
    add(fmt::format("{}_{}", name[0], compared_pollutants[p]), "ug m-3", base,
        [&](const PlaceResult&, const PlaceResult& own) { return own.mean[p] * micrograms; });
  }
  add(name[0] + "_good_days", "1", base, [](const PlaceResult&, const PlaceResult& own) { return own.good_days; });
  add(name[0] + "_days_above", "1", base, [](const PlaceResult&, const PlaceResult& own) { return own.days_above; });
  for (std::size_t r = 1; r < comparison.runs.size(); ++r) {
    const RunResult& run = comparison.runs[r];
    for (std::size_t p = 0; p < compared_pollutants.size(); ++p) {
      const std::string change = fmt::format("{}_{}_change", name[r], compared_pollutants[p]);
      add(change, "ug m-3", run, [&](const PlaceResult& before, const PlaceResult& own) {
        return (own.mean[p] - before.mean[p]) * micrograms;
      });
      add(change, "%", run,
          [&](const PlaceResult& before, const PlaceResult& own) { return percent(before.mean[p], own.mean[p]); });
      if (is_known(run.places[0].change_range[p])) {
        add(change + "_low", "ug m-3", run,
            [&](const PlaceResult&, const PlaceResult& own) { return own.change_range[p].low * micrograms; });
        add(change + "_high", "ug m-3", run,
            [&](const PlaceResult&, const PlaceResult& own) { return own.change_range[p].high * micrograms; });
      }
      add(fmt::format("{}_{}_avoided", name[r], compared_emissions[p]), "t", run,
          [&](const PlaceResult&, const PlaceResult& own) { return own.avoided[p] * tonnes; });
    }
    add(name[r] + "_good_days_change", "1", run,
        [](const PlaceResult& before, const PlaceResult& own) { return own.good_days - before.good_days; });
    add(name[r] + "_days_above_change", "1", run,
        [](const PlaceResult& before, const PlaceResult& own) { return own.days_above - before.days_above; });
  }
  return cells;
}

} // namespace tq
