#pragma once
#include "state/forcing.hpp"
#include "state/species.hpp"
#include "state/tracers.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace tq {

/// First-order decay: rate = ln 2 / half-life [s-1], the same everywhere. Limit: it acts once per outer step, after
/// what the step emits and mixes, so a half-life shorter than a step is not resolved.
template <class T> class Decay {
 public:
  Decay(const SpeciesTable& species, const TracerSet& tracers) {
    for (int n = 0; n < tracers.count(); ++n) {
      const double half_life = species.species()[std::size_t(tracers.id(n).species)].half_life;
      rate_.push_back(half_life > 0 ? T(std::numbers::ln2 / half_life) : T(0));
    }
    if (std::all_of(rate_.begin(), rate_.end(), [](T rate) { return rate == T(0); })) {
      rate_.clear();
    }
  }

  void fill(Forcing<T>& forcing) const { forcing.decay_rate = rate_; }

 private:
  std::vector<T> rate_; // s-1, by tracer; none where nothing decays
};

} // namespace tq
