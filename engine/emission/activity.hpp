#pragma once
#include "base/error.hpp"
#include "emission/drivers.hpp"
#include "emission/source.hpp"
#include "files/csv.hpp"
#include "grid/management_cells.hpp"

#include <any>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tq {

/// The one declaration of a column that a kind of inventory has beside the common ones.
struct ActivityColumn {
  enum class Type { number, text, time };

  std::string name;
  Type type = Type::number;
  /// Of numbers: the SI unit that the header's unit must measure; the header must then give one. "": a plain
  /// number without a unit; "1": a unit may be left out.
  std::string dimension = {};
  std::string description;
  bool required = false;                // the column must be there, and each of its fields filled
  std::optional<double> otherwise = {}; // in SI, where the column is missing or the field empty
  double minimum = 0;                   // in SI
  double maximum = std::numeric_limits<double>::infinity();
  bool minimum_open = false;             // the minimum itself is not allowed
  std::vector<std::string> choices = {}; // of a text
  std::string text_otherwise = {};
};

/// A row of an inventory's table, checked: what it says in the columns of its kind. Asking for a column that the
/// kind does not declare is a std::logic_error.
class ActivityRow {
 public:
  ActivityRow(const files::CsvTable& table, const std::vector<ActivityColumn>& columns, std::size_t row,
              const TimeZone& zone, ProblemList& problems);

  /// False if a field of the row was a problem; it should then emit nothing.
  bool good() const { return good_; }
  bool has(std::string_view column) const;
  /// In SI. NaN where the field is empty and the column has no default.
  double number(std::string_view column) const;
  const std::string& text(std::string_view column) const;
  /// The first instant of a date in the run's zone.
  std::optional<Instant> time(std::string_view column) const;
  /// Place of the field, or of the row where there is no such column.
  SourceLocation where(std::string_view column) const;
  /// Adds the problem `COLUMN = FIELD: must TEXT`; the row is no longer good.
  void refuse(std::string_view column, const std::string& must);
  /// All numbers that the row gives or takes by default.
  std::vector<std::pair<std::string, double>> numbers() const;

 private:
  struct Value {
    std::optional<std::size_t> column; // of the table
    double number = std::numeric_limits<double>::quiet_NaN();
    std::string text;
    std::optional<Instant> time;
  };

  const Value& value(std::string_view column) const;
  void read(const ActivityColumn& column, Value& value);

  const files::CsvTable& table_;
  std::size_t row_;
  const TimeZone& zone_;
  ProblemList& problems_;
  std::map<std::string, Value, std::less<>> values_;
  bool good_ = true;
};

/// What a kind may use to turn rows into streams.
struct ActivityContext {
  const Grid& grid;
  const EmittedSpecies& species;
  const TimeZone& zone;
  Instant start; // of the run
  Instant end;
  const config::Settings& item; // the [[inventory]], for keys of the kind's own
  Drivers& drivers;
  ProblemList& problems;
  /// Index of the profile that the row names in its column `profile`, or of the kind's default.
  std::size_t profile = 0;
  /// Index of a profile by name (one of the inventory's file, or one of data/emission/profiles.toml); throws
  /// std::out_of_range if there is none.
  std::function<std::size_t(const std::string& name)> profile_named;
  /// A new profile, such as the counts of one road.
  std::function<std::size_t(Profile profile)> add_profile;
  /// The profile of that index.
  std::function<const Profile&(std::size_t index)> profile_at;
  /// What a kind keeps from one row of the inventory to the next; empty at the first.
  std::any kept = {};
};

struct TableRow;

/// What a kind may use to read a file of another form into sources.
struct FileContext {
  const Grid& grid;
  const ManagementCells& cells;
  const EmittedSpecies& species;
  const config::Settings& item; // the [[inventory]]
  /// The geometry of that id laid over the grid; nullptr if the geometry file has none of that id.
  std::function<const Overlay*(const std::string& id)> geometry;
  ProblemList& problems;
};

/// One kind of inventory, `[[inventory]] kind = NAME`: how a table of activities becomes emission.
struct ActivityKind {
  std::string name;
  std::string description;
  std::string sector = {};  // of rows that name none; "": the column `sector` is required
  std::string profile = {}; // of rows that name none, in data/emission/profiles.toml; "": the column is required
  bool stacks = false;      // may have the columns stack_height, stack_diameter, exit_velocity, exit_temperature
  std::vector<ActivityColumn> columns;
  /// The sources of one row. `source` is complete but for its streams: it has its place, area and length. Mostly it
  /// comes back with streams; a row may also make several (their ids must then differ).
  std::function<std::vector<Source>(ActivityRow& row, Source source, ActivityContext& context)> emit = {};
  /// The second form, of a file that is no such table: reads it into sources itself, which have their streams and the
  /// name of their profile. Then `emit` and the columns are not used. Throws InputError for what ends the reading.
  std::function<std::vector<TableRow>(const std::filesystem::path& file, const FileContext& context)> read = {};
};

/// All kinds. Each stands in a file of its own in emission/kinds/.
const std::vector<ActivityKind>& activity_kinds();
/// The kind of that name; nullptr if there is none.
const ActivityKind* find_kind(const std::string& name);

} // namespace tq
