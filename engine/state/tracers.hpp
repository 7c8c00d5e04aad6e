#pragma once
#include "base/archive.hpp"
#include "grid/decomposition.hpp"

#include <vector>

namespace tq {

/// What a tracer is: which scenario, which species (index into SpeciesTable), which tag (0 = the total).
struct TracerId {
  int scenario = 0;
  int species = 0;
  int tag = 0;
  bool operator==(const TracerId&) const = default;
};

/// All tracers of a run in their order in memory: scenario slowest, then species, then tag.
class TracerSet {
public:
  TracerSet(int scenarios, int species, int tags_per_species);
  int count() const { return scenarios_ * species_ * (tags_ + 1); }
  int scenarios() const { return scenarios_; }
  int species() const { return species_; }
  int tags() const { return tags_; } // besides the total
  int index(TracerId id) const { return (id.scenario * species_ + id.species) * (tags_ + 1) + id.tag; }
  TracerId id(int index) const;

private:
  int scenarios_, species_, tags_;
};

inline constexpr int halo_width = 3;

/// Mixing ratios [kg kg-1] of this rank's cells, with halo.
template <class T> class Tracers {
public:
  Tracers(TracerSet set, int nx, int ny, int nz)
      : set_(set), mixing_ratio_(nx, ny, nz, set.count(), halo_width) {}
  const TracerSet& set() const { return set_; }
  View4<T> view() { return mixing_ratio_.view(); }
  View4<const T> view() const { return mixing_ratio_.view(); }
  /// Writes or reads the global field without halo, one level at a time, so that it fits any decomposition.
  /// Collective; of other ranks than 0 only the archive's direction counts.
  void serialise(Archive& archive, const Decomposition& decomposition, Communicator& communicator);

private:
  TracerSet set_;
  Field<T> mixing_ratio_;
};

} // namespace tq
