#include "emission/pollutants.hpp"

#include "base/error.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq {

namespace {

std::size_t at(InventoryPollutant pollutant) {
  return std::size_t(pollutant);
}

} // namespace

const std::array<std::string, inventory_pollutant_count>& inventory_pollutants() {
  static const std::array<std::string, inventory_pollutant_count> ids = {
      "pm2_5", "pm10", "tsp", "so2",      "nox",          "co",      "voc",      "nh3",
      "hf",    "bc",   "oc",  "isoprene", "monoterpenes", "calcium", "magnesium"};
  return ids;
}

EmittedSpecies::EmittedSpecies(const SpeciesTable& table) : transported_(table.count()) {
  ProblemList problems;
  const auto index = [&](const std::string& id) {
    const int found = table.find(id);
    if (found < 0) {
      problems.add({}, fmt::format("the species table has no \"{}\", which inventories emit", id));
    }
    return found;
  };
  bins_ = {index("pm_fine"), index("pm_coarse"), index("pm_super")};
  so2_ = index("so2");
  no2_ = index("no2");
  no_ = index("no");
  co_ = index("co");
  problems.throw_if_any();
  no_per_no2_ = table.species()[std::size_t(no_)].molar_mass / table.species()[std::size_t(no2_)].molar_mass;
  for (const Species& species : table.species()) {
    if (species.tracer) {
      tracers_.push_back(int(ids_.size()));
    }
    ids_.push_back(species.id);
  }
  const auto add = [&](const std::string& id) {
    const int known = table.find(id);
    if (known >= 0) {
      return known;
    }
    ids_.push_back(id);
    return int(ids_.size()) - 1;
  };
  for (const char* id : {"voc", "nh3", "hf", "isoprene", "monoterpenes"}) {
    gases_.emplace_back(id, add(id));
  }
  bc_ = add("bc");
  oc_ = add("oc");
  const std::array<std::string, 3> names = {"_fine", "_coarse", "_super"};
  for (std::size_t b = 0; b < 3; ++b) {
    calcium_[b] = add("ca" + names[b]);
    magnesium_[b] = add("mg" + names[b]);
  }
}

std::vector<double> EmittedSpecies::split(const InventoryAmounts& amounts, double no2_share) const {
  const auto of = [&](InventoryPollutant pollutant) { return amounts[at(pollutant)]; };
  std::vector<double> species(ids_.size(), 0.0);
  const auto set = [&](int index, double amount) { species[std::size_t(index)] = amount; };
  const double pm2_5 = of(InventoryPollutant::pm2_5), pm10 = of(InventoryPollutant::pm10);
  const double tsp = of(InventoryPollutant::tsp), nox = of(InventoryPollutant::nox);
  set(fine(), pm2_5);
  set(coarse(), std::max(0.0, pm10 - pm2_5)); // equal columns may differ by rounding
  set(super(), std::max(0.0, tsp - pm10));
  set(so2_, of(InventoryPollutant::so2));
  set(no2_, no2_share * nox);
  set(no_, (1.0 - no2_share) * nox * no_per_no2_);
  set(co_, of(InventoryPollutant::co));
  for (const auto& [id, index] : gases_) {
    const auto pollutant = std::find(inventory_pollutants().begin(), inventory_pollutants().end(), id);
    set(index, amounts[std::size_t(pollutant - inventory_pollutants().begin())]);
  }
  set(bc_, of(InventoryPollutant::bc));
  set(oc_, of(InventoryPollutant::oc));
  if (tsp > 0) {
    AlkalineShare share;
    share.calcium.fill(of(InventoryPollutant::calcium) / tsp);
    share.magnesium.fill(of(InventoryPollutant::magnesium) / tsp);
    set_alkaline(species, share);
  }
  return species;
}

void EmittedSpecies::set_alkaline(std::vector<double>& species, const AlkalineShare& share) const {
  for (std::size_t b = 0; b < 3; ++b) {
    const double mass = species[std::size_t(bins_[b])];
    species[std::size_t(calcium_[b])] = share.calcium[b] * mass;
    species[std::size_t(magnesium_[b])] = share.magnesium[b] * mass;
  }
}

InventoryAmounts EmittedSpecies::gather(std::span<const double> species) const {
  const auto of = [&](int index) { return species[std::size_t(index)]; };
  const auto sum = [&](const std::array<int, 3>& bins) { return of(bins[0]) + of(bins[1]) + of(bins[2]); };
  InventoryAmounts amounts{};
  amounts[at(InventoryPollutant::pm2_5)] = of(fine());
  amounts[at(InventoryPollutant::pm10)] = of(fine()) + of(coarse());
  amounts[at(InventoryPollutant::tsp)] = sum(bins_);
  amounts[at(InventoryPollutant::so2)] = of(so2_);
  amounts[at(InventoryPollutant::nox)] = of(no2_) + of(no_) / no_per_no2_;
  amounts[at(InventoryPollutant::co)] = of(co_);
  for (const auto& [id, index] : gases_) {
    const auto pollutant = std::find(inventory_pollutants().begin(), inventory_pollutants().end(), id);
    amounts[std::size_t(pollutant - inventory_pollutants().begin())] = of(index);
  }
  amounts[at(InventoryPollutant::bc)] = of(bc_);
  amounts[at(InventoryPollutant::oc)] = of(oc_);
  amounts[at(InventoryPollutant::calcium)] = sum(calcium_);
  amounts[at(InventoryPollutant::magnesium)] = sum(magnesium_);
  return amounts;
}

std::vector<int> EmittedSpecies::named(const std::string& name) const {
  const std::vector<int> fine_and_parts = {fine(), bc_, oc_, calcium_[0], magnesium_[0]};
  const std::vector<int> coarse_and_parts = {coarse(), calcium_[1], magnesium_[1]};
  const std::vector<int> super_and_parts = {super(), calcium_[2], magnesium_[2]};
  const auto join = [](std::vector<int> all, const std::vector<int>& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  if (name == "fine" || name == "pm2_5" || name == ids_[std::size_t(fine())]) {
    return fine_and_parts;
  }
  if (name == "coarse" || name == ids_[std::size_t(coarse())]) {
    return coarse_and_parts;
  }
  if (name == "super" || name == ids_[std::size_t(super())]) {
    return super_and_parts;
  }
  if (name == "pm10") {
    return join(fine_and_parts, coarse_and_parts);
  }
  if (name == "tsp") {
    return join(join(fine_and_parts, coarse_and_parts), super_and_parts);
  }
  if (name == "nox") {
    return {no_, no2_};
  }
  if (name == "calcium") {
    return {calcium_.begin(), calcium_.end()};
  }
  if (name == "magnesium") {
    return {magnesium_.begin(), magnesium_.end()};
  }
  std::vector<int> single = {so2_, no2_, no_, co_, bc_, oc_};
  for (const auto& [id, index] : gases_) {
    single.push_back(index);
  }
  single.insert(single.end(), tracers_.begin(), tracers_.end());
  for (const int index : single) {
    if (ids_[std::size_t(index)] == name) {
      return {index};
    }
  }
  return {};
}

std::vector<std::string> EmittedSpecies::names() const {
  std::vector<std::string> names = {"pm2_5", "fine", "coarse",   "super",        "pm10",    "tsp",      "so2",
                                    "nox",   "no",   "no2",      "co",           "voc",     "nh3",      "hf",
                                    "bc",    "oc",   "isoprene", "monoterpenes", "calcium", "magnesium"};
  for (const int tracer : tracers_) {
    const std::string& id = ids_[std::size_t(tracer)];
    if (std::find(names.begin(), names.end(), id) == names.end()) { // voc, say, is there already
      names.push_back(id);
    }
  }
  return names;
}

bool EmittedSpecies::is_part(int species) const {
  const auto holds = [&](const std::array<int, 3>& bins) {
    return std::find(bins.begin(), bins.end(), species) != bins.end();
  };
  return species == bc_ || species == oc_ || holds(calcium_) || holds(magnesium_);
}

} // namespace tq
