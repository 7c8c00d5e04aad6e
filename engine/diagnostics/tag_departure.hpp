#pragma once
#include "base/communicator.hpp"
#include "state/tracers.hpp"

namespace tq {

/// How far tags are from summing to their totals: the largest |sum of the tags - total| / total over the cells of all
/// ranks and the species of `scenario` that have tags; 0 if none has. `q`: this rank's mixing ratios. Totals below 1e6
/// times the least number that a float holds in full have no digits to share out and do not count. Collective.
template <class T> double tag_departure(Communicator& communicator, const TracerSet& tracers, View4<const T> q, int scenario);

} // namespace tq
