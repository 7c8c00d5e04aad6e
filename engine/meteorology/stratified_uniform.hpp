#pragma once
#include "base/random.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace tq {

/// Uniform in [0, 1), a pure function of its arguments like any draw, but shared out evenly among seeds, so that few
/// seeds have the mean of many: the 20 seeds 20 n + 1 to 20 n + 20 take each twentieth once, each five from 5 n + 1 on
/// each fifth once, in an order drawn for every `counter` and set of 20; the place within the twentieth is random. One
/// seed alone, and counters and sets beside each other, are as independent draws are. Stratified sampling: Cochran
/// (1977) chapter 5. The purposes (enum values) name the order of the set and the place.
inline double stratified_uniform(std::uint64_t seed, std::uint64_t order_purpose, std::uint64_t place_purpose,
                                 std::int64_t counter) {
  constexpr std::size_t fives = 4, fifths = 5;
  const std::uint64_t number = seed - 1; // seed 0 belongs to the last set
  RandomStream order(number / (fives * fifths), order_purpose, counter);
  std::array<std::array<std::size_t, fifths>, fives> fifth_of;   // of a five's seeds
  std::array<std::array<std::size_t, fives>, fifths> quarter_of; // of a fifth, by five
  for (auto& row : fifth_of) {
    fill_shuffled(row, order);
  }
  for (auto& row : quarter_of) {
    fill_shuffled(row, order);
  }
  const std::size_t five = number / fifths % fives;
  const std::size_t fifth = fifth_of[five][number % fifths];
  const double place = RandomStream(seed, place_purpose, counter).uniform();
  return (double(fives * fifth + quarter_of[fifth][five]) + place) / double(fives * fifths);
}

} // namespace tq
