#pragma once
#include "chemistry/mechanism.hpp"
#include "chemistry/rosenbrock.hpp"

#include <span>
#include <vector>

namespace tq::gas {

/// A mechanism as flat tables: production and loss, the Jacobian's sparse pattern, and its elimination worked out in advance.
///
/// Species are eliminated in Markowitz' order on the diagonal: next is always the one with the least
/// (entries in its row - 1) (entries in its column - 1) among what is left, the first of equals. Source: Sandu et al. (1996),
/// Atmos. Environ. 30, 3141-3152 (sparse elimination without pivots, fill-in known beforehand).
class ReactionTables {
public:
  explicit ReactionTables(const Mechanism& mechanism);

  /// Valid as long as this object.
  GasTables view() const;
  /// Index in the mechanism of each species in the order of elimination.
  const std::vector<int>& species() const { return species_; }
  /// Index in the mechanism of each reaction in the tables.
  const std::vector<int>& reactions() const { return reactions_; }
  /// How many values (rate constants and partial derivatives) a pack needs.
  int values() const { return values_; }

private:
  using Pattern = std::vector<std::vector<bool>>; // [row][column]

  void order_reactions(const Mechanism& mechanism);
  /// Which amounts each tendency depends on, by indices of the mechanism.
  Pattern dependences(const Mechanism& mechanism) const;
  /// Chooses the order of elimination and adds its fill-in to the pattern.
  void order_species(Pattern& pattern);
  void lay_out_matrix(const Pattern& pattern);
  void plan_elimination();
  void list_reactions(const Mechanism& mechanism);
  int entry(int row, int column) const;

  std::vector<int> species_, place_; // place_: of a species of the mechanism in the order of elimination
  std::vector<int> reactions_;
  int order_begin_[5] = {};
  std::vector<int> reactants_, partials_;
  int partials_of_one_ = 0, values_ = 0;
  std::vector<AddScaled> sources_, derivatives_;
  std::vector<int> row_begin_, diagonal_, column_, elimination_begin_;
  std::vector<Elimination> eliminations_;
};

} // namespace tq::gas
