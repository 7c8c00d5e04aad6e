#include "base/text_file.hpp"
#include "config/node.hpp"

#include <algorithm>
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

Node convert(const toml::node& source, const std::string& file);

void convert_entries(const toml::table& table, const std::string& file, Node& node) {
  for (const auto& [key, value] : table) {
    Node entry = convert(value, file);
    if (key.source().begin) { // what is wrong with an entry is best looked for at its key
      entry.where = location(key.source(), file);
    }
    node.entries.emplace_back(std::string(key.str()), std::move(entry));
  }
  // The library sorts by name; people read in the order that they wrote.
  std::stable_sort(node.entries.begin(), node.entries.end(), [](const auto& a, const auto& b) {
    return std::pair(a.second.where.line, a.second.where.column) < std::pair(b.second.where.line, b.second.where.column);
  });
}

Node convert(const toml::node& source, const std::string& file) {
  Node node;
  node.where = location(source.source(), file);
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
      node.items.push_back(convert(item, file));
    }
    break;
  case toml::node_type::table:
  case toml::node_type::none:
    node.kind = Node::Kind::table;
    convert_entries(*source.as_table(), file, node);
    break;
  }
  return node;
}

} // namespace

Node read_toml(const std::filesystem::path& file) {
  const std::string text = read_text_file(file);
  const std::string name = file.string();
  try {
    Node root = convert(toml::parse(text, name), name);
    root.where = {name, 1, 1};
    return root;
  } catch (const toml::parse_error& error) {
    throw InputError(location(error.source(), name), fmt::format("is not valid TOML: {}", error.description()));
  }
}

} // namespace tq::config
