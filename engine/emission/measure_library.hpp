#pragma once
#include "emission/pollutants.hpp"

#include <map>
#include <string>
#include <vector>

namespace tq {

/// A ready measure: what science or a standard says that it does. Rows stand in data/measures/library.toml with their
/// sources.
struct LibraryMeasure {
  std::string id;
  std::string title;
  std::string sector;  // that it is meant for, for people
  std::string control; // of data/emission/combustion.toml, which gives its efficiency; "" where it is none
  std::map<std::string, double> efficiency; // by bin or pollutant, as in a scenario
  std::string source; // of the figures
};

/// Throws InputError with all problems of the file.
std::vector<LibraryMeasure> load_measure_library();
/// The reference of the ready measures for `tianqing describe`: by sector, with efficiencies and source.
std::string describe(const std::vector<LibraryMeasure>& library);

/// What two techniques on one source do together, where that is known and is not the product of both.
struct CombinedEfficiency {
  std::string first, second;      // controls
  std::vector<double> efficiency; // per emitted species; -1 where the product holds
};

/// The combinations of data/emission/combustion.toml, the most effective first. Throws InputError with all problems of
/// the file.
std::vector<CombinedEfficiency> combined_efficiencies(const EmittedSpecies& species);

} // namespace tq
