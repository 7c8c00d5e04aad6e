#include "config/schema_tree.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq::config {
namespace {

/// The names of a key without brackets: `measure[].factor` and `measure.factor` ask for the same.
std::vector<std::string> names_of(const std::string& key) {
  std::vector<std::string> result;
  for (std::string rest = key; !rest.empty();) {
    auto [name, tail] = cut_key(rest);
    result.push_back(name.substr(0, name.find('[')));
    rest = tail;
  }
  return result;
}

/// How many leading names of the asked key fit the declared one; `*` takes any name.
std::size_t common(const std::vector<std::string>& asked, const std::vector<std::string>& declared) {
  std::size_t count = 0;
  while (count < std::min(asked.size(), declared.size()) &&
         (asked[count] == declared[count] || declared[count] == "*")) {
    ++count;
  }
  return count;
}

std::string entry(const Parameter& parameter) {
  std::string line = fmt::format("{}: {}", parameter.key, type_name(parameter.type));
  if (parameter.length != 0) {
    line += fmt::format(" ({})", parameter.length);
  }
  if (!parameter.unit.empty()) {
    line += fmt::format(" [{}]", parameter.unit);
  }
  if (const std::string range = range_text(parameter); !range.empty()) {
    line += ", must " + range;
  }
  const std::string value = default_text(parameter);
  if (parameter.required) {
    line += parameter.key.find('.') == std::string::npos ? ", required" : ", required in its table";
  } else if (!value.empty()) {
    line += ", default " + value;
  }
  return line + "\n    " + parameter.description + "\n";
}

/// What the asked key may have meant: one of `candidates`, a declared key or the table before it, or a key of that last
/// name elsewhere.
std::string hint(const Schema& schema, const std::string& key, std::vector<std::string> candidates) {
  for (const Parameter& parameter : schema.parameters()) {
    candidates.push_back(parameter.key);
    for (auto dot = parameter.key.find('.'); dot != std::string::npos; dot = parameter.key.find('.', dot + 1)) {
      candidates.push_back(parameter.key.substr(0, dot));
    }
  }
  for (const Parameter& parameter : schema.parameters()) {
    if (parameter.key.ends_with("." + key)) {
      return fmt::format("; did you mean \"{}\"?", parameter.key);
    }
  }
  return suggestion(key, candidates);
}

} // namespace

std::string describe(const Schema& schema, const std::string& key, const std::vector<std::string>& others) {
  const std::vector<std::string> asked = names_of(key);
  std::string text;
  for (const Parameter& parameter : schema.parameters()) {
    if (common(asked, names_of(parameter.key)) == asked.size()) {
      text += entry(parameter);
    }
  }
  if (text.empty()) {
    throw InputError(SourceLocation(), fmt::format("{}: unknown key{}", key, hint(schema, key, others)));
  }
  return text;
}

} // namespace tq::config
