#include "emission/source_groups.hpp"

#include <fmt/format.h>
#include <stdexcept>

namespace tq {

SourceGroups::SourceGroups(const Inventory& inventory, const std::vector<SourceGroup>& groups)
    : tag_(inventory.sources.size(), int(groups.size()) + 1) {
  if (groups.empty()) {
    throw std::invalid_argument("no group of sources to follow");
  }
  std::vector<const SourceGroup*> owner(tag_.size(), nullptr);
  for (const SourceGroup& group : groups) {
    ids_.push_back(group.id);
    kinds_.push_back(group.kind);
    for (const std::size_t source : group.sources) {
      if (source >= tag_.size()) {
        throw std::invalid_argument(fmt::format("group \"{}\": source {} of {}", group.id, source, tag_.size()));
      }
      if (owner[source] != nullptr) {
        throw std::invalid_argument(fmt::format("source \"{}\" is in the groups \"{}\" and \"{}\"",
                                                inventory.sources[source].id, owner[source]->id, group.id));
      }
      owner[source] = &group;
      tag_[source] = tags();
    }
  }
  for (const char* rest : {"other", "outside", "initial"}) {
    ids_.emplace_back(rest);
    kinds_.emplace_back(rest);
  }
}

} // namespace tq
