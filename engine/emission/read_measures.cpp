#include "emission/combustion_table.hpp"
#include "emission/measure_fleets.hpp"
#include "emission/measure_library.hpp"
#include "emission/measure_schedule.hpp"
#include "emission/measure_selection.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <stdexcept>
#include <tuple>

namespace tq {

namespace {

class Reader {
 public:
  Reader(const Inventory& inventory, const ManagementCells& cells, const EmittedSpecies& species, const TimeZone& zone,
         Instant start, const std::vector<EmergencyLevel>& levels, ProblemList& problems)
      : selection_(inventory, cells, problems), inventory_(inventory), species_(species), zone_(zone),
        year_(zone.to_civil(start).year), levels_(levels), problems_(problems) {}

  Measure read(const config::Settings& item) {
    Measure measure;
    measure.id = item.has("id") ? item.text("id") : "";
    measure.where = item.where();
    measure.kind = item.has("kind") ? item.text("kind") : "scale";
    measure.coverage = item.number("coverage");
    measure.compliance = item.number("compliance");
    const LibraryMeasure* ready = from_library(item);
    measure.title = item.has("title") ? item.text("title") : ready != nullptr ? ready->title : measure.id;
    measure.control = item.has("control") ? item.text("control") : ready != nullptr ? ready->control : "";
    const std::vector<std::string> controls =
        item.has("control") ? CombustionTable::standard().control_names() : std::vector<std::string>{};
    if (item.has("control") && std::find(controls.begin(), controls.end(), measure.control) == controls.end()) {
      item.problem(problems_, "control",
                   fmt::format("be one of {}{}", fmt::join(controls, ", "), suggestion(measure.control, controls)));
    }
    read_factor(item, measure, ready);
    read_range(item, measure);
    read_activity(item, measure);
    read_variant(item, measure);
    read_times(item, measure);
    read_triggers(item, measure);
    read_cost(item, measure);
    selection_.select(item, measure);
    check_area(item, measure);
    read_fleet(item, measure);
    return measure;
  }

 private:
  const LibraryMeasure* from_library(const config::Settings& item) {
    if (!item.has("library")) {
      return nullptr;
    }
    static const std::vector<LibraryMeasure> library = load_measure_library();
    std::vector<std::string> ids;
    for (const LibraryMeasure& measure : library) {
      if (measure.id == item.text("library")) {
        return &measure;
      }
      ids.push_back(measure.id);
    }
    item.problem(problems_, "library",
                 fmt::format("be one of {}{}", fmt::join(ids, ", "), suggestion(item.text("library"), ids)));
    return nullptr;
  }

  void read_factor(const config::Settings& item, Measure& measure, const LibraryMeasure* ready) {
    const std::size_t count = std::size_t(species_.count());
    const bool scales = measure.kind == "scale" || measure.kind == "surface";
    const bool given = item.given("efficiency");
    std::map<std::string, double> named;
    for (const std::string& name : item.names("efficiency")) {
      named[name] = item.number("efficiency." + name);
    }
    measure.efficiency.assign(
        count, measure.kind == "ban" || measure.kind == "replace" || (measure.kind == "surface" && !given) ? 1.0 : 0.0);
    if (!scales) {
      if (given) {
        item.problem(problems_, "efficiency",
                     fmt::format("not be given for a measure of kind {}{}", measure.kind,
                                 measure.kind == "ban" ? ", whose efficiency is 1" : ""));
      }
    } else if (!named.empty()) {
      measure.efficiency = efficiency_by_name(item, named);
    } else if (given && item.has("efficiency")) {
      measure.efficiency.assign(count, item.number("efficiency"));
    } else if (ready != nullptr) {
      measure.efficiency = efficiency_by_name(item, ready->efficiency);
    } else if (measure.kind == "scale" && item.has("kind") && !given && !item.given("library")) {
      item.problem(problems_, "efficiency", "be given for a measure of kind scale, or library");
    }
    Measure::Facet facet;
    facet.parts = item.has("select.part") ? item.texts("select.part") : std::vector<std::string>{};
    facet.factor.assign(count, 1.0);
    const std::vector<bool> affected = affected_species(item);
    for (std::size_t s = 0; s < count; ++s) {
      if (affected[s]) {
        facet.factor[s] = 1.0 - measure.efficiency[s] * measure.coverage * measure.compliance;
      } else {
        measure.efficiency[s] = 0;
      }
    }
    measure.facets.push_back(std::move(facet));
  }

  void read_range(const config::Settings& item, Measure& measure) {
    const std::string key = "efficiency_range";
    if (!item.has(key)) {
      return;
    }
    measure.low = item.numbers(key)[0];
    measure.high = item.numbers(key)[1];
    const double largest = *std::max_element(measure.efficiency.begin(), measure.efficiency.end());
    if (measure.kind != "scale" && measure.kind != "surface") {
      item.problem(problems_, key, "not be given but for a measure of kind scale or surface");
    } else if (measure.low > 1 || measure.high < 1) {
      item.problem(
          problems_, key,
          "hold a lower multiple, at most 1, and a higher one, at least 1: the efficiency itself lies between");
    } else if (measure.high * largest > 1 + 1e-12) { // rounding, as in 1.25 x 0.8
      item.problem(problems_, key,
                   fmt::format("not make an efficiency larger than 1: the largest is {:g}, {:g} x that is {:g}",
                               largest, measure.high, measure.high * largest));
    }
  }

  /// Kind activity: what is done more or less often.
  void read_activity(const config::Settings& item, Measure& measure) {
    const bool activity = measure.kind == "activity";
    for (const char* key : {"factor", "growth", "base_year", "year", "fleet"}) {
      if (!activity && item.given(key)) {
        item.problem(problems_, key, "not be given but for a measure of kind activity");
      } else if (activity && item.given("fleet") && item.given(key) && key != std::string("fleet")) {
        item.problem(problems_, key, "not stand beside fleet");
      }
    }
    if (!activity || item.given("fleet")) {
      return;
    }
    if (item.given("factor") == item.given("growth")) {
      item.problem(problems_, "factor", "be given for a measure of kind activity, or else growth or fleet");
      return;
    }
    double factor = 1;
    if (item.has("factor")) {
      factor = item.number("factor");
    } else if (item.has("growth") && !item.given("base_year")) {
      item.problem(problems_, "base_year", "be given beside growth: the year whose activity the inventory tells");
      return;
    } else if (item.has("growth")) {
      const auto year = item.has("year") ? item.integer("year") : year_;
      factor = std::pow(1.0 + item.number("growth"), double(year - item.integer("base_year")));
    }
    const std::vector<bool> affected = affected_species(item);
    for (std::size_t s = 0; s < affected.size(); ++s) {
      measure.facets.front().factor[s] = affected[s] ? treated(measure, factor) : 1.0;
    }
  }

  /// Kind activity with a fleet: factors differ by fleet and part.
  void read_fleet(const config::Settings& item, Measure& measure) {
    if (measure.kind != "activity" || !item.has("fleet.year")) {
      return;
    }
    std::vector<Measure::Facet> facets = fleet_facets(item, measure, inventory_.sources, species_, problems_);
    const std::vector<bool> affected = affected_species(item);
    for (Measure::Facet& facet : facets) {
      for (std::size_t s = 0; s < affected.size(); ++s) {
        facet.factor[s] = affected[s] ? treated(measure, facet.factor[s]) : 1.0;
      }
    }
    if (!facets.empty()) {
      measure.facets = std::move(facets);
    }
  }

  /// A factor on what is treated, as one on the whole.
  static double treated(const Measure& measure, double factor) {
    return 1.0 + (factor - 1.0) * (measure.coverage * measure.compliance);
  }

  void read_variant(const config::Settings& item, Measure& measure) {
    const bool whole = measure.kind == "replace" || measure.kind == "add";
    if (whole && item.given("select.species")) {
      item.problem(
          problems_, "select.species",
          fmt::format("not be given for a measure of kind {}, which concerns all that a source emits", measure.kind));
    }
    for (const char* key : {"coverage", "compliance"}) {
      if (measure.kind == "add" && item.given(key)) {
        item.problem(problems_, key, "not be given for a measure of kind add: a proposed source comes as a whole");
      }
    }
    if (measure.kind == "replace") {
      measure.variant = item.has("with") ? item.text("with") : "";
      if (measure.variant.empty()) {
        item.problem(problems_, "with", "be given for a measure of kind replace: what the sources turn to");
      }
    } else if (item.given("with")) {
      item.problem(problems_, "with", "not be given but for a measure of kind replace");
    }
  }

  /// `given`: as the scenario or the library names it. Problems are told at the scenario's keys.
  std::vector<double> efficiency_by_name(const config::Settings& item, const std::map<std::string, double>& given) {
    std::vector<double> efficiency(std::size_t(species_.count()), 0.0);
    std::map<std::vector<int>, std::string> earlier;
    for (const std::string& name : item.names("efficiency")) {
      const std::vector<int> species = species_.named(name);
      if (species.empty()) {
        item.problem(problems_, "efficiency." + name, unknown_species(name));
        continue;
      }
      const auto [other, fresh] = earlier.emplace(species, name);
      if (!fresh) {
        item.problem(problems_, "efficiency." + name,
                     fmt::format("not stand beside {}, which is the same", other->second));
      }
    }
    // A narrower name comes later and wins.
    std::vector<std::pair<std::string, double>> order(given.begin(), given.end());
    std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
      return species_.named(a.first).size() > species_.named(b.first).size();
    });
    for (const auto& [name, value] : order) {
      for (const int s : species_.named(name)) {
        efficiency[std::size_t(s)] = value;
      }
    }
    if (!given.contains("super") && !given.contains("pm_super") && !given.contains("tsp")) {
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

  void read_triggers(const config::Settings& item, Measure& measure) {
    if (item.has("when")) {
      try {
        measure.when = std::make_shared<config::Expression>(item.text("when"), trigger_variables());
      } catch (const std::invalid_argument& error) {
        item.problem(problems_, "when", fmt::format("be a formula: {}", error.what()));
      }
    }
    if (item.has("level")) {
      std::vector<std::string> ids;
      for (std::size_t l = 0; l < levels_.size(); ++l) {
        ids.push_back(levels_[l].id);
        if (levels_[l].id == item.text("level")) {
          measure.level = l;
        }
      }
      if (!measure.level) {
        item.problem(problems_, "level",
                     fmt::format("be the id of an [[emergency]]{}{}", ids.empty() ? "; there is none" : "",
                                 suggestion(item.text("level"), ids)));
      }
    }
  }

  void read_cost(const config::Settings& item, Measure& measure) {
    MeasureCost& cost = measure.cost;
    cost.capital = item.number("cost.capital");
    cost.lifetime = item.number("cost.lifetime");
    cost.discount_rate = item.number("cost.discount_rate");
    cost.project_share = item.number("cost.project_share");
    cost.per_day = item.number("cost.per_day");
    cost.per_unit_day = item.number("cost.per_unit_day");
    cost.per_m2_month = item.number("cost.per_m2_month");
    cost.per_tonne = item.number("cost.per_tonne");
    cost.payer = item.text("cost.payer");
    cost.currency = item.text("cost.currency");
    const auto found =
        std::find(inventory_pollutants().begin(), inventory_pollutants().end(), item.text("cost.tonne_of"));
    if (found != inventory_pollutants().end()) { // else a problem already
      cost.tonne_of = InventoryPollutant(found - inventory_pollutants().begin());
    }
  }

  void check_area(const config::Settings& item, const Measure& measure) {
    const bool none = std::none_of(measure.sources.begin(), measure.sources.end(),
                                   [&](std::size_t s) { return inventory_.sources[s].area > 0; });
    if (inventory_.complete && measure.cost.per_m2_month > 0 && !measure.sources.empty() && none) {
      item.problem(problems_, "cost.per_m2_month", "not be given where no selected source has an area");
    }
  }

  MeasureSelection selection_;
  const Inventory& inventory_;
  const EmittedSpecies& species_;
  const TimeZone& zone_;
  int year_;
  const std::vector<EmergencyLevel>& levels_;
  ProblemList& problems_;
};

} // namespace

std::vector<Measure> read_measures(const config::Settings& scenario, const Inventory& inventory,
                                   const ManagementCells& cells, const EmittedSpecies& species, const TimeZone& zone,
                                   Instant start, const std::vector<EmergencyLevel>& levels, ProblemList& problems) {
  Reader reader(inventory, cells, species, zone, start, levels, problems);
  std::vector<Measure> measures;
  for (const config::Settings& item : scenario.each("measure")) {
    measures.push_back(reader.read(item));
  }
  std::sort(measures.begin(), measures.end(), [](const Measure& a, const Measure& b) { return a.id < b.id; });
  return measures;
}

} // namespace tq
