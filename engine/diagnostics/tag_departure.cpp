#include "diagnostics/tag_departure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tq {

template <class T>
double tag_departure(Communicator& communicator, const TracerSet& tracers, View4<const T> q, int scenario) {
  constexpr double least = 1e6 * double(std::numeric_limits<float>::min());
  double largest = 0;
  for (int species = 0; species < tracers.species(); ++species) {
    const int total = tracers.index({scenario, species, 0}), tags = tracers.tags(scenario, species);
#pragma omp parallel for schedule(static) reduction(max : largest)
    for (int j = 0; j < q.ny; ++j) {
      for (int k = 0; k < q.nz && tags > 0; ++k) {
        for (int i = 0; i < q.nx; ++i) {
          const double whole = double(q[total](i, j, k));
          double sum = 0;
          for (int tag = total + 1; tag <= total + tags; ++tag) {
            sum += double(q[tag](i, j, k));
          }
          if (whole > least) {
            largest = std::max(largest, std::abs(sum - whole) / whole);
          }
        }
      }
    }
  }
  return communicator.maximum(largest);
}

template double tag_departure<float>(Communicator&, const TracerSet&, View4<const float>, int);
template double tag_departure<double>(Communicator&, const TracerSet&, View4<const double>, int);

} // namespace tq
