#include "state/tracers.hpp"

namespace tq {

TracerSet::TracerSet(int scenarios, int species, int tags_per_species)
    : scenarios_(scenarios), species_(species), tags_(tags_per_species) {}

TracerId TracerSet::id(int index) const {
  const int per_species = tags_ + 1;
  return {index / (species_ * per_species), index / per_species % species_, index % per_species};
}

} // namespace tq
