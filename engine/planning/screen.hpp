#pragma once
/// What a proposed plant adds to the air, held against the limits of GB 3095: two results that differ in the plant
/// alone.

#include "diagnostics/standards.hpp"
#include "planning/read_result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace tq {

/// One pollutant and averaging time at one place. Concentrations [kg m-3] in the reference state; the increment is that
/// with the plant less that without it.
struct ScreeningRow {
  enum class Place { highest_sum, largest_increment, class_1_area, cell }; // the first two are cells of the grid
  enum class Verdict { no_limit, within, exceeds, exceeds_without_plant };

  Place place = Place::cell;
  std::size_t index = 0; // of the management cell, or j * nx + i of a grid cell
  std::string id;        // of the management cell; "" for grid cells
  std::string name;
  int function_class = 2; // whose limit holds; grid cells are judged by class II
  std::string pollutant;
  std::string average; // "1h", "8h" (daily maximum), "24h", "annual": the mean of the run
  // Where the sum is highest in the run:
  double background = 0; // without the plant
  double sum = 0;
  double increment() const { return sum - background; }
  Instant when = 0; // beginning of that hour or day; of the run for its mean
  // At any time of the run:
  double largest_increment = 0;
  double highest_background = 0;
  double limit = 0; // NaN if there is none
  Verdict verdict() const;
};

struct Screening {
  std::string base, plant; // names of the scenarios
  std::string grid;
  Instant start = 0, end = 0;
  std::string time_zone;
  std::string edition;
  std::string reference_state;    // in words, at the start
  bool complete = false;          // both runs reached their end
  bool whole_year = false;        // else "annual" is the mean of a shorter period, which no limit is made for
  std::vector<ScreeningRow> rows; // by place (grid cells, class I areas, other management cells), pollutant, average
};

/// Reads the hours of both results one after the other, pollutant by pollutant, and keeps a day of them. Days are those
/// of the runs' time zone; a day with too few hours has no 24-hour or 8-hour mean. `edition`: id of one in
/// data/standards.toml, or "" for that in force at the start; concentrations refer to the reference state of the hour,
/// or of the edition's first day if that is later. Throws InputError with all reasons why the results cannot be
/// compared, and for an edition that does not exist.
Screening screen_results(const std::filesystem::path& base, const std::filesystem::path& plant,
                         const std::string& edition = "");

/// For the terminal, ug m-3: rows that have a limit; of management cells that are not class I those that exceed theirs
/// or in which the plant adds 1 % of it (all if `all_cells`).
std::string screening_table(const Screening& screening, bool all_cells = false);

/// All rows, one line each, header with units.
std::string screening_csv(const Screening& screening);

} // namespace tq
