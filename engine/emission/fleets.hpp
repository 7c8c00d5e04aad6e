#pragma once
#include "emission/vehicles.hpp"

#include <map>
#include <optional>

namespace tq {

/// The vehicles of one class. Numbers count per vehicle that the class had in the fleet's first year, so they add up to
/// 1 there and to the growth of the stock later.
struct FleetClass {
  std::array<ByStandard, fuel_count> burning{}; // by fuel and standard
  double electric = 0;

  double of(Fuel fuel) const;
  double total() const;
};

/// Which vehicles drive, with which fuel, built to which standard, and where.
struct Fleet {
  std::string id;
  int year = 0;                    // as of its 31 December
  std::vector<FleetClass> classes; // as VehicleTable::classes
  /// Shares of the classes in the traffic of each class of roads; they sum to 1.
  std::map<std::string, std::vector<double>> roads;
};

/// Reads a file of schema "fleets/1": [fleet.NAME] with year, fuel.CLASS.FUEL (shares that sum to 1),
/// standards.CLASS.FUEL (seven shares that sum to 1 where the fuel is used) and roads.CLASS_OF_ROADS.CLASS (shares that
/// sum to 1). All problems go to `problems`.
std::vector<Fleet> read_fleets(const std::filesystem::path& file, const VehicleTable& vehicles, ProblemList& problems);

/// What becomes of a fleet. Lists run as VehicleTable::classes; an empty one stands for zeros (minimum_standard: Pre-I;
/// electric: nothing given).
struct FleetChange {
  int year = 0;                                   // to the end of which it lives on, not before the fleet's own
  std::vector<double> growth = {};                // of the number of vehicles, per year: 0.1 is ten per cent; above -1
  /// Share of what is registered after the fleet's year that is electric; that of the class in the fleet itself where
  /// nothing is given.
  std::vector<std::optional<double>> electric = {};
  std::vector<std::size_t> minimum_standard = {}; // worse ones are not let in: the others drive instead of them
};

/// The fleet at the end of `change.year`. Year by year, each class is scrapped by its law of life and at its compulsory
/// age, and what is then missing of the growing stock is registered: electric by its share, else with the fleet's own
/// mix of fuels, to the standards of that year (by the share of the year in which each holds). Where more survive than
/// the stock shall have, the oldest are scrapped. In the fleet's own year, vehicles of a standard are taken to have
/// been registered evenly while it held, less those scrapped since. Then what is below the minimum standard is replaced
/// by the rest of the class in its proportions; a class of which nothing may enter is gone.
Fleet aged(const Fleet& fleet, const VehicleTable& vehicles, const FleetChange& change);

} // namespace tq
