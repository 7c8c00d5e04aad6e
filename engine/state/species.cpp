#include "state/species.hpp"

#include "base/text_file.hpp"
#include "base/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace tq {

namespace {

using config::Settings;
using config::Type;

/// A number in SI, from the unit that the schema declares.
double si(const Settings& settings, const std::string& key, const char* unit) {
  return find_unit(unit)->to_si(settings.number(key));
}

template <class Rows> int index_of(const Rows& rows, std::string_view id) {
  const auto found = std::find_if(rows.begin(), rows.end(), [id](const auto& row) { return row.id == id; });
  return found == rows.end() ? -1 : int(found - rows.begin());
}

/// What species and tracers of a scenario have in common.
Species read_properties(const Settings& item, ProblemList& problems) {
  Species species;
  species.id = item.text("id");
  species.particle = item.text("kind") == "particle";
  species.molar_mass = si(item, "molar_mass", "g mol-1");
  species.diameter = item.number("diameter");
  species.deposition_velocity = si(item, "deposition_velocity", "cm s-1");
  species.surface = {item.number("diffusivity_ratio"), item.number("henry"), item.number("reactivity")};
  species.scavenging_rate = si(item, "scavenging_rate", "h-1");
  species.scavenging_exponent = item.number("scavenging_exponent");
  species.half_life = item.number("half_life");
  if (!species.particle && species.diameter != 0) {
    item.problem(problems, "diameter", "be left out for a gas");
  }
  if (species.particle && item.given("diffusivity_ratio")) {
    item.problem(problems, "diffusivity_ratio", "be left out for a particle");
  }
  if (!species.particle && species.molar_mass <= 0) {
    item.problem(problems, "molar_mass", "be given for a gas");
  }
  return species;
}

Species read_species(const Settings& item, ProblemList& problems) {
  Species species = read_properties(item, problems);
  species.name = item.text("name");
  species.diameter_low = item.number("diameter_low");
  species.diameter_high = item.number("diameter_high");
  if (species.particle && species.diameter_high <= species.diameter_low) {
    item.problem(problems, "diameter_high", "be larger than diameter_low for a particle");
  } else if (species.particle && (species.diameter <= 0 || species.diameter < species.diameter_low ||
                                  species.diameter > species.diameter_high)) {
    item.problem(problems, "diameter",
                 fmt::format("be above 0 and from diameter_low to diameter_high, {} to {} m, for a particle",
                             species.diameter_low, species.diameter_high));
  }
  return species;
}

/// What a tracer cannot be called: what results hold beside concentrations, and what inventories count that is no
/// species.
constexpr std::array taken_ids = {
    "air_density", "air_temperature", "area", "attribution", "bound", "budget", "calcium", "cell", "cell_area", "cells",
    "coarse", "crs", "district", "fine", "friction_velocity", "function_class", "geometry", "id", "interior_ring",
    "inverse_obukhov_length", "key_area", "lat", "lat_bnds", "lev", "lev_b", "lev_b_bnds", "lev_bnds", "lon",
    "lon_bnds", "magnesium", "mixing_height", "name", "node", "node_count", "node_lat", "node_lon", "nox", "parent",
    "part", "part_node_count", "quality", "rainfall_flux", "receptor", "receptors", "run", "species", "super", "tag",
    "time", "time_bnds", "unit", "vertex", "x", "x_wind", "y", "y_wind"};

/// Why no tracer can bear this id, as it follows "must "; "" if one can. Ids name datasets of the result.
std::string id_problem(const std::string& id, const SpeciesTable& table) {
  const bool plain = !id.empty() && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!plain || id[0] < 'a') {
    return "begin with a small letter and hold small letters, digits and underscores";
  }
  if (table.find(id) >= 0 || table.find_pollutant(id) >= 0) {
    return "differ from the program's own species and pollutants";
  }
  const bool built = id.starts_with("emission_") || id.starts_with("avoided_") || id.starts_with("surface_") ||
                     id.starts_with("cloud_") || id.starts_with("dry_deposition_") ||
                     id.starts_with("wet_deposition_") || id.ends_with("_volume") || id.ends_with("_deposition") ||
                     id.ends_with("_id") || id.ends_with("_kind") || id.ends_with("_at_receptors");
  return built || std::find(taken_ids.begin(), taken_ids.end(), id) != taken_ids.end()
             ? "not be the name of something else in results or inventories"
             : "";
}

/// Properties that rows of data/species.toml and tracers of a scenario have in common; `table`: "species[]".
void declare_properties(config::Schema& schema, const std::string& table) {
  schema.add({.key = table + ".id",
              .type = Type::text,
              .description = "name of a transported species in all files",
              .required = true});
  schema.add({.key = table + ".kind",
              .type = Type::text,
              .description = "what it is",
              .required = true,
              .choices = {"particle", "gas"}});
  schema.add({.key = table + ".molar_mass",
              .description = "molar mass of a gas",
              .default_value = 0.0,
              .unit = "g mol-1",
              .minimum = 0,
              .maximum = 1000});
  schema.add({.key = table + ".diameter",
              .description = "aerodynamic diameter that stands for the particles of a bin",
              .default_value = 0.0,
              .unit = "m",
              .minimum = 0,
              .maximum = 1e-3});
  schema.add({.key = table + ".deposition_velocity",
              .description = "constant dry deposition velocity, of particles with their fall",
              .default_value = 0.0,
              .unit = "cm s-1",
              .minimum = 0,
              .maximum = 100});
  schema.add(
      {.key = table + ".diffusivity_ratio",
       .description = "diffusivity of water vapour over the gas's, for deposition by resistances; 0: constant velocity",
       .default_value = 0.0,
       .unit = "1",
       .minimum = 0,
       .maximum = 10});
  schema.add({.key = table + ".henry",
              .description = "effective Henry constant of a gas at pH 7, M atm-1, for deposition by resistances",
              .default_value = 0.0,
              .minimum = 0,
              .maximum = 1e20});
  schema.add({.key = table + ".reactivity",
              .description = "reactivity f0 of a gas with surfaces, for deposition by resistances",
              .default_value = 0.0,
              .unit = "1",
              .minimum = 0,
              .maximum = 1});
  schema.add({.key = table + ".scavenging_rate",
              .description = "rate of rain-out below clouds at 1 mm/h of rain",
              .default_value = 0.0,
              .unit = "h-1",
              .minimum = 0,
              .maximum = 100});
  schema.add({.key = table + ".scavenging_exponent",
              .description = "power of the rain rate in the rate of rain-out",
              .default_value = 1.0,
              .unit = "1",
              .minimum = 0,
              .maximum = 2});
  schema.add({.key = table + ".half_life",
              .description = "half-life of first-order decay, once per step of a few minutes; 0: it lasts",
              .default_value = 0.0,
              .unit = "s",
              .minimum = 0});
}

} // namespace

void declare_tracers(config::Schema& schema) {
  declare_properties(schema, "tracer[]");
  schema.add({.key = "tracer[].name", .type = Type::text, .description = "name for people; the id if absent"});
}

config::Schema species_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "form of the file",
              .required = true,
              .choices = {"species/1"}});
  declare_properties(schema, "species[]");
  schema.add({.key = "species[].name", .type = Type::text, .description = "name for people", .required = true});
  schema.add({.key = "species[].diameter_low",
              .description = "smallest aerodynamic diameter of a particle",
              .default_value = 0.0,
              .unit = "m",
              .minimum = 0,
              .maximum = 1e-3});
  schema.add({.key = "species[].diameter_high",
              .description = "largest aerodynamic diameter of a particle",
              .default_value = 0.0,
              .unit = "m",
              .minimum = 0,
              .maximum = 1e-3});
  schema.add({.key = "pollutant[].id",
              .type = Type::text,
              .description = "name of a sum of species in inventories, backgrounds and results",
              .required = true});
  schema.add({.key = "pollutant[].name", .type = Type::text, .description = "name for people", .required = true});
  schema.add({.key = "pollutant[].members",
              .type = Type::texts,
              .description = "ids of the species that it sums",
              .required = true});
  schema.add({.key = "pollutant[].cf_name",
              .type = Type::text,
              .description = "CF standard name of its mass concentration",
              .default_value = std::string()});
  return schema;
}

SpeciesTable SpeciesTable::load() {
  return read(data_directory() / "species.toml");
}

SpeciesTable SpeciesTable::read(const std::filesystem::path& file) {
  ProblemList problems;
  const Settings settings = Settings::check(config::read_toml(file), species_schema(), problems);
  problems.throw_if_any(); // what follows would only repeat them
  SpeciesTable table;
  std::vector<std::string> ids;
  for (const Settings& item : settings.each("species")) {
    table.species_.push_back(read_species(item, problems));
    ids.push_back(table.species_.back().id);
  }
  for (const Settings& item : settings.each("pollutant")) {
    Pollutant pollutant{item.text("id"), item.text("name"), item.text("cf_name"), {}};
    for (const std::string& member : item.texts("members")) {
      pollutant.members.push_back(table.find(member));
      if (pollutant.members.back() < 0) {
        item.problem(problems, "members",
                     fmt::format("name species, but \"{}\" is none{}", member, suggestion(member, ids)));
      }
    }
    table.pollutants_.push_back(std::move(pollutant));
  }
  problems.throw_if_any();
  return table;
}

void SpeciesTable::add_tracers(const Settings& scenario, ProblemList& problems) {
  for (const Settings& item : scenario.each("tracer")) {
    if (!item.has("id") || !item.has("kind")) {
      continue; // said already
    }
    Species species = read_properties(item, problems);
    species.name = item.has("name") ? item.text("name") : species.id;
    species.diameter_low = species.diameter_high = species.diameter; // of one size
    species.tracer = true;
    if (species.particle && species.diameter <= 0) {
      item.problem(problems, "diameter", "be above 0 for a particle");
    }
    const std::string problem = id_problem(species.id, *this);
    if (!problem.empty()) {
      item.problem(problems, "id", problem);
      continue;
    }
    pollutants_.push_back({species.id, species.name, "", {count()}});
    species_.push_back(std::move(species));
  }
}

int SpeciesTable::find(std::string_view id) const {
  return index_of(species_, id);
}

int SpeciesTable::find_pollutant(std::string_view id) const {
  return index_of(pollutants_, id);
}

std::vector<std::string> SpeciesTable::species_ids() const {
  std::vector<std::string> ids;
  for (const Species& species : species_) {
    ids.push_back(species.id);
  }
  return ids;
}

std::vector<std::string> SpeciesTable::pollutant_ids() const {
  std::vector<std::string> ids;
  for (const Pollutant& pollutant : pollutants_) {
    ids.push_back(pollutant.id);
  }
  return ids;
}

} // namespace tq
