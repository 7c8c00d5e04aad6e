#pragma once
#include "grid/decomposition.hpp"
#include "state/forcing.hpp"
#include "state/species.hpp"
#include "state/tracers.hpp"

namespace tq {

/// Rain-out, first version: rate = scavenging_rate (P / 1 mm h-1)^scavenging_exponent [s-1] for every species of the
/// table, in the whole column while it rains at the ground (P [mm h-1]). Sources of the coefficients:
/// data/species.toml. Limits: no cloud base, no saturation, no release by rain that evaporates.
template <class T> class WetRemoval {
public:
  WetRemoval(const Subdomain& subdomain, const SpeciesTable& species, const TracerSet& tracers);

  /// Rates of an hour with `rain` [mm h-1], the same everywhere.
  void update(double rain);
  /// Rates of an hour with `rain` [mm h-1] of its own in each column of the whole grid, (i, j).
  void update(View2<const double> rain);
  void fill(Forcing<T>& forcing) const { forcing.wet_rate = rate_.view3(); }

private:
  const SpeciesTable& species_;
  TracerSet tracers_;
  Subdomain subdomain_;
  Field<T> rate_; // s-1, (i, j, tracer)
};

/// The rate [s-1] of one species.
double scavenging_rate(const Species& species, double rain);

} // namespace tq
