#include "state/tracers.hpp"

namespace tq {

TracerSet::TracerSet(int scenarios, int species, int tags_per_species)
    : scenarios_(scenarios), species_(species), tags_(tags_per_species) {}

TracerId TracerSet::id(int index) const {
  const int per_species = tags_ + 1;
  return {index / (species_ * per_species), index / per_species % species_, index % per_species};
}

template <class T>
void Tracers<T>::serialise(Archive& archive, const Decomposition& decomposition, Communicator& communicator) {
  const Subdomain part = decomposition.of(communicator.rank());
  std::vector<T> level(communicator.is_root() ? std::size_t(part.nx_global) * std::size_t(part.ny_global) : 0);
  const View2<T> global{level.data(), part.nx_global, part.nx_global, part.ny_global, 0};
  const View4<T> q = view();
  for (int n = 0; n < q.nt; ++n) {
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
