#include "diagnostics/standards.hpp"

#include "base/constants.hpp"
#include "base/error.hpp"
#include "base/text_file.hpp"
#include "base/units.hpp"
#include "config/node.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>

namespace tq {

using config::Node;

double ReferenceState::reported(double concentration, bool particle, double air_density) const {
  const double temperature = particle ? particle_temperature : gas_temperature;
  if (temperature == 0) {
    return concentration;
  }
  return concentration * constants::standard_pressure / (constants::dry_air_gas * temperature) / air_density;
}

std::string ReferenceState::text() const {
  if (particle_temperature == gas_temperature) {
    return fmt::format("gases and particles at {:.2f} K and 1013.25 hPa", gas_temperature);
  }
  return fmt::format("gases at {:.2f} K and 1013.25 hPa, particles at ambient conditions", gas_temperature);
}

namespace {

const Node& need(const Node& table, const std::string& key) {
  const Node* node = table.find(key);
  if (node == nullptr) {
    throw InputError(table.where, fmt::format("missing key \"{}\"", key));
  }
  return *node;
}

double number(const Node& node) {
  if (const auto* integer = std::get_if<std::int64_t>(&node.value)) {
    return double(*integer);
  }
  if (const auto* real = std::get_if<double>(&node.value)) {
    return *real;
  }
  throw InputError(node.where, "must be a number");
}

std::string text(const Node& node) {
  if (const auto* value = std::get_if<std::string>(&node.value)) {
    return *value;
  }
  throw InputError(node.where, "must be a text");
}

bool boolean(const Node& node) {
  if (const auto* value = std::get_if<bool>(&node.value)) {
    return *value;
  }
  throw InputError(node.where, "must be true or false");
}

Instant date(const Node& node) {
  const auto instant = parse_instant(text(node), TimeZone("Asia/Shanghai"));
  if (!instant) {
    throw InputError(node.where, "must be a date");
  }
  return *instant;
}

std::vector<double> rising_numbers(const Node& node) {
  std::vector<double> values;
  for (const Node& item : node.items) {
    values.push_back(number(item));
    if (values.size() > 1 && !(values.back() > values[values.size() - 2])) {
      throw InputError(item.where, "must rise");
    }
  }
  if (values.size() < 2) {
    throw InputError(node.where, "must be at least two numbers");
  }
  return values;
}

std::vector<std::string> texts(const Node& node) {
  std::vector<std::string> values;
  for (const Node& item : node.items) {
    values.push_back(text(item));
  }
  return values;
}

/// kg m-3 of one printed unit of the pollutant to which an indicator ("pm2_5_24h") belongs.
double unit_scale(const Node& units, const Node& indicator, const std::string& name) {
  const std::string unit = text(need(units, name.substr(0, name.rfind('_'))));
  const std::string problem = unit_problem(unit, "kg m-3");
  if (!problem.empty()) {
    throw InputError(indicator.where, problem);
  }
  return find_unit(unit)->scale;
}

StandardEdition read_edition(const Node& node, const Node& units) {
  StandardEdition edition;
  edition.id = text(need(node, "id"));
  edition.from = date(need(node, "from"));
  edition.index = rising_numbers(need(node, "index"));
  edition.daily = texts(need(node, "daily"));
  const bool round = boolean(need(node, "round"));
  const std::vector<std::string> open = texts(need(node, "no_index_beyond"));
  for (const auto& [name, breakpoints] : need(node, "breakpoints").entries) {
    const double unit = unit_scale(units, breakpoints, name);
    StandardEdition::Scale& scale = edition.scales[name];
    scale.breakpoints = rising_numbers(breakpoints);
    if (scale.breakpoints.size() > edition.index.size()) {
      throw InputError(breakpoints.where, "more breakpoints than index values");
    }
    for (double& value : scale.breakpoints) {
      value *= unit;
    }
    scale.rounding = !round ? 0 : name.starts_with("co_") ? 0.1 * unit : unit;
    scale.open = std::find(open.begin(), open.end(), name) != open.end();
  }
  for (const std::string& name : edition.daily) {
    if (!edition.scales.contains(name)) {
      throw InputError(need(node, "daily").where, fmt::format("no breakpoints for \"{}\"", name));
    }
  }
  for (const auto& [name, limits] : need(node, "limits").entries) {
    const double unit = unit_scale(units, limits, name);
    if (limits.items.size() != 2) {
      throw InputError(limits.where, "must be two numbers");
    }
    edition.limits[name] = {number(limits.items[0]) * unit, number(limits.items[1]) * unit};
  }
  for (const auto& [pollutant, weight] : need(node, "weights").entries) {
    edition.weights[pollutant] = number(weight);
  }
  return edition;
}

template <class Entry> const Entry& in_force(const std::vector<Entry>& entries, Instant instant) {
  const auto after = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.from > instant; });
  return after == entries.begin() ? entries.front() : *(after - 1);
}

} // namespace

Standards Standards::load() {
  const Node document = config::read_toml(data_directory() / "standards.toml");
  const Node& units = need(document, "units");
  const Node& validity = need(document, "validity");
  Standards standards;
  standards.hours_in_24_ = int(number(need(validity, "hours_in_24")));
  standards.hours_in_8_ = int(number(need(validity, "hours_in_8")));
  standards.means_of_8_ = int(number(need(validity, "means_of_8")));
  standards.days_in_year_ = int(number(need(validity, "days_in_year")));
  standards.days_in_month_ = int(number(need(validity, "days_in_month")));
  standards.days_in_february_ = int(number(need(validity, "days_in_february")));
  standards.share_of_stations_ = number(need(validity, "share_of_stations"));
  for (const auto& [pollutant, node] : need(document, "evaluation").entries) {
    standards.evaluations_[pollutant] = {text(need(node, "daily")), number(need(node, "percentile"))};
  }
  for (const Node& node : need(document, "reference_state").items) {
    const Node* particles = node.find("particle_temperature");
    standards.states_.push_back({date(need(node, "from")), number(need(node, "gas_temperature")),
                                 particles == nullptr ? 0 : number(*particles)});
  }
  for (const Node& node : need(document, "edition").items) {
    standards.editions_.push_back(read_edition(node, units));
  }
  if (standards.states_.empty() || standards.editions_.empty()) {
    throw InputError(document.where, "needs at least one edition and one reference state");
  }
  const auto by_date = [](const auto& a, const auto& b) { return a.from < b.from; };
  std::stable_sort(standards.states_.begin(), standards.states_.end(), by_date);
  std::stable_sort(standards.editions_.begin(), standards.editions_.end(), by_date);
  return standards;
}

const StandardEdition& Standards::edition(Instant instant) const { return in_force(editions_, instant); }

double StandardEdition::limit(const std::string& indicator, int function_class) const {
  const auto found = limits.find(indicator);
  return found == limits.end() ? std::numeric_limits<double>::quiet_NaN()
         : function_class == 1 ? found->second.class_1
                               : found->second.class_2;
}

const StandardEdition& Standards::choose(const std::string& id, Instant instant) const {
  if (id.empty()) {
    return edition(instant);
  }
  const StandardEdition* found = find(id);
  if (found == nullptr) {
    std::vector<std::string> ids;
    for (const StandardEdition& edition : editions_) {
      ids.push_back(edition.id);
    }
    throw InputError({}, fmt::format("edition {}: must be one of {}{}", id, fmt::join(ids, ", "), suggestion(id, ids)));
  }
  return *found;
}

const ReferenceState& Standards::reference_state(Instant instant) const { return in_force(states_, instant); }

const StandardEdition* Standards::find(const std::string& id) const {
  const auto found = std::find_if(editions_.begin(), editions_.end(), [&](const auto& e) { return e.id == id; });
  return found == editions_.end() ? nullptr : &*found;
}

} // namespace tq
