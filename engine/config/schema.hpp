#pragma once
#include "base/time.hpp"
#include "config/node.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tq::config {

enum class Type {
  boolean,
  integer,
  number,  // an integer is accepted too
  text,
  path,    // relative to the file in which it is written
  time,    // a TOML date or date-time, or a text that parse_instant takes
  hours,   // local hours of the day, half open, "07-19"; may wrap over midnight, "22-06"
  numbers, // array of numbers
  texts,   // a text or an array of texts
  paths    // a path or an array of paths
};

/// The one declaration of a parameter: reader, validator, `tianqing describe` and the manual all use it.
struct Parameter {
  using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<double>,
                             std::vector<std::string>>;

  /// Dotted path. A segment `*` stands for any name (a table of named entries); a segment ending in `[]` is an
  /// array of tables, each with a unique text `id`: "transport.max_courant", "background.*", "measure[].factor".
  std::string key;
  Type type = Type::number;
  std::string description;
  Value default_value = {}; // monostate: no default
  bool required = false;    // within its table: required only if the table (or array item) is there
  std::string unit = {};    // as in units.hpp; empty for numbers without a unit
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool minimum_open = false; // the minimum itself is not allowed
  bool maximum_open = false;
  std::vector<std::string> choices = {}; // of a text or of each of the texts
  std::size_t length = 0;                // of numbers and texts; 0: any
  bool made = false;                     // of a path: the program writes what lies there, so it is no input
  bool marks_table = false;              // its table counts by being there, so that an absent one is no table of defaults
};

class Schema {
public:
  /// Throws std::logic_error if the key is declared already or is not a key, or if the default is of another type.
  /// One name may be declared as a value and as a table, `measure[].efficiency` and `measure[].efficiency.*`: a
  /// document may then write either; given() and names() tell which.
  void add(Parameter parameter);
  const std::vector<Parameter>& parameters() const { return parameters_; }
  const Parameter* find(const std::string& key) const;

private:
  std::vector<Parameter> parameters_;
};

class Branch;

/// A checked document: typed access by declared key, with defaults filled in. Asking for a key that is not
/// declared, or as another type than declared, is a std::logic_error of the program. Asking for a value that is
/// neither given nor has a default throws InputError: `KEY: is required (TYPE)` at the innermost table that is
/// there, together with all that check found, so that nothing is lost where nobody catches it.
class Settings {
public:
  /// Checks `root` against the schema: unknown keys (naming the nearest known one), types, ranges, choices,
  /// lengths, required keys, missing or repeated ids. All problems go to `problems`; each text reads
  /// `transport.max_courant = 3: must be in (0, 1]`. Values with problems take their defaults.
  static Settings check(Node root, const Schema& schema, ProblemList& problems);

  bool boolean(const std::string& key) const;
  std::int64_t integer(const std::string& key) const;
  double number(const std::string& key) const; // in the declared unit
  std::string text(const std::string& key) const;
  /// Relative to the file in which it is written; a default is relative to the working directory.
  std::filesystem::path path(const std::string& key) const;
  /// The path if a file is there; otherwise a problem where the scenario names it, and nothing.
  std::optional<std::filesystem::path> existing_file(const std::string& key, ProblemList& problems) const;
  /// A date or time written without a zone is civil time in `zone`.
  Instant time(const std::string& key, const TimeZone& zone) const;
  std::pair<int, int> hours(const std::string& key) const; // [first, last), first in 0..23, last in 0..24
  std::vector<double> numbers(const std::string& key) const;
  std::vector<std::string> texts(const std::string& key) const;
  /// The paths if files are there; otherwise a problem for each that is missing where the scenario names it.
  std::vector<std::filesystem::path> existing_files(const std::string& key, ProblemList& problems) const;

  /// True if the document gives the key (a value, even a wrong one, a table or an array), rather than its default.
  bool given(const std::string& key) const;
  /// True if the key has a value, given or by default.
  bool has(const std::string& key) const;
  /// Where the value was written; for a default, where its table begins.
  SourceLocation where(const std::string& key) const;
  SourceLocation where() const { return where(""); }

  /// The table `prefix` with keys relative to it; an absent table gives its defaults.
  Settings table(const std::string& prefix) const;
  /// The items of the array of tables `prefix` ("measure"), keys relative to the item, in order.
  std::vector<Settings> each(const std::string& prefix) const;
  /// The names given in the table `prefix` whose entries are declared with `*`, without those that have problems.
  std::vector<std::string> names(const std::string& prefix) const;

  /// All input files that the document names, in the order in which it does, whether they are there or not.
  std::vector<std::filesystem::path> files() const;

  /// The whole resolved document as TOML text, defaults included, for the result file. Read back from the folder of
  /// the scenario it gives the same settings: given paths are written relative to that folder; default paths, which
  /// are relative to the working directory, stand in comments; a table that is absent and has required keys stays
  /// absent. Of a document with problems it holds what has none.
  std::string resolved() const;
  /// The same without these keys of the top level, and with absolute paths: two documents that say the same but for
  /// those keys give the same text, wherever they stand.
  std::string comparable(const std::vector<std::string>& without) const;

  /// Adds the problem `KEY = VALUE: must TEXT` at the place of the value: problem(problems, "run.end", "be later
  /// than run.start"). An absent value or a table is named without value.
  void problem(ProblemList& problems, const std::string& key, const std::string& text) const;

  /// What all Settings of one document share; the checker fills it.
  struct Shared;

private:
  /// A declared key and what the document has for it.
  struct Place {
    const Branch* branch;   // its declaration
    const Node* node;       // nullptr where absent
    SourceLocation where;   // of the node, else of the innermost table that is there
    std::string display;    // the key as messages show it: measure[water-the-sites].coverage
  };

  Place find(const std::string& key) const;
  /// The node of a value without problems; nullptr if the default stands in. Throws as the class says.
  const Node* value_of(const Place& place, Type type) const;
  std::string text_like(const std::string& key, Type type) const;
  Settings at(const Place& place) const;

  std::shared_ptr<const Shared> shared_;
  const Branch* branch_ = nullptr;
  const Node* node_ = nullptr;  // the table, or nullptr where absent
  SourceLocation where_;
  std::string display_;
};

/// The reference of all parameters whose key starts with `key` (all if empty), for `tianqing describe`. An unknown
/// key throws InputError that names the nearest, also among `others`: what else could have been asked for.
std::string describe(const Schema& schema, const std::string& key = "", const std::vector<std::string>& others = {});

} // namespace tq::config
