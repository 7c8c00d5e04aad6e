#pragma once
#include "base/time.hpp"
#include "config/schema.hpp"
#include "state/species.hpp"

#include <array>
#include <vector>

namespace tq {

/// Declares `background.*`.
void declare_background(config::Schema& schema);

/// The air outside: what comes in through the sides and the top, and what fills the domain at the start. It may change
/// with the month, the hour of the day and the height.
class Background {
 public:
  /// Mixing ratio [kg kg-1] of each species in the hour that begins at `hour`, at a height above flat ground [m]: a month's
  /// value in its middle and linear between, times the factor of the local hour, times that of the height, linear
  /// between those given and constant beyond.
  std::vector<double> at(Instant hour, double height) const;

 private:
  friend Background read_background(const config::Settings&, const SpeciesTable&, const TimeZone&, double, ProblemList&);

  /// Of one pollutant, ug m-3.
  struct Course {
    std::array<double, 12> months{};
    std::array<double, 24> hours{};       // factors
    std::vector<double> heights, factors; // m, rising; of the surface's concentration
  };
  double value(std::size_t pollutant, double month, int hour, double height) const;
  /// A pollutant that is stated to be less than what it includes.
  struct Lack {
    int pollutant = -1;   // -1: none
    double includes = 0; // ug m-3
  };
  /// By species, still in ug m-3.
  std::vector<double> species(double month, int hour, double height, Lack& lack) const;
  void read_course(const config::Settings& scenario, const std::string& key, std::size_t pollutant, ProblemList& problems);
  /// A problem for each pollutant that is less than what it includes at any time or height.
  void check_nests(const config::Settings& scenario, const SpeciesTable& table, ProblemList& problems) const;

  TimeZone zone_;
  std::vector<Course> courses_;            // by pollutant
  std::vector<std::vector<int>> members_;  // by pollutant
  std::vector<double> scale_;              // by species: kg kg-1 per ug m-3
};

/// Backgrounds are stated per pollutant in ug m-3: gases at 298.15 K and 1013.25 hPa, particles in the reference air of
/// `surface_density` [kg m-3]. PM is cumulative and differenced into bins; pm2_5 <= pm10 <= tsp is checked of those that
/// are given, in every month and hour and at every height named, and one that is not given adds nothing to what it
/// includes.
Background read_background(const config::Settings& scenario, const SpeciesTable& species, const TimeZone& zone,
                           double surface_density, ProblemList& problems);

} // namespace tq
