#include "emission/activity.hpp"

#include "base/units.hpp"
#include "emission/activity_columns.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

namespace tq {

namespace {

bool allows(const ActivityColumn& column, double number) {
  return (column.minimum_open ? number > column.minimum : number >= column.minimum) && number <= column.maximum;
}

} // namespace

ActivityRow::ActivityRow(const files::CsvTable& table, const std::vector<ActivityColumn>& columns, std::size_t row,
                         const TimeZone& zone, ProblemList& problems)
    : table_(table), row_(row), zone_(zone), problems_(problems) {
  const std::size_t before = problems.problems().size();
  for (const ActivityColumn& column : columns) {
    Value& value = values_[column.name];
    value.column = table.find(column.name);
    read(column, value);
  }
  good_ = problems.problems().size() == before;
}

void ActivityRow::read(const ActivityColumn& column, Value& value) {
  const std::size_t before = problems_.problems().size();
  std::optional<double> number;
  if (value.column) {
    value.text = table_.text(row_, *value.column);
    if (column.type == ActivityColumn::Type::number) {
      number = table_.si(row_, *value.column, problems_);
      if (problems_.problems().size() > before) {
        return;
      }
      if (number && !allows(column, *number)) {
        refuse(column.name, allowed_range(column, find_unit(table_.columns()[*value.column].unit)));
      }
    }
  }
  switch (column.type) {
  case ActivityColumn::Type::number:
    if (!number && column.required) {
      problems_.add(where(column.name), fmt::format("{} is empty: must be a number, 0 for none", column.name));
    }
    value.number = number ? *number : column.otherwise.value_or(value.number);
    break;
  case ActivityColumn::Type::text:
    if (value.text.empty()) {
      if (column.required) {
        problems_.add(where(column.name), fmt::format("{} is empty: must be a text", column.name));
      }
      value.text = column.text_otherwise;
    } else if (!column.choices.empty() &&
               std::find(column.choices.begin(), column.choices.end(), value.text) == column.choices.end()) {
      refuse(column.name,
             fmt::format("be one of {}{}", fmt::join(column.choices, ", "), suggestion(value.text, column.choices)));
    }
    break;
  case ActivityColumn::Type::time:
    if (value.text.empty()) {
      if (column.required) {
        problems_.add(where(column.name), fmt::format("{} is empty: must be a date", column.name));
      }
      break;
    }
    value.time = parse_instant(value.text, zone_);
    if (!value.time) {
      refuse(column.name, "be a date such as 2017-12-04, or a time such as 2017-12-04T19:00");
    }
  }
}

const ActivityRow::Value& ActivityRow::value(std::string_view column) const {
  const auto found = values_.find(column);
  if (found == values_.end()) {
    throw std::logic_error(fmt::format("column \"{}\" is not declared", column));
  }
  return found->second;
}

bool ActivityRow::has(std::string_view column) const {
  const Value& v = value(column);
  return v.column && !table_.text(row_, *v.column).empty();
}

double ActivityRow::number(std::string_view column) const {
  return value(column).number;
}

const std::string& ActivityRow::text(std::string_view column) const {
  return value(column).text;
}

std::optional<Instant> ActivityRow::time(std::string_view column) const {
  return value(column).time;
}

SourceLocation ActivityRow::where(std::string_view column) const {
  const Value& v = value(column);
  return v.column ? table_.where(row_, *v.column) : SourceLocation{table_.file(), table_.where(row_, 0).line, 0};
}

void ActivityRow::refuse(std::string_view column, const std::string& must) {
  problems_.add(where(column),
                fmt::format("{} = {}: must {}", column, value(column).column ? value(column).text : "", must));
  good_ = false;
}

std::vector<std::pair<std::string, double>> ActivityRow::numbers() const {
  std::vector<std::pair<std::string, double>> numbers;
  for (const auto& [name, value] : values_) {
    if (std::isfinite(value.number)) {
      numbers.emplace_back(name, value.number);
    }
  }
  return numbers;
}

const ActivityKind* find_kind(const std::string& name) {
  for (const ActivityKind& kind : activity_kinds()) {
    if (kind.name == name) {
      return &kind;
    }
  }
  return nullptr;
}

} // namespace tq
