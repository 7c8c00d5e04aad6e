#include "chemistry/reaction_tables.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

namespace tq::gas {

namespace {

/// How much of each species a reaction makes, net.
std::map<int, double> net_products(const Reaction& reaction) {
  std::map<int, double> net;
  for (const int reactant : reaction.reactants) {
    net[reactant] -= 1;
  }
  for (const Reaction::Product& product : reaction.products) {
    net[product.species] += product.coefficient;
  }
  std::erase_if(net, [](const auto& item) { return item.second == 0; });
  return net;
}

} // namespace

ReactionTables::ReactionTables(const Mechanism& mechanism) {
  order_reactions(mechanism);
  Pattern pattern = dependences(mechanism);
  order_species(pattern);
  lay_out_matrix(pattern);
  plan_elimination();
  list_reactions(mechanism);
}

void ReactionTables::order_reactions(const Mechanism& mechanism) {
  const auto order = [&](int r) { return mechanism.reactions()[std::size_t(r)].reactants.size(); };
  reactions_.resize(mechanism.reactions().size());
  std::iota(reactions_.begin(), reactions_.end(), 0);
  std::stable_sort(reactions_.begin(), reactions_.end(), [&](int a, int b) { return order(a) < order(b); });
  for (std::size_t n = 0; n < 5; ++n) {
    order_begin_[n] = int(std::count_if(reactions_.begin(), reactions_.end(), [&](int r) { return order(r) < n; }));
  }
}

ReactionTables::Pattern ReactionTables::dependences(const Mechanism& mechanism) const {
  const std::size_t size = mechanism.species().size();
  Pattern pattern(size, std::vector<bool>(size, false));
  for (std::size_t s = 0; s < size; ++s) {
    pattern[s][s] = true;
  }
  for (const Reaction& reaction : mechanism.reactions()) {
    for (const auto& [species, coefficient] : net_products(reaction)) {
      for (const int reactant : reaction.reactants) {
        pattern[std::size_t(species)][std::size_t(reactant)] = true;
      }
    }
  }
  return pattern;
}

void ReactionTables::order_species(Pattern& pattern) {
  const std::size_t size = pattern.size();
  std::vector<bool> left(size, true);
  place_.assign(size, 0);
  while (species_.size() < size) {
    std::size_t best = 0, least = size * size + 1;
    for (std::size_t s = 0; s < size; ++s) {
      std::size_t in_row = 0, in_column = 0;
      for (std::size_t n = 0; n < size && left[s]; ++n) {
        in_row += left[n] && pattern[s][n] ? 1 : 0;
        in_column += left[n] && pattern[n][s] ? 1 : 0;
      }
      if (left[s] && (in_row - 1) * (in_column - 1) < least) {
        least = (in_row - 1) * (in_column - 1);
        best = s;
      }
    }
    left[best] = false;
    place_[best] = int(species_.size());
    species_.push_back(int(best));
    for (std::size_t row = 0; row < size; ++row) {
      for (std::size_t column = 0; column < size && left[row] && pattern[row][best]; ++column) {
        if (left[column] && pattern[best][column]) {
          pattern[row][column] = true;
        }
      }
    }
  }
}

void ReactionTables::lay_out_matrix(const Pattern& pattern) {
  for (std::size_t row = 0; row < species_.size(); ++row) {
    row_begin_.push_back(int(column_.size()));
    for (std::size_t column = 0; column < species_.size(); ++column) {
      if (row == column) {
        diagonal_.push_back(int(column_.size()));
      }
      if (pattern[std::size_t(species_[row])][std::size_t(species_[column])]) {
        column_.push_back(int(column));
      }
    }
  }
  row_begin_.push_back(int(column_.size()));
}

int ReactionTables::entry(int row, int column) const {
  const auto begin = column_.begin() + row_begin_[std::size_t(row)], end = column_.begin() + row_begin_[std::size_t(row) + 1];
  return int(std::lower_bound(begin, end, column) - column_.begin());
}

void ReactionTables::plan_elimination() {
  for (int row = 0; row < int(species_.size()); ++row) {
    elimination_begin_.push_back(int(eliminations_.size()));
    for (int left = row_begin_[std::size_t(row)]; left < diagonal_[std::size_t(row)]; ++left) {
      const int pivot = column_[std::size_t(left)];
      for (int right = diagonal_[std::size_t(pivot)] + 1; right < row_begin_[std::size_t(pivot) + 1]; ++right) {
        eliminations_.push_back({entry(row, column_[std::size_t(right)]), left, right});
      }
    }
  }
  elimination_begin_.push_back(int(eliminations_.size()));
}

void ReactionTables::list_reactions(const Mechanism& mechanism) {
  /// The derivative of a reaction's rate by one of its reactants: by the amounts of the others.
  struct Partial {
    int reaction;
    int by;
    double factor; // how often the reactant stands there
    std::vector<int> others;
  };
  std::vector<Partial> partials;
  for (int r = 0; r < int(reactions_.size()); ++r) {
    const Reaction& reaction = mechanism.reactions()[std::size_t(reactions_[std::size_t(r)])];
    std::vector<int> reactants;
    for (const int reactant : reaction.reactants) {
      reactants.push_back(place_[std::size_t(reactant)]);
    }
    reactants_.insert(reactants_.end(), reactants.begin(), reactants.end());
    for (const auto& [species, coefficient] : net_products(reaction)) {
      sources_.push_back({place_[std::size_t(species)], r, coefficient});
    }
    for (std::size_t n = 0; n < reactants.size(); ++n) {
      if (std::find(reactants.begin(), reactants.begin() + std::ptrdiff_t(n), reactants[n]) !=
          reactants.begin() + std::ptrdiff_t(n)) {
        continue; // met before
      }
      std::vector<int> others = reactants;
      others.erase(others.begin() + std::ptrdiff_t(n));
      partials.push_back({r, reactants[n], double(std::count(reactants.begin(), reactants.end(), reactants[n])), others});
    }
  }
  std::stable_sort(partials.begin(), partials.end(),
                   [](const Partial& a, const Partial& b) { return a.others.size() < b.others.size(); });
  values_ = int(reactions_.size());
  for (const Partial& partial : partials) {
    const int value = partial.others.empty() ? partial.reaction : values_++;
    partials_of_one_ += partial.others.size() == 1 ? 1 : 0;
    if (!partial.others.empty()) {
      partials_.push_back(partial.reaction);
      partials_.insert(partials_.end(), partial.others.begin(), partial.others.end());
    }
    const Reaction& reaction = mechanism.reactions()[std::size_t(reactions_[std::size_t(partial.reaction)])];
    for (const auto& [species, coefficient] : net_products(reaction)) {
      derivatives_.push_back({entry(place_[std::size_t(species)], partial.by), value, -coefficient * partial.factor});
    }
  }
}

GasTables ReactionTables::view() const {
  const auto list = []<class T>(const std::vector<T>& items) { return List<T>{items.data(), int(items.size())}; };
  GasTables t;
  t.species = int(species_.size());
  t.reactions = int(reactions_.size());
  t.entries = int(column_.size());
  std::copy(std::begin(order_begin_), std::end(order_begin_), t.order_begin);
  t.reactants = list(reactants_);
  t.sources = list(sources_);
  t.partials_of_one = partials_of_one_;
  t.partials = list(partials_);
  t.derivatives = list(derivatives_);
  t.row_begin = row_begin_.data();
  t.diagonal = diagonal_.data();
  t.column = column_.data();
  t.eliminations = list(eliminations_);
  t.elimination_begin = elimination_begin_.data();
  return t;
}

} // namespace tq::gas
