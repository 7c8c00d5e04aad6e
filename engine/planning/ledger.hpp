#pragma once
/// The books of a city's air: who emits, who receives it, who causes it elsewhere.

#include "planning/read_result.hpp"

#include <array>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

namespace tq {

/// What the rows of a ledger may be: places, or whatever tags may follow.
inline constexpr std::array ledger_places = {"cell", "unit", "district"};
inline constexpr std::array ledger_sources = {"sector", "department", "enterprise", "inventory", "group"};

struct LedgerQuestion {
  std::string by = "cell";
  std::string pollutant = {};     // "": pm10 if it has tags (or if there are none), else the first that has
  std::string from = {}, to = {}; // as hours_between takes them
};

/// Amounts that a result does not tell are NaN; `Ledger::untold` says why.
struct Ledger {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();

  /// By who made it.
  struct Shares {
    double total = none;
    double own = none;     // sources of the row
    double others = none;  // sources of the other rows
    double rest = none;    // sources of no row
    double outside = none; // came in
    double initial = none; // was there at the start
  };

  struct Row {
    std::string id, name;
    double area = 0;                       // m2, of the cells that are nobody's parent; 0 where the row is no place
    double emitted = none, avoided = none; // kg, in the row's cells; of sources: by them, in the whole domain
    double deposited = none;               // kg, dry and wet, likewise
    Shares received;                       // kg m-3, mean over area and hours
    Shares exceeded;                       // cell days above the day's limit, each split by who made that day's mean
    /// What the row's sources add elsewhere, summed over the area of the city's other cells [kg m-3 m2], its mean over
    /// that area [kg m-3], and the other cells' days above the limit that are its share. Of sources: over the whole
    /// city.
    double caused = none, caused_mean = none, caused_days = none;
    std::string most_in; // the cell to which its sources add most
    double most = none;  // kg m-3
  };

  /// Who pays for measures, in one currency.
  struct Payer {
    std::string payer, currency;
    std::vector<std::string> measures;
    MeasureFacts::Range cost; // of the whole run: running, and its share of the capital
    double capital = 0;       // spent once
  };

  std::filesystem::path file;
  std::string scenario, title;
  std::string by, pollutant, emission; // the last: the pollutant in which emission is counted ("nox" of no2)
  std::string reference_state;         // in words, at the start
  std::string edition;                 // of the standard, at the start
  std::string time_zone;
  Instant start = 0, end = 0;
  bool of_places = true;
  std::vector<Row> rows; // places by what they cause, sources by what they add, largest first; else as in the result
  Row rest;              // of places: emission in no cell of the city, sources of no row
  Row sum;               // the domain's emission; the city's air
  std::vector<Payer> payers;
  std::vector<std::string> untold;
};

/// Throws InputError: no such kind of row, pollutant or time; rows of sources that no tag follows.
Ledger make_ledger(const ResultFacts& facts, const LedgerQuestion& question);

/// For the terminal: the first `rows`, the rest, the sum; who pays; what is untold.
std::string ledger_table(const Ledger& ledger, std::size_t rows);
/// One line per row, header with units.
std::string ledger_csv(const Ledger& ledger);

} // namespace tq
