#include "config/node.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

namespace tq::config {

const Node* Node::find(const std::string& key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.first == key; });
  return found == entries.end() ? nullptr : &found->second;
}

Node* Node::find(const std::string& key) { return const_cast<Node*>(std::as_const(*this).find(key)); }

std::string describe(Node::Kind kind) {
  switch (kind) {
  case Node::Kind::boolean: return "true or false";
  case Node::Kind::integer: return "a whole number";
  case Node::Kind::number: return "a number";
  case Node::Kind::text: return "a text";
  case Node::Kind::time: return "a date or time";
  case Node::Kind::array: return "an array";
  case Node::Kind::table: return "a table";
  }
  return "";
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
    case '"': result += "\\\""; break;
    case '\\': result += "\\\\"; break;
    case '\n': result += "\\n"; break;
    case '\r': result += "\\r"; break;
    case '\t': result += "\\t"; break;
    default:
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
        fmt::format_to(std::back_inserter(result), "\\u{:04X}", static_cast<unsigned char>(c));
      } else {
        result += c;
      }
    }
  }
  return result + '"';
}

std::string to_toml_key(const std::string& key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
  return bare ? key : quoted(key);
}

std::string to_toml(double number) {
  std::string text = fmt::format("{}", number);
  // Without a point or an exponent it would read back as an integer; "inf" and "nan" are TOML as they are.
  if (text.find_first_of(".enia") == std::string::npos) {
    text += ".0";
  }
  return text;
}

std::string to_toml(const Node& node) {
  std::string result;
  switch (node.kind) {
  case Node::Kind::boolean: return std::get<bool>(node.value) ? "true" : "false";
  case Node::Kind::integer: return fmt::format("{}", std::get<std::int64_t>(node.value));
  case Node::Kind::number: return to_toml(std::get<double>(node.value));
  case Node::Kind::text: return quoted(std::get<std::string>(node.value));
  case Node::Kind::time: return std::get<std::string>(node.value);
  case Node::Kind::array:
    for (const Node& item : node.items) {
      result += (result.empty() ? "" : ", ") + to_toml(item);
    }
    return "[" + result + "]";
  case Node::Kind::table:
    for (const auto& [key, entry] : node.entries) {
      result += (result.empty() ? "" : ", ") + to_toml_key(key) + " = " + to_toml(entry);
    }
    return result.empty() ? "{}" : "{ " + result + " }";
  }
  return result;
}

} // namespace tq::config
