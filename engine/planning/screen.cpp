#include "planning/screen.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "diagnostics/air_quality_index.hpp"
#include "files/hdf5.hpp"
#include "planning/comparable.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>

namespace tq {

namespace {

constexpr std::size_t day_hours = 24;
constexpr double none = -std::numeric_limits<double>::infinity();

/// What one averaging time of one place has seen so far.
struct Extreme {
  double background = 0, sum = none;
  double largest_increment = none, highest_background = none;
  Instant when = 0;

  void add(double base, double plant, Instant start) {
    if (plant > sum) {
      sum = plant;
      background = base;
      when = start;
    }
    largest_increment = std::max(largest_increment, plant - base);
    highest_background = std::max(highest_background, base);
  }
};

/// One of the two results, with its file open for the fields.
struct Run {
  ResultFacts facts;
  files::Hdf5File file;

  explicit Run(const std::filesystem::path& path) : facts(read_result(path)), file(files::Hdf5File::open(path)) {}
};

/// The places of a result: its grid cells [j * nx + i], then its management cells.
class Places {
 public:
  explicit Places(const Run& run)
      : grid_cells_(run.facts.x.size() * run.facts.y.size()), cells_(run.facts.cells.size()) {
    if (!run.file.has("/air_density")) {
      throw InputError({run.facts.file.string()}, "has no air density of grid cells: an older program wrote it");
    }
    density_ = run.file.read("/air_density");
    for (const PlaceFacts& cell : run.facts.cells) {
      density_.push_back(cell.air_density);
    }
  }

  std::size_t count() const { return density_.size(); }
  std::size_t grid_cells() const { return grid_cells_; }

  /// Concentrations of an hour at all places in a reference state, into `day` at [place * day_hours + hour].
  void read(const Run& run, const std::string& pollutant, std::size_t index, const ReferenceState& state, int hour,
            std::vector<double>& day) const {
    const ResultFacts::Pollutant& facts = run.facts.pollutants.at(pollutant);
    const std::vector<double> field = run.file.read("/" + pollutant, index, 1);
    for (std::size_t n = 0; n < count(); ++n) {
      const double value = n < grid_cells_ ? field[n] : facts.hours[index * cells_ + n - grid_cells_];
      day[n * day_hours + std::size_t(hour)] = state.reported(value, facts.particle, density_[n]);
    }
  }

 private:
  std::size_t grid_cells_, cells_;
  std::vector<double> density_; // kg m-3, of the lowest layer
};

class Screener {
 public:
  Screener(const Run& base, const Run& plant, const Standards& standards, const StandardEdition& edition)
      : base_(base), plant_(plant), standards_(standards), edition_(edition), places_(base),
        days_(civil_days(base.facts)) {}

  std::vector<ScreeningRow> rows() {
    for (const auto& [pollutant, facts] : base_.facts.pollutants) {
      if (plant_.facts.pollutants.contains(pollutant)) {
        screen(pollutant);
      } else {
        log::warn("{} has no pollutant \"{}\": it is left out", plant_.facts.file.string(), pollutant);
      }
    }
    for (const auto& [pollutant, facts] : plant_.facts.pollutants) {
      if (!base_.facts.pollutants.contains(pollutant)) {
        log::warn("{} has no pollutant \"{}\": it is left out", base_.facts.file.string(), pollutant);
      }
    }
    std::stable_sort(rows_.begin(), rows_.end(), [](const ScreeningRow& a, const ScreeningRow& b) {
      const auto key = [](const ScreeningRow& row) { return std::pair(row.place, row.id.empty() ? 0 : row.index); };
      return key(a) < key(b);
    });
    return std::move(rows_);
  }

 private:
  using Extremes = std::vector<Extreme>; // by place

  void screen(const std::string& pollutant) {
    const std::size_t count = places_.count();
    const auto limit_8h = edition_.limits.find(pollutant + "_8h");
    Extremes hourly(count), daily(count), eight_hourly(limit_8h == edition_.limits.end() ? 0 : count), whole(count);
    std::vector<double> base_sum(count, 0.0), plant_sum(count, 0.0), base(count * day_hours), plant(count * day_hours);
    for (const Day& day : days_) {
      std::fill(base.begin(), base.end(), std::numeric_limits<double>::quiet_NaN());
      plant = base;
      for (const auto& [hour, index] : day.hours) {
        const Instant start = base_.facts.start[index];
        const ReferenceState& state = standards_.reference_state(std::max(start, edition_.from));
        places_.read(base_, pollutant, index, state, hour, base);
        places_.read(plant_, pollutant, index, state, hour, plant);
        for (std::size_t n = 0; n < count; ++n) {
          const std::size_t at = n * day_hours + std::size_t(hour);
          hourly[n].add(base[at], plant[at], start);
          base_sum[n] += base[at];
          plant_sum[n] += plant[at];
        }
      }
      for (std::size_t n = 0; n < count; ++n) {
        const std::span<const double> without(&base[n * day_hours], day_hours), with(&plant[n * day_hours], day_hours);
        add(daily[n], daily_mean(standards_, without), daily_mean(standards_, with), day.start);
        if (!eight_hourly.empty()) {
          // Without a limit that excuses too few means, so that whether a day counts does not depend on the place.
          constexpr double no_excuse = std::numeric_limits<double>::infinity();
          add(eight_hourly[n], daily_maximum_8h(standards_, without, no_excuse),
              daily_maximum_8h(standards_, with, no_excuse), day.start);
        }
      }
    }
    const double hours = double(base_.facts.start.size());
    for (std::size_t n = 0; n < count; ++n) {
      whole[n].add(base_sum[n] / hours, plant_sum[n] / hours, base_.facts.start.front());
    }
    add_rows(pollutant, "1h", hourly);
    add_rows(pollutant, "8h", eight_hourly);
    add_rows(pollutant, "24h", daily);
    add_rows(pollutant, "annual", whole);
  }

  static void add(Extreme& extreme, std::optional<double> base, std::optional<double> plant, Instant start) {
    if (base && plant) {
      extreme.add(*base, *plant, start);
    }
  }

  /// Nothing where no mean counts.
  void add_rows(const std::string& pollutant, const std::string& average, const Extremes& extremes) {
    if (extremes.empty() || extremes[0].sum == none) {
      return;
    }
    using Place = ScreeningRow::Place;
    const auto end = extremes.begin() + std::ptrdiff_t(places_.grid_cells());
    const auto largest = [&](double Extreme::*member) {
      return std::size_t(std::max_element(extremes.begin(), end,
                                          [&](const Extreme& a, const Extreme& b) { return a.*member < b.*member; }) -
                         extremes.begin());
    };
    const std::size_t nx = base_.facts.x.size();
    for (const auto& [place, n] : {std::pair{Place::highest_sum, largest(&Extreme::sum)},
                                   std::pair{Place::largest_increment, largest(&Extreme::largest_increment)}}) {
      ScreeningRow& row = add_row(place, n, pollutant, average, 2, extremes[n]);
      row.name = fmt::format("grid cell at x {:.0f}, y {:.0f} m", base_.facts.x[n % nx], base_.facts.y[n / nx]);
    }
    for (std::size_t c = 0; c < base_.facts.cells.size(); ++c) {
      const PlaceFacts& cell = base_.facts.cells[c];
      ScreeningRow& row = add_row(cell.function_class == 1 ? Place::class_1_area : Place::cell, c, pollutant, average,
                                  cell.function_class, extremes[places_.grid_cells() + c]);
      row.id = cell.id;
      row.name = cell.name;
    }
  }

  ScreeningRow& add_row(ScreeningRow::Place place, std::size_t index, const std::string& pollutant,
                        const std::string& average, int function_class, const Extreme& extreme) {
    ScreeningRow& row = rows_.emplace_back();
    row.place = place;
    row.index = index;
    row.pollutant = pollutant;
    row.average = average;
    row.function_class = function_class;
    row.background = extreme.background;
    row.sum = extreme.sum;
    row.when = extreme.when;
    row.largest_increment = extreme.largest_increment;
    row.highest_background = extreme.highest_background;
    row.limit = edition_.limit(pollutant + "_" + average, function_class);
    return row;
  }

  const Run& base_;
  const Run& plant_;
  const Standards& standards_;
  const StandardEdition& edition_;
  Places places_;
  std::vector<Day> days_;
  std::vector<ScreeningRow> rows_;
};

} // namespace

ScreeningRow::Verdict ScreeningRow::verdict() const {
  if (std::isnan(limit)) {
    return Verdict::no_limit;
  }
  return highest_background > limit ? Verdict::exceeds_without_plant : sum > limit ? Verdict::exceeds : Verdict::within;
}

Screening screen_results(const std::filesystem::path& base_file, const std::filesystem::path& plant_file,
                         const std::string& edition_id) {
  const Standards standards = Standards::load();
  ProblemList problems;
  try {
    standards.choose(edition_id, 0);
  } catch (const InputError& error) {
    problems.add(error);
  }
  std::vector<Run> runs;
  for (const auto& file : {base_file, plant_file}) {
    try {
      runs.emplace_back(file);
    } catch (const InputError& error) {
      problems.add(error);
    }
  }
  problems.throw_if_any();
  const Run &base = runs[0], &plant = runs[1];
  check_comparable(base.facts, plant.facts, problems);
  problems.throw_if_any();

  const Instant start = base.facts.start.front();
  const StandardEdition& edition = standards.choose(edition_id, start);
  return {.base = base.facts.scenario,
          .plant = plant.facts.scenario,
          .grid = base.facts.grid,
          .start = start,
          .end = base.facts.end,
          .time_zone = base.facts.time_zone,
          .edition = edition.id,
          .reference_state = standards.reference_state(std::max(start, edition.from)).text(),
          .complete = base.facts.complete && plant.facts.complete,
          .whole_year = base.facts.end - start >= 365 * seconds_per_day,
          .rows = Screener(base, plant, standards, edition).rows()};
}

} // namespace tq
