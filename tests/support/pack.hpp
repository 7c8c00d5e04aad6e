#pragma once
/// One pack of a mechanism, for tests of the kernels of chemistry/rosenbrock.hpp.
#include "chemistry/reaction_tables.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace tq::test {

struct Pack {
  explicit Pack(const gas::Mechanism& mechanism) : owner(mechanism), tables(owner.view()) {
    for (auto& vector : vectors) {
      vector.resize(std::size_t(std::max({tables.species, owner.values(), tables.reactions, tables.entries, 1})));
    }
    gas::Lanes* v[10];
    for (int n = 0; n < 10; ++n) {
      v[n] = vectors[n].data();
    }
    memory = {v[0], v[1], v[2], v[3], v[4], v[5], {v[6], v[7], v[8], v[9]}, vectors[10].data()};
  }

  /// Sets amounts and rate constants of all lanes, in the mechanism's order.
  void set(const std::vector<double>& amounts, const std::vector<double>& rates) {
    for (std::size_t s = 0; s < amounts.size(); ++s) {
      memory.amount[s] = gas::broadcast(amounts[std::size_t(owner.species()[s])]);
    }
    for (std::size_t r = 0; r < rates.size(); ++r) {
      memory.value[r] = gas::broadcast(rates[std::size_t(owner.reactions()[r])]);
    }
  }

  /// Where a species of the mechanism stands in the tables.
  std::size_t place(int species) const {
    return std::size_t(std::find(owner.species().begin(), owner.species().end(), species) - owner.species().begin());
  }

  gas::ReactionTables owner;
  gas::GasTables tables;
  std::vector<gas::Lanes> vectors[11];
  gas::PackMemory memory;
};

/// The largest distance of the Jacobian from differences of the tendency over 1e-3 of each amount, relative to what its
/// terms sum to without their signs; rates are at most quadratic in one amount, so nothing but rounding may be left.
inline double jacobian_error(const gas::Mechanism& mechanism, const std::vector<double>& amounts,
                             const std::vector<double>& rates) {
  Pack pack(mechanism);
  pack.set(amounts, rates);
  gas::negative_jacobian(pack.tables, pack.memory);
  const gas::GasTables& t = pack.tables;
  std::vector<gas::Lanes> above(std::size_t(t.species)), below(std::size_t(t.species));
  double largest = 0;
  for (int column = 0; column < t.species; ++column) {
    const gas::Lanes amount = pack.memory.amount[column];
    pack.memory.amount[column] = amount * 1.001;
    gas::tendency(t, pack.memory, pack.memory.amount, above.data());
    std::vector<double> gross(std::size_t(t.species), 0.0);
    for (const gas::AddScaled& source : t.sources) {
      gross[std::size_t(source.target)] += std::abs(source.factor * pack.memory.rate[source.source][0]);
    }
    pack.memory.amount[column] = amount * 0.999;
    gas::tendency(t, pack.memory, pack.memory.amount, below.data());
    pack.memory.amount[column] = amount;
    for (int row = 0; row < t.species; ++row) {
      double entry = 0;
      for (int e = t.row_begin[row]; e < t.row_begin[row + 1]; ++e) {
        entry += t.column[e] == column ? -pack.memory.matrix[e][0] : 0.0;
      }
      const double difference =
          (above[std::size_t(row)][0] - below[std::size_t(row)][0]) / (0.002 * amount[0]);
      const double scale = gross[std::size_t(row)] / amount[0];
      largest = scale > 0 ? std::max(largest, std::abs(entry - difference) / scale) : largest;
    }
  }
  return largest;
}

} // namespace tq::test
