#pragma once
#include "emission/activity_table.hpp"

#include <set>

namespace tq {

/// Which pollutants an inventory from outside gives of a source.
using GivenPollutants = std::array<bool, inventory_pollutant_count>;

/// Fills coarser particles that are not given with the finer ones, since they are counted cumulatively. Returns the
/// given one that is below a finer one (by more than rounding of 1e-12), if there is one.
std::optional<InventoryPollutant> complete_particles(InventoryAmounts& amounts, const GivenPollutants& given);

/// The profile of a sector, by the [[inventory]]: `profile` is a name for all, or a table of names by sector; else
/// "constant".
std::string profile_of(const config::Settings& item, const std::string& sector);

/// A row of an inventory from outside with what its [[inventory]] says of all sources: base, top, the share
/// of nox that is NO2. `rates` are in kg s-1.
TableRow outside_row(const FileContext& context, const InventoryAmounts& rates);

/// What is left out, for one warning.
struct LeftOut {
  std::set<std::string> names;
  std::size_t sources = 0;
  InventoryAmounts rates{};

  void add(const std::string& name, const InventoryAmounts& more);
  /// The first six names.
  std::string first_names() const;
};

/// "so2 12.5, nox 3": amounts that are not 0, in t yr-1.
std::string list_amounts(const InventoryAmounts& rates);

} // namespace tq
