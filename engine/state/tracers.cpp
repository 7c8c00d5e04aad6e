#include "state/tracers.hpp"

#include <algorithm>

namespace tq {

TracerSet::TracerSet(int scenarios, int species, int tags_per_species)
    : TracerSet(std::vector(std::size_t(scenarios), std::vector(std::size_t(species), tags_per_species))) {}

TracerSet::TracerSet(const std::vector<std::vector<int>>& tags) : scenarios_(int(tags.size())) {
  for (int scenario = 0; scenario < scenarios_; ++scenario) {
    const std::vector<int>& own = tags[std::size_t(scenario)];
    for (int species = 0; species < int(own.size()); ++species) {
      const int count = own[std::size_t(species)];
      families_.push_back({int(ids_.size()), count});
      most_tags_ = std::max(most_tags_, count);
      for (int tag = 0; tag <= count; ++tag) {
        ids_.push_back({scenario, species, tag});
      }
    }
  }
}

template <class T>
void Tracers<T>::serialise(Archive& archive, const Decomposition& decomposition, Communicator& communicator,
                           int scenario) {
  const Subdomain part = decomposition.of(communicator.rank());
  std::vector<T> level(communicator.is_root() ? std::size_t(part.nx_global) * std::size_t(part.ny_global) : 0);
  const View2<T> global{level.data(), part.nx_global, part.nx_global, part.ny_global, 0};
  const View4<T> q = view();
  const auto [first, last] = set_.range(scenario);
  for (int n = first; n < last; ++n) {
    for (int k = 0; k < q.nz; ++k) {
      if (!archive.reading()) {
        gather<T>(communicator, decomposition, q[n].level(k), global);
      }
      if (communicator.is_root()) {
        archive("tracers.mixing_ratio", std::span(level));
      }
      if (archive.reading()) {
        scatter<T>(communicator, decomposition, global, q[n].level(k));
      }
    }
  }
}

template class Tracers<float>;
template class Tracers<double>;

} // namespace tq
