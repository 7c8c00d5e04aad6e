#pragma once
#include "config/schema.hpp"
#include "emission/distribute.hpp"
#include "emission/pollutants.hpp"
#include "emission/profiles.hpp"
#include "grid/management_cells.hpp"

#include <string>
#include <utility>
#include <vector>

namespace tq {

/// One row of an inventory: something that emits, where, how much and when.
struct Source {
  std::string id;
  std::string inventory; // id of the [[inventory]]
  std::string sector;
  std::string department;
  std::string enterprise;
  /// Index of the management cell that answers for the source, or -1: the one named in the file; where none
  /// is named, the cell without cells below it that holds the largest share of the source (seen through the
  /// grid, see CellLocator).
  int cell = -1;
  std::string district;      // of the management cell, or of the nearest one above that has a district
  std::string unit;          // likewise
  SourceLocation where;      // file and line
  std::size_t profile = 0;   // index into Inventory::profiles
  std::string geometry;      // id of the feature, "" for a stack given by lon and lat
  double area = 0;           // m2, planar in the grid's CRS, of polygons; 0 otherwise
  double base = 0;           // m above ground
  double top = 10;           // m above ground
  double no2_share = 0.1;    // of NOx, by mass as NO2
  InventoryAmounts annual{}; // kg in a common year, as in the file: of the whole geometry
  Placement placement;       // where it goes in the grid
  /// Management cells (index) in which it lies, each with its share of the whole source; shares of one level
  /// of the hierarchy sum to at most placement.inside.
  std::vector<std::pair<int, double>> located;
};

/// A year of the inventories, in s: a common year, as in the table of units.
inline constexpr double common_year = 365.0 * double(seconds_per_day);

/// Mean emission of a source's whole geometry over a year, kg s-1 per species of the species table.
inline std::vector<double> rates(const Source& source, const EmittedSpecies& species) {
  std::vector<double> result = species.split(source.annual, source.no2_share);
  for (double& rate : result) {
    rate /= common_year;
  }
  return result;
}

struct Inventory {
  std::vector<Source> sources;   // of all files, in order
  std::vector<Profile> profiles; // of all files
  bool complete = true;          // false if a file could not be read at all, so sources may be missing
};

/// Reads every [[inventory]] of a scenario: the table of sources (CSV with units in its header), the
/// geometries (GeoJSON) and the profiles (TOML), and lays the sources over the grid. All problems at once,
/// each with file and line; a row with problems stays in the list as far as it could be read, so that
/// measures can be checked against it.
///
/// A geometry partly outside the domain emits only the part inside: its share of the area or length; one
/// warning per inventory tells how many there are and the first shares (all of them:
/// Source::placement.inside). A geometry wholly outside is an error, so no source is lost in silence.
Inventory read_inventories(const Grid& grid, const ManagementCells& cells, const config::Settings& scenario,
                           ProblemList& problems);

} // namespace tq
