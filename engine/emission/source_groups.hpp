#pragma once
#include "emission/inventory.hpp"

#include <string>
#include <vector>

namespace tq {

/// Sources that are followed together, such as a sector or a single plant.
struct SourceGroup {
  std::string id;
  std::vector<std::size_t> sources; // index into Inventory::sources
  std::string kind = "group";       // what its sources share: "sector", "cell" ...; "group": only that somebody names them
};

/// The sources of an inventory that `belongs(source)` chooses.
template <class Belongs> SourceGroup group_sources(std::string id, const Inventory& inventory, Belongs belongs) {
  SourceGroup group{std::move(id), {}};
  for (std::size_t s = 0; s < inventory.sources.size(); ++s) {
    if (belongs(inventory.sources[s])) {
      group.sources.push_back(s);
    }
  }
  return group;
}

/// What the tags of a run follow: tag g + 1 the emission of group g; then other(), that of all sources without a group;
/// then outside(), what comes in through the sides and the top; then initial(), what was there at the start. So tags sum
/// to their total (tag 0).
class SourceGroups {
 public:
  /// No tags.
  SourceGroups() = default;
  /// Throws std::invalid_argument if there is no group, or if a source is in two of them or not in the inventory.
  SourceGroups(const Inventory& inventory, const std::vector<SourceGroup>& groups);

  int tags() const { return int(ids_.size()); }
  int other() const { return tags() - 2; }
  int outside() const { return tags() - 1; }
  int initial() const { return tags(); }
  /// The tag of a source, index into Inventory::sources. Only where there are tags.
  int tag(std::size_t source) const { return tag_[source]; }
  /// By tag, from tag 1 on: the groups' ids, "other", "outside", "initial".
  const std::vector<std::string>& ids() const { return ids_; }
  /// Likewise: the groups' kinds; the last three are their own.
  const std::vector<std::string>& kinds() const { return kinds_; }

 private:
  std::vector<std::string> ids_, kinds_;
  std::vector<int> tag_; // by source
};

} // namespace tq
