#include "config/schema_tree.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq::config {
namespace {

std::vector<std::string> segments(std::string key) {
  std::vector<std::string> result;
  while (!key.empty()) {
    auto [name, tail] = cut_key(key);
    if (const auto bracket = name.find('['); bracket != std::string::npos) {
      name.resize(bracket);
    }
    result.push_back(name);
    key = tail;
  }
  return result;
}

/// How many leading segments of the asked key fit the declared one; `*` takes any name.
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
    line += ", required";
  } else if (!value.empty()) {
    line += ", default " + value;
  }
  return line + "\n    " + parameter.description + "\n";
}

} // namespace

std::string describe(const Schema& schema, const std::string& key) {
  const std::vector<std::string> asked = segments(key);
  std::string text;
  std::size_t deepest = 0;
  std::vector<std::string> known; // names beside the first segment that fits nothing
  for (const Parameter& parameter : schema.parameters()) {
    const std::vector<std::string> declared = segments(parameter.key);
    const std::size_t count = common(asked, declared);
    if (count == asked.size()) {
      text += entry(parameter);
    } else if (count >= deepest) {
      if (count > deepest) {
        known.clear();
        deepest = count;
      }
      if (count < declared.size()) {
        known.push_back(declared[count]);
      }
    }
  }
  if (text.empty()) {
    const std::string& unknown = asked.empty() ? key : asked[std::min(deepest, asked.size() - 1)];
    throw InputError(SourceLocation(), fmt::format("{}: unknown key{}", key, suggestion(unknown, known)));
  }
  return text;
}

} // namespace tq::config
