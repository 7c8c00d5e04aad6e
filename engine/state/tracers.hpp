#pragma once
#include "base/archive.hpp"
#include "grid/decomposition.hpp"

#include <span>
#include <utility>
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
  /// `tags`: by scenario and species, besides the total; all scenarios have the same species.
  explicit TracerSet(const std::vector<std::vector<int>>& tags);

  /// A total and its tags: tracers [first, first + 1 + tags).
  struct Family {
    int first = 0;
    int tags = 0;
  };

  int count() const { return int(ids_.size()); }
  int scenarios() const { return scenarios_; }
  int species() const { return int(families_.size()) / scenarios_; }
  int tags(int scenario, int species) const { return family(scenario, species).tags; } // besides the total
  int most_tags() const { return most_tags_; }                                         // of any species
  int index(TracerId id) const { return family(id.scenario, id.species).first + id.tag; }
  TracerId id(int index) const { return ids_[std::size_t(index)]; }
  /// In the order of memory.
  const std::vector<Family>& families() const { return families_; }
  /// Those of one scenario.
  std::span<const Family> families(int scenario) const {
    return std::span(families_).subspan(std::size_t(scenario) * std::size_t(species()), std::size_t(species()));
  }
  /// The tracers of one scenario: [first, last).
  std::pair<int, int> range(int scenario) const {
    const Family& last = families(scenario).back();
    return {families(scenario).front().first, last.first + last.tags + 1};
  }

private:
  const Family& family(int scenario, int species_index) const {
    return families_[std::size_t(scenario) * std::size_t(species()) + std::size_t(species_index)];
  }

  int scenarios_, most_tags_ = 0;
  std::vector<Family> families_;
  std::vector<TracerId> ids_;
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
  /// Writes or reads the global fields of one scenario without halo, one level at a time, so that they fit any
  /// decomposition. Collective; of other ranks than 0 only the archive's direction counts.
  void serialise(Archive& archive, const Decomposition& decomposition, Communicator& communicator, int scenario = 0);

private:
  TracerSet set_;
  Field<T> mixing_ratio_;
};

} // namespace tq
