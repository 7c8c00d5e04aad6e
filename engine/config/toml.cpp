#include "base/text_file.hpp"
#include "config/node.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fmt/format.h>
#include <toml++/toml.h>

namespace tq::config {
namespace {

SourceLocation location(const toml::source_region& region, const std::string& file) {
  return {file, int(region.begin.line), int(region.begin.column)};
}

std::string text_of(const toml::date& date) {
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::string text_of(const toml::time& time) {
  std::string text = fmt::format("{:02}:{:02}:{:02}", time.hour, time.minute, time.second);
  if (time.nanosecond != 0) {
    std::string fraction = fmt::format(".{:09}", time.nanosecond);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += fraction;
  }
  return text;
}

std::string text_of(const toml::date_time& instant) {
  std::string text = text_of(instant.date) + "T" + text_of(instant.time);
  if (instant.offset) {
    const int minutes = instant.offset->minutes;
    const int size = std::abs(minutes);
    text += minutes == 0 ? "Z" : fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
  }
  return text;
}

constexpr int deepest = 64; // tables and arrays in each other

InputError too_deep(SourceLocation where) {
  return InputError(std::move(where), fmt::format("is nested more than {} levels deep", deepest));
}

/// The library frees its tables by recursion, and bounds the depth of brackets but not of dotted keys: some 30000
/// dots would exhaust the stack. Scans up to where the text stops being TOML, which is as far as the library goes.
void check_dotted_keys(const std::string& text, const std::string& file) {
  int line = 1;
  int dots = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '#') {
      i = std::min(text.find('\n', i), text.size()) - 1;
    } else if (c == '"' || c == '\'') {
      const bool triple = text.compare(i, 3, std::string(3, c)) == 0;
      const std::string end(triple ? 3 : 1, c);
      for (i += end.size(); i < text.size() && text.compare(i, end.size(), end) != 0; ++i) {
        line += text[i] == '\n';
        i += c == '"' && text[i] == '\\';
      }
      i += end.size() - 1;
      while (triple && i + 1 < text.size() && text[i + 1] == c) { // up to two more belong to the text
        ++i;
      }
    } else if (c == '.') {
      if (++dots > deepest) {
        throw too_deep({file, line, 0});
      }
    } else if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_' && c != '-' && c != ' ' && c != '\t') {
      dots = 0;
      line += c == '\n';
    }
  }
}

Node convert(const toml::node& source, const std::string& file, int depth);

void convert_entries(const toml::table& table, const std::string& file, int depth, Node& node) {
  for (const auto& [key, value] : table) {
    Node entry = convert(value, file, depth);
    if (key.source().begin) { // what is wrong with an entry is best looked for at its key
      entry.where = location(key.source(), file);
    }
    node.entries.emplace_back(std::string(key.str()), std::move(entry));
  }
  // The library sorts by name; people read in the order that they wrote.
  std::stable_sort(node.entries.begin(), node.entries.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.where.line, a.second.where.column) <
           std::pair(b.second.where.line, b.second.where.column);
  });
}

Node convert(const toml::node& source, const std::string& file, int depth) {
  Node node;
  node.where = location(source.source(), file);
  if (depth > deepest) {
    throw too_deep(node.where);
  }
  switch (source.type()) {
  case toml::node_type::boolean:
    node.kind = Node::Kind::boolean;
    node.value = source.as_boolean()->get();
    break;
  case toml::node_type::integer:
    node.kind = Node::Kind::integer;
    node.value = source.as_integer()->get();
    break;
  case toml::node_type::floating_point:
    node.kind = Node::Kind::number;
    node.value = source.as_floating_point()->get();
    break;
  case toml::node_type::string:
    node.kind = Node::Kind::text;
    node.value = source.as_string()->get();
    break;
  case toml::node_type::date:
    node.kind = Node::Kind::time;
    node.value = text_of(source.as_date()->get());
    break;
  case toml::node_type::time:
    node.kind = Node::Kind::time;
    node.value = text_of(source.as_time()->get());
    break;
  case toml::node_type::date_time:
    node.kind = Node::Kind::time;
    node.value = text_of(source.as_date_time()->get());
    break;
  case toml::node_type::array:
    node.kind = Node::Kind::array;
    for (const toml::node& item : *source.as_array()) {
      node.items.push_back(convert(item, file, depth + 1));
    }
    break;
  case toml::node_type::table:
  case toml::node_type::none:
    node.kind = Node::Kind::table;
    convert_entries(*source.as_table(), file, depth + 1, node);
    break;
  }
  return node;
}

} // namespace

Node read_toml(const std::filesystem::path& file) { return parse_toml(read_text_file(file), file.string()); }

Node parse_toml(const std::string& text, const std::string& name) {
  check_dotted_keys(text, name);
  try {
    Node root = convert(toml::parse(text, name), name, 0);
    root.where = {name, 1, 1};
    return root;
  } catch (const toml::parse_error& error) {
    throw InputError(location(error.source(), name), fmt::format("is not valid TOML: {}", error.description()));
  }
}

} // namespace tq::config
