#include "config/schema_tree.hpp"

#include <algorithm>
#include <stdexcept>

namespace tq::config {
namespace {

const std::string& text_of(const Node& node) { return std::get<std::string>(node.value); }

double number_of(const Node& node) {
  return node.kind == Node::Kind::integer ? double(std::get<std::int64_t>(node.value)) : std::get<double>(node.value);
}

/// Relative to the file in which it is written.
std::filesystem::path written_path(const Node& node) {
  return (std::filesystem::path(node.where.file).parent_path() / text_of(node)).lexically_normal();
}

} // namespace

Settings::Place Settings::find(const std::string& key) const {
  Place place{branch_, node_, where_, display_};
  for (std::string rest = key; !rest.empty();) {
    auto [name, tail] = cut_key(rest);
    const Branch* child = place.branch->child(name);
    if (child == nullptr) {
      throw std::logic_error("key is not declared: " + join_key(display_, key));
    }
    place.branch = child;
    place.node = place.node != nullptr && place.node->is_table() ? place.node->find(name) : nullptr;
    if (place.node != nullptr) {
      place.where = place.node->where;
    }
    place.display = join_key(place.display, name);
    rest = tail;
  }
  return place;
}

const Node* Settings::value_of(const Place& place, Type type) const {
  const Parameter* parameter = place.branch->parameter;
  if (parameter == nullptr || parameter->type != type) {
    throw std::logic_error("not declared as a value of this type: " + place.display);
  }
  const bool is_value = place.node != nullptr && !place.node->is_table() && !shared_->bad.contains(place.node);
  if (!is_value && std::holds_alternative<std::monostate>(parameter->default_value)) {
    std::vector<Problem> problems = shared_->problems;
    const std::string text = is_required(place.display, *parameter);
    const bool told = std::any_of(problems.begin(), problems.end(), [&](const Problem& problem) {
      return problem.text == text || problem.text.starts_with(place.display + " = ") ||
             problem.text.starts_with(place.display + ": ");
    });
    if (!told) {
      problems.push_back({place.where, text});
    }
    throw InputError(std::move(problems));
  }
  return is_value ? place.node : nullptr;
}

bool Settings::boolean(const std::string& key) const {
  const Place place = find(key);
  const Node* node = value_of(place, Type::boolean);
  return node != nullptr ? std::get<bool>(node->value) : std::get<bool>(place.branch->parameter->default_value);
}

std::int64_t Settings::integer(const std::string& key) const {
  const Place place = find(key);
  const Node* node = value_of(place, Type::integer);
  return node != nullptr ? std::get<std::int64_t>(node->value)
                         : std::get<std::int64_t>(place.branch->parameter->default_value);
}

double Settings::number(const std::string& key) const {
  const Place place = find(key);
  const Node* node = value_of(place, Type::number);
  return node != nullptr ? number_of(*node) : std::get<double>(place.branch->parameter->default_value);
}

std::string Settings::text(const std::string& key) const { return text_like(key, Type::text); }

std::string Settings::text_like(const std::string& key, Type type) const {
  const Place place = find(key);
  const Node* node = value_of(place, type);
  return node != nullptr ? text_of(*node) : std::get<std::string>(place.branch->parameter->default_value);
}

std::filesystem::path Settings::path(const std::string& key) const {
  const Place place = find(key);
  const Node* node = value_of(place, Type::path);
  if (node == nullptr) {
    return std::get<std::string>(place.branch->parameter->default_value);
  }
  return written_path(*node);
}

namespace {

/// Why there is no file to read, as it follows "must "; empty if there is.
std::string no_file(const std::filesystem::path& file) {
  std::error_code status;
  if (std::filesystem::is_directory(file, status)) {
    return "be a file, but " + file.string() + " is a folder";
  }
  return std::filesystem::exists(file, status) ? "" : "be a file, but there is none at " + file.string();
}

} // namespace

std::optional<std::filesystem::path> Settings::existing_file(const std::string& key, ProblemList& problems) const {
  const std::filesystem::path file = path(key);
  if (const std::string text = no_file(file); !text.empty()) {
    problem(problems, key, text);
    return std::nullopt;
  }
  return file;
}

std::vector<std::filesystem::path> Settings::existing_files(const std::string& key, ProblemList& problems) const {
  const Place place = find(key);
  const Node* node = value_of(place, Type::paths);
  std::vector<std::filesystem::path> found;
  const auto add = [&](const Node& item) {
    const std::filesystem::path file = written_path(item);
    if (const std::string text = no_file(file); !text.empty()) {
      problems.add(item.where, key_and_value(place.display, item) + ": must " + text);
    } else {
      found.push_back(file);
    }
  };
  if (node->is_array()) {
    std::for_each(node->items.begin(), node->items.end(), add);
  } else {
    add(*node);
  }
  return found;
}

std::vector<std::filesystem::path> Settings::files() const {
  std::vector<std::filesystem::path> found;
  const auto visit = [&](const auto& self, const Branch& branch, const Node& table) -> void {
    for (const auto& [name, node] : table.entries) {
      const Branch* child = branch.child(name);
      if (child == nullptr || shared_->bad.contains(&node)) {
        continue;
      }
      if (node.is_table()) {
        self(self, *child, node);
      } else if (node.is_array() && child->item) {
        for (const Node& item : node.items) {
          self(self, *child->item, item);
        }
      } else if (child->parameter != nullptr && !child->parameter->made &&
                 (child->parameter->type == Type::path || child->parameter->type == Type::paths)) {
        if (node.is_array()) {
          std::transform(node.items.begin(), node.items.end(), std::back_inserter(found), written_path);
        } else {
          found.push_back(written_path(node));
        }
      }
    }
  };
  if (node_ != nullptr) {
    visit(visit, *branch_, *node_);
  }
  return found;
}

Instant Settings::time(const std::string& key, const TimeZone& zone) const {
  return parse_instant(text_like(key, Type::time), zone).value();
}

std::pair<int, int> Settings::hours(const std::string& key) const {
  return parse_hours(text_like(key, Type::hours)).value();
}

std::vector<double> Settings::numbers(const std::string& key) const {
  const Place place = find(key);
  const Node* node = value_of(place, Type::numbers);
  if (node == nullptr) {
    return std::get<std::vector<double>>(place.branch->parameter->default_value);
  }
  std::vector<double> result;
  std::transform(node->items.begin(), node->items.end(), std::back_inserter(result), number_of);
  return result;
}

std::vector<std::string> Settings::texts(const std::string& key) const {
  const Place place = find(key);
  const Node* node = value_of(place, Type::texts);
  if (node == nullptr) {
    return std::get<std::vector<std::string>>(place.branch->parameter->default_value);
  }
  if (!node->is_array()) {
    return {text_of(*node)};
  }
  std::vector<std::string> result;
  std::transform(node->items.begin(), node->items.end(), std::back_inserter(result), text_of);
  return result;
}

bool Settings::given(const std::string& key) const { return find(key).node != nullptr; }

bool Settings::has(const std::string& key) const {
  const Place place = find(key);
  if (place.branch->parameter == nullptr) {
    return place.node != nullptr;
  }
  const bool is_value = place.node != nullptr && !place.node->is_table() && !shared_->bad.contains(place.node);
  return is_value || !std::holds_alternative<std::monostate>(place.branch->parameter->default_value);
}

SourceLocation Settings::where(const std::string& key) const { return find(key).where; }

Settings Settings::at(const Place& place) const {
  Settings result;
  result.shared_ = shared_;
  result.branch_ = place.branch;
  result.node_ = place.node;
  result.where_ = place.where;
  result.display_ = place.display;
  return result;
}

Settings Settings::table(const std::string& prefix) const {
  Place place = find(prefix);
  if (place.branch->children.empty()) {
    throw std::logic_error("not declared as a table: " + place.display);
  }
  if (place.node != nullptr && !place.node->is_table()) {
    place.node = nullptr;
  }
  return at(place);
}

std::vector<Settings> Settings::each(const std::string& prefix) const {
  const Place place = find(prefix);
  if (!place.branch->item) {
    throw std::logic_error("not declared as an array of tables: " + place.display);
  }
  std::vector<Settings> result;
  if (place.node == nullptr || !place.node->is_array()) {
    return result;
  }
  int count = 0;
  for (const Node& item : place.node->items) {
    ++count;
    if (item.is_table()) {
      result.push_back(at({place.branch->item.get(), &item, item.where, item_display(place.display, item, count)}));
    }
  }
  return result;
}

std::vector<std::string> Settings::names(const std::string& prefix) const {
  const Place place = find(prefix);
  const Branch* any = place.branch->child("*");
  if (any == nullptr) {
    throw std::logic_error("not declared as a table of names: " + place.display);
  }
  std::vector<std::string> result;
  if (place.node != nullptr && place.node->is_table()) {
    for (const auto& [name, node] : place.node->entries) {
      if (place.branch->child(name) == any && !shared_->bad.contains(&node)) {
        result.push_back(name);
      }
    }
  }
  return result;
}

void Settings::problem(ProblemList& problems, const std::string& key, const std::string& text) const {
  const Place place = find(key);
  const std::string head = place.node != nullptr ? key_and_value(place.display, *place.node) : place.display;
  problems.add(place.where, (head.empty() ? "must " : head + ": must ") + text);
}

} // namespace tq::config
