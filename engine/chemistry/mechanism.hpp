#pragma once
#include "chemistry/rates.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace tq::gas {

/// A species of a mechanism.
struct MechanismSpecies {
  std::string name;
  std::map<std::string, double> atoms = {};
  bool incomplete = false; // IGNORE: atoms that are not named are unknown
  SourceLocation where = {};
};

/// A reaction; reactants and products are indices of Mechanism::species().
struct Reaction {
  struct Product {
    int species;
    double coefficient; // may be negative, as in lumped mechanisms
  };

  std::string label;                // without its < >; R and its number where the file gives none
  std::vector<int> reactants;       // one with coefficient 2 stands twice; at most 3
  std::vector<int> fixed_reactants; // indices of Mechanism::fixed()
  std::vector<Product> products;    // of species that vary, each once
  Rate rate;
  SourceLocation where;
};

/// Reactions in the gas phase, as a file in KPP's equation syntax states them.
///
///   #ATOMS N; O;         or `#include atoms`: the elements
///   #CHECK N;            elements whose balance is checked; all if absent
///   #DEFVAR NO2 = N + 2O; XO2 = IGNORE;    species that react
///   #DEFFIX M = IGNORE; CH4 = C + 4H;      species whose amount the air gives
///   #INITVALUES CH4 = 1.9E-6 * M;          amounts of fixed ones [molecules cm-3], a rate's formula; M, O2, N2 and H2O
///                                          are known
///   #EQUATIONS <R1> NO2 + hv = NO + O3 : PHOTO(NO2);   {comment} //comment
///
/// A rate is that of rates.hpp; a reactant with the coefficient 2 enters the law of mass action squared and is lost twice, as
/// in KPP. `hv` is light, `PROD` on the right is what nobody follows. Where a species is incomplete, or PROD a product, its
/// equations are checked for those elements alone that the incomplete ones name (0N: has none).
/// Source of the syntax: Damian et al. (2002), Comput. Chem. Eng. 26, 1567-1579. Not read: #INLINE, #LOOKAT, #MONITOR and
/// what else steers KPP itself.
class Mechanism {
public:
  /// Throws InputError with all problems of the file.
  static Mechanism read(const std::filesystem::path& file);
  /// The same of a text that `file` stands for in messages.
  static Mechanism parse(const std::string& file, std::string text);
  /// The mechanism `name` of data/mechanisms.
  static Mechanism load(const std::string& name);

  const std::vector<MechanismSpecies>& species() const { return species_; }
  const std::vector<MechanismSpecies>& fixed() const { return fixed_; }
  const std::vector<Reaction>& reactions() const { return reactions_; }
  /// Index in species(); throws InputError that names the nearest if there is none.
  int find(const std::string& name) const;

  /// Rate constants [molecules, cm3, s] under `conditions`, fixed reactants multiplied in, one for each reaction: the rate
  /// of a reaction is this times the amounts of its reactants.
  void rates(const RateConditions& conditions, std::span<double> result) const;

private:
  friend class MechanismReader;

  std::string file_;
  std::vector<MechanismSpecies> species_, fixed_;
  std::vector<Reaction> reactions_;
  std::vector<Rate> fixed_amounts_;
};

} // namespace tq::gas
