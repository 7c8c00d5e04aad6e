#include "meteorology/observed_variables.hpp"

#include "base/constants.hpp"
#include "base/units.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace tq::observed {

namespace {

using Kind = FillPolicy::Kind;

constexpr int problems_listed = 10;

/// Dimensions of units.hpp that measure a variable, with the factor from SI to the variable's own unit.
std::vector<std::pair<std::string, double>> dimensions(Variable variable) {
  switch (variable) {
  case wind_speed:
    return {{"m s-1", 1}};
  case wind_direction:
    return {{"rad", 180.0 / constants::pi}};
  case temperature:
  case dew_point:
    return {{"K", 1}};
  case pressure:
    return {{"Pa", 1}};
  case rain: // depth in the hour, or its rate
    return {{"m", 1000}, {"kg m-2 s-1", 3600}};
  case global_radiation:
    return {{"W m-2", 1}};
  default:
    return {{"1", 1}};
  }
}

constexpr std::array<Kind, 5> kinds = {Kind::error, Kind::interpolate, Kind::hold, Kind::repeat, Kind::constant};

} // namespace

const std::array<VariableFacts, variable_count>& variables() {
  static const std::array<VariableFacts, variable_count> table = {{
      {"wind_speed", "m s-1", "Wind speed", 0, 75, false, {Kind::interpolate, 3}},
      {"wind_direction", "degree", "Direction the wind comes from", 0, 360, false, {Kind::interpolate, 3}},
      {"temperature", "K", "Air temperature", 180, 340, false, {Kind::interpolate, 3}},
      {"dew_point", "K", "Dew point", 180, 340, false, {Kind::interpolate, 3}},
      {"relative_humidity",
       "1",
       "Relative humidity, in place of the dew point",
       0,
       1.1,
       false,
       {Kind::interpolate, 3}},
      {"pressure", "Pa", "Air pressure at the station", 3e4, 1.1e5, false, {Kind::interpolate, 12}},
      {"cloud_cover", "1", "Share of the sky covered by cloud", 0, 1, false, {Kind::interpolate, 6}},
      {"rain", "mm", "Rain in the hour", 0, 300, true, {Kind::error, 3}},
      {"global_radiation",
       "W m-2",
       "Solar radiation on level ground",
       -30,
       1500,
       true,
       {Kind::interpolate, 3}},
  }};
  return table;
}

std::optional<double> convert(Variable variable, double value, const std::string& unit) {
  if (unit == variables()[variable].unit) {
    return value;
  }
  const Unit* known = find_unit(unit);
  if (known != nullptr) {
    for (const auto& [dimension, factor] : dimensions(variable)) {
      if (known->dimension == dimension) {
        return known->to_si(value) * factor;
      }
    }
  }
  return {};
}

std::string unit_problem(Variable variable, const std::string& unit) {
  if (convert(variable, 0, unit)) {
    return "";
  }
  std::vector<std::string> allowed;
  for (const auto& [dimension, factor] : dimensions(variable)) {
    for (const std::string& name : units_of(dimension)) {
      allowed.push_back(name);
    }
  }
  return fmt::format("be one of \"{}\"", fmt::join(allowed, "\", \""));
}

void declare_policy(config::Schema& schema, const std::string& prefix, Variable variable) {
  const VariableFacts& facts = variables()[variable];
  const std::string key = fmt::format("{}.variable.{}.", prefix, facts.name);
  std::vector<std::string> choices;
  for (const Kind kind : kinds) {
    choices.push_back(name(kind));
  }
  schema.add({.key = key + "fill",
              .type = config::Type::text,
              .description = facts.description + ": how hours without a value are filled",
              .default_value = name(facts.standard.kind),
              .choices = choices});
  schema.add({.key = key + "max_hours",
              .type = config::Type::integer,
              .description = "Longest gap that interpolate, hold and repeat close, hours",
              .default_value = std::int64_t(facts.standard.max_hours),
              .minimum = 1,
              .maximum = 8784});
  schema.add({.key = key + "value",
              .type = config::Type::number,
              .description =
                  fmt::format("Value of all hours that have none, for fill = \"constant\": in the column's "
                              "unit, or in {} where there is no column",
                              facts.unit)});
}

void declare_interval_values(config::Schema& schema, const std::string& prefix) {
  schema.add({.key = prefix + ".interval_values",
              .type = config::Type::text,
              .description =
                  "Where the hour of rain and radiation lies: it ends at its stamp, starts there, or has it "
                  "in its centre",
              .default_value = std::string("ending"),
              .choices = {"ending", "starting", "centred"}});
}

void declare_shift(config::Schema& schema, const std::string& prefix) {
  schema.add({.key = prefix + ".shift",
              .type = config::Type::integer,
              .description = "Hours added to all stamps of the file before they are used",
              .default_value = std::int64_t(0),
              .minimum = -24,
              .maximum = 24});
}

FillPolicy read_policy(const config::Settings& table, Variable variable, const std::string& unit,
                       ProblemList& problems) {
  const VariableFacts& facts = variables()[variable];
  FillPolicy policy;
  const std::string given = table.text("fill");
  for (const Kind kind : kinds) {
    policy.kind = name(kind) == given ? kind : policy.kind;
  }
  policy.max_hours = int(table.integer("max_hours"));
  const bool has_value = table.has("value");
  if (policy.kind == Kind::constant && !has_value) {
    table.problem(problems, "value", fmt::format("be given, as fill = \"{}\"", given));
  } else if (policy.kind != Kind::constant && has_value) {
    table.problem(problems, "value", fmt::format("be left out, as fill = \"{}\" does not use it", given));
  } else if (has_value) {
    policy.value = convert(variable, table.number("value"), unit).value_or(facts.minimum);
    if (!(policy.value >= facts.minimum && policy.value <= facts.maximum)) {
      table.problem(problems, "value",
                    fmt::format("be in [{}, {}]{}", facts.minimum, facts.maximum,
                                facts.unit == "1" ? "" : " " + facts.unit));
    }
  }
  return policy;
}

ProblemCounter::~ProblemCounter() {
  if (count_ > problems_listed) {
    problems_.add(last_, fmt::format("and {} further problems of {}, the last one here",
                                     count_ - problems_listed, what_));
  }
}

void ProblemCounter::add(const SourceLocation& where, std::string text) {
  last_ = where;
  if (++count_ <= problems_listed) {
    problems_.add(where, std::move(text));
  }
}

double plausible(Variable variable, double value, const SourceLocation& where, ProblemCounter& problems) {
  const VariableFacts& facts = variables()[variable];
  if (variable == cloud_cover && value == 1.125) {
    return 1; // 9 okta in WMO code 2700: the sky cannot be seen
  }
  if (!(value >= facts.minimum && value <= facts.maximum)) {
    problems.add(where, fmt::format("{} = {:.6g} {}: must be in [{}, {}]", facts.name, value, facts.unit,
                                    facts.minimum, facts.maximum));
    return std::numeric_limits<double>::quiet_NaN();
  }
  switch (variable) {
  case wind_direction:
    return value == 360 ? 0 : value;
  case relative_humidity:
    return std::clamp(value, 0.01, 1.0);
  case global_radiation:
    return std::max(value, 0.0);
  default:
    return value;
  }
}

Rows Rows::dated(std::vector<Instant> stamps) {
  Rows rows;
  rows.stamps_ = std::move(stamps);
  return rows;
}

Rows Rows::typical(std::vector<int> index, TimeZone zone) {
  Rows rows;
  rows.index_ = std::move(index);
  rows.zone_ = std::move(zone);
  // Where hours count from 1 to 24 and there is no 29 February, the 28th ends when 1 March begins.
  int& march = rows.index_[hour_of_leap_year({2000, 3, 1, 0, 0, 0})];
  march = march < 0 ? rows.index_[hour_of_leap_year({2000, 2, 29, 0, 0, 0})] : march;
  return rows;
}

std::size_t Rows::hour_of_leap_year(const CivilTime& civil) {
  return std::size_t(day_of_year({2000, civil.month, civil.day}) - 1) * 24 + std::size_t(civil.hour);
}

std::optional<std::size_t> Rows::find(Instant stamp) const {
  if (zone_) {
    CivilTime civil = zone_->to_civil(stamp);
    int row = index_[hour_of_leap_year(civil)];
    if (row < 0 && civil.month == 2 && civil.day == 29) {
      civil.day = 28;
      row = index_[hour_of_leap_year(civil)];
    }
    return row < 0 ? std::nullopt : std::optional(std::size_t(row));
  }
  const auto found = std::lower_bound(stamps_.begin(), stamps_.end(), stamp);
  return found == stamps_.end() || *found != stamp ? std::nullopt
                                                   : std::optional(std::size_t(found - stamps_.begin()));
}

} // namespace tq::observed
