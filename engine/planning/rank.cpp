#include "planning/rank.hpp"

#include "diagnostics/day_gathering.hpp"
#include "diagnostics/period_gathering.hpp"
#include "planning/comparable.hpp"
#include "planning/ledger.hpp"
#include "planning/origins.hpp"
#include "planning/rank_ranges.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>

namespace tq {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

bool is_index(const std::string& pollutant) {
  return pollutant == "aqi" || pollutant == "composite";
}

void check_one_of(const char* option, const std::string& value, std::span<const char* const> allowed) {
  const std::vector<std::string> names(allowed.begin(), allowed.end());
  if (std::find(names.begin(), names.end(), value) == names.end()) {
    throw InputError({}, fmt::format("--{} {}: must be one of {}{}", option, value, fmt::join(names, ", "),
                                     suggestion(value, names)));
  }
}

void check_pollutant(const ResultFacts& facts, const std::string& pollutant) {
  std::vector<std::string> ids = {"aqi", "composite"};
  if (!is_index(pollutant) && !facts.pollutants.contains(pollutant)) {
    for (const auto& [id, ignored] : facts.pollutants) {
      ids.push_back(id);
    }
    throw InputError({facts.file.string()}, fmt::format("has no pollutant \"{}\"; it has {}{}", pollutant,
                                                        fmt::join(ids, ", "), suggestion(pollutant, ids)));
  }
  for (const char* id : standard_pollutants) {
    if (is_index(pollutant) && !facts.pollutants.contains(id)) {
      throw InputError({facts.file.string()}, fmt::format("has no {}, which the {} needs", id,
                                                          pollutant == "aqi" ? "index" : "composite index"));
    }
  }
}

/// Mean daily index or composite index by cell.
std::vector<double> index_of_cells(const ResultFacts& facts, const std::string& index, const HourRange& hours) {
  const std::size_t cells = facts.cells.size();
  const Standards standards = Standards::load();
  const TimeZone zone(facts.time_zone);
  std::vector<int> function_class;
  for (const PlaceFacts& cell : facts.cells) {
    function_class.push_back(cell.function_class);
  }
  PeriodGathering period(standards, zone, facts.start[hours.first], end_of(facts, hours), cells);
  std::vector<double> sum(cells, 0.0);
  DayGathering days(standards, zone, function_class, [&](Instant day, std::span<const DayQuality> qualities) {
    period.add(day, qualities);
    for (std::size_t c = 0; c < cells; ++c) {
      sum[c] += qualities[c].valid() ? qualities[c].index : 0;
    }
  });
  std::vector<double> values(standard_pollutants.size() * cells);
  for (std::size_t h = hours.first; h < hours.last; ++h) {
    const ReferenceState& state = standards.reference_state(facts.start[h]);
    for (std::size_t p = 0; p < standard_pollutants.size(); ++p) {
      const ResultFacts::Pollutant& air = facts.pollutants.at(standard_pollutants[p]);
      for (std::size_t c = 0; c < cells; ++c) {
        values[p * cells + c] = state.reported(air.hours[h * cells + c], air.particle, facts.cells[c].air_density);
      }
    }
    days.add(facts.start[h], values);
  }
  days.finish();
  std::vector<double> result;
  for (std::size_t c = 0; c < cells; ++c) {
    const PeriodQuality quality = period.quality(period.periods().size() - 1, c);
    result.push_back(index == "composite"     ? quality.composite
                     : quality.valid_days > 0 ? sum[c] / quality.valid_days
                                              : none);
  }
  return result;
}

/// The places in their order, each with its value.
struct Values {
  std::vector<std::string> ids, names;
  std::vector<double> value;
};

Values values_of_places(const ResultFacts& facts, const RankQuestion& question, const HourRange& hours) {
  check_pollutant(facts, question.pollutant);
  const std::vector<double> areas = city_areas(facts);
  const std::vector<double> of_cells = is_index(question.pollutant)
                                           ? index_of_cells(facts, question.pollutant, hours)
                                           : gather_origins(facts, nullptr, question.pollutant, hours).total;
  Values places;
  std::vector<double> area;
  std::map<std::string, std::size_t> found;
  for (std::size_t c = 0; c < areas.size(); ++c) {
    if (areas[c] == 0) {
      continue;
    }
    const PlaceFacts& cell = facts.cells[c];
    const auto [at, is_new] = found.emplace(place_of(cell, question.of), places.ids.size());
    if (is_new) {
      places.ids.push_back(at->first);
      places.names.push_back(question.of == "cell" ? cell.name : "");
      places.value.push_back(0);
      area.push_back(0);
    }
    area[at->second] += areas[c];
  }
  for (std::size_t c = 0; c < areas.size(); ++c) {
    if (areas[c] > 0) { // share by share, so that of one cell the value stays what it is, and equal ones equal
      const std::size_t n = found.at(place_of(facts.cells[c], question.of));
      places.value[n] += areas[c] / area[n] * of_cells[c];
    }
  }
  return places;
}

class Ranker {
 public:
  Ranker(const std::filesystem::path& result, const RankQuestion& question) : result_(result), question_(question) {
    check_one_of("by", question.by, rank_kinds);
    check_one_of("of", question.of, ledger_places);
  }

  Ranking make() {
    const ResultFacts facts = read_result(result_);
    const HourRange hours = hours_between(facts, question_.from, question_.to);
    ranking_.scenario = facts.scenario;
    ranking_.by = question_.by;
    ranking_.of = question_.of;
    ranking_.pollutant = question_.pollutant;
    ranking_.time_zone = facts.time_zone;
    ranking_.start = facts.start[hours.first];
    ranking_.end = end_of(facts, hours);
    ranking_.reference_state = Standards::load().reference_state(ranking_.start).text();
    check_places_named(facts);
    if (question_.by == "own") {
      rank_own(facts);
    } else if (question_.by == "change") {
      rank_change(facts, hours);
    } else {
      const Values values = values_of_places(facts, question_, hours);
      for (std::size_t n = 0; n < values.ids.size(); ++n) {
        add(values, n, values.value[n]);
      }
    }
    if (!question_.uncertainty.empty()) {
      set_ranges(facts, hours);
    }
    std::vector<Range> ranges;
    for (const Ranking::Row& row : ranking_.rows) {
      ranges.push_back(row.value);
    }
    const std::vector<int> places = ranks(ranges);
    for (std::size_t n = 0; n < places.size(); ++n) {
      ranking_.rows[n].rank = places[n];
    }
    std::stable_sort(ranking_.rows.begin(), ranking_.rows.end(), [](const Ranking::Row& a, const Ranking::Row& b) {
      return a.rank == 0 || b.rank == 0 ? a.rank > b.rank : a.value.central < b.value.central;
    });
    return std::move(ranking_);
  }

 private:
  void check_places_named(const ResultFacts& facts) const {
    if (std::all_of(facts.cells.begin(), facts.cells.end(),
                    [&](const PlaceFacts& cell) { return place_of(cell, question_.of).empty(); })) {
      throw InputError({facts.file.string()}, fmt::format("has no management cell with a {}", question_.of));
    }
  }

  Ranking::Row& add(const Values& values, std::size_t n, double value) {
    Ranking::Row& row = ranking_.rows.emplace_back();
    row.id = values.ids[n];
    row.name = values.names[n];
    row.value = {value, value, value};
    return row;
  }

  void rank_own(const ResultFacts& facts) {
    if (is_index(question_.pollutant)) {
      throw InputError({},
                       fmt::format("--pollutant {}: an index cannot be shared out among sources", question_.pollutant));
    }
    const Ledger ledger = make_ledger(
        facts, {.by = question_.of, .pollutant = question_.pollutant, .from = question_.from, .to = question_.to});
    if (std::isnan(ledger.sum.received.own)) {
      throw InputError({facts.file.string()},
                       fmt::format("does not tell what a {}'s own sources add: {}", question_.of, ledger.untold.at(0)));
    }
    for (const Ledger::Row& row : ledger.rows) {
      Ranking::Row& ranked = ranking_.rows.emplace_back();
      const double added = (row.received.own * row.area + row.caused) / ledger.sum.area;
      ranked.id = row.id;
      ranked.name = row.name;
      ranked.value = {added, added, added};
    }
  }

  void rank_change(const ResultFacts& facts, const HourRange& hours) {
    const ResultFacts base = read_result(question_.base);
    ranking_.base = base.scenario;
    ProblemList problems;
    check_same_places(base, facts, problems);
    problems.throw_if_any();
    const Values after = values_of_places(facts, question_, hours);
    const Values before = values_of_places(base, question_, hours_between(base, question_.from, question_.to));
    const bool same_air = same_weather(base, facts);
    std::vector<double> reference = before.value;
    if (!question_.normalise.empty()) {
      const ResultFacts normalised = read_normalised(facts, base, same_air);
      reference = values_of_places(normalised, question_, hours).value;
      ranking_.notes.push_back(
          fmt::format("the change is that of emission, against {} ({}'s emission in the same weather)",
                      normalised.scenario, base.scenario));
    } else if (!same_air) {
      ranking_.notes.push_back(fmt::format("{} has another period or other weather, so the change holds that of the "
                                           "weather too; a run of its emission in "
                                           "the weather of {} as --normalise tells them apart",
                                           base.scenario, facts.scenario));
    }
    if (base.start.size() != facts.start.size()) {
      ranking_.notes.push_back(fmt::format("{} has {} hours, not {}", base.scenario, base.start.size(), facts.start.size()));
    }
    const Standards standards = Standards::load();
    if (const std::string state = standards.reference_state(base.start.front()).text();
        state != standards.reference_state(facts.start.front()).text()) {
      ranking_.notes.push_back(
          fmt::format("{} is reported at another state, {}, and the change holds that too", base.scenario, state));
    }
    for (std::size_t n = 0; n < after.ids.size(); ++n) {
      Ranking::Row& row = add(after, n, after.value[n] - reference[n]);
      row.before = before.value[n];
      row.weather = same_air || !question_.normalise.empty() ? reference[n] - before.value[n] : none;
    }
  }

  void set_ranges(const ResultFacts& facts, const HourRange& hours) {
    if (is_index(question_.pollutant)) {
      throw InputError({},
                       fmt::format("--uncertainty: ranges are those of a pollutant, not of {}", question_.pollutant));
    }
    std::vector<std::string> ids;
    for (const Ranking::Row& row : ranking_.rows) {
      ids.push_back(row.id);
    }
    TagSums sums(question_.of, question_.pollutant, ids);
    if (question_.by == "own") {
      sums.add_own(facts, hours);
    } else {
      sums.add_level(facts, hours, 1);
    }
    if (question_.by == "change") {
      const ResultFacts before = read_result(question_.normalise.empty() ? question_.base : question_.normalise);
      sums.add_level(before, hours_between(before, question_.from, question_.to), -1);
    }
    const std::vector<Range> ranges = sums.ranges(question_.uncertainty, question_.sampling);
    for (std::size_t n = 0; n < ranges.size(); ++n) {
      ranking_.rows[n].value.low = ranges[n].low;
      ranking_.rows[n].value.high = ranges[n].high;
    }
  }

  /// The base's emission in the weather of the result. Its sources are not held against the base's: emission of dust
  /// and fuel turns with the weather.
  ResultFacts read_normalised(const ResultFacts& facts, const ResultFacts& base, bool same_air) const {
    if (same_air) {
      throw InputError({},
                       fmt::format("--normalise {}: {} and {} have the same weather: there is nothing to tell apart",
                                   question_.normalise.string(), base.file.string(), facts.file.string()));
    }
    ResultFacts normalised = read_result(question_.normalise);
    ProblemList problems;
    check_comparable(facts, normalised, problems);
    const auto ids = [](const ResultFacts& one) {
      std::vector<std::string> list;
      for (const MeasureFacts& measure : one.measures) {
        list.push_back(measure.id);
      }
      return list;
    };
    if (ids(normalised) != ids(base)) {
      problems.add({question_.normalise.string()},
                   fmt::format("has the measures {}, not those of {} ({}): it must be that emission in other weather",
                               names(ids(normalised)), base.file.string(), names(ids(base))));
    }
    problems.throw_if_any();
    return normalised;
  }

  static std::string names(const std::vector<std::string>& ids) {
    return ids.empty() ? "none" : fmt::format("{}", fmt::join(ids, ", "));
  }

  const std::filesystem::path& result_;
  const RankQuestion& question_;
  Ranking ranking_;
};

} // namespace

std::vector<int> ranks(std::span<const Range> values) {
  std::vector<int> places;
  for (const Range& value : values) {
    const auto better =
        std::count_if(values.begin(), values.end(), [&](const Range& other) { return other.high < value.low; });
    places.push_back(std::isnan(value.central) ? 0 : 1 + int(better));
  }
  return places;
}

Ranking make_ranking(const std::filesystem::path& result, const RankQuestion& question) {
  return Ranker(result, question).make();
}

} // namespace tq
