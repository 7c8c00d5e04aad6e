#include "chemistry/wet_removal.hpp"

#include <algorithm>
#include <cmath>

namespace tq {

double scavenging_rate(const Species& species, double rain) {
  return rain > 0 ? species.scavenging_rate * std::pow(rain, species.scavenging_exponent) : 0.0;
}

template <class T>
WetRemoval<T>::WetRemoval(const Subdomain& subdomain, const SpeciesTable& species, const TracerSet& tracers)
    : species_(species), tracers_(tracers), subdomain_(subdomain), rate_(subdomain.nx, subdomain.ny, tracers.count(), 1, 0) {}

template <class T> void WetRemoval<T>::update(double rain) {
  const View3<T> rate = rate_.view3();
  for (int n = 0; n < tracers_.count(); ++n) {
    const T value = T(scavenging_rate(species_.species()[std::size_t(tracers_.id(n).species)], rain));
    for (int j = 0; j < rate.ny; ++j) {
      std::fill(rate.line(j, n), rate.line(j, n) + rate.nx, value);
    }
  }
}

template <class T> void WetRemoval<T>::update(View2<const double> rain) {
  const View3<T> rate = rate_.view3();
  for (int n = 0; n < tracers_.count(); ++n) {
    const Species& species = species_.species()[std::size_t(tracers_.id(n).species)];
    for (int j = 0; j < rate.ny; ++j) {
      for (int i = 0; i < rate.nx; ++i) {
        rate(i, j, n) = T(scavenging_rate(species, rain(subdomain_.i0 + i, subdomain_.j0 + j)));
      }
    }
  }
}

template class WetRemoval<float>;
template class WetRemoval<double>;

} // namespace tq
