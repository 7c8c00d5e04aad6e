#include "diagnostics/averages.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace tq {

namespace {

std::vector<std::vector<int>> members_of_totals(const std::vector<Pollutant>& pollutants, const TracerSet& tracers,
                                                int scenario) {
  std::vector<std::vector<int>> members;
  for (const Pollutant& pollutant : pollutants) {
    std::vector<int>& totals = members.emplace_back();
    for (const int member : pollutant.members) {
      totals.push_back(tracers.index({scenario, member, 0}));
    }
  }
  return members;
}

} // namespace

Averages::Averages(const std::vector<Pollutant>& pollutants, const TracerSet& tracers, View3<const double> density,
                   const std::vector<int>& volume, int scenario)
    : Averages(members_of_totals(pollutants, tracers, scenario), density, volume) {}

Averages::Averages(std::vector<std::vector<int>> members, View3<const double> density)
    : Averages(std::move(members), density, {}) {}

Averages::Averages(std::vector<std::vector<int>> members, View3<const double> density, const std::vector<int>& volume)
    : members_(std::move(members)), second_(members_.size(), -1), all_(members_.size()),
      chosen_(members_.size(), false), seconds_(members_.size(), 0.0), density_(density.nx, density.ny, volume.empty() ? 1 : density.nz, 1, 0),
      mean_(density.nx, density.ny, 1, 1, 0) {
  std::iota(all_.begin(), all_.end(), 0);
  for (int p = 0; p < pollutants(); ++p) {
    layers_.push_back({p, 0});
  }
  for (const int p : volume) {
    second_[std::size_t(p)] = int(layers_.size());
    for (int k = 1; k < density.nz; ++k) {
      layers_.push_back({p, k});
    }
  }
  sums_ = Field<double>(density.nx, density.ny, int(layers_.size()), 1, 0);
  for (int k = 0; k < levels(); ++k) {
    for (int j = 0; j < density.ny; ++j) {
      for (int i = 0; i < density.nx; ++i) {
        density_.view3()(i, j, k) = density(i, j, k);
      }
    }
  }
}

template <class T> void Averages::add(View4<const T> mixing_ratio, double seconds) {
  add(mixing_ratio, seconds, std::span<const int>(all_));
}

template <class T> void Averages::add(View4<const T> mixing_ratio, double seconds, std::span<const int> pollutants) {
  std::fill(chosen_.begin(), chosen_.end(), false);
  for (const int p : pollutants) {
    chosen_[std::size_t(p)] = true;
    seconds_[std::size_t(p)] += seconds;
  }
  const View3<const double> density = std::as_const(density_).view3();
  const View3<double> sums = sums_.view3();
#pragma omp parallel for schedule(static)
  for (int j = 0; j < sums.ny; ++j) {
    for (int n = 0; n < sums.nz; ++n) {
      const Layer layer = layers_[std::size_t(n)];
      if (!chosen_[std::size_t(layer.pollutant)]) {
        continue;
      }
      const double* TQ_RESTRICT rho = density.line(j, layer.k);
      double* TQ_RESTRICT out = sums.line(j, n);
      for (const int member : members_[std::size_t(layer.pollutant)]) {
        const T* TQ_RESTRICT row = mixing_ratio[member].line(j, layer.k);
        for (int i = 0; i < sums.nx; ++i) {
          out[i] += double(row[i]) * rho[i] * seconds;
        }
      }
    }
  }
}

View2<const double> Averages::mean(int p, int k) {
  if (k > 0 && (second_[std::size_t(p)] < 0 || k >= levels())) {
    throw std::logic_error("this layer is not averaged");
  }
  const View2<const double> sum = sums_.view3().level(k == 0 ? p : second_[std::size_t(p)] + k - 1);
  const View2<double> mean = mean_.view2();
  for (int j = 0; j < sum.ny; ++j) {
    for (int i = 0; i < sum.nx; ++i) {
      mean(i, j) = seconds(p) > 0 ? sum(i, j) / seconds(p) : 0.0;
    }
  }
  return mean;
}

void Averages::reset() {
  for (std::size_t m = 0; m < sums_.raw_size(); ++m) {
    sums_.raw()[m] = 0;
  }
  std::fill(seconds_.begin(), seconds_.end(), 0.0);
}

template void Averages::add<float>(View4<const float>, double);
template void Averages::add<double>(View4<const double>, double);
template void Averages::add<float>(View4<const float>, double, std::span<const int>);
template void Averages::add<double>(View4<const double>, double, std::span<const int>);

} // namespace tq
