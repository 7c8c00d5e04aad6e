#pragma once
#include "state/species.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace tq {

/// What inventories count, in the order of every InventoryAmounts. Particles are cumulative (pm2_5 <= pm10 <=
/// tsp); nox is the mass that its NO and NO2 would have as NO2.
enum class InventoryPollutant { pm2_5, pm10, tsp, so2, nox, co };

inline constexpr std::size_t inventory_pollutant_count = 6;

/// Amounts [kg, or kg s-1] per InventoryPollutant.
using InventoryAmounts = std::array<double, inventory_pollutant_count>;

/// Ids in the order of InventoryPollutant: the names of the columns and of totals.
const std::array<std::string, inventory_pollutant_count>& inventory_pollutants();

/// How the pollutants of inventories become transported species: particles are differenced into the disjoint
/// bins pm_fine, pm_coarse and pm_super; of NOx (kg as NO2) the share `no2_share` is NO2, the rest becomes NO
/// with the same number of moles, so its mass shrinks by M_NO / M_NO2.
class EmittedSpecies {
 public:
  /// Throws InputError if the species table lacks one of pm_fine, pm_coarse, pm_super, so2, no2, no, co.
  explicit EmittedSpecies(const SpeciesTable& table);

  int count() const { return count_; } // of the species table
  /// Amounts per species (index of the species table), in the unit of `amounts`.
  std::vector<double> split(const InventoryAmounts& amounts, double no2_share) const;
  /// The inverse: amounts per species back to what inventories count.
  InventoryAmounts gather(std::span<const double> species) const;
  /// Emitted species that a name in a measure stands for: the bins `fine` (also `pm2_5`), `coarse`, `super`;
  /// `pm10` (fine and coarse), `tsp` (all three), `nox` (no and no2), or the id of a species. Empty if
  /// unknown.
  std::vector<int> named(const std::string& name) const;
  /// The names that `named` knows, for messages.
  std::vector<std::string> names() const;
  /// Ids of the species table, for messages and reports.
  const std::vector<std::string>& ids() const { return ids_; }

  int fine() const { return fine_; }
  int coarse() const { return coarse_; }
  int super() const { return super_; }
  int so2() const { return so2_; }
  int no2() const { return no2_; }
  int no() const { return no_; }
  int co() const { return co_; }

 private:
  int count_ = 0;
  int fine_ = -1, coarse_ = -1, super_ = -1, so2_ = -1, no2_ = -1, no_ = -1, co_ = -1;
  double no_per_no2_ = 0; // M_NO / M_NO2
  std::vector<std::string> ids_;
};

} // namespace tq
