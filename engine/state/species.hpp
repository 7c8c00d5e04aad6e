#pragma once
#include "config/schema.hpp"
#include "physics/gas_deposition.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tq {

/// A transported species. Rows stand in data/species.toml with their sources; a scenario may add tracers of its own.
struct Species {
  std::string id; // "so2", "pm_fine"
  std::string name;
  bool particle = false;
  double molar_mass = 0;          // kg mol-1, gases; 0 for particles
  double diameter_low = 0;        // m, aerodynamic, particles; 0 for gases
  double diameter_high = 0;       // m
  double diameter = 0;            // m, of the particle that stands for all of them
  double deposition_velocity = 0; // m s-1, default; of particles with their fall
  physics::DepositingGas surface; // how a gas meets surfaces; diffusivity_ratio 0: not known
  double scavenging_rate = 0;     // s-1 at 1 mm h-1 of rain: rate = scavenging_rate * P^scavenging_exponent
  double scavenging_exponent = 1;
  double half_life = 0; // s, of first-order decay; 0: lasts
  bool tracer = false;  // of the scenario
};

/// What results, inventories and backgrounds are stated in: a sum of species ("pm10" = fine + coarse).
struct Pollutant {
  std::string id; // "pm10"
  std::string name;
  std::string cf_name;      // CF standard name of its mass concentration, or ""
  std::vector<int> members; // indices into SpeciesTable::species
};

/// The keys of data/species.toml.
config::Schema species_schema();

/// Declares [[tracer]].
void declare_tracers(config::Schema& schema);

class SpeciesTable {
 public:
  /// Reads data/species.toml of the installed program. Throws InputError.
  static SpeciesTable load();
  /// Reads a file of that form. Throws InputError with all problems.
  static SpeciesTable read(const std::filesystem::path& file);
  /// Appends each [[tracer]] of a scenario: a species and a pollutant of the same id.
  void add_tracers(const config::Settings& scenario, ProblemList& problems);

  const std::vector<Species>& species() const { return species_; }
  const std::vector<Pollutant>& pollutants() const { return pollutants_; }
  int count() const { return int(species_.size()); }
  /// Index of a species, or -1.
  int find(std::string_view id) const;
  /// Index of a pollutant, or -1.
  int find_pollutant(std::string_view id) const;
  std::vector<std::string> pollutant_ids() const;
  std::vector<std::string> species_ids() const;

 private:
  std::vector<Species> species_;
  std::vector<Pollutant> pollutants_;
};

} // namespace tq
