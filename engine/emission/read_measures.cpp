#include "emission/inventory.hpp"
#include "emission/measures.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <map>
#include <set>
#include <tuple>

namespace tq {

namespace {

/// A key of `select`, and the texts of a source that it is compared with.
struct Selector {
  std::string key;
  std::function<std::vector<std::string>(const Source&)> texts;
};

class Reader {
 public:
  Reader(const Inventory& inventory, const ManagementCells& cells, const EmittedSpecies& species, const TimeZone& zone,
         ProblemList& problems)
      : inventory_(inventory), cells_(cells), species_(species), zone_(zone), problems_(problems) {
    const auto field = [&](const std::string& key, std::string Source::*member) {
      selectors_.push_back({key, [member](const Source& s) { return std::vector<std::string>{s.*member}; }});
    };
    field("sector", &Source::sector);
    field("department", &Source::department);
    field("enterprise", &Source::enterprise);
    field("district", &Source::district);
    field("unit", &Source::unit);
    field("source", &Source::id);
    selectors_.push_back({"cell", [this](const Source& source) { return cell_and_above(source); }});
  }

  Measure read(const config::Settings& item) {
    Measure measure;
    measure.id = item.has("id") ? item.text("id") : "";
    measure.title = item.has("title") ? item.text("title") : measure.id;
    measure.where = item.where();
    measure.kind = item.has("kind") ? item.text("kind") : "scale";
    measure.coverage = item.number("coverage");
    measure.compliance = item.number("compliance");
    if (item.given("when")) {
      item.problem(problems_, "when",
                   "not be given yet: triggers by weather and air quality are not available in this version");
    }
    read_factor(item, measure);
    read_times(item, measure);
    read_cost(item, measure);
    select(item, measure);
    return measure;
  }

 private:
  std::vector<std::string> cell_and_above(const Source& source) const {
    std::vector<std::string> ids;
    for (int c = source.cell; c >= 0; c = parent_of(cells_, c)) {
      ids.push_back(cells_.cells[std::size_t(c)].id);
    }
    return ids;
  }

  void read_factor(const config::Settings& item, Measure& measure) {
    const std::size_t count = std::size_t(species_.count());
    std::vector<double> efficiency(count, 0.0);
    const std::vector<std::string> named = item.names("efficiency");
    if (measure.kind == "ban") {
      efficiency.assign(count, 1.0);
      if (item.given("efficiency")) {
        item.problem(problems_, "efficiency", "not be given for a ban, whose efficiency is 1");
      }
    } else if (!named.empty()) {
      efficiency = efficiency_by_name(item, named);
    } else if (item.has("efficiency")) {
      efficiency.assign(count, item.number("efficiency"));
    } else if (item.has("kind") && !item.given("efficiency")) {
      item.problem(problems_, "efficiency", "be given for a measure of kind scale");
    }
    measure.factor.assign(count, 1.0);
    const std::vector<bool> affected = affected_species(item);
    for (std::size_t s = 0; s < count; ++s) {
      if (affected[s]) {
        measure.factor[s] = 1.0 - efficiency[s] * measure.coverage * measure.compliance;
      }
    }
  }

  std::vector<double> efficiency_by_name(const config::Settings& item, const std::vector<std::string>& named) {
    std::vector<double> efficiency(std::size_t(species_.count()), 0.0);
    const auto has = [&](const char* name) { return std::find(named.begin(), named.end(), name) != named.end(); };
    for (const std::string& name : named) {
      if (species_.named(name).empty()) {
        item.problem(problems_, "efficiency." + name, unknown_species(name));
      }
    }
    std::map<std::vector<int>, std::string> earlier;
    for (const std::string& name : named) {
      const auto [other, fresh] = earlier.emplace(species_.named(name), name);
      if (!fresh && !species_.named(name).empty()) {
        item.problem(problems_, "efficiency." + name,
                     fmt::format("not stand beside {}, which is the same", other->second));
      }
    }
    // A narrower name comes later and wins.
    std::vector<std::string> order = named;
    std::stable_sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
      return species_.named(a).size() > species_.named(b).size();
    });
    for (const std::string& name : order) {
      for (const int s : species_.named(name)) {
        efficiency[std::size_t(s)] = item.number("efficiency." + name);
      }
    }
    if (!has("super") && !has("pm_super") && !has("tsp")) {
      for (const int s : species_.named("super")) {
        efficiency[std::size_t(s)] = efficiency[std::size_t(species_.coarse())];
      }
    }
    return efficiency;
  }

  std::string unknown_species(const std::string& name) const {
    return fmt::format("be one of {}{}", fmt::join(species_.names(), ", "), suggestion(name, species_.names()));
  }

  std::vector<bool> affected_species(const config::Settings& item) {
    const bool limited = item.has("select.species");
    std::vector<bool> affected(std::size_t(species_.count()), !limited);
    if (limited) {
      for (const std::string& name : item.texts("select.species")) {
        const std::vector<int> found = species_.named(name);
        if (found.empty()) {
          item.problem(problems_, "select.species", unknown_species(name));
        }
        for (const int s : found) {
          affected[std::size_t(s)] = true;
        }
      }
    }
    return affected;
  }

  std::optional<std::int64_t> read_day(const config::Settings& item, const std::string& key) {
    if (!item.has(key)) {
      return {};
    }
    const CivilTime civil = zone_.to_civil(item.time(key, zone_));
    if (civil.hour != 0 || civil.minute != 0 || civil.second != 0) {
      item.problem(problems_, key, "be a date without a time of day; use hours = \"07-19\" for hours");
    }
    return day_number(civil);
  }

  void read_times(const config::Settings& item, Measure& measure) {
    measure.first_day = read_day(item, "from");
    measure.last_day = read_day(item, "to");
    if (measure.first_day && measure.last_day && *measure.first_day > *measure.last_day) {
      item.problem(problems_, "to", "not lie before `from`");
    }
    if (item.has("weekdays")) {
      measure.weekdays.fill(false);
      for (const std::string& name : item.texts("weekdays")) {
        const auto found = std::find(day_names().begin(), day_names().end(), name);
        measure.weekdays[std::size_t(found - day_names().begin())] = true; // choices are declared
      }
    }
    if (item.has("hours")) {
      std::tie(measure.first_hour, measure.last_hour) = item.hours("hours");
    }
  }

  static void read_cost(const config::Settings& item, Measure& measure) {
    MeasureCost& cost = measure.cost;
    cost.capital = item.number("cost.capital");
    cost.per_day = item.number("cost.per_day");
    cost.per_m2_month = item.number("cost.per_m2_month");
    cost.payer = item.text("cost.payer");
    cost.currency = item.text("cost.currency");
  }

  /// Each text of each key must match some source by itself: a slip in one of several texts would otherwise
  /// pass.
  bool check_patterns(const config::Settings& item, const Selector& selector,
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

  void select(const config::Settings& item, Measure& measure) {
    std::vector<bool> selected(inventory_.sources.size(), true);
    bool good = true;
    for (const Selector& selector : selectors_) {
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
    std::set<std::pair<std::string, std::string>> counted; // geometries are shared by sources of one inventory
    for (std::size_t s = 0; s < selected.size(); ++s) {
      const Source& source = inventory_.sources[s];
      if (selected[s]) {
        measure.sources.push_back(s);
        if (source.area > 0 && counted.emplace(source.inventory, source.geometry).second) {
          measure.area += source.area;
        }
      }
    }
    if (measure.sources.empty() && good && inventory_.complete) {
      item.problem(problems_, "select",
                   fmt::format("select at least one source; it selects none of {}", inventory_.sources.size()));
    }
  }

  const Inventory& inventory_;
  const ManagementCells& cells_;
  const EmittedSpecies& species_;
  const TimeZone& zone_;
  ProblemList& problems_;
  std::vector<Selector> selectors_;
};

} // namespace

std::vector<Measure> read_measures(const config::Settings& scenario, const Inventory& inventory,
                                   const ManagementCells& cells, const EmittedSpecies& species, const TimeZone& zone,
                                   ProblemList& problems) {
  Reader reader(inventory, cells, species, zone, problems);
  std::vector<Measure> measures;
  for (const config::Settings& item : scenario.each("measure")) {
    measures.push_back(reader.read(item));
  }
  std::sort(measures.begin(), measures.end(), [](const Measure& a, const Measure& b) { return a.id < b.id; });
  return measures;
}

} // namespace tq
