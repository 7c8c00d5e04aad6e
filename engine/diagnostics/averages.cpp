#include "diagnostics/averages.hpp"

namespace tq {

Averages::Averages(const std::vector<Pollutant>& pollutants, const TracerSet& tracers,
                   View2<const double> surface_density, int scenario)
    : density_(surface_density.nx, surface_density.ny, 1, 1, 0),
      sums_(surface_density.nx, surface_density.ny, int(pollutants.size()), 1, 0),
      mean_(surface_density.nx, surface_density.ny, 1, 1, 0) {
  for (const Pollutant& pollutant : pollutants) {
    std::vector<int>& members = members_.emplace_back();
    for (const int member : pollutant.members) {
      members.push_back(tracers.index({scenario, member, 0}));
    }
  }
  const View2<double> density = density_.view2();
  for (int j = 0; j < density.ny; ++j) {
    for (int i = 0; i < density.nx; ++i) {
      density(i, j) = surface_density(i, j);
    }
  }
}

template <class T> void Averages::add(View4<const T> mixing_ratio, double seconds) {
  const View2<const double> density = density_.view2();
  const View3<double> sums = sums_.view3();
#pragma omp parallel for schedule(static)
  for (int j = 0; j < sums.ny; ++j) {
    const double* TQ_RESTRICT rho = density.line(j);
    for (int p = 0; p < sums.nz; ++p) {
      double* TQ_RESTRICT out = sums.line(j, p);
      for (const int member : members_[std::size_t(p)]) {
        const T* TQ_RESTRICT row = mixing_ratio[member].line(j, 0);
        for (int i = 0; i < sums.nx; ++i) {
          out[i] += double(row[i]) * rho[i] * seconds;
        }
      }
    }
  }
  seconds_ += seconds;
}

View2<const double> Averages::mean(int p) {
  const View2<const double> sum = sums_.view3().level(p);
  const View2<double> mean = mean_.view2();
  for (int j = 0; j < sum.ny; ++j) {
    for (int i = 0; i < sum.nx; ++i) {
      mean(i, j) = seconds_ > 0 ? sum(i, j) / seconds_ : 0.0;
    }
  }
  return mean;
}

void Averages::reset() {
  for (std::size_t m = 0; m < sums_.raw_size(); ++m) {
    sums_.raw()[m] = 0;
  }
  seconds_ = 0;
}

void Averages::serialise(Archive& archive) {
  archive("averages.sums", std::span<double>(sums_.raw(), sums_.raw_size()));
  archive("averages.seconds", seconds_);
}

template void Averages::add<float>(View4<const float>, double);
template void Averages::add<double>(View4<const double>, double);

} // namespace tq
