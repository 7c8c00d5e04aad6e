#pragma once
#include "config/schema.hpp"

#include <set>

namespace tq::config {

/// The declared keys as a tree, so that a document and the declaration can be walked side by side. One name may be
/// declared both as a value and as a table (`efficiency` and `efficiency.*`): the document chooses.
class Branch {
public:
  /// Adds a parameter under the rest of its key. The parameter must outlive the tree.
  void add(const Parameter& parameter, const std::string& rest);

  /// What is declared for an entry of that name, by name or by `*`; nullptr if nothing is.
  const Branch* child(const std::string& name) const;
  /// Declared names, without `*`.
  std::vector<std::string> names() const;

  const Parameter* parameter = nullptr;                                   // declared as a value
  std::vector<std::pair<std::string, std::unique_ptr<Branch>>> children;  // as a table; in the order declared
  std::unique_ptr<Branch> item;                                           // as an array of such tables
};

/// What all Settings of one document share.
struct Settings::Shared {
  Node root;
  Schema schema; // with the ids of arrays of tables
  Branch tree;
  std::set<const Node*> bad; // values with problems
  std::vector<Problem> problems;

  Shared(Node document, const Schema& declared);
};

/// `head.tail` cut at the first dot; tail is empty if there is none.
std::pair<std::string, std::string> cut_key(const std::string& key);
/// `table.name` as a person reads it; `table` may be empty.
std::string join_key(const std::string& table, const std::string& name);

/// An item as a person reads it: `measure[water-the-sites]`, or `measure[#2]` for the second if it has no id.
std::string item_display(const std::string& array, const Node& item, int count);

/// What is allowed, as it follows "must ": "be in (0, 1]", "be at least 0", `be one of "a", "b"`; empty if all is.
std::string range_text(const Parameter& parameter);
/// The default as TOML text; empty if there is none.
std::string default_text(const Parameter& parameter);
/// Word for messages and the reference: "number", "text", "local hours" ...
std::string type_name(Type type);

/// "22-06" as hours; nothing if it is not such a text.
std::optional<std::pair<int, int>> parse_hours(const std::string& text);

/// `KEY = VALUE`, a long value cut short; `KEY` alone for a table.
std::string key_and_value(const std::string& key, const Node& node);

/// `KEY: is required (TYPE)`.
std::string is_required(const std::string& key, const Parameter& parameter);

} // namespace tq::config
