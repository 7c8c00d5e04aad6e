#pragma once
#include <string>
#include <variant>
#include <vector>

namespace tq::validation {

/// A cell of a table: nothing, a number, or words.
using Value = std::variant<std::monostate, double, std::string>;

struct Table {
  std::string title;
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
};

/// What a case must hold.
struct Criterion {
  std::string what;
  double measured = 0;
  enum { at_most, at_least } side = at_most;
  double limit = 0;
  bool passed() const { return side == at_most ? measured <= limit : measured >= limit; } // false for NaN
};

/// What a case found.
struct Report {
  std::string name;
  std::vector<std::string> notes = {};
  std::vector<Table> tables = {};
  std::vector<Criterion> criteria = {};

  void demand_at_most(std::string what, double measured, double limit);
  void demand_at_least(std::string what, double measured, double limit);

  /// No criterion failed.
  bool passed() const;
};

/// Tables and criteria to be read by people.
std::string as_text(const Report& report);

/// The same as one JSON object: {"case", "passed", "notes", "tables": [{"title", "columns", "rows"}], "criteria":
/// [{"what", "measured", "at_most" or "at_least", "passed"}]}; numbers that are not finite are null.
std::string as_json(const Report& report);

} // namespace tq::validation
