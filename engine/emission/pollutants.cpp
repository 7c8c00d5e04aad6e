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
  static const std::array<std::string, inventory_pollutant_count> ids = {"pm2_5", "pm10", "tsp",
                                                                         "so2",   "nox",  "co"};
  return ids;
}

EmittedSpecies::EmittedSpecies(const SpeciesTable& table) : count_(table.count()) {
  ProblemList problems;
  const auto index = [&](const std::string& id) {
    const int found = table.find(id);
    if (found < 0) {
      problems.add({}, fmt::format("the species table has no \"{}\", which inventories emit", id));
    }
    return found;
  };
  fine_ = index("pm_fine");
  coarse_ = index("pm_coarse");
  super_ = index("pm_super");
  so2_ = index("so2");
  no2_ = index("no2");
  no_ = index("no");
  co_ = index("co");
  problems.throw_if_any();
  no_per_no2_ = table.species()[std::size_t(no_)].molar_mass / table.species()[std::size_t(no2_)].molar_mass;
  for (const Species& species : table.species()) {
    ids_.push_back(species.id);
  }
}

std::vector<double> EmittedSpecies::split(const InventoryAmounts& amounts, double no2_share) const {
  const double pm2_5 = amounts[at(InventoryPollutant::pm2_5)];
  const double pm10 = amounts[at(InventoryPollutant::pm10)];
  const double tsp = amounts[at(InventoryPollutant::tsp)];
  const double nox = amounts[at(InventoryPollutant::nox)];
  std::vector<double> species(std::size_t(count_), 0.0);
  species[std::size_t(fine_)] = pm2_5;
  species[std::size_t(coarse_)] = std::max(0.0, pm10 - pm2_5); // equal columns may differ by rounding
  species[std::size_t(super_)] = std::max(0.0, tsp - pm10);
  species[std::size_t(so2_)] = amounts[at(InventoryPollutant::so2)];
  species[std::size_t(no2_)] = no2_share * nox;
  species[std::size_t(no_)] = (1.0 - no2_share) * nox * no_per_no2_;
  species[std::size_t(co_)] = amounts[at(InventoryPollutant::co)];
  return species;
}

InventoryAmounts EmittedSpecies::gather(std::span<const double> species) const {
  const auto of = [&](int index) { return species[std::size_t(index)]; };
  InventoryAmounts amounts{};
  amounts[at(InventoryPollutant::pm2_5)] = of(fine_);
  amounts[at(InventoryPollutant::pm10)] = of(fine_) + of(coarse_);
  amounts[at(InventoryPollutant::tsp)] = of(fine_) + of(coarse_) + of(super_);
  amounts[at(InventoryPollutant::so2)] = of(so2_);
  amounts[at(InventoryPollutant::nox)] = of(no2_) + of(no_) / no_per_no2_;
  amounts[at(InventoryPollutant::co)] = of(co_);
  return amounts;
}

std::vector<int> EmittedSpecies::named(const std::string& name) const {
  if (name == "fine" || name == "pm2_5") {
    return {fine_};
  }
  if (name == "coarse") {
    return {coarse_};
  }
  if (name == "super") {
    return {super_};
  }
  if (name == "pm10") {
    return {fine_, coarse_};
  }
  if (name == "tsp") {
    return {fine_, coarse_, super_};
  }
  if (name == "nox") {
    return {no_, no2_};
  }
  for (const int index : {fine_, coarse_, super_, so2_, no2_, no_, co_}) {
    if (ids_[std::size_t(index)] == name) {
      return {index};
    }
  }
  return {};
}

std::vector<std::string> EmittedSpecies::names() const {
  return {"pm2_5", "fine", "coarse", "super", "pm10", "tsp", "so2", "nox", "no", "no2", "co"};
}

} // namespace tq
