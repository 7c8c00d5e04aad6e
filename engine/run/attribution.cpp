#include "run/attribution.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tq {

namespace {

constexpr const char* key = "attribution.pollutants";

bool has_member(const Pollutant& pollutant, int species) {
  return std::find(pollutant.members.begin(), pollutant.members.end(), species) != pollutant.members.end();
}

/// Those that the scenario names.
std::vector<int> named_pollutants(const config::Settings& scenario, const SpeciesTable& table, bool photostationary,
                                  ProblemList& problems) {
  std::vector<int> pollutants;
  for (const std::string& id : scenario.texts(key)) {
    const int p = table.find_pollutant(id);
    if (p < 0) {
      scenario.problem(problems, key,
                       fmt::format("hold pollutants: {}; \"{}\" is none{}", fmt::join(table.pollutant_ids(), ", "), id,
                                   suggestion(id, table.pollutant_ids())));
    } else if (std::find(pollutants.begin(), pollutants.end(), p) != pollutants.end()) {
      scenario.problem(problems, key, fmt::format("name a pollutant once; \"{}\" stands there twice", id));
    } else if (photostationary && has_member(table.pollutants()[std::size_t(p)], table.find("o3"))) {
      scenario.problem(problems, key,
                       fmt::format("not hold \"{}\": chemistry makes and takes ozone (chemistry.photostationary), so "
                                   "no source has a share of it",
                                   id));
    } else {
      pollutants.push_back(p);
    }
  }
  return pollutants;
}

} // namespace

void declare_attribution(config::Schema& schema) {
  schema.add({.key = key,
              .type = config::Type::texts,
              .description = "pollutants that are followed by tags; all but ozone if absent"});
}

Attribution read_attribution(const config::Settings& scenario, const SpeciesTable& table, bool photostationary,
                             ProblemList& problems) {
  Attribution attribution{.pollutants = {}, .species = std::vector<bool>(std::size_t(table.count()), false)};
  if (!scenario.given("attribution")) {
    return attribution;
  }
  if (scenario.has(key)) {
    attribution.pollutants = named_pollutants(scenario, table, photostationary, problems);
    if (scenario.texts(key).empty()) {
      scenario.problem(problems, key, "hold at least one pollutant");
    }
  } else {
    for (int p = 0; p < int(table.pollutants().size()); ++p) {
      if (!has_member(table.pollutants()[std::size_t(p)], table.find("o3"))) {
        attribution.pollutants.push_back(p);
      }
    }
  }
  for (const int p : attribution.pollutants) {
    for (const int member : table.pollutants()[std::size_t(p)].members) {
      attribution.species[std::size_t(member)] = true;
    }
  }
  if (photostationary) {
    const auto no = std::size_t(table.find("no")), no2 = std::size_t(table.find("no2"));
    attribution.species[no] = attribution.species[no2] = attribution.species[no] || attribution.species[no2];
  }
  return attribution;
}

std::vector<std::vector<int>> tag_members(const Attribution& attribution, const SpeciesTable& table,
                                          const TracerSet& tracers, int tags, int scenario) {
  std::vector<std::vector<int>> rows;
  for (const int p : attribution.pollutants) {
    for (int tag = 1; tag <= tags; ++tag) {
      std::vector<int>& members = rows.emplace_back();
      for (const int member : table.pollutants()[std::size_t(p)].members) {
        members.push_back(tracers.index({scenario, member, tag}));
      }
    }
  }
  return rows;
}

} // namespace tq
