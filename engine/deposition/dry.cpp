#include "deposition/dry.hpp"

#include <algorithm>

namespace tq {

void declare_deposition(config::Schema& schema) {
  schema.add({.key = "deposition.*",
              .type = config::Type::number,
              .description = "dry deposition velocity of a species, of particles with their fall, in place of the one "
                             "in data/species.toml",
              .unit = "m s-1",
              .minimum = 0,
              .maximum = 1});
  schema.add({.key = "deposition.resistances",
              .type = config::Type::boolean,
              .description = "dry deposition by the hour's air, land cover, season, sun and rain (gases Wesely 1989, "
                             "particles Emerson et al. 2020) in place of constant velocities",
              .default_value = false});
}

DepositionOptions read_deposition(const config::Settings& scenario, const SpeciesTable& species,
                                  ProblemList& problems) {
  const bool resistances = scenario.boolean("deposition.resistances");
  DepositionOptions options;
  for (const Species& row : species.species()) {
    options.velocity.push_back(row.deposition_velocity);
    options.resistances.push_back(resistances && !row.tracer && (row.particle || row.surface.diffusivity_ratio > 0));
  }
  for (const std::string& id : scenario.names("deposition")) {
    const std::string key = "deposition." + id;
    const int index = species.find(id);
    if (index < 0) {
      problems.add(scenario.where(key), key + ": unknown species" + suggestion(id, species.species_ids()));
    } else {
      options.velocity[std::size_t(index)] = scenario.number(key);
      options.resistances[std::size_t(index)] = false;
    }
  }
  return options;
}

Season season_of(const CivilTime& civil, double latitude) {
  const int month = latitude < 0 ? (civil.month + 5) % 12 + 1 : civil.month;
  return month >= 3 && month <= 5    ? Season::spring
         : month >= 6 && month <= 8  ? Season::midsummer
         : month >= 9 && month <= 10 ? Season::autumn
                                     : Season::late_autumn;
}

template <class T>
DryDeposition<T>::DryDeposition(const Grid& grid, const Subdomain& subdomain, const TracerSet& tracers,
                                const SpeciesTable& species, const LandCover& cover, const DepositionOptions& options,
                                std::vector<double> fall, bool settles)
    : grid_(grid), cover_(cover), subdomain_(subdomain), tracers_(tracers), species_(species.species()),
      fall_(std::move(fall)), settles_(settles), conductance_(subdomain.nx, subdomain.ny, tracers.count(), 1, 0) {
  for (int s = 0; s < species.count(); ++s) {
    resisting_at_.push_back(options.resistances[std::size_t(s)] ? int(resisting_.size()) : -1);
    if (options.resistances[std::size_t(s)]) {
      resisting_.push_back(s);
    }
  }
  const View3<T> conductance = conductance_.view3();
  for (int n = 0; n < tracers.count(); ++n) {
    const auto s = std::size_t(tracers.id(n).species);
    const double rest = settles_ ? std::max(0.0, options.velocity[s] - fall_[s])
                                 : options.velocity[s]; // until the first hour, where by resistances
    for (int j = 0; j < subdomain.ny; ++j) {
      for (int i = 0; i < subdomain.nx; ++i) {
        conductance(i, j, n) = T(rest * carrying_air(i, j));
      }
    }
  }
}

template <class T> double DryDeposition<T>::carrying_air(int i, int j) const {
  return grid_.air_density(subdomain_.i0 + i, subdomain_.j0 + j, 0) * grid_.cell_area();
}

template <class T>
double DryDeposition<T>::behind_air(const Species& species, double fall, const LandCoverClass& ground,
                                    const DepositionAir& air, double friction_velocity) const {
  if (species.particle) {
    return physics::particle_surface_resistance(ground.collector, species.diameter, fall, friction_velocity,
                                                air.temperature, air.pressure);
  }
  const double kinematic =
      physics::air_viscosity(air.temperature) * constants::dry_air_gas * air.temperature / air.pressure;
  const double diffusivity =
      physics::vapour_diffusivity(air.temperature, air.pressure) / species.surface.diffusivity_ratio;
  return physics::film_resistance(friction_velocity, kinematic, diffusivity) +
         physics::canopy_resistance(species.surface, ground.resistances[std::size_t(air.season)], air.temperature,
                                    air.radiation, air.rain);
}

template <class T> void DryDeposition<T>::update(const DepositionAir& air) {
  const std::vector<LandCoverClass>& classes = cover_.classes();
  const bool tiled = air.tiles.size() == classes.size();
  std::vector<double> known; // [class * resisting + r], what does not depend on the cell
  for (std::size_t c = 0; tiled && c < classes.size(); ++c) {
    for (const int s : resisting_) {
      known.push_back(cover_.domain_share(int(c)) > 0 ? behind_air(species_[std::size_t(s)], fall_[std::size_t(s)],
                                                                   classes[c], air, air.tiles[c].friction_velocity)
                                                      : 0.0);
    }
  }
  const std::size_t count = resisting_.size();
  const View3<T> conductance = conductance_.view3();
#pragma omp parallel for schedule(static)
  for (int j = 0; j < subdomain_.ny; ++j) {
    std::vector<double> velocity(std::size_t(subdomain_.nx) * count); // [i * resisting + r]
    for (int i = 0; i < subdomain_.nx; ++i) {
      const int gi = subdomain_.i0 + i, gj = subdomain_.j0 + j;
      const double height = grid_.height_above_ground(gi, gj, 0);
      double* const cell = velocity.data() + std::size_t(i) * count;
      for (std::size_t c = 0; c < classes.size(); ++c) {
        const double share = cover_.share(gi, gj, int(c));
        if (share == 0) {
          continue;
        }
        const double u = tiled ? air.tiles[c].friction_velocity : air.friction_velocity(i, j);
        const double inverse = tiled ? air.tiles[c].inverse_obukhov_length : air.inverse_obukhov_length(i, j);
        const double above = physics::aerodynamic_resistance(height, u, classes[c].roughness_length, inverse);
        for (std::size_t r = 0; r < count; ++r) {
          const auto s = std::size_t(resisting_[r]);
          const double behind = tiled ? known[c * count + r] : behind_air(species_[s], fall_[s], classes[c], air, u);
          cell[r] += share / (above + behind);
        }
      }
    }
    for (int n = 0; n < tracers_.count(); ++n) {
      const auto s = std::size_t(tracers_.id(n).species);
      const int r = resisting_at_[s];
      for (int i = 0; r >= 0 && i < subdomain_.nx; ++i) {
        const double rest = velocity[std::size_t(i) * count + std::size_t(r)] + (settles_ ? 0.0 : fall_[s]);
        conductance(i, j, n) = T(rest * carrying_air(i, j));
      }
    }
  }
}

template class DryDeposition<float>;
template class DryDeposition<double>;

} // namespace tq
