#include "files/csv.hpp"

#include "base/text_file.hpp"
#include "base/units.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq::files {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_missing(std::string_view text) {
  const auto is = [text](std::string_view word) {
    return std::equal(text.begin(), text.end(), word.begin(), word.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? char(a + 32) : a) == b; });
  };
  return text.empty() || text == "-" || is("na") || is("nan") || is("null");
}

} // namespace

/// One pass over the text. A quoted field is unquoted in place: it only ever shrinks.
class CsvTable::Parser {
 public:
  Parser(CsvTable& table, ProblemList& problems) : table_(table), text_(table.text_), problems_(problems) {}

  void parse() {
    skip_comments();
    std::vector<Field> row;
    bool header = true;
    while (at_ < text_.size()) {
      row.clear();
      const int line = line_;
      if (!take_row(row)) {
        return;
      }
      if (row.size() == 1 && row[0].length == 0) {
        continue;
      }
      if (header) {
        take_header(row);
        header = false;
      } else if (row.size() != table_.columns_.size()) {
        problems_.add({table_.file_, line, 0},
                      fmt::format("has {} field{}: must have {}, as the header", row.size(),
                                  row.size() == 1 ? "" : "s", table_.columns_.size()));
      } else {
        table_.fields_.insert(table_.fields_.end(), row.begin(), row.end());
      }
    }
    if (header) {
      problems_.add({table_.file_, 0, 0}, "is empty: must begin with a header line");
    }
  }

 private:
  void skip_comments() {
    while (at_ < text_.size() && text_[at_] == '#') {
      const std::size_t end = text_.find('\n', at_);
      at_ = end == std::string::npos ? text_.size() : end + 1;
      ++line_;
    }
  }

  /// Takes one row with its line break; false if a quote is never closed.
  bool take_row(std::vector<Field>& row) {
    while (true) {
      Field field;
      while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
        ++at_;
      }
      const bool quoted = at_ < text_.size() && text_[at_] == '"';
      if (quoted) {
        if (!take_quoted(field, int(row.size()) + 1)) {
          return false;
        }
      } else {
        take_plain(field, int(row.size()) + 1);
      }
      const std::string_view inside = trim(std::string_view(text_).substr(field.begin, field.length));
      field.length = inside.size();
      if (!inside.empty()) {
        field.begin = std::size_t(inside.data() - text_.data());
      }
      row.push_back(field);
      if (at_ >= text_.size()) {
        return true;
      }
      const bool row_ends = text_[at_] == '\n';
      ++at_;
      if (row_ends) {
        ++line_;
        return true;
      }
    }
  }

  /// Stops at the comma, the line break or the end.
  void take_plain(Field& field, int column) {
    field.begin = at_;
    field.line = line_;
    const std::size_t end = text_.find_first_of(",\n", at_);
    at_ = end == std::string::npos ? text_.size() : end;
    field.length = at_ - field.begin;
    if (std::string_view(text_).substr(field.begin, field.length).find('"') != std::string_view::npos) {
      problems_.add({table_.file_, line_, column}, "quote inside a field that does not begin with one: must "
                                                   "quote the whole field and double the quote");
    }
  }

  bool take_quoted(Field& field, int column) {
    const int first_line = line_;
    field.line = line_;
    field.begin = ++at_;
    std::size_t write = at_;
    while (true) {
      if (at_ >= text_.size()) {
        problems_.add({table_.file_, first_line, column}, "quote is never closed");
        return false;
      }
      const char c = text_[at_++];
      if (c == '"') {
        if (at_ < text_.size() && text_[at_] == '"') {
          ++at_;
        } else {
          break;
        }
      } else if (c == '\n') {
        ++line_;
      }
      text_[write++] = c;
    }
    field.length = write - field.begin;
    const std::size_t end = std::min(text_.find_first_of(",\n", at_), text_.size());
    if (!trim(std::string_view(text_).substr(at_, end - at_)).empty()) {
      problems_.add({table_.file_, line_, column},
                    "text after the closing quote: must be followed by a comma or the end of the line");
    }
    at_ = end;
    return true;
  }

  void take_header(const std::vector<Field>& row) {
    for (const Field& field : row) {
      const std::string_view cell = std::string_view(text_).substr(field.begin, field.length);
      Column column{std::string(cell), ""};
      const std::size_t open = cell.rfind('[');
      if (open != std::string_view::npos && cell.back() == ']') {
        column.name = trim(cell.substr(0, open));
        column.unit = trim(cell.substr(open + 1, cell.size() - open - 2));
      }
      const auto earlier = table_.find(column.name);
      if (earlier && !column.name.empty()) {
        problems_.add({table_.file_, field.line, int(table_.columns_.size()) + 1},
                      fmt::format("column \"{}\" is there twice: also column {}", column.name, *earlier + 1));
      }
      table_.columns_.push_back(std::move(column));
      table_.header_lines_.push_back(field.line);
    }
  }

  CsvTable& table_;
  std::string& text_;
  ProblemList& problems_;
  std::size_t at_ = 0;
  int line_ = 1;
};

CsvTable CsvTable::read(const std::filesystem::path& file) {
  CsvTable table;
  table.file_ = file.string();
  table.text_ = read_text_file(file);
  ProblemList problems;
  Parser(table, problems).parse();
  problems.throw_if_any();
  return table;
}

std::optional<std::size_t> CsvTable::find(std::string_view name) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].name == name) {
      return i;
    }
  }
  return {};
}

std::optional<std::size_t> CsvTable::require(std::string_view name, ProblemList& problems) const {
  const auto found = find(name);
  if (!found) {
    std::vector<std::string> names;
    for (const Column& column : columns_) {
      names.push_back(column.name);
    }
    problems.add({file_, header_lines_.empty() ? 0 : header_lines_[0], 0},
                 fmt::format("has no column \"{}\": there are {}{}", name, fmt::join(names, ", "),
                             suggestion(std::string(name), names)));
  }
  return found;
}

std::string_view CsvTable::text(std::size_t row, std::size_t column) const {
  const Field& field = fields_[row * columns_.size() + column];
  return std::string_view(text_).substr(field.begin, field.length);
}

std::optional<double> CsvTable::number(std::size_t row, std::size_t column, ProblemList& problems) const {
  const std::string_view field = text(row, column);
  if (is_missing(field)) {
    return {};
  }
  const std::optional<double> value = parse_number(field);
  if (!value) {
    problems.add(where(row, column),
                 fmt::format("{} = \"{}\": must be a number", columns_[column].name, field));
  }
  return value;
}

std::optional<double> CsvTable::si(std::size_t row, std::size_t column, ProblemList& problems) const {
  const std::optional<double> value = number(row, column, problems);
  const Unit* unit = value ? find_unit(columns_[column].unit) : nullptr;
  return unit == nullptr ? value : unit->to_si(*value);
}

void CsvTable::check_unit(std::size_t column, std::string_view dimension, ProblemList& problems) const {
  if (columns_[column].unit.empty()) {
    return;
  }
  const std::string text = unit_problem(columns_[column].unit, dimension);
  if (!text.empty()) {
    problems.add(where(column), columns_[column].name + ": " + text);
  }
}

SourceLocation CsvTable::where(std::size_t column) const {
  return {file_, header_lines_[column], int(column) + 1};
}

SourceLocation CsvTable::where(std::size_t row, std::size_t column) const {
  return {file_, fields_[row * columns_.size() + column].line, int(column) + 1};
}

std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) {
      return {};
    }
  }
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{} || result.ptr != text.data() + text.size() || !std::isfinite(value)) {
    return {};
  }
  return value;
}

} // namespace tq::files
