#pragma once
#include "base/macros.hpp"

namespace tq::physics {

/// Something for each size of particles, cumulative as inventories state them: diameters up to 2.5 um, up to 10 um, and
/// all that stay airborne (up to 30 um).
template <class T> struct BySize {
  T pm2_5{};
  T pm10{};
  T tsp{};
};

/// A quantity of any unit; pm2_5 <= pm10 <= tsp.
using ParticleSizes = BySize<double>;

TQ_HD inline ParticleSizes operator*(const ParticleSizes& sizes, double factor) {
  return {sizes.pm2_5 * factor, sizes.pm10 * factor, sizes.tsp * factor};
}

TQ_HD inline ParticleSizes operator+(const ParticleSizes& a, const ParticleSizes& b) {
  return {a.pm2_5 + b.pm2_5, a.pm10 + b.pm10, a.tsp + b.tsp};
}

/// `formula` of each size's factors.
template <class T, class Formula> TQ_HD inline ParticleSizes by_size(const BySize<T>& factors, const Formula& formula) {
  return {formula(factors.pm2_5), formula(factors.pm10), formula(factors.tsp)};
}

} // namespace tq::physics
