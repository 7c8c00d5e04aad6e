#include "report.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace tq::validation {
namespace {

std::string text_of(const Value& value) {
  if (const double* number = std::get_if<double>(&value)) {
    return fmt::format("{:.5g}", *number);
  }
  const std::string* words = std::get_if<std::string>(&value);
  return words != nullptr ? *words : "-";
}

nlohmann::ordered_json json_of(const Value& value) {
  if (const double* number = std::get_if<double>(&value)) {
    return *number;
  }
  const std::string* words = std::get_if<std::string>(&value);
  return words != nullptr ? nlohmann::ordered_json(*words) : nlohmann::ordered_json();
}

/// Words to the left, numbers to the right.
std::string as_text(const Table& table) {
  std::vector<std::size_t> widths;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    std::size_t width = table.columns[c].size();
    for (const std::vector<Value>& row : table.rows) {
      width = std::max(width, text_of(row[c]).size());
    }
    widths.push_back(width);
  }
  std::string text = table.title + "\n";
  const auto add_line = [&](const auto& field, const auto& is_word) {
    std::string line = " ";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      line += is_word(c) ? fmt::format(" {:<{}}", field(c), widths[c]) : fmt::format(" {:>{}}", field(c), widths[c]);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  add_line(
      [&](std::size_t c) { return table.columns[c]; },
      [&](std::size_t c) { return !table.rows.empty() && std::holds_alternative<std::string>(table.rows.front()[c]); });
  for (const std::vector<Value>& row : table.rows) {
    add_line([&](std::size_t c) { return text_of(row[c]); },
             [&](std::size_t c) { return std::holds_alternative<std::string>(row[c]); });
  }
  return text;
}

} // namespace

void Report::demand_at_most(std::string what, double measured, double limit) {
  criteria.push_back({std::move(what), measured, Criterion::at_most, limit});
}

void Report::demand_at_least(std::string what, double measured, double limit) {
  criteria.push_back({std::move(what), measured, Criterion::at_least, limit});
}

bool Report::passed() const {
  return std::all_of(criteria.begin(), criteria.end(), [](const Criterion& c) { return c.passed(); });
}

std::string as_text(const Report& report) {
  std::string text;
  for (const Table& table : report.tables) {
    text += as_text(table) + "\n";
  }
  for (const std::string& note : report.notes) {
    text += note + "\n";
  }
  text += report.notes.empty() ? "" : "\n";
  for (const Criterion& c : report.criteria) {
    text += fmt::format("{}  {}: {:.4g}, {} {:g}\n", c.passed() ? "passed" : "FAILED", c.what, c.measured,
                        c.side == Criterion::at_most ? "at most" : "at least", c.limit);
  }
  return text + fmt::format("{}: {}\n", report.name, report.passed() ? "passed" : "FAILED");
}

std::string as_json(const Report& report) {
  nlohmann::ordered_json json = {{"case", report.name}, {"passed", report.passed()}, {"notes", report.notes}};
  json["tables"] = nlohmann::ordered_json::array();
  for (const Table& table : report.tables) {
    nlohmann::ordered_json rows = nlohmann::ordered_json::array();
    for (const std::vector<Value>& row : table.rows) {
      nlohmann::ordered_json values = nlohmann::ordered_json::array();
      for (const Value& value : row) {
        values.push_back(json_of(value));
      }
      rows.push_back(std::move(values));
    }
    json["tables"].push_back({{"title", table.title}, {"columns", table.columns}, {"rows", std::move(rows)}});
  }
  json["criteria"] = nlohmann::ordered_json::array();
  for (const Criterion& c : report.criteria) {
    json["criteria"].push_back({{"what", c.what},
                                {"measured", c.measured},
                                {c.side == Criterion::at_most ? "at_most" : "at_least", c.limit},
                                {"passed", c.passed()}});
  }
  return json.dump(2) + "\n";
}

} // namespace tq::validation
