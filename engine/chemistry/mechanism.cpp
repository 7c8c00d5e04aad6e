#include "chemistry/mechanism.hpp"

#include "base/text_file.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace tq::gas {

Mechanism Mechanism::load(const std::string& name) { return read(data_directory() / "mechanisms" / (name + ".eqn")); }

int Mechanism::find(const std::string& name) const {
  std::vector<std::string> names;
  for (const MechanismSpecies& species : species_) {
    if (species.name == name) {
      return int(names.size());
    }
    names.push_back(species.name);
  }
  throw InputError({file_}, fmt::format("has no species {}{}", name, suggestion(name, names)));
}

void Mechanism::rates(const RateConditions& conditions, std::span<double> result) const {
  std::vector<double> amounts;
  for (const Rate& amount : fixed_amounts_) {
    amounts.push_back(amount(conditions));
  }
  for (std::size_t r = 0; r < reactions_.size(); ++r) {
    result[r] = reactions_[r].rate(conditions);
    for (const int fixed : reactions_[r].fixed_reactants) {
      result[r] *= amounts[std::size_t(fixed)];
    }
  }
}

} // namespace tq::gas
