#include "base/units.hpp"

#include "base/constants.hpp"
#include "base/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {
constexpr double hour = 3600.0;
constexpr double day = 86400.0;
constexpr double year = 365.0 * day; // inventories count common years; profiles are normalised to it
constexpr double degree = constants::pi / 180.0;
} // namespace

const std::vector<Unit>& unit_table() {
  static const std::vector<Unit> table = {
      {"1", "1", 1, 0},
      {"%", "1", 0.01, 0},
      {"okta", "1", 0.125, 0},
      {"tenth", "1", 0.1, 0},
      {"m", "m", 1, 0},
      {"km", "m", 1000, 0},
      {"mm", "m", 1e-3, 0},
      {"m2", "m2", 1, 0},
      {"ha", "m2", 1e4, 0},
      {"km2", "m2", 1e6, 0},
      {"s", "s", 1, 0},
      {"min", "s", 60, 0},
      {"h", "s", hour, 0},
      {"day", "s", day, 0},
      {"m s-1", "m s-1", 1, 0},
      {"cm s-1", "m s-1", 0.01, 0},
      {"km h-1", "m s-1", 1 / 3.6, 0},
      {"knot", "m s-1", 1852.0 / 3600.0, 0},
      {"m2 s-1", "m2 s-1", 1, 0},
      {"m3 s-1", "m3 s-1", 1, 0},
      {"m3 h-1", "m3 s-1", 1 / hour, 0},
      {"m3 yr-1", "m3 s-1", 1 / year, 0},
      {"s-1", "s-1", 1, 0},
      {"h-1", "s-1", 1 / hour, 0},
      {"day-1", "s-1", 1 / day, 0},
      {"rad", "rad", 1, 0},
      {"degree", "rad", degree, 0},
      {"K", "K", 1, 0},
      {"degC", "K", 1, constants::zero_celsius},
      {"K s", "K s", 1, 0},
      {"K h", "K s", hour, 0},
      {"K day", "K s", day, 0},
      {"W", "W", 1, 0},
      {"kW", "W", 1e3, 0},
      {"MW", "W", 1e6, 0},
      {"Pa", "Pa", 1, 0},
      {"hPa", "Pa", 100, 0},
      {"kPa", "Pa", 1000, 0},
      {"W m-2", "W m-2", 1, 0},
      {"kg m-3", "kg m-3", 1, 0},
      {"g m-3", "kg m-3", 1e-3, 0},
      {"mg m-3", "kg m-3", 1e-6, 0},
      {"ug m-3", "kg m-3", 1e-9, 0},
      {"kg m-2", "kg m-2", 1, 0},
      {"g m-2", "kg m-2", 1e-3, 0},
      {"kg m-2 s-1", "kg m-2 s-1", 1, 0},
      {"mm h-1", "kg m-2 s-1", 1 / hour, 0}, // of water
      {"kg s-1", "kg s-1", 1, 0},
      {"g s-1", "kg s-1", 1e-3, 0},
      {"kg h-1", "kg s-1", 1 / hour, 0},
      {"kg day-1", "kg s-1", 1 / day, 0},
      {"kg yr-1", "kg s-1", 1 / year, 0},
      {"t yr-1", "kg s-1", 1000 / year, 0},
      {"kg", "kg", 1, 0},
      {"t", "kg", 1000, 0},
      {"kg mol-1", "kg mol-1", 1, 0},
      {"g mol-1", "kg mol-1", 1e-3, 0},
  };
  return table;
}

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : unit_table()) {
    if (unit.name == name) {
      return &unit;
    }
  }
  return nullptr;
}

std::vector<std::string> units_of(std::string_view dimension) {
  std::vector<std::string> names;
  for (const Unit& unit : unit_table()) {
    if (unit.dimension == dimension) {
      names.push_back(unit.name);
    }
  }
  return names;
}

std::string unit_problem(std::string_view name, std::string_view dimension) {
  const Unit* unit = find_unit(name);
  if (unit != nullptr && unit->dimension == dimension) {
    return "";
  }
  const std::vector<std::string> allowed = units_of(dimension);
  if (unit == nullptr) {
    return fmt::format("unknown unit \"{}\": must be one of \"{}\"", name, fmt::join(allowed, "\", \""));
  }
  return fmt::format("unit \"{}\" does not measure {}: must be one of \"{}\"", name, dimension,
                     fmt::join(allowed, "\", \""));
}

} // namespace tq
