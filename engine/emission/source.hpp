#pragma once
#include "emission/distribute.hpp"
#include "emission/pollutants.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace tq {

struct Fleet;

/// One way in which a source emits: in the hour, rate x factor of its driver x factors of measures.
struct Stream {
  std::string part;         // what emits, for measures: "exhaust.car.gasoline", "handling"; "" for the whole source
  std::string variant;      // "": as things are; else what a measure of kind replace turns to ("natural_gas")
  std::size_t driver = 0;   // index into Drivers
  std::size_t measures = 0; // index into MeasureSets
  Instant from = std::numeric_limits<Instant>::min(); // emits in hours that begin in [from, to)
  Instant to = std::numeric_limits<Instant>::max();
  std::vector<double> rate; // kg s-1 per emitted species of the whole geometry, where the driver's factor is 1
};

/// A chimney. Its plume rises hour by hour, and is laid over the levels that it reaches.
struct Stack {
  double height = 0;      // m above ground
  double diameter = 0;    // m, inner, at the top
  double velocity = 0;    // m s-1, of the gas at the top
  double temperature = 0; // K, of the gas at the top
};

/// Something that emits: who answers for it, where it is, and what it emits.
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
  std::string district;       // of the management cell, or of the nearest one above that has a district
  std::string unit;           // likewise
  SourceLocation where;       // file and line
  std::string geometry;       // id of the feature, "" for a place given by lon and lat
  double area = 0;            // m2, of its table's column `area`, else of polygons, planar in the grid's CRS; 0 otherwise
  double length = 0;          // m, of lines; 0 otherwise
  double base = 0;            // m above ground
  double top = 10;            // m above ground
  std::optional<Stack> stack; // then base and top do not count
  bool proposed = false;      // emits only where a measure of kind add says so
  /// Of roads: the vehicles that its streams are of. Roads of one inventory that name the same share it.
  std::shared_ptr<const Fleet> fleet;
  /// Numbers of its row by column, in SI, for `select.where`.
  std::vector<std::pair<std::string, double>> attributes;
  std::vector<Stream> streams;
  Placement placement; // where it goes in the grid; of a stack, all in the lowest level of its column
  /// Management cells (index) in which it lies, each with its share of the whole source; shares of one level
  /// of the hierarchy sum to at most placement.inside.
  std::vector<std::pair<int, double>> located;
};

/// What stands at one place: all sources of an inventory on one geometry (a building site in all of its phases), or one
/// source that is given by its coordinates.
using SourceUnit = std::array<std::string, 3>;

inline SourceUnit unit_of(const Source& source) {
  return {source.inventory, source.geometry, source.geometry.empty() ? source.id : ""};
}

} // namespace tq
