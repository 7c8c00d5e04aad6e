#pragma once
#include "base/error.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tq::files {

/// A comma-separated table (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes; CRLF or LF), gzipped
/// or not. Lines that start with `#` before the header are comments. A header cell "so2 [ug m-3]" is the column
/// `so2` with the unit `ug m-3`. Rows must have as many fields as the header; every violation is listed.
class CsvTable {
public:
  struct Column {
    std::string name;
    std::string unit; // "" where none is given
  };

  /// Throws InputError with all problems of form.
  static CsvTable read(const std::filesystem::path& file);

  const std::string& file() const { return file_; }
  const std::vector<Column>& columns() const { return columns_; }
  std::size_t rows() const { return lines_.size(); }
  /// Index of a column, or nothing.
  std::optional<std::size_t> find(std::string_view name) const;
  /// Like find, but a missing column becomes a problem that names the nearest and the columns there are.
  std::optional<std::size_t> require(std::string_view name, ProblemList& problems) const;

  /// The field, trimmed of blanks at both ends, unquoted.
  std::string_view text(std::size_t row, std::size_t column) const;
  /// Nothing if the field is empty, NA, NaN, null or -; a field that is not a number is a problem.
  std::optional<double> number(std::size_t row, std::size_t column, ProblemList& problems) const;
  /// The same in SI: by the header's unit, which must measure `dimension`.
  /// Checking the header's unit once is `check_unit`.
  std::optional<double> si(std::size_t row, std::size_t column, ProblemList& problems) const;
  void check_unit(std::size_t column, std::string_view dimension, ProblemList& problems) const;

  /// Place of a field: line in the file, and its column's number in the table as `column`.
  SourceLocation where(std::size_t row, std::size_t column) const;

private:
  std::string file_;
  std::vector<Column> columns_;
  std::vector<std::string> fields_; // rows x columns
  std::vector<int> lines_;          // line of each row
  int header_line_ = 0;
};

/// The whole of `text` as a number by std::from_chars, or nothing.
std::optional<double> parse_number(std::string_view text);

} // namespace tq::files
