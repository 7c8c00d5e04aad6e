#include "config/schema_tree.hpp"

#include <algorithm>

namespace tq::config {
namespace {

class Resolver {
public:
  explicit Resolver(const Settings::Shared& shared)
      : shared_(shared), folder_(folder_of(shared.root)) {}
  /// With absolute paths, and without these keys of the top level.
  Resolver(const Settings::Shared& shared, const std::vector<std::string>& without) : shared_(shared), without_(without) {}

  std::string write() {
    write_table(shared_.tree, &shared_.root, "");
    return std::move(text_);
  }

private:
  /// The entries of a table: what the document gives, and what is declared by name and may have defaults.
  std::vector<std::pair<std::string, const Branch*>> entries(const Branch& branch, const Node* table) const {
    std::vector<std::pair<std::string, const Branch*>> result;
    for (const auto& [name, child] : branch.children) {
      if (&branch == &shared_.tree && std::find(without_.begin(), without_.end(), name) != without_.end()) {
        continue;
      }
      if (name != "*") {
        result.emplace_back(name, child.get());
        continue;
      }
      if (table == nullptr) {
        continue;
      }
      for (const auto& [given, node] : table->entries) {
        if (branch.child(given) == child.get()) {
          result.emplace_back(given, child.get());
        }
      }
    }
    return result;
  }

  void write_table(const Branch& branch, const Node* table, const std::string& path) {
    const auto all = entries(branch, table);
    for (const auto& [name, child] : all) {
      write_value(*child, table != nullptr ? table->find(name) : nullptr, name);
    }
    for (const auto& [name, child] : all) {
      const Node* node = table != nullptr ? table->find(name) : nullptr;
      const std::string key = join_key(path, name);
      if (child->item && node != nullptr && node->is_array()) {
        for (const Node& item : node->items) {
          if (item.is_table()) {
            text_ += "\n[[" + key + "]]\n";
            write_table(*child->item, &item, key);
          }
        }
      } else if (!child->children.empty()) {
        write_subtable(*child, node, key);
      }
    }
  }

  void write_value(const Branch& branch, const Node* node, const std::string& name) {
    if (branch.parameter == nullptr || (node != nullptr && (node->is_table() || branch.item))) {
      return;
    }
    std::string value;
    if (node == nullptr || shared_.bad.contains(node)) {
      value = default_text(*branch.parameter);
    } else if (branch.parameter->type == Type::path || branch.parameter->type == Type::paths) {
      value = paths_text(*node);
    } else {
      value = to_toml(*node);
    }
    const bool is_default_path = node == nullptr && branch.parameter->type == Type::path;
    if (!value.empty()) {
      text_ += (is_default_path ? "# " : "") + to_toml_key(name) + " = " + value + "\n";
    }
  }

  void write_subtable(const Branch& branch, const Node* node, const std::string& key) {
    const bool given = node != nullptr && node->is_table();
    if (!given && (node != nullptr || branch.parameter != nullptr || !may_be_implied(branch))) {
      return;
    }
    const std::size_t start = text_.size();
    const std::string header = "\n[" + key + "]\n";
    text_ += header;
    write_table(branch, given ? node : nullptr, key);
    // A header alone says nothing, or is implied by the headers below it, unless the document has it empty.
    const bool has_values = text_.compare(start + header.size(), 1, "\n") != 0 && text_.size() > start + header.size();
    if (!has_values && !(given && node->entries.empty())) {
      text_.erase(start, header.size());
    }
  }

  /// Written defaults make an absent table present, and then its required keys would be missing, or it would count.
  static bool may_be_implied(const Branch& branch) {
    return std::none_of(branch.children.begin(), branch.children.end(), [](const auto& child) {
      const Parameter* parameter = child.second->parameter;
      return child.first != "*" && parameter != nullptr && (parameter->required || parameter->marks_table);
    });
  }

  /// Absolute, so that the text does not depend on how the scenario was named.
  static std::filesystem::path folder_of(const Node& node) {
    return std::filesystem::absolute(std::filesystem::path(".") / node.where.file).parent_path().lexically_normal();
  }

  std::string paths_text(const Node& node) const {
    if (!node.is_array()) {
      return quoted(path_text(node));
    }
    std::string text;
    for (const Node& item : node.items) {
      text += (text.empty() ? "" : ", ") + quoted(path_text(item));
    }
    return "[" + text + "]";
  }

  /// Paths may stand in files of several folders; here all are relative to the folder of the scenario.
  std::string path_text(const Node& node) const {
    const std::filesystem::path written = std::get<std::string>(node.value);
    const std::filesystem::path path = (folder_of(node) / written).lexically_normal();
    return written.is_absolute() || folder_.empty() ? path.string() : path.lexically_relative(folder_).string();
  }

  const Settings::Shared& shared_;
  std::filesystem::path folder_; // that paths are written relative to; empty: they are absolute
  std::vector<std::string> without_;
  std::string text_;
};

} // namespace

std::string Settings::resolved() const { return Resolver(*shared_).write(); }

std::string Settings::comparable(const std::vector<std::string>& without) const {
  return Resolver(*shared_, without).write();
}

} // namespace tq::config
