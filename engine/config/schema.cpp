#include "config/schema_tree.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <stdexcept>

namespace tq::config {
namespace {

/// A default may be written in the nearest C++ type: 3 for a number, "pm10" for texts.
void normalise_default(Parameter& parameter) {
  Parameter::Value& value = parameter.default_value;
  if (parameter.type == Type::number && std::holds_alternative<std::int64_t>(value)) {
    value = double(std::get<std::int64_t>(value));
  }
  if (parameter.type == Type::texts && std::holds_alternative<std::string>(value)) {
    value = std::vector<std::string>{std::get<std::string>(value)};
  }
}

bool default_fits(const Parameter& parameter) {
  const Parameter::Value& value = parameter.default_value;
  if (std::holds_alternative<std::monostate>(value)) {
    return true;
  }
  switch (parameter.type) {
  case Type::boolean: return std::holds_alternative<bool>(value);
  case Type::integer: return std::holds_alternative<std::int64_t>(value);
  case Type::number: return std::holds_alternative<double>(value);
  case Type::text:
  case Type::path:
  case Type::time:
  case Type::hours: return std::holds_alternative<std::string>(value);
  case Type::numbers: return std::holds_alternative<std::vector<double>>(value);
  case Type::texts: return std::holds_alternative<std::vector<std::string>>(value);
  case Type::paths: return false; // nobody has files for granted
  }
  return false;
}

bool well_formed(std::string key) {
  while (!key.empty()) {
    const auto dot = key.find('.');
    std::string name = key.substr(0, dot);
    if (name.ends_with("[]")) {
      name.resize(name.size() - 2);
    }
    if (name.empty() || name.find_first_of("[]") != std::string::npos || dot == key.size() - 1) {
      return false;
    }
    key = dot == std::string::npos ? "" : key.substr(dot + 1);
  }
  return true;
}

} // namespace

void Schema::add(Parameter parameter) {
  if (find(parameter.key) != nullptr) {
    throw std::logic_error("parameter declared twice: " + parameter.key);
  }
  if (parameter.key.empty() || !well_formed(parameter.key) || parameter.key.ends_with("[]")) {
    throw std::logic_error("not a parameter's key: " + parameter.key);
  }
  normalise_default(parameter);
  if (!default_fits(parameter)) {
    throw std::logic_error("default of another type: " + parameter.key);
  }
  parameters_.push_back(std::move(parameter));
}

const Parameter* Schema::find(const std::string& key) const {
  const auto found = std::find_if(parameters_.begin(), parameters_.end(),
                                  [&](const Parameter& parameter) { return parameter.key == key; });
  return found == parameters_.end() ? nullptr : &*found;
}

std::pair<std::string, std::string> cut_key(const std::string& key) {
  const auto dot = key.find('.');
  return dot == std::string::npos ? std::pair(key, std::string()) : std::pair(key.substr(0, dot), key.substr(dot + 1));
}

std::string join_key(const std::string& table, const std::string& name) {
  return table.empty() ? to_toml_key(name) : table + "." + to_toml_key(name);
}

void Branch::add(const Parameter& declared, const std::string& rest) {
  if (rest.empty()) {
    parameter = &declared;
    return;
  }
  auto [name, tail] = cut_key(rest);
  const bool array = name.ends_with("[]");
  if (array) {
    name.resize(name.size() - 2);
  }
  auto place = std::find_if(children.begin(), children.end(), [&](const auto& child) { return child.first == name; });
  if (place == children.end()) {
    place = children.insert(place, {name, std::make_unique<Branch>()});
  }
  Branch* below = place->second.get();
  if (array) {
    if (!below->item) {
      below->item = std::make_unique<Branch>();
    }
    below = below->item.get();
  }
  below->add(declared, tail);
}

const Branch* Branch::child(const std::string& name) const {
  const Branch* any = nullptr;
  for (const auto& [declared, branch] : children) {
    if (declared == name && name != "*") {
      return branch.get();
    }
    if (declared == "*") {
      any = branch.get();
    }
  }
  return any;
}

std::vector<std::string> Branch::names() const {
  std::vector<std::string> result;
  for (const auto& [name, branch] : children) {
    if (name != "*") {
      result.push_back(name);
    }
  }
  return result;
}

namespace {

/// Every array of tables has an id, declared or not.
Schema with_ids(const Schema& declared) {
  Schema result;
  for (const Parameter& parameter : declared.parameters()) {
    for (auto end = parameter.key.find("[]"); end != std::string::npos; end = parameter.key.find("[]", end + 1)) {
      const std::string key = parameter.key.substr(0, end + 2) + ".id";
      if (declared.find(key) == nullptr && result.find(key) == nullptr) {
        result.add({.key = key, .type = Type::text, .description = "Unique name.", .required = true});
      }
    }
    result.add(parameter);
  }
  return result;
}

} // namespace

Settings::Shared::Shared(Node document, const Schema& declared)
    : root(std::move(document)), schema(with_ids(declared)) {
  for (const Parameter& parameter : schema.parameters()) {
    tree.add(parameter, parameter.key);
  }
}

namespace {

struct DefaultWriter {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return to_toml(value); }
  std::string operator()(const std::string& value) const { return quoted(value); }

  template <class T> std::string operator()(const std::vector<T>& values) const {
    std::string text;
    for (const T& value : values) {
      text += (text.empty() ? "" : ", ") + (*this)(value);
    }
    return "[" + text + "]";
  }
};

} // namespace

std::string default_text(const Parameter& parameter) { return std::visit(DefaultWriter(), parameter.default_value); }

std::string range_text(const Parameter& parameter) {
  const bool below = std::isfinite(parameter.minimum);
  const bool above = std::isfinite(parameter.maximum);
  if (!parameter.choices.empty()) {
    std::vector<std::string> choices;
    for (const std::string& choice : parameter.choices) {
      choices.push_back(quoted(choice));
    }
    return fmt::format("be {}{}", choices.size() > 1 ? "one of " : "", fmt::join(choices, ", "));
  }
  if (below && above) {
    return fmt::format("be in {}{}, {}{}", parameter.minimum_open ? '(' : '[', parameter.minimum, parameter.maximum,
                       parameter.maximum_open ? ')' : ']');
  }
  if (below) {
    return fmt::format("be {} {}", parameter.minimum_open ? "greater than" : "at least", parameter.minimum);
  }
  if (above) {
    return fmt::format("be {} {}", parameter.maximum_open ? "less than" : "at most", parameter.maximum);
  }
  return "";
}

std::string type_name(Type type) {
  switch (type) {
  case Type::boolean: return "true or false";
  case Type::integer: return "whole number";
  case Type::number: return "number";
  case Type::text: return "text";
  case Type::path: return "path";
  case Type::time: return "time";
  case Type::hours: return "hours";
  case Type::numbers: return "numbers";
  case Type::texts: return "texts";
  case Type::paths: return "paths";
  }
  return "";
}

std::string key_and_value(const std::string& key, const Node& node) {
  constexpr std::size_t longest = 60; // bytes; the place says where the whole stands
  if (node.is_table()) {
    return key;
  }
  std::string value = to_toml(node);
  if (value.size() > longest) {
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80) { // not inside a UTF-8 character
      --end;
    }
    value = value.substr(0, end) + "...";
  }
  return key + " = " + value;
}

std::string item_display(const std::string& array, const Node& item, int count) {
  const Node* id = item.find("id");
  return id != nullptr && id->kind == Node::Kind::text ? fmt::format("{}[{}]", array, std::get<std::string>(id->value))
                                                       : fmt::format("{}[#{}]", array, count);
}

std::string is_required(const std::string& key, const Parameter& parameter) {
  return fmt::format("{}: is required ({})", key, type_name(parameter.type));
}

} // namespace tq::config
