#pragma once
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace tq {

/// Counter-based random numbers: a pure function of (seed, purpose, hour, draw), so that any hour of any stream
/// can be drawn in any order, by any thread. Mixing: the SplitMix64 finaliser (Steele, Lea, Flood 2014,
/// OOPSLA '14), applied once per key word.
class RandomStream {
public:
  /// `purpose` names what is drawn (an enum value), `counter` is usually the hour or day number.
  RandomStream(std::uint64_t seed, std::uint64_t purpose, std::int64_t counter)
      : key_(mix(mix(mix(seed) ^ purpose) ^ static_cast<std::uint64_t>(counter))) {}

  /// Uniform in [0, 1), 53 bits.
  double uniform() { return double(mix(key_ ^ draw_++) >> 11) * 0x1.0p-53; }

  /// Standard normal, by Box and Muller (1958).
  double normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(6.283185307179586 * uniform());
  }

  /// Exponential with mean 1.
  double exponential() { return -std::log(1.0 - uniform()); }

private:
  static std::uint64_t mix(std::uint64_t z) {
    z += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  std::uint64_t key_;
  std::uint64_t draw_ = 0;
};

/// Fills `order` with the numbers 0 to its size - 1 in random order (Fisher and Yates).
inline void fill_shuffled(std::span<std::size_t> order, RandomStream& random) {
  for (std::size_t k = 0; k < order.size(); ++k) {
    order[k] = k;
  }
  for (std::size_t left = order.size(); left > 1; --left) {
    std::swap(order[left - 1], order[std::size_t(random.uniform() * double(left))]);
  }
}

} // namespace tq
