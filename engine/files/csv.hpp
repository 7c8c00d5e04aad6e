#pragma once
#include "base/error.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tq::files {

/// A comma-separated table (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes; CRLF or LF),
/// gzipped or not. Lines that start with `#` before the header are comments; empty lines are skipped. A
/// header cell "so2 [ug m-3]" is the column `so2` with the unit `ug m-3`. Rows must have as many fields as
/// the header, and column names must differ (columns without a name cannot be asked for); every violation is
/// listed.
class CsvTable {
 public:
  struct Column {
    std::string name;
    std::string unit; // "" where none is given
  };

  /// Throws InputError with all problems of form; a quote that is never closed ends the list.
  static CsvTable read(const std::filesystem::path& file);

  const std::string& file() const { return file_; }
  const std::vector<Column>& columns() const { return columns_; }
  std::size_t rows() const { return columns_.empty() ? 0 : fields_.size() / columns_.size(); }
  /// Index of a column, or nothing.
  std::optional<std::size_t> find(std::string_view name) const;
  /// Like find, but a missing column becomes a problem that names the nearest and the columns there are.
  std::optional<std::size_t> require(std::string_view name, ProblemList& problems) const;

  /// The field, trimmed of blanks at both ends, unquoted.
  std::string_view text(std::size_t row, std::size_t column) const;
  /// Nothing if the field is empty, NA, NaN, null or -; a field that is not a number is a problem.
  std::optional<double> number(std::size_t row, std::size_t column, ProblemList& problems) const;
  /// The same in SI by the header's unit; as it stands where the header gives no unit or one that does not
  /// exist.
  std::optional<double> si(std::size_t row, std::size_t column, ProblemList& problems) const;
  /// A header's unit that does not measure `dimension` is a problem; a header without a unit is none.
  void check_unit(std::size_t column, std::string_view dimension, ProblemList& problems) const;
  /// Place of a column's header.
  SourceLocation where(std::size_t column) const;

  /// Place of a field: its line in the file, and its column's number in the table as `column`.
  SourceLocation where(std::size_t row, std::size_t column) const;

 private:
  /// Quotes are resolved inside text_ itself, so a field is a piece of it; offsets survive moving the table.
  struct Field {
    std::size_t begin = 0;
    std::size_t length = 0;
    int line = 0;
  };

  class Parser;

  std::string file_;
  std::string text_;
  std::vector<Column> columns_;
  std::vector<int> header_lines_; // line of each column's header
  std::vector<Field> fields_;     // rows x columns
};

/// The whole of `text` as a finite number by std::from_chars (a leading + is allowed), or nothing.
std::optional<double> parse_number(std::string_view text);

} // namespace tq::files
