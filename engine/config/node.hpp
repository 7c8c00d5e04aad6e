#pragma once
#include "base/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tq::config {

/// One value of a TOML document with the place where it was written. A tree of nodes is the only form in which
/// documents travel through the program; the TOML library stays inside toml.cpp.
class Node {
public:
  enum class Kind { boolean, integer, number, text, time, array, table };

  Kind kind = Kind::table;
  SourceLocation where;
  std::variant<std::monostate, bool, std::int64_t, double, std::string> value; // time: ISO text as written
  std::vector<Node> items;                             // of an array
  std::vector<std::pair<std::string, Node>> entries;   // of a table, in the order written

  /// The entry of a table, or nullptr.
  const Node* find(const std::string& key) const;
  Node* find(const std::string& key);
  bool is_table() const { return kind == Kind::table; }
  bool is_array() const { return kind == Kind::array; }
};

/// Kind in words for messages: "a number", "a text", "a table" ...
std::string describe(Node::Kind kind);

/// The value as TOML text on one line: `3`, `"so2"`, `[1, 2]`, `{ fine = 0.4 }`.
std::string to_toml(const Node& node);
/// The shortest text that reads back to the same number, and as a number: `0.9`, `3.0`, `1e-09`.
std::string to_toml(double number);
/// A key as TOML text: bare where it may be, else quoted.
std::string to_toml_key(const std::string& key);
/// A TOML text in quotation marks.
std::string quoted(const std::string& text);

/// Reads one TOML file (gzipped or not). A syntax error is reported alone, as InputError with file:line:column.
Node read_toml(const std::filesystem::path& file);
/// The same of a text, as if it stood in the file `name`, to whose folder paths are relative.
Node parse_toml(const std::string& text, const std::string& name);

/// Reads a scenario and the chain of its `base = "file"` entries (relative to the file in which they stand), and
/// merges them, overlay over base: tables merge by key; arrays of tables whose items carry a text `id` merge by
/// id (new ids are appended; an empty array removes all); every other value replaces. Each value keeps the place
/// where it was written. Throws InputError for a syntax error, a missing base or a cycle. Two items of one file with
/// the same id stay two items: Settings::check reports them with everything else, naming both lines.
/// The `base` key itself is not part of the result.
Node read_scenario(const std::filesystem::path& file);

} // namespace tq::config
