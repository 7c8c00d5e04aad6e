#include "state/species.hpp"

#include "base/text_file.hpp"
#include "base/units.hpp"

#include <fmt/format.h>

#include <algorithm>

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

Species read_species(const Settings& item, ProblemList& problems) {
  Species species;
  species.id = item.text("id");
  species.name = item.text("name");
  species.particle = item.text("kind") == "particle";
  species.molar_mass = si(item, "molar_mass", "g mol-1");
  species.diameter_low = item.number("diameter_low");
  species.diameter_high = item.number("diameter_high");
  species.diameter = item.number("diameter");
  species.deposition_velocity = si(item, "deposition_velocity", "cm s-1");
  species.scavenging_rate = si(item, "scavenging_rate", "h-1");
  species.scavenging_exponent = item.number("scavenging_exponent");
  if (species.particle && species.diameter_high <= species.diameter_low) {
    item.problem(problems, "diameter_high", "be larger than diameter_low for a particle");
  } else if (species.particle && (species.diameter <= 0 || species.diameter < species.diameter_low ||
                                  species.diameter > species.diameter_high)) {
    item.problem(problems, "diameter",
                 fmt::format("be above 0 and from diameter_low to diameter_high, {} to {} m, for a particle",
                             species.diameter_low, species.diameter_high));
  } else if (!species.particle && species.diameter != 0) {
    item.problem(problems, "diameter", "be left out for a gas");
  }
  if (!species.particle && species.molar_mass <= 0) {
    item.problem(problems, "molar_mass", "be given for a gas");
  }
  return species;
}

} // namespace

config::Schema species_schema() {
  config::Schema schema;
  schema.add({.key = "schema",
              .type = Type::text,
              .description = "form of the file",
              .required = true,
              .choices = {"species/1"}});
  schema.add({.key = "species[].id",
              .type = Type::text,
              .description = "name of a transported species in all files",
              .required = true});
  schema.add(
      {.key = "species[].name", .type = Type::text, .description = "name for people", .required = true});
  schema.add({.key = "species[].kind",
              .type = Type::text,
              .description = "what it is",
              .required = true,
              .choices = {"particle", "gas"}});
  schema.add({.key = "species[].molar_mass",
              .description = "molar mass of a gas",
              .default_value = 0.0,
              .unit = "g mol-1",
              .minimum = 0,
              .maximum = 1000});
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
  schema.add({.key = "species[].diameter",
              .description = "aerodynamic diameter that stands for the particles of a bin",
              .default_value = 0.0,
              .unit = "m",
              .minimum = 0,
              .maximum = 1e-3});
  schema.add({.key = "species[].deposition_velocity",
              .description = "constant dry deposition velocity, of particles with their fall",
              .default_value = 0.0,
              .unit = "cm s-1",
              .minimum = 0,
              .maximum = 100});
  schema.add({.key = "species[].scavenging_rate",
              .description = "rate of rain-out below clouds at 1 mm/h of rain",
              .default_value = 0.0,
              .unit = "h-1",
              .minimum = 0,
              .maximum = 100});
  schema.add({.key = "species[].scavenging_exponent",
              .description = "power of the rain rate in the rate of rain-out",
              .default_value = 1.0,
              .unit = "1",
              .minimum = 0,
              .maximum = 2});
  schema.add({.key = "pollutant[].id",
              .type = Type::text,
              .description = "name of a sum of species in inventories, backgrounds and results",
              .required = true});
  schema.add(
      {.key = "pollutant[].name", .type = Type::text, .description = "name for people", .required = true});
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

int SpeciesTable::find(std::string_view id) const {
  return index_of(species_, id);
}

int SpeciesTable::find_pollutant(std::string_view id) const {
  return index_of(pollutants_, id);
}

std::vector<std::string> SpeciesTable::pollutant_ids() const {
  std::vector<std::string> ids;
  for (const Pollutant& pollutant : pollutants_) {
    ids.push_back(pollutant.id);
  }
  return ids;
}

} // namespace tq
