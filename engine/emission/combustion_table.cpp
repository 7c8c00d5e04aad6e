#include "emission/combustion_table.hpp"

#include "base/text_file.hpp"
#include "config/schema.hpp"
#include "emission/activity_factors.hpp"
#include "physics/combustion.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <sstream>

namespace tq {

namespace {

using config::Type;

double& of(InventoryAmounts& amounts, InventoryPollutant pollutant) {
  return amounts[std::size_t(pollutant)];
}

/// What a control is told to hold back, and where that stands in an Abatement.
constexpr std::array<std::pair<const char*, double Abatement::*>, 5> removals{{{"so2", &Abatement::so2},
                                                                               {"nox", &Abatement::nox},
                                                                               {"hf", &Abatement::hf},
                                                                               {"pm2_5", &Abatement::fine},
                                                                               {"coarse", &Abatement::coarse}}};
constexpr std::array<std::pair<const char*, double Burner::*>, 6> balances{{{"ash_retained", &Burner::ash_retained},
                                                                            {"pm2_5_share", &Burner::pm2_5_share},
                                                                            {"pm10_share", &Burner::pm10_share},
                                                                            {"tsp_share", &Burner::tsp_share},
                                                                            {"bc_share", &Burner::bc_share},
                                                                            {"oc_share", &Burner::oc_share}}};

config::Schema combustion_schema() {
  config::Schema schema;
  const auto text = [&](const std::string& key, const std::string& description, std::vector<std::string> choices = {}) {
    schema.add({.key = key, .type = Type::text, .description = description, .required = true, .choices = choices});
  };
  const auto share = [&](const std::string& key, const std::string& description, bool required = false) {
    schema.add({.key = key,
                .description = description + ", %",
                .default_value = required ? config::Parameter::Value() : config::Parameter::Value(0.0),
                .required = required,
                .minimum = 0,
                .maximum = 100});
  };
  text("schema", "Version of the file's form", {"combustion/1"});
  share("sulfur_retained", "Share of coal's sulfur that stays in the bottom ash", true);
  share("no2_share", "Share of NOx that is NO2, by mass as NO2", true);
  text("fuel[].id", "Name of the fuel");
  text("fuel[].per", "Unit in which it is counted", {"kg", "m3"});
  schema.add({.key = "fuel[].heat",
              .description = "Heating value, MJ per unit",
              .required = true,
              .minimum = 0,
              .minimum_open = true});
  schema.add({.key = "fuel[].efficiency",
              .description = "Efficiency of boilers, %",
              .required = true,
              .minimum = 0,
              .maximum = 100,
              .minimum_open = true});
  share("fuel[].sulfur", "Sulfur as received");
  share("fuel[].ash", "Ash as received");
  text("burner[].id", "Use, fuel and technology");
  for (const std::string& pollutant : inventory_pollutants()) {
    schema.add(
        {.key = "burner[]." + pollutant, .description = "g per kg or m3 of fuel", .default_value = 0.0, .minimum = 0});
  }
  for (const auto& [name, member] : balances) {
    share(std::string("burner[].") + name, "Balance of ash");
  }
  for (const char* list : {"control[].", "combination[]."}) {
    text(std::string(list) + "id", "Name of the control, or names joined by +");
    for (const auto& [name, member] : removals) {
      share(std::string(list) + name, "Share held back");
    }
    schema.add({.key = std::string(list) + "slip",
                .description = "Ammonia, g per kg of fuel",
                .default_value = 0.0,
                .minimum = 0});
  }
  return schema;
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, separator);) {
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    parts.push_back(part);
  }
  return parts;
}

Burner read_burner(const config::Settings& item, const std::vector<BurnerFuel>& fuels, ProblemList& problems) {
  Burner burner;
  burner.id = item.text("id");
  const std::vector<std::string> words = parts_of(burner.id, ' ');
  if (words.size() != 3 || find_row(fuels, words[1]) == nullptr) {
    item.problem(problems, "id", "be a use, a fuel of the table and a technology");
    return burner;
  }
  burner.use = words[0];
  burner.fuel = words[1];
  burner.technology = words[2];
  for (std::size_t p = 0; p < inventory_pollutant_count; ++p) {
    burner.factors[p] = 1e-3 * item.number(inventory_pollutants()[p]);
  }
  double& tsp = of(burner.factors, InventoryPollutant::tsp);
  const double pm10 = of(burner.factors, InventoryPollutant::pm10);
  if (tsp > 0 && tsp < pm10) {
    item.problem(problems, "tsp", "be at least pm10, or absent: particles are counted cumulatively");
  }
  tsp = std::max(tsp, pm10); // which it is taken to be where no table has it
  burner.balance = item.given("ash_retained");
  for (const auto& [name, member] : balances) {
    burner.*member = 0.01 * item.number(name);
  }
  if (of(burner.factors, InventoryPollutant::pm10) < of(burner.factors, InventoryPollutant::pm2_5)) {
    item.problem(problems, "pm10", "be at least pm2_5: particles are counted cumulatively");
  }
  if (burner.pm10_share < burner.pm2_5_share || burner.tsp_share < burner.pm10_share) {
    item.problem(problems, "tsp_share", "be at least pm10_share, and that at least pm2_5_share");
  }
  return burner;
}

} // namespace

CombustionTable::CombustionTable(const std::filesystem::path& file, ProblemList& problems) {
  const std::size_t before = problems.problems().size();
  const config::Settings settings = config::Settings::check(config::read_toml(file), combustion_schema(), problems);
  if (problems.problems().size() != before) {
    return;
  }
  sulfur_retained_ = 0.01 * settings.number("sulfur_retained");
  no2_share_ = 0.01 * settings.number("no2_share");
  for (const config::Settings& item : settings.each("fuel")) {
    fuels_.push_back({item.text("id"), item.text("per") == "m3", 1e6 * item.number("heat"),
                      0.01 * item.number("efficiency"), 0.01 * item.number("sulfur"), 0.01 * item.number("ash")});
  }
  for (const config::Settings& item : settings.each("burner")) {
    burners_.push_back(read_burner(item, fuels_, problems));
  }
  std::set<std::string> uses = {"heat"}; // of kilns
  for (const Burner& burner : burners_) {
    uses.insert(burner.use.empty() ? "heat" : burner.use); // empty: a problem already
  }
  for (const std::string& use : uses) { // replaces other fuels
    if (burner(use, "natural_gas", "boiler") == nullptr) {
      problems.add(settings.where("burner"), fmt::format("burner: must have \"{} natural_gas boiler\"", use));
    }
  }
  const auto read = [](const config::Settings& item) {
    Control control;
    control.members = parts_of(item.text("id"), '+');
    for (const auto& [name, member] : removals) {
      control.left.*member = 1.0 - 0.01 * item.number(name);
      control.says.push_back(item.given(name));
    }
    control.left.ammonia_slip = 1e-3 * item.number("slip");
    return control;
  };
  for (const config::Settings& item : settings.each("control")) {
    controls_.push_back(read(item));
  }
  const std::vector<std::string> names = control_names();
  for (const config::Settings& item : settings.each("combination")) {
    combinations_.push_back(read(item));
    for (const std::string& member : combinations_.back().members) {
      if (std::find(names.begin(), names.end(), member) == names.end()) {
        item.problem(problems, "id", fmt::format("join controls of the table{}", suggestion(member, names)));
      }
    }
    if (combinations_.back().members.size() != 2) {
      item.problem(problems, "id", "join two controls by +");
    }
  }
  const auto most = [](const Control& control) {
    double left = 1;
    for (const auto& [name, member] : removals) {
      left = std::min(left, control.left.*member);
    }
    return left;
  };
  std::stable_sort(combinations_.begin(), combinations_.end(),
                   [&](const Control& a, const Control& b) { return most(a) < most(b); });
}

std::map<std::string, double> CombustionTable::removed(const Control& control) {
  std::map<std::string, double> shares;
  for (std::size_t p = 0; p < removals.size(); ++p) {
    if (control.says[p]) {
      shares[removals[p].first] = 1.0 - control.left.*removals[p].second;
    }
  }
  return shares;
}

std::map<std::string, double> CombustionTable::removed(const std::string& control) const {
  const auto found = std::find_if(controls_.begin(), controls_.end(),
                                  [&](const Control& known) { return known.members.front() == control; });
  return found == controls_.end() ? std::map<std::string, double>{} : removed(*found);
}

std::vector<CombustionTable::Combination> CombustionTable::combinations() const {
  std::vector<Combination> pairs;
  for (const Control& control : combinations_) {
    pairs.push_back({control.members[0], control.members[1], removed(control)});
  }
  return pairs;
}

const CombustionTable& CombustionTable::standard() {
  static const CombustionTable table = [] {
    ProblemList problems;
    CombustionTable read(data_directory() / "emission" / "combustion.toml", problems);
    problems.throw_if_any();
    return read;
  }();
  return table;
}

const Burner* CombustionTable::burner(const std::string& use, const std::string& fuel,
                                      const std::string& technology) const {
  return find_row(burners_, use + " " + fuel + " " + technology);
}

InventoryAmounts CombustionTable::unabated(const Burner& burner, double sulfur, double ash) const {
  InventoryAmounts amounts = burner.factors;
  if (burner.balance) {
    const double particles = physics::coal_particles(ash, burner.ash_retained);
    of(amounts, InventoryPollutant::so2) = physics::coal_sulfur_dioxide(sulfur, sulfur_retained_);
    of(amounts, InventoryPollutant::pm2_5) = particles * burner.pm2_5_share;
    of(amounts, InventoryPollutant::pm10) = particles * burner.pm10_share;
    of(amounts, InventoryPollutant::tsp) = particles * burner.tsp_share;
    of(amounts, InventoryPollutant::bc) = particles * burner.pm2_5_share * burner.bc_share;
    of(amounts, InventoryPollutant::oc) = particles * burner.pm2_5_share * burner.oc_share;
  }
  return amounts;
}

std::vector<std::string> CombustionTable::control_names() const {
  std::vector<std::string> names;
  for (const Control& control : controls_) {
    names.push_back(control.members.front());
  }
  return names;
}

Abatement CombustionTable::abatement(const std::string& controls, std::vector<std::string>& unknown) const {
  Abatement result;
  const std::vector<std::string> chosen = parts_of(controls, '+');
  const auto is_chosen = [&](const std::string& name) {
    return std::find(chosen.begin(), chosen.end(), name) != chosen.end();
  };
  const std::vector<std::string> names = control_names();
  std::copy_if(chosen.begin(), chosen.end(), std::back_inserter(unknown),
               [&](const std::string& name) { return std::find(names.begin(), names.end(), name) == names.end(); });
  for (std::size_t p = 0; p < removals.size(); ++p) {
    double& left = result.*removals[p].second;
    std::vector<std::string> counted;
    for (const Control& together : combinations_) {
      const bool fresh = std::none_of(together.members.begin(), together.members.end(), [&](const std::string& name) {
        return std::find(counted.begin(), counted.end(), name) != counted.end();
      });
      if (together.says[p] && fresh && std::all_of(together.members.begin(), together.members.end(), is_chosen)) {
        left *= together.left.*removals[p].second;
        counted.insert(counted.end(), together.members.begin(), together.members.end());
      }
    }
    for (const Control& control : controls_) {
      const std::string& name = control.members.front();
      if (is_chosen(name) && std::find(counted.begin(), counted.end(), name) == counted.end()) {
        left = 1.0 - physics::combined_efficiency(1.0 - left, 1.0 - control.left.*removals[p].second);
      }
    }
  }
  for (const Control& control : controls_) {
    result.ammonia_slip += is_chosen(control.members.front()) ? control.left.ammonia_slip : 0.0;
  }
  return result;
}

InventoryAmounts abate(InventoryAmounts amounts, const Abatement& abatement, double fuel) {
  using enum InventoryPollutant;
  const double fine = of(amounts, pm2_5) * abatement.fine;
  const double coarse = (of(amounts, pm10) - of(amounts, pm2_5)) * abatement.coarse;
  const double super = (of(amounts, tsp) - of(amounts, pm10)) * abatement.coarse;
  of(amounts, pm2_5) = fine;
  of(amounts, pm10) = fine + coarse;
  of(amounts, tsp) = fine + coarse + super;
  of(amounts, bc) *= abatement.fine;
  of(amounts, oc) *= abatement.fine;
  of(amounts, so2) *= abatement.so2;
  of(amounts, nox) *= abatement.nox;
  of(amounts, hf) *= abatement.hf;
  of(amounts, nh3) += fuel * abatement.ammonia_slip;
  return amounts;
}

} // namespace tq
