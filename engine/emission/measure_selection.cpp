#include "emission/measure_selection.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>

namespace tq {

namespace {

/// The number of a source under a name of `select.where`; NaN if it has none.
double attribute(const Source& source, const std::string& name) {
  if (name == "area_m2") {
    return source.area;
  }
  if (name == "length_m") {
    return source.length;
  }
  const auto found = std::find_if(source.attributes.begin(), source.attributes.end(),
                                  [&](const auto& attribute) { return attribute.first == name; });
  return found == source.attributes.end() ? std::numeric_limits<double>::quiet_NaN() : found->second;
}

} // namespace

MeasureSelection::MeasureSelection(const Inventory& inventory, const ManagementCells& cells, ProblemList& problems)
    : inventory_(inventory), cells_(cells), problems_(problems) {
  const auto field = [&](const std::string& key, std::string Source::*member) {
    selectors_.push_back({key, [member](const Source& s) { return std::vector<std::string>{s.*member}; }});
  };
  field("sector", &Source::sector);
  field("department", &Source::department);
  field("enterprise", &Source::enterprise);
  field("district", &Source::district);
  field("unit", &Source::unit);
  field("source", &Source::id);
  selectors_.push_back({"cell", [this](const Source& source) {
                          std::vector<std::string> ids; // of the cell and of those above it
                          for (int c = source.cell; c >= 0; c = parent_of(cells_, c)) {
                            ids.push_back(cells_.cells[std::size_t(c)].id);
                          }
                          return ids;
                        }});
  selectors_.push_back({"part", [](const Source& source) {
                          std::vector<std::string> parts;
                          for (const Stream& stream : source.streams) {
                            parts.push_back(stream.part);
                          }
                          return parts;
                        }});
}

/// Each text of each key must match some source by itself: a slip in one of several texts would otherwise
/// pass.
bool MeasureSelection::check_patterns(const config::Settings& item, const Selector& selector,
                                      const std::vector<std::string>& patterns) {
  std::set<std::string> known;
  for (const Source& source : inventory_.sources) {
    for (std::string& text : selector.texts(source)) {
      if (!text.empty()) {
        known.insert(std::move(text));
      }
    }
  }
  bool good = true;
  for (const std::string& pattern : patterns) {
    const bool found =
        std::any_of(known.begin(), known.end(), [&](const std::string& text) { return matches(pattern, text); });
    if (!found) {
      const std::vector<std::string> list(known.begin(), known.end());
      const bool few = !list.empty() && list.size() <= 12;
      item.problem(problems_, "select." + selector.key,
                   fmt::format("match the {} of a source; \"{}\" matches none{}{}", selector.key, pattern,
                               few ? fmt::format(" of {}", fmt::join(list, ", ")) : "", suggestion(pattern, list)));
      good = false;
    }
  }
  return good;
}

bool MeasureSelection::select_where(const config::Settings& item, std::vector<bool>& selected) {
  std::set<std::string> names = {"area_m2", "length_m"};
  for (const Source& source : inventory_.sources) {
    for (const auto& [name, value] : source.attributes) {
      names.insert(name);
    }
  }
  const std::vector<std::string> variables(names.begin(), names.end());
  try {
    const config::Expression formula(item.text("select.where"), variables);
    std::vector<double> values(variables.size());
    for (std::size_t s = 0; s < selected.size(); ++s) {
      if (!selected[s]) {
        continue;
      }
      bool known = true;
      for (std::size_t v = 0; v < variables.size(); ++v) {
        values[v] = attribute(inventory_.sources[s], variables[v]);
        known = known && (!std::isnan(values[v]) || !formula.uses(variables[v]));
      }
      const double value = known ? formula(values) : 0.0;
      selected[s] = value != 0 && value == value;
    }
    return true;
  } catch (const std::invalid_argument& error) {
    item.problem(problems_, "select.where", fmt::format("be a formula over numbers of sources: {}", error.what()));
    return false;
  }
}

bool MeasureSelection::apply(const config::Settings& item, std::span<const Selector> selectors,
                             std::vector<bool>& selected) {
  bool good = true;
  for (const Selector& selector : selectors) {
    const std::string key = "select." + selector.key;
    if (!item.has(key)) {
      good = good && !item.given(key); // a bad text is a problem already
      continue;
    }
    const std::vector<std::string> patterns = item.texts(key);
    if (inventory_.complete && !check_patterns(item, selector, patterns)) {
      good = false;
    }
    for (std::size_t s = 0; s < selected.size(); ++s) {
      const std::vector<std::string> texts = selector.texts(inventory_.sources[s]);
      selected[s] = selected[s] && std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
                      return std::any_of(patterns.begin(), patterns.end(),
                                         [&](const std::string& pattern) { return matches(pattern, text); });
                    });
    }
  }
  if (item.has("select.where") && inventory_.complete) {
    good = select_where(item, selected) && good;
  }
  return good;
}

std::vector<std::size_t> MeasureSelection::sources(const config::Settings& item) {
  std::vector<bool> selected(inventory_.sources.size(), true);
  const bool good = apply(item, std::span(selectors_).first(selectors_.size() - 1), selected);
  std::vector<std::size_t> chosen;
  for (std::size_t s = 0; s < selected.size(); ++s) {
    if (selected[s]) {
      chosen.push_back(s);
    }
  }
  if (good && inventory_.complete) {
    require_sources(item, chosen);
  }
  return chosen;
}

void MeasureSelection::select(const config::Settings& item, Measure& measure) {
  std::vector<bool> selected(inventory_.sources.size());
  const bool limited = std::any_of(selectors_.begin(), selectors_.end(),
                                   [&](const Selector& selector) { return item.has("select." + selector.key); });
  for (std::size_t s = 0; s < selected.size(); ++s) { // a measure of all sources is not one of plants still on paper
    selected[s] = limited || inventory_.sources[s].proposed == (measure.kind == "add");
  }
  const bool good = apply(item, selectors_, selected);
  std::map<SourceUnit, double> projects;
  for (std::size_t s = 0; s < selected.size(); ++s) {
    const Source& source = inventory_.sources[s];
    if (selected[s]) {
      measure.sources.push_back(s);
      const double cost = attribute(source, "project_cost");
      double& project = projects[unit_of(source)];
      project = std::max(project, std::isnan(cost) ? 0.0 : cost); // rows of one place are of one project
    }
  }
  for (const auto& [unit, cost] : projects) {
    measure.project_cost += cost;
  }
  if (good && inventory_.complete) {
    check_kind(item, measure);
  }
}

void MeasureSelection::require_sources(const config::Settings& item, const std::vector<std::size_t>& sources) {
  if (sources.empty()) {
    item.problem(problems_, "select",
                 fmt::format("select at least one source; it selects none of {}", inventory_.sources.size()));
  }
}

void MeasureSelection::check_kind(const config::Settings& item, const Measure& measure) {
  require_sources(item, measure.sources);
  for (const std::size_t s : measure.sources) {
    const Source& source = inventory_.sources[s];
    if (measure.kind == "add" && !source.proposed) {
      item.problem(
          problems_, "select",
          fmt::format("select proposed sources alone (inventory.proposed = true); \"{}\" is there already", source.id));
      return;
    }
    if (measure.kind == "activity" && item.given("fleet") && !source.streams.empty() && source.fleet == nullptr) {
      item.problem(problems_, "select",
                   fmt::format("select roads alone (inventory.kind = \"roads\"), which have a fleet; \"{}\" has none",
                               source.id));
      return;
    }
    std::set<std::string> variants;
    for (const Stream& stream : source.streams) {
      if (!stream.variant.empty()) {
        variants.insert(stream.variant);
      }
    }
    if (measure.kind == "replace" && !measure.variant.empty() && !variants.contains(measure.variant)) {
      item.problem(problems_, "with",
                   fmt::format("be what every selected source can turn to; \"{}\" can turn to {}", source.id,
                               variants.empty() ? "nothing" : fmt::format("{}", fmt::join(variants, ", "))));
      return;
    }
  }
}

} // namespace tq
