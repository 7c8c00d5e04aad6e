#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace tq {

/// One row of the closed table of units that inputs may use: si = value * scale + offset.
struct Unit {
  std::string name;      // as written in headers: "ug m-3"
  std::string dimension; // units convert into each other within one dimension only: "kg m-3"
  double scale = 1;
  double offset = 0;

  double to_si(double value) const { return value * scale + offset; }
  double from_si(double si) const { return (si - offset) / scale; }
};

/// The whole table, for `describe` and the manual.
const std::vector<Unit>& unit_table();

/// The unit of that name, or nullptr.
const Unit* find_unit(std::string_view name);

/// Names of all units that measure `dimension` (the SI name, "kg yr-1" measures "kg s-1").
std::vector<std::string> units_of(std::string_view dimension);

/// Text for error messages, or "" if `name` is a unit of `dimension`:
/// `unknown unit "ugm3"; did you mean "ug m-3"?` or `unit "m" does not measure kg m-3: allowed are ...`.
std::string unit_problem(std::string_view name, std::string_view dimension);

} // namespace tq
