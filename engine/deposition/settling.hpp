#pragma once
#include "config/schema.hpp"
#include "grid/decomposition.hpp"
#include "grid/grid.hpp"
#include "state/forcing.hpp"
#include "state/species.hpp"
#include "state/tracers.hpp"

namespace tq {

/// Declares `deposition.settling`: whether particles fall.
void declare_settling(config::Schema& schema);

/// Speed of fall [m s-1] by species at the terrain-following height `zeta` [m], over the mean terrain of the grid and
/// in its static reference air: physics::settling_speed at the species' aerodynamic diameter; 0 for gases. Limit: over
/// ground 1 km off the mean, where the air is 6.5 K warmer or colder, the speed is off by 2 %.
std::vector<double> settling_speeds(const Grid& grid, const SpeciesTable& species, double zeta);

/// The fall of particles: speeds by level, and the thickness of the layers that they fall through. Static, as is the
/// reference air.
template <class T> class Settling {
public:
  Settling(const Grid& grid, const Subdomain& subdomain, const SpeciesTable& species, const TracerSet& tracers);

  void fill(Forcing<T>& forcing) const {
    forcing.settling_speed = speed_.view2();
    forcing.layer_thickness = thickness_.view3();
  }

private:
  Field<T> speed_;     // m s-1, (k, tracer)
  Field<T> thickness_; // m, (i, j, k)
};

} // namespace tq
