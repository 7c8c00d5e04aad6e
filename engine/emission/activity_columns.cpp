#include "emission/activity_columns.hpp"

#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

using Type = ActivityColumn::Type;

std::string type_name(Type type) {
  return type == Type::number ? "number" : type == Type::text ? "text" : "date or time";
}

double in_unit(double si, const Unit* unit) {
  return unit == nullptr ? si : unit->from_si(si);
}

/// As allowed_range(), without the unit's name.
std::string range_text(const ActivityColumn& column, const Unit* unit) {
  const double minimum = in_unit(column.minimum, unit);
  if (std::isfinite(column.maximum)) {
    return fmt::format("be in {}{:.10g}, {:.10g}]", column.minimum_open ? '(' : '[', minimum,
                       in_unit(column.maximum, unit));
  }
  return fmt::format("be {} {:.10g}", column.minimum_open ? "above" : "at least", minimum);
}

/// "must be in [1.8, 162], default 30" in a unit; nullptr: in SI, or without one.
std::string range_and_default(const ActivityColumn& column, const Unit* unit) {
  std::string text = "must " + range_text(column, unit);
  if (column.otherwise) {
    text += fmt::format(", default {:.10g}", in_unit(*column.otherwise, unit));
  }
  return text;
}

std::string entry(const ActivityColumn& column) {
  std::string text = fmt::format("{}: {}", column.name, type_name(column.type));
  if (column.type == Type::number && column.dimension.empty()) {
    text += ", " + range_and_default(column, nullptr);
  }
  if (!column.choices.empty()) {
    text += fmt::format(", must be one of {}", fmt::join(column.choices, ", "));
  }
  if (!column.text_otherwise.empty()) {
    text += ", default " + column.text_otherwise;
  }
  text += fmt::format("{}\n    {}\n", column.required ? ", required" : "", column.description);
  if (column.type == Type::number && !column.dimension.empty()) {
    for (const std::string& name : units_of(column.dimension)) {
      text += fmt::format("    [{}]{} {}\n", name, name == "1" ? ", or no unit:" : "",
                          range_and_default(column, find_unit(name)));
    }
  }
  return text;
}

} // namespace

std::vector<ActivityColumn> common_columns(const ActivityKind& kind) {
  const auto text = [](const std::string& name, const std::string& description) {
    return ActivityColumn{.name = name, .type = Type::text, .description = description};
  };
  const auto with_default = [](const std::string& name, const std::string& description, const std::string& otherwise) {
    return ActivityColumn{.name = name,
                          .type = Type::text,
                          .description = description,
                          .required = otherwise.empty(),
                          .text_otherwise = otherwise};
  };
  const auto degrees = [](const std::string& name, const std::string& description, double limit) {
    return ActivityColumn{.name = name, .description = description, .minimum = -limit, .maximum = limit};
  };
  const auto height = [](const std::string& name, const std::string& description, double otherwise) {
    return ActivityColumn{.name = name, .dimension = "m", .description = description, .otherwise = otherwise};
  };
  std::vector<ActivityColumn> columns = {
      with_default("id", "unique over all inventories", ""),
      text("name", "for people"),
      with_default("sector", "what measures and totals call it", kind.sector),
      text("department", "who answers for it"),
      text("enterprise", "who runs it"),
      text("management_cell", "id of its management cell; the one with the largest part of it where empty"),
      text("geometry", "id of a feature of the inventory's geometry file; else lon and lat are needed"),
      degrees("lon", "degrees east (WGS84) of a point; the header may say [degree]", 180),
      degrees("lat", "degrees north (WGS84) of a point; the header may say [degree]", 90),
      with_default("profile", "months, weekdays and hours: a profile of the inventory's or the program's",
                   kind.profile),
      height("base", "height above ground from which it emits", 0),
      height("top",
             "height above ground up to which it emits, not below base; base where that is higher than the default",
             10),
      {.name = "project_cost",
       .description = "what the project costs that the source is part of, in the currency of measures"},
      text("note", "for people")};
  if (kind.stacks) {
    const auto stack = [&](const std::string& name, const std::string& dimension, const std::string& description) {
      columns.push_back({.name = name,
                         .dimension = dimension,
                         .description = description + "; all four columns of a chimney, or none of them",
                         .minimum_open = true});
    };
    stack("stack_height", "m", "mouth above ground");
    stack("stack_diameter", "m", "inner diameter of the mouth");
    stack("exit_velocity", "m s-1", "velocity of the flue gas");
    stack("exit_temperature", "K", "temperature of the flue gas");
  }
  return columns;
}

std::string allowed_range(const ActivityColumn& column, const Unit* unit) {
  if (std::isinf(column.maximum) && !column.minimum_open && in_unit(column.minimum, unit) == 0) {
    return "be 0 or more";
  }
  return range_text(column, unit) + (unit == nullptr || unit->name == "1" ? "" : " " + unit->name);
}

std::string describe(const ActivityKind& kind) {
  std::string text = fmt::format("[[inventory]] kind = \"{}\": {}\n", kind.name, kind.description);
  if (kind.read) {
    return text + "    its file has a form of its own; `tianqing describe inventory` tells the keys beside it\n";
  }
  text += "\ncolumns of its table, units in the header:\n\n";
  for (const ActivityColumn& column : kind.columns) {
    text += entry(column);
  }
  text += "\ncolumns of all kinds:\n\n";
  for (const ActivityColumn& column : common_columns(kind)) {
    text += entry(column);
  }
  return text;
}

} // namespace tq
