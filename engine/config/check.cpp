#include "config/schema_tree.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <map>

namespace tq::config {

std::optional<std::pair<int, int>> parse_hours(const std::string& text) {
  int first = 0;
  int last = 0;
  const char* end = text.data() + text.size();
  const auto head = std::from_chars(text.data(), end, first);
  if (head.ec != std::errc() || head.ptr == end || *head.ptr != '-') {
    return {};
  }
  const auto tail = std::from_chars(head.ptr + 1, end, last);
  if (tail.ec != std::errc() || tail.ptr != end) {
    return {};
  }
  const bool valid = first >= 0 && first <= 23 && last >= 0 && last <= 24 && first != last;
  return valid ? std::optional(std::pair(first, last)) : std::nullopt;
}

namespace {

const std::string& text_of(const Node& node) { return std::get<std::string>(node.value); }

double number_of(const Node& node) {
  return node.kind == Node::Kind::integer ? double(std::get<std::int64_t>(node.value)) : std::get<double>(node.value);
}

bool is_number(const Node& node) { return node.kind == Node::Kind::integer || node.kind == Node::Kind::number; }

/// What a value of this type must be, as it follows "must be ".
std::string wanted(Type type) {
  switch (type) {
  case Type::boolean: return "true or false";
  case Type::integer: return "a whole number";
  case Type::number: return "a number";
  case Type::text: return "a text";
  case Type::path: return "the path of a file (a text)";
  case Type::time: return "a date or time such as 2017-12-04 or 2017-12-04T08:00:00+08:00";
  case Type::hours: return "local hours such as \"07-19\" or \"22-06\"";
  case Type::numbers: return "an array of numbers";
  case Type::texts: return "a text or an array of texts";
  case Type::paths: return "the path of a file or an array of such";
  }
  return "";
}

/// Why a single number or text is not allowed, as it follows "must "; empty if it is.
std::string range_problem(const Node& node, const Parameter& parameter) {
  if (is_number(node)) {
    const double number = number_of(node);
    if (!std::isfinite(number)) {
      return "be a finite number";
    }
    const bool high_enough = parameter.minimum_open ? number > parameter.minimum : number >= parameter.minimum;
    const bool low_enough = parameter.maximum_open ? number < parameter.maximum : number <= parameter.maximum;
    return high_enough && low_enough ? "" : range_text(parameter);
  }
  const auto& choices = parameter.choices;
  if (choices.empty() || std::find(choices.begin(), choices.end(), text_of(node)) != choices.end()) {
    return "";
  }
  return range_text(parameter);
}

bool is_of_type(const Node& node, Type type) {
  const auto all = [&](auto&& test) {
    return node.is_array() && std::all_of(node.items.begin(), node.items.end(), test);
  };
  const auto is_text = [](const Node& item) { return item.kind == Node::Kind::text; };
  switch (type) {
  case Type::boolean: return node.kind == Node::Kind::boolean;
  case Type::integer: return node.kind == Node::Kind::integer;
  case Type::number: return is_number(node);
  case Type::text:
  case Type::path: return is_text(node);
  case Type::time:
    return (node.kind == Node::Kind::time || is_text(node)) && parse_instant(text_of(node), TimeZone()).has_value();
  case Type::hours: return is_text(node) && parse_hours(text_of(node)).has_value();
  case Type::numbers: return all(is_number);
  case Type::texts:
  case Type::paths: return is_text(node) || all(is_text);
  }
  return false;
}

class Checker {
public:
  Checker(Settings::Shared& shared, ProblemList& problems) : shared_(shared), problems_(problems) {}

  void check_table(const Node& table, const Branch& branch, const std::string& path) {
    for (const auto& [name, node] : table.entries) {
      const Branch* child = branch.child(name);
      if (child == nullptr) {
        unknown(node, branch, path, name);
        continue;
      }
      const bool declared_by_name = child != branch.child("*");
      if (!declared_by_name && (name.empty() || name.find_first_of(".[]") != std::string::npos)) {
        add(node, join_key(path, name) + ": must be a name without dots and brackets");
        continue;
      }
      check_entry(node, *child, path, name);
    }
    for (const auto& [name, child] : branch.children) {
      if (name != "*" && child->parameter != nullptr && child->parameter->required && table.find(name) == nullptr) {
        add(table, is_required(join_key(path, name), *child->parameter));
      }
    }
  }

private:
  void add(const Node& node, const std::string& text) {
    problems_.add(node.where, text);
    shared_.bad.insert(&node);
  }

  void must(const Node& node, const std::string& key, const std::string& text) {
    add(node, key_and_value(key, node) + ": must " + text);
  }

  void unknown(const Node& node, const Branch& branch, const std::string& path, const std::string& name) {
    const bool table = node.is_table() || (node.is_array() && !node.items.empty() && node.items.front().is_table());
    std::string hint = suggestion(name, branch.names());
    if (hint.empty()) { // perhaps it stands in the wrong table
      for (const Parameter& parameter : shared_.schema.parameters()) {
        if (parameter.key.ends_with("." + name) && parameter.key.find_first_of("*[") == std::string::npos) {
          hint = fmt::format("; did you mean \"{}\"?", parameter.key);
          break;
        }
      }
    }
    add(node, fmt::format("{}: unknown {}{}", join_key(path, name), table ? "table" : "key", hint));
  }

  void check_entry(const Node& node, const Branch& branch, const std::string& path, const std::string& name) {
    const std::string key = join_key(path, name);
    if (branch.item && (node.is_array() || branch.parameter == nullptr)) {
      check_items(node, *branch.item, key, path.empty() ? name : key);
    } else if (node.is_table() && !branch.children.empty()) {
      check_table(node, branch, key);
    } else if (branch.parameter != nullptr) {
      check_value(node, *branch.parameter, key);
    } else {
      must(node, key, "be a table, not " + describe(node.kind));
    }
  }

  void check_items(const Node& node, const Branch& branch, const std::string& key, const std::string& header) {
    if (!node.is_array()) {
      must(node, key, fmt::format("be an array of tables, [[{}]], not {}", header, describe(node.kind)));
      return;
    }
    std::map<std::string, const Node*> ids;
    int count = 0;
    for (const Node& item : node.items) {
      ++count;
      if (!item.is_table()) {
        must(item, key, fmt::format("be an array of tables, [[{}]]", header));
        continue;
      }
      const Node* id = item.find("id");
      const bool has_id = id != nullptr && id->kind == Node::Kind::text;
      check_table(item, branch, item_display(key, item, count));
      if (!has_id) {
        continue;
      }
      const auto [other, is_new] = ids.emplace(text_of(*id), id);
      if (!is_new) {
        must(*id, key + ".id", fmt::format("be unique; it stands at {} too", to_string(other->second->where)));
      } else if (text_of(*id).empty()) {
        must(*id, key + ".id", "not be empty");
      }
    }
  }

  void check_value(const Node& node, const Parameter& parameter, const std::string& key) {
    if (!is_of_type(node, parameter.type)) {
      wrong_type(node, parameter, key);
      return;
    }
    if (!node.is_array()) {
      const std::string problem =
          is_number(node) || node.kind == Node::Kind::text ? range_problem(node, parameter) : std::string();
      if (!problem.empty()) {
        must(node, key, problem);
      }
    }
    bool items_fit = true;
    for (const Node& item : node.items) {
      const std::string problem = range_problem(item, parameter);
      if (!problem.empty()) {
        must(item, key, problem);
        items_fit = false;
      }
    }
    const std::size_t count = node.is_array() ? node.items.size() : 1;
    if ((parameter.type == Type::numbers || parameter.type == Type::texts) && parameter.length != 0 &&
        count != parameter.length) {
      must(node, key, fmt::format("hold {} {}, not {}", parameter.length, type_name(parameter.type), count));
    }
    if (!items_fit) {
      shared_.bad.insert(&node);
    }
  }

  void wrong_type(const Node& node, const Parameter& parameter, const std::string& key) {
    const bool array =
        parameter.type == Type::numbers || parameter.type == Type::texts || parameter.type == Type::paths;
    if (array && node.is_array()) { // name the items, which may stand on many lines
      for (const Node& item : node.items) {
        if (parameter.type == Type::numbers ? !is_number(item) : item.kind != Node::Kind::text) {
          must(item, key, parameter.type == Type::numbers ? "be a number" : "be a text");
        }
      }
      shared_.bad.insert(&node);
      return;
    }
    // A value of the right kind with the wrong content needs no lecture on kinds.
    const bool content = parameter.type == Type::integer || parameter.type == Type::time ||
                         (parameter.type == Type::hours && node.kind == Node::Kind::text);
    must(node, key, "be " + wanted(parameter.type) + (content ? "" : ", not " + describe(node.kind)));
  }

  Settings::Shared& shared_;
  ProblemList& problems_;
};

} // namespace

Settings Settings::check(Node root, const Schema& schema, ProblemList& problems) {
  const auto shared = std::make_shared<Shared>(std::move(root), schema);
  ProblemList found;
  Checker(*shared, found).check_table(shared->root, shared->tree, "");
  shared->problems = found.problems();
  for (const Problem& problem : shared->problems) {
    problems.add(problem.where, problem.text);
  }
  Settings settings;
  settings.branch_ = &shared->tree;
  settings.node_ = &shared->root;
  settings.where_ = shared->root.where;
  settings.shared_ = shared;
  return settings;
}

} // namespace tq::config
