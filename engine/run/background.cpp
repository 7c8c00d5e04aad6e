#include "run/background.hpp"

#include "base/constants.hpp"
#include "base/units.hpp"

#include <fmt/format.h>

namespace tq {

void declare_background(config::Schema& schema) {
  schema.add({.key = "background.*",
              .type = config::Type::number,
              .description = "concentration of a pollutant in the air that comes in from outside and at the start; "
                             "gases at 298.15 K and 1013.25 hPa, particles ambient; pm10 includes pm2_5, tsp pm10, "
                             "and is no more where it is not given",
              .unit = "ug m-3",
              .minimum = 0,
              .maximum = 1e6});
}

std::vector<double> read_background(const config::Settings& scenario, const SpeciesTable& species,
                                    double surface_density, ProblemList& problems) {
  using namespace constants;
  const double gas_density = standard_pressure / (dry_air_gas * 298.15);
  const double si = find_unit("ug m-3")->scale;

  std::vector<double> given(species.pollutants().size(), 0.0); // ug m-3
  for (const std::string& id : scenario.names("background")) {
    const std::string key = "background." + id;
    const int index = species.find_pollutant(id);
    if (index < 0) {
      problems.add(scenario.where(key), key + ": unknown pollutant" + suggestion(id, species.pollutant_ids()));
    } else {
      given[std::size_t(index)] = scenario.number(key);
    }
  }

  // A pollutant's members beyond those of the one before it in its nest (pm2_5 in pm10 in tsp) share the difference.
  std::vector<double> mixing_ratio(std::size_t(species.count()), 0.0);
  std::vector<bool> known(std::size_t(species.count()), false);
  for (std::size_t p = 0; p < given.size(); ++p) {
    double rest = given[p];
    int fresh = -1;
    for (const int member : species.pollutants()[p].members) {
      const std::size_t m = std::size_t(member);
      if (known[m]) {
        rest -= mixing_ratio[m]; // still in ug m-3
      } else {
        fresh = member;
      }
    }
    if (rest < 0) {
      const std::string key = "background." + species.pollutants()[p].id;
      if (scenario.given(key)) { // else it is what it includes
        problems.add(scenario.where(key),
                     fmt::format("{} = {:g}: must be at least the {:g} ug m-3 of the particles that it includes", key,
                                 given[p], given[p] - rest));
      }
      rest = 0;
    }
    if (fresh >= 0) {
      known[std::size_t(fresh)] = true;
      mixing_ratio[std::size_t(fresh)] = rest;
    }
  }
  for (std::size_t s = 0; s < mixing_ratio.size(); ++s) {
    mixing_ratio[s] *= si / (species.species()[s].particle ? surface_density : gas_density);
  }
  return mixing_ratio;
}

} // namespace tq
