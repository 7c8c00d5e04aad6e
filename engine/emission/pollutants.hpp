#pragma once
#include "state/species.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace tq {

/// What inventories count, in the order of every InventoryAmounts. Particles are cumulative (pm2_5 <= pm10 <=
/// tsp); bc and oc (black and organic carbon) are parts of pm2_5; nox is the mass that its NO and NO2 would
/// have as NO2; voc leaves out methane, isoprene and monoterpenes; hf are gaseous fluorides.
enum class InventoryPollutant {
  pm2_5,
  pm10,
  tsp,
  so2,
  nox,
  co,
  voc,
  nh3,
  hf,
  bc,
  oc,
  isoprene,
  monoterpenes,
  calcium,
  magnesium
};

inline constexpr std::size_t inventory_pollutant_count = 15;

/// Amounts [kg, or kg s-1] per InventoryPollutant.
using InventoryAmounts = std::array<double, inventory_pollutant_count>;

/// Ids in the order of InventoryPollutant: the names of the columns and of totals.
const std::array<std::string, inventory_pollutant_count>& inventory_pollutants();

/// Mass shares of calcium and magnesium in dust, by size bin.
struct AlkalineShare {
  std::array<double, 3> calcium{}; // fine, coarse, super
  std::array<double, 3> magnesium{};
};

/// How the pollutants of inventories become emitted species: particles are differenced into the disjoint
/// bins pm_fine, pm_coarse and pm_super; of NOx (kg as NO2) the share `no2_share` is NO2, the rest becomes NO
/// with the same number of moles, so its mass shrinks by M_NO / M_NO2. Emitted species are those of the
/// species table, which are transported, and behind them those that are only counted: gases that no tracer
/// takes up, and what particles hold (black and organic carbon, calcium and magnesium by bin).
class EmittedSpecies {
 public:
  /// Throws InputError if the species table lacks one of pm_fine, pm_coarse, pm_super, so2, no2, no, co.
  explicit EmittedSpecies(const SpeciesTable& table);

  int count() const { return int(ids_.size()); }
  /// The first so many are those of the species table.
  int transported() const { return transported_; }
  /// Amounts per species, in the unit of `amounts`. Calcium and magnesium are shared over the bins as the
  /// particles' mass is.
  std::vector<double> split(const InventoryAmounts& amounts, double no2_share) const;
  /// Sets calcium and magnesium of `species` (as split gives it) from the mass in its bins.
  void set_alkaline(std::vector<double>& species, const AlkalineShare& share) const;
  /// The inverse: amounts per species back to what inventories count.
  InventoryAmounts gather(std::span<const double> species) const;
  /// Emitted species that a name in a measure stands for: the bins `fine` (also `pm2_5`), `coarse`, `super`,
  /// with what their particles hold; `pm10` (fine and coarse), `tsp` (all three), `nox` (no and no2),
  /// `calcium`, `magnesium`, or the id of a species. Empty if unknown.
  std::vector<int> named(const std::string& name) const;
  /// Indices of the scenario's own tracers.
  const std::vector<int>& tracers() const { return tracers_; }
  /// The names that `named` knows, for messages.
  std::vector<std::string> names() const;
  /// Ids of the emitted species, for messages and reports.
  const std::vector<std::string>& ids() const { return ids_; }
  /// True for what is part of a bin's particles, and so no mass beside theirs.
  bool is_part(int species) const;

  int fine() const { return bins_[0]; }
  int coarse() const { return bins_[1]; }
  int super() const { return bins_[2]; }
  int so2() const { return so2_; }
  int no2() const { return no2_; }
  int no() const { return no_; }
  int co() const { return co_; }

 private:
  int transported_ = 0;
  std::array<int, 3> bins_{}, calcium_{}, magnesium_{}; // fine, coarse, super
  int so2_ = -1, no2_ = -1, no_ = -1, co_ = -1;
  std::vector<std::pair<std::string, int>> gases_; // that inventories count under their own id
  std::vector<int> tracers_;                       // of the scenario
  int bc_ = -1, oc_ = -1;
  double no_per_no2_ = 0; // M_NO / M_NO2
  std::vector<std::string> ids_;
};

} // namespace tq
