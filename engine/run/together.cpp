#include "run/together.hpp"

#include <map>
#include <string>

namespace tq {

std::vector<Cases> group_cases(const Cases& cases) {
  static const std::vector<std::string> own = {"name",    "title",   "inventory", "release",
                                               "measure", "emergency", "attribution"};
  std::vector<Cases> groups;
  std::map<std::string, std::size_t> group_of; // by what its members share
  for (const Case* c : cases) {
    const std::string alone = c->ground.empty() ? "" : c->name;
    const auto [found, fresh] = group_of.emplace(c->settings.comparable(own) + alone, groups.size());
    if (fresh) {
      groups.emplace_back();
    }
    groups[found->second].push_back(c);
  }
  return groups;
}

} // namespace tq
