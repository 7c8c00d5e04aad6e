#include "config/node.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq::config {
namespace {

const std::string* id_of(const Node& item) {
  const Node* id = item.find("id");
  return id != nullptr && id->kind == Node::Kind::text ? &std::get<std::string>(id->value) : nullptr;
}

bool is_array_of_tables(const Node& node) {
  return node.is_array() && std::all_of(node.items.begin(), node.items.end(),
                                        [](const Node& item) { return item.is_table(); });
}

bool has_ids(const Node& node) {
  return std::any_of(node.items.begin(), node.items.end(), [](const Node& item) { return id_of(item) != nullptr; });
}

void merge_table(Node& base, Node&& overlay);

void merge_items(Node& base, Node&& overlay) {
  // A base item takes part once: a second overlay item of the same id is appended, and the check reports it.
  std::vector<bool> taken(base.items.size(), false);
  const std::size_t base_count = base.items.size();
  for (Node& item : overlay.items) {
    const std::string* id = id_of(item);
    std::size_t place = 0;
    while (place < base_count && (taken[place] || id == nullptr || id_of(base.items[place]) == nullptr ||
                                  *id_of(base.items[place]) != *id)) {
      ++place;
    }
    if (place < base_count) {
      taken[place] = true;
      merge_table(base.items[place], std::move(item));
    } else {
      base.items.push_back(std::move(item));
    }
  }
}

void merge_table(Node& base, Node&& overlay) {
  for (auto& [key, value] : overlay.entries) {
    Node* below = base.find(key);
    if (below == nullptr) {
      base.entries.emplace_back(key, std::move(value));
    } else if (below->is_table() && value.is_table()) {
      merge_table(*below, std::move(value));
    } else if (is_array_of_tables(*below) && is_array_of_tables(value) && has_ids(*below) && has_ids(value)) {
      merge_items(*below, std::move(value));
    } else {
      *below = std::move(value);
    }
  }
}

/// `chain` holds the files read so far, the outermost overlay first.
Node read_over_base(const std::filesystem::path& file, std::vector<std::filesystem::path>& chain) {
  chain.push_back(file);
  Node overlay = read_toml(file);
  const Node* entry = overlay.find("base");
  if (entry == nullptr) {
    return overlay;
  }
  const std::string written = fmt::format("base = {}", to_toml(*entry));
  if (entry->kind != Node::Kind::text) {
    throw InputError(entry->where, written + ": must be the name of a file");
  }
  const std::filesystem::path base_file =
      (file.parent_path() / std::get<std::string>(entry->value)).lexically_normal();
  std::error_code status;
  if (!std::filesystem::is_regular_file(base_file, status)) {
    throw InputError(entry->where,
                     fmt::format("{}: must be a file, but there is none at {}", written, base_file.string()));
  }
  for (const std::filesystem::path& above : chain) {
    if (std::filesystem::equivalent(above, base_file, status)) {
      throw InputError(entry->where, fmt::format("{}: must not lead back to {}", written, above.string()));
    }
  }
  std::erase_if(overlay.entries, [](const auto& item) { return item.first == "base"; });
  Node result = read_over_base(base_file, chain);
  result.where = overlay.where;
  merge_table(result, std::move(overlay));
  return result;
}

} // namespace

Node read_scenario(const std::filesystem::path& file) {
  std::vector<std::filesystem::path> chain;
  return read_over_base(file, chain);
}

} // namespace tq::config
