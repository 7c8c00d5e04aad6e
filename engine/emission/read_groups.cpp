#include "emission/read_groups.hpp"

#include "emission/measure_selection.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace tq {

namespace {

constexpr std::array reserved = {"other", "outside", "initial"};

/// What `by` tells sources apart by; "" where a source has none.
std::string value_of(const std::string& by, const Source& source, const ManagementCells& cells) {
  if (by == "cell") {
    return source.cell >= 0 ? cells.cells[std::size_t(source.cell)].id : "";
  }
  return by == "sector"       ? source.sector
         : by == "district"   ? source.district
         : by == "department" ? source.department
         : by == "enterprise" ? source.enterprise
                              : source.inventory;
}

std::vector<SourceGroup> groups_by(const config::Settings& scenario, const Inventory& inventory,
                                   const ManagementCells& cells, ProblemList& problems) {
  const std::string by = scenario.text("attribution.by");
  std::vector<SourceGroup> groups;
  std::map<std::string, SourceGroup> found;
  for (std::size_t s = 0; s < inventory.sources.size(); ++s) {
    const std::string value = value_of(by, inventory.sources[s], cells);
    if (!value.empty() && value != reserved[0]) {
      SourceGroup& group = found.try_emplace(value, SourceGroup{value, {}, by}).first->second;
      group.sources.push_back(s);
    }
  }
  if (found.empty() && inventory.complete) {
    scenario.problem(problems, "attribution.by",
                     fmt::format("be what tells sources apart; none of {} has a {}", inventory.sources.size(), by));
  }
  for (const ManagementCell& cell : cells.cells) { // in their order, not that of their ids
    if (const auto group = found.find(cell.id); by == "cell" && group != found.end()) {
      groups.push_back(std::move(group->second));
      found.erase(group);
    }
  }
  for (auto& [value, group] : found) {
    groups.push_back(std::move(group));
  }
  return groups;
}

/// The sources of an item of [[attribution.group]].
std::vector<std::size_t> sources_of(const config::Settings& item, MeasureSelection& selection,
                                    const std::vector<Measure>& measures, ProblemList& problems) {
  if (item.given("measure") == item.given("select")) {
    item.problem(problems, "", fmt::format("have `select` or `measure`{}", item.given("select") ? ", not both" : ""));
    return {};
  }
  if (!item.has("measure")) {
    return item.given("select") ? selection.sources(item) : std::vector<std::size_t>{};
  }
  const std::string id = item.text("measure");
  std::vector<std::string> ids;
  for (const Measure& measure : measures) {
    if (measure.id == id) {
      return measure.sources;
    }
    ids.push_back(measure.id);
  }
  item.problem(problems, "measure",
               fmt::format("be the id of a measure{}{}", ids.empty() ? "; there is none" : "", suggestion(id, ids)));
  return {};
}

} // namespace

std::vector<SourceGroup> read_groups(const config::Settings& scenario, const Inventory& inventory,
                                     const ManagementCells& cells, const std::vector<Measure>& measures,
                                     ProblemList& problems) {
  if (!scenario.given("attribution")) {
    return {};
  }
  const bool by = scenario.given("attribution.by"), named = scenario.given("attribution.group");
  if (by == named) {
    scenario.problem(problems, by ? "attribution.by" : "attribution",
                     by ? "not stand beside [[attribution.group]]"
                        : "have `by`, such as by = \"sector\", or [[attribution.group]]");
    return {};
  }
  if (by) {
    return scenario.has("attribution.by") ? groups_by(scenario, inventory, cells, problems)
                                          : std::vector<SourceGroup>{};
  }
  MeasureSelection selection(inventory, cells, problems);
  std::vector<SourceGroup> groups;
  std::map<std::size_t, std::size_t> owners; // group by source
  for (const config::Settings& item : scenario.each("attribution.group")) {
    if (!item.has("id")) {
      continue; // reported already
    }
    const std::string id = item.text("id");
    if (std::find(reserved.begin(), reserved.end(), id) != reserved.end()) {
      item.problem(problems, "id", "be another: tags \"other\", \"outside\" and \"initial\" are there already");
    }
    groups.push_back({id, sources_of(item, selection, measures, problems)});
    for (const std::size_t source : groups.back().sources) {
      const auto [earlier, fresh] = owners.emplace(source, groups.size() - 1);
      if (!fresh) {
        item.problem(problems, item.given("measure") ? "measure" : "select",
                     fmt::format("choose sources of no other group; \"{}\" is in \"{}\" too",
                                 inventory.sources[source].id, groups[earlier->second].id));
        break;
      }
    }
  }
  return groups;
}

} // namespace tq
